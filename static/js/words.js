// The words people read, by key, in the language they chose. Fluent text files, one folder per language:
// lang/<code>/page.ftl (coming in, titles of whole pages) and room.ftl (the room); front.ftl and host.ftl (those pages); and
// what is fetched when it is wanted: lead.ftl (those who lead), menu.ftl, gone.ftl (whole pages).
//
// A component that calls `t` while it renders is rendered again when the language changes. Plural forms are chosen in
// the Fluent text by number arguments: t("room-people", {count: 3}).

import { FluentBundle, FluentNumber, FluentResource } from '../vendor/fluent.js'
import { batch, signal } from '../vendor/preact.js'

/** Codes with each language's own name. A new language is a folder and a line here. */
export const LANGUAGES = Object.freeze({ id: 'Indonesia', en: 'English' })

/** @typedef {keyof typeof LANGUAGES} Language */
/** @typedef {{[name: string]: string | number | FluentNumber}} Arguments */

const KEPT = 'lingkar-language'

/** @type {import("../vendor/preact.js").Signal<Language>} */
export const language = signal(preferred())
/** @type {import("../vendor/preact.js").Signal<FluentBundle | null>} */
const words = signal(null)

/** The language kept on this device, else the first one of the browser's that we speak, else English. @returns {Language} */
function preferred() {
  const asked = [read(), ...navigator.languages].map((code) => code.toLowerCase().split('-')[0])
  const known = asked.map((code) => (code === 'in' ? 'id' : code)).find((code) => code in LANGUAGES) // "in": an old name of id
  return /** @type {Language} */ (known ?? 'en')
}

/** The only thing this page ever keeps in localStorage; a browser that forbids storage just forgets it. */
function read() {
  try {
    return localStorage.getItem(KEPT) ?? ''
  } catch {
    return ''
  }
}

/** @param {Language} code */
function keep(code) {
  try {
    localStorage.setItem(KEPT, code)
  } catch {
    // private mode: chosen for this page only
  }
}

/** Files that were fetched, by their names. @type {Map<string, FluentResource>} */
const fetched = new Map()

/** Each is understood as soon as it is here: all of them in one go would hold up a slow phone. @param {Language} code @param {string} part */
async function fetchPart(code, part) {
  const file = `${code}/${part}.ftl`
  const known = fetched.get(file)
  if (known) return known
  const response = await fetch(new URL(`../lang/${file}`, import.meta.url), { credentials: 'omit' })
  if (!response.ok) throw new Error(`words: ${response.status}`)
  const resource = new FluentResource(await response.text())
  fetched.set(file, resource)
  return resource
}

/** The files whose words are here, and the last fetch of them: one after the other, so that none forgets another's. */
let parts = ['page']
let last = Promise.resolve()

/**
 * Fetches words and shows them. Rejects when they cannot be fetched; what was there before stays.
 * @param {Language | null} code null: the language of now @param {string[]} [more] files that are wanted from now on
 */
function load(code, more = []) {
  last = last
    .catch(() => undefined)
    .then(async () => {
      const [tongue, wanted] = [code ?? language.peek(), [...new Set([...parts, ...more])]]
      const resources = await Promise.all(wanted.map((part) => fetchPart(tongue, part)))
      const bundle = new FluentBundle(tongue, { useIsolating: false })
      for (const resource of resources) bundle.addResource(resource)
      document.documentElement.lang = tongue
      parts = wanted
      batch(() => {
        words.value = bundle
        language.value = tongue
      })
    })
  return last
}

/** Words of the preferred language, from `page.ftl` and these files; to be awaited before the first `t`, or the first of theirs. @param {string[]} more */
export const loadWords = (...more) =>
  words.peek() && more.every((part) => parts.includes(part)) ? Promise.resolve() : load(null, more)

/** Changes the language and keeps the choice. @param {Language} code */
export async function setLanguage(code) {
  await load(code)
  keep(code)
}

// Hebrew, Arabic and the other scripts written from right to left, and the marks that turn text: it is isolated, so that
// it cannot turn the sentence around it. (Fluent could isolate every argument, but then no plain name could be searched
// or compared.)
const TURNS =
  /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1eeff}]/u

/** @param {Arguments} args @returns {Arguments} */
function isolated(args) {
  const wrap = (/** @type {string | number | FluentNumber} */ value) =>
    typeof value === 'string' && TURNS.test(value) ? `\u2068${value}\u2069` : value
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, wrap(value)]))
}

/**
 * The sentence for a key. A key that is not there shows itself; a test keeps that from happening.
 *
 * @param {string} key
 * @param {Arguments} [args]
 */
export function t(key, args = {}) {
  const bundle = words.value
  const message = bundle?.getMessage(key)
  return bundle && message?.value ? bundle.formatPattern(message.value, isolated(args)) : key
}

/** True when there is a sentence for this key. @param {string} key */
export const hasWords = (key) => words.value?.hasMessage(key) ?? false

// Fluent hands these options to Intl.PluralRules, which knows this one, too.
const ORDINAL = /** @type {Intl.NumberFormatOptions} */ ({ type: 'ordinal' })

/** "3rd", "ke-3". @param {number} n */
export const ordinal = (n) => t('page-ordinal', { n: new FluentNumber(n, ORDINAL) })

/** The sentence for a refused command. @param {string} code */
export const refusedWords = (code) => t(hasWords(`refused-${code}`) ? `refused-${code}` : 'refused-internal')
