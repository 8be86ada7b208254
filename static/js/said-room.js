/**
 * What is said aloud of the room: that it begins, who leads, who comes and goes, who stands at the door. Pure, as
 * `said.js`, of which it is a part: two moments in, sentences out.
 */

import { leads, nameOf } from './meaning.js'
import { shortName } from './ui/seat-name.js'

/** @typedef {import('./said.js').CircleView} CircleView */
/** @typedef {import('./said.js').Moment} Moment */
/** @typedef {import('./said.js').More} More */
/** @typedef {import('./said.js').Sentence} Sentence */

/**
 * The meeting itself and its queue.
 * @param {Moment} before
 * @param {Moment} after
 * @param {More} more
 * @returns {Sentence[]}
 */
export function room(before, after, more) {
  const opened = before.view.meeting === 'doors' && after.view.meeting === 'open'
  if (opened) return [{ key: 'said-open' }]
  return [...holds(before, after, more), ...leading(before, after), ...queue(before, after)]
}

/**
 * The room is paused or nobody leads it, and it goes on; for what else it stands still, is told with the practice.
 * @param {Moment} before
 * @param {Moment} after
 * @param {More} more
 * @returns {Sentence[]}
 */
function holds(before, after, more) {
  const [was, is] = [before.view.hold, after.view.hold]
  if (was !== is && (is === 'paused' || is === 'lost')) return standing(after)
  if (is === undefined && (was === 'paused' || was === 'lost')) return [{ key: 'said-goes-on' }]
  return more?.stills(before, after) ?? []
}

/** @param {Moment} moment @returns {Sentence[]} */
export const standing = ({ view }) =>
  view.hold === 'paused' ? [{ key: 'said-still' }] : view.hold === 'lost' ? [{ key: 'said-lead-lost' }] : []

/**
 * Who took over, and who would.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function leading(before, after) {
  const me = after.you.seat
  if (!leads(before.you) && leads(after.you)) return [{ key: 'said-you-lead', urgent: true }]
  if (leads(before.you) && !leads(after.you)) return [{ key: 'said-gave-back' }]
  const taken = Object.keys(after.view.people).find(
    (seat) => before.view.people[seat]?.role === 'participant' && after.view.people[seat]?.role !== 'participant',
  )
  const named = [before, after].map(({ view }) => view.successors?.includes(me) ?? false)
  return [
    ...(taken ? [{ key: 'said-took-over', args: { name: nameOf(after.view, taken) } }] : []),
    ...(named[1] && !named[0] ? [{ key: 'said-successor' }] : []),
  ]
}

/**
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function queue(before, after) {
  if (before.view.queue_open === after.view.queue_open) return []
  return [{ key: after.view.queue_open ? 'said-queue-open' : 'said-queue-closed' }]
}

/**
 * Who came and who left, gathered; never while somebody shares.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
export function comings(before, after) {
  if (before.people === after.people) return []
  const came = Object.keys(after.people).filter((seat) => !(seat in before.people))
  const left = Object.keys(before.people).filter((seat) => !(seat in after.people))
  return [
    ...told('said-came', 'said-came-many', came, after.people),
    ...told('said-left', 'said-left-many', left, before.people),
  ]
}

/**
 * @param {string} one the key for one person
 * @param {string} many the key for several
 * @param {string[]} seats
 * @param {Record<string, string>} names
 * @returns {Sentence[]}
 */
function told(one, many, seats, names) {
  if (seats.length === 0) return []
  if (seats.length > 1) return [{ key: many, args: { count: seats.length } }]
  return [{ key: one, args: { name: names[seats[0] ?? ''] ?? '' } }]
}

/**
 * Who came to the door, for those who may let them in.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
export function door(before, after) {
  const [were, are] = [atDoor(before.view), atDoor(after.view)]
  const came = Object.keys(are).filter((seat) => !(seat in were))
  if (came.length === 0) return []
  if (came.length > 1) return [{ key: 'said-door-many', args: { count: came.length } }]
  return [{ key: 'said-door', args: { name: shortName(are[came[0] ?? '']?.name ?? '') } }]
}

/**
 * Who would be removed, for those who lead: somebody asks for an answer, or my own proposal was not agreed to.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
export function proposals(before, after) {
  const [were, are] = [proposed(before.view), proposed(after.view)]
  const told = (/** @type {string} */ key, /** @type {string} */ seat, by = '') => ({
    key,
    args: { name: nameOf(after.view, seat), ...(by ? { who: nameOf(after.view, by) } : {}) },
  })
  return [
    ...Object.entries(are).flatMap(([seat, { by }]) =>
      seat in were || by === after.you.seat ? [] : [told('said-proposal', seat, by)],
    ),
    ...Object.entries(were).flatMap(([seat, { by }]) =>
      seat in are || by !== after.you.seat || !(seat in after.view.people) ? [] : [told('said-stays', seat)],
    ),
  ]
}

/** @param {CircleView} view @returns {Record<string, import('./protocol.js').Proposal>} */
const proposed = (view) => ('proposals' in view && view.proposals) || {}

/**
 * Who waits to be let in; not who still reads the agreement with the door open.
 * @param {CircleView} view
 * @returns {Record<string, import('./protocol.js').Waiting>}
 */
const atDoor = (view) =>
  Object.fromEntries(Object.entries(('waiting' in view && view.waiting) || {}).filter(([, { admitted }]) => !admitted))
