/** Which format was picked, and one's own copy of it while it is edited. Pure, but for the choices that this tab keeps. */

import { signal } from '../../vendor/preact.js'
import { draftOf, formatOf, freshName, MOST_PHASES, typed, wrongOf } from './format-model.js'

/** @typedef {import('./format-model.js').Draft} Draft */
/** @typedef {import('./format-model.js').Format} Format */
/** @typedef {import('./format-model.js').Typed} Typed */
/** @typedef {import('./format-model.js').Wrong} Wrong */
/**
 * `picked`: the name of a format that comes with the server, or `OWN`: the draft. `removed`: can be put back.
 * `touched`: somebody chose or typed something here, which the server does not know yet.
 * @typedef {object} Choice
 * @property {string} picked
 * @property {Draft | null} draft
 * @property {boolean} editing
 * @property {Wrong[]} wrong
 * @property {{ phase: Typed, place: number } | null} removed
 * @property {boolean} touched
 */

export const OWN = '' // no format has this name

/** What stands in the forms of this tab, by room; a sheet that is closed by mistake loses nothing. @type {Map<string, import('../../vendor/preact.js').Signal<Choice>>} */
const kept = new Map()

/** The choice of a form. @param {string} id */
export function choiceFor(id) {
  const found = kept.get(id) ?? signal(begun('simple', null))
  kept.set(id, found)
  return found
}

/** @param {string} id */
export const forgetChoice = (id) => void kept.delete(id)

/** What a form begins with. @param {string} name @param {Format | null} own the room's own copy @returns {Choice} */
export const begun = (name, own) => ({
  picked: own ? OWN : name,
  draft: own && draftOf(own),
  editing: false,
  wrong: [],
  removed: null,
  touched: false,
})

/** @param {Choice} choice @param {string} name @returns {Choice} */
export const picked = (choice, name) => ({ ...choice, picked: name, touched: true })

/** A copy of a format, to edit. @param {Choice} choice @param {Format} format @returns {Choice} */
export const copied = (choice, format) => ({
  ...choice,
  picked: OWN,
  draft: draftOf(format),
  editing: true,
  wrong: [],
  removed: null,
  touched: true,
})

/** @param {Choice} choice @param {Partial<Draft>} change @param {Partial<Choice>} [more] @returns {Choice} */
const redrawn = (choice, change, more = {}) =>
  choice.draft ? { ...choice, draft: { ...choice.draft, ...change }, touched: true, ...more } : choice

/** @param {Choice} choice @param {'title' | 'name'} field @param {string} words @returns {Choice} */
export const entitled = (choice, field, words) =>
  redrawn(choice, { [field]: words }, { wrong: without(choice.wrong, 0, [field]) })

/** @param {Wrong[]} wrong @param {number} key @param {string[]} fields */
const without = (wrong, key, fields) => wrong.filter((each) => each.key !== key || !fields.includes(each.field))

/** What was wrong in a field is forgotten as it is changed. @param {Choice} choice @param {number} key @param {Partial<Typed>} change @returns {Choice} */
export const changed = (choice, key, change) =>
  redrawn(
    choice,
    { phases: phasesOf(choice).map((phase) => (phase.key === key ? { ...phase, ...change } : phase)) },
    { wrong: without(choice.wrong, key, [...Object.keys(change), '']) },
  )

/** @param {Choice} choice */
export const phasesOf = (choice) => choice.draft?.phases ?? []

/** At the end; the new phase is the last one. @param {Choice} choice @param {import('./format-model.js').Phase} phase @returns {Choice} */
export function added(choice, phase) {
  const phases = phasesOf(choice)
  if (phases.length >= MOST_PHASES) return choice
  const name = freshName(phase.name ?? 'sharing', phases)
  return redrawn(choice, { phases: [...phases, typed({ ...phase, name })] }, { removed: null })
}

/** The last phase stays. @param {Choice} choice @param {number} key @returns {Choice} */
export function removed(choice, key) {
  const phases = phasesOf(choice)
  const place = phases.findIndex((phase) => phase.key === key)
  if (place < 0 || phases.length === 1) return choice
  return redrawn(
    choice,
    { phases: phases.filter((phase) => phase.key !== key) },
    { removed: { phase: phases[place], place } },
  )
}

/** @param {Choice} choice @returns {Choice} */
export function putBack(choice) {
  if (!choice.removed) return choice
  const { phase, place } = choice.removed
  return redrawn(choice, { phases: inserted(phasesOf(choice), place, phase) }, { removed: null })
}

/** @param {Choice} choice @param {number} key @param {-1 | 1} by @returns {Choice} */
export function moved(choice, key, by) {
  const phases = phasesOf(choice)
  const place = phases.findIndex((phase) => phase.key === key)
  const to = place + by
  if (place < 0 || to < 0 || to >= phases.length) return choice
  return redrawn(choice, {
    phases: inserted(
      phases.filter((phase) => phase.key !== key),
      to,
      phases[place],
    ),
  })
}

/** @template T @param {readonly T[]} list @param {number} place @param {T} one */
const inserted = (list, place, one) => [...list.slice(0, place), one, ...list.slice(place)]

/**
 * What the server is told: the name of a format, or one's own as it was typed. Nothing when something cannot be read.
 * @param {Choice} choice @returns {{ format: string | Format | null, wrong: Wrong[] }}
 */
export function told(choice) {
  if (choice.picked !== OWN || !choice.draft) return { format: choice.picked, wrong: [] }
  const { format, wrong } = formatOf(choice.draft)
  return wrong.length ? { format: null, wrong } : { format, wrong }
}

/** @param {Choice} choice @param {Wrong[]} wrong @returns {Choice} */
export const faulted = (choice, wrong) => ({ ...choice, wrong, editing: choice.editing || wrong.length > 0 })

/** @param {Choice} choice @param {unknown} detail what the server found @returns {Choice} */
export const refused = (choice, detail) => faulted(choice, wrongOf(detail, phasesOf(choice)))
