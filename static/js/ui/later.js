/**
 * Parts of the page that are fetched when they are wanted, not before: whoever listens on a phone does not pay for
 * what only others use. A part that could not be fetched says so where it was wanted, and can be tried again.
 */

import { html, signal, useEffect, useLayoutEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { loadWords, t } from '../words.js'
import { Icon } from './icons.js'
import { Sheet, close } from './sheet.js'

/** @typedef {'away' | 'coming' | 'here' | 'failed'} State */

/**
 * @template M
 * @typedef {object} Part
 * @property {import('../../vendor/preact.js').Signal<State>} state
 * @property {() => M | null} here what was fetched, or null; a component that asks while it renders is rendered again when it comes
 * @property {() => Promise<void>} want fetches it, once; never rejects
 * @property {() => void} again after it failed
 */

/** How the server is reached beside: whether it answers, and asking again. The page says it that has more than fetches. */
export const line = { on: () => true, again: () => undefined }

const QUIET = 400 // ms; what comes sooner than this needs no word
const LIMIT = 10_000 // ms; what has not come by then may not come

/**
 * @template M
 * @param {() => Promise<M>} load `() => import('./some.js')`
 * @param {{ words?: string[], css?: string[] }} [more] what it needs beside: language files and style sheets, by name
 * @returns {Part<M>}
 */
export function later(load, { words = [], css = [] } = {}) {
  const found = signal(/** @type {M | null} */ (null))
  const state = signal(/** @type {State} */ ('away'))
  let inVain = 0 // tries, although the server answered

  async function want() {
    if (state.peek() === 'coming' || state.peek() === 'here') return
    state.value = 'coming'
    const coming = Promise.all([load(), loadWords(...words), ...css.map(styled)]).then(([module]) => {
      found.value = module
      state.value = 'here' // also when it was given up already
    })
    try {
      await Promise.race([coming, tooLong()])
    } catch (error) {
      if (state.peek() !== 'coming') return // an earlier try came in the end
      if (error instanceof SyntaxError) reportError(error) // came, but is broken
      if (line.on()) inVain += 1
      state.value = 'failed'
    }
  }

  // Twice in vain: the server may have another page by now, or the browser remembers the failure.
  const again = () => (inVain > 1 && line.on() ? location.reload() : (line.again(), void want()))

  return { state, here: () => found.value, want, again }
}

/** Fetches a part that everybody needs who stays, all its modules at once: they are in the page's `<template id="soon">`. @param {Part<unknown>} part */
export function soon(part) {
  const hints = document.getElementById('soon')
  if (hints instanceof HTMLTemplateElement) document.head.append(hints.content)
  void part.want()
}

/** @returns {Promise<never>} */
const tooLong = () => new Promise((_, reject) => setTimeout(() => reject(new Error('too long')), LIMIT))

/** @param {string} name of a style sheet @returns {Promise<void>} when it counts */
function styled(name) {
  const href = new URL(`../../css/${name}.css`, import.meta.url).href
  return new Promise((resolve, reject) => {
    const known = /** @type {HTMLLinkElement | null} */ (document.querySelector(`link[rel=stylesheet][href="${href}"]`))
    if (known?.sheet) return resolve()
    known?.remove()
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
    link.onload = () => resolve()
    link.onerror = () => (link.remove(), reject(new Error(name)))
    document.head.append(link)
  })
}

/** That it could not be fetched, and the way on. @param {{ of: Part<unknown> }} props */
export function NotFetched({ of }) {
  useEffect(() => say(t('later-failed')), [])
  return html`<p class="notice">
    <${Icon} name="offline" />
    <span
      >${t('later-failed')} <button type="button" class="linkish" onClick=${of.again}>${t('later-again')}</button></span
    >
  </p>`
}

/**
 * A sheet out of a part; while it does not come, a sheet that says so.
 * @param {{ of: Part<any>, name: string, props: object }} props `name` of the component in the part
 */
export function LaterSheet({ of, name, props }) {
  const [late, setLate] = useState(false)
  const here = of.here()
  useEffect(() => {
    void of.want()
    const timer = setTimeout(() => setLate(true), QUIET)
    return () => clearTimeout(timer)
  }, [])
  useLayoutEffect(() => {
    if (here || late) return
    /** It is open, although nothing is seen of it yet. @param {KeyboardEvent} event */
    const escape = (event) => event.key === 'Escape' && (event.preventDefault(), close())
    window.addEventListener('keydown', escape, true)
    return () => window.removeEventListener('keydown', escape, true)
  }, [here === null, late])
  if (here) return html`<${here[name]} ...${props} />`
  const failed = of.state.value === 'failed'
  if (!late && !failed) return null
  return html`<${Sheet} title=${t(failed ? 'later-title' : 'page-moment')}
    >${failed && html`<${NotFetched} of=${of} />`}<//
  >`
}
