/** What those who lead are told of the moment, out of the view: pure, and without any rule of the room. */

import { may } from '../meaning.js'
import { minutesAndSeconds, pastTime } from './time.js'

/** @typedef {import('../protocol.js').Hand} Hand */
/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Step} Step */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {import('./time.js').Words} Words */

const SHORT = 5 * 60 // seconds; a phase that is planned to be no longer is told to the second

/** @param {number} seconds @returns {number} minutes: whole ones, or tenths when there is not even one */
const rounded = (seconds) => (seconds < 60 ? Math.round(seconds / 6) / 10 : Math.round(seconds / 60))

/** How long a phase is planned to be; nothing when it is open. @param {Step} step @returns {Words | null} */
export const planned = ({ box = 0 }) => (box > 0 ? { key: 'agenda-minutes', args: { minutes: rounded(box) } } : null)

/**
 * How long a phase has lasted, of how long: "24 of 40 min". More than was planned is no fault, and looks the same.
 * @param {Step} step
 * @param {number} seconds since it began
 * @returns {Words}
 */
export function lasted({ box = 0 }, seconds) {
  const since = Math.max(0, Math.floor(seconds))
  if (box <= 0) return { key: 'agenda-minutes', args: { minutes: Math.floor(since / 60) } }
  if (box <= SHORT)
    return { key: 'agenda-exact', args: { since: minutesAndSeconds(since), of: minutesAndSeconds(box) } }
  return { key: 'agenda-of', args: { since: Math.floor(since / 60), of: rounded(box) } }
}

/**
 * The phase with structure that an open floor goes back to: the next one, else the last one before it.
 * @param {LeadView} view
 * @returns {Step | undefined}
 */
export function structured({ agenda = [], phase }) {
  const at = agenda.findIndex(({ name }) => name === phase)
  const has = (/** @type {Step} */ { floor = 'queue' }) => floor === 'queue' || floor === 'round'
  return agenda.slice(at + 1).find(has) ?? agenda.slice(0, Math.max(0, at)).findLast(has)
}

/**
 * Who is past the time of their turn now, and for how many seconds.
 * @param {LeadView} view
 * @param {number} now meeting time
 */
export const late = (view, now) =>
  Object.entries(view.turns).flatMap(([id, turn]) => {
    const past = view.hold ? 0 : Math.floor(pastTime(turn, view.policy.grace, now))
    return past > 0 ? [{ id, seat: turn.seat, past }] : []
  })

/**
 * How much longer everybody's turns can be made so that all have had the same, in whole seconds; 0 when they are that long.
 * @param {LeadView} view
 */
export function toGive({ overtime = 0, extra = 0 }) {
  const more = Math.floor(overtime)
  return more > extra ? more : 0
}

/** The turns inside which a question can be asked. */
const ANSWERING = ['speaking', 'grace', 'silent']

/**
 * The turn inside which this hand's question can be asked now.
 * @param {LeadView} view
 * @param {You} you
 * @param {Hand} hand
 * @returns {string | undefined}
 */
export const answers = (view, you, hand) =>
  may(you, 'allow-question') && hand.kind === 'question' && view.people[hand.seat]?.present
    ? Object.keys(view.turns).find((id) => ANSWERING.includes(view.turns[id]?.state ?? ''))
    : undefined

/** Who has neither had a turn in this meeting nor asks for one; of those who are here. @param {LeadView} view @returns {Set<string>} */
export function unheard(view) {
  const busy = new Set([...Object.values(view.hands), ...Object.values(view.turns)].map(({ seat }) => seat))
  return new Set(
    Object.entries(view.people).flatMap(([seat, { role, present, turns = 0 }]) =>
      role === 'participant' && present && turns === 0 && !busy.has(seat) ? [seat] : [],
    ),
  )
}
