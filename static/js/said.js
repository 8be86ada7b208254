/**
 * What is said aloud when something changes. Pure: two moments in, sentences out, so that it can be tested as text.
 *
 * A moment is what this person was shown. Own things come first; comings and goings are kept until nobody shares.
 */

import { actsAboutMe, actWords, floorNow, hearers, leads, nameOf, shares } from './meaning.js'
import { shortName, shortNames } from './ui/seat-name.js'

/** @typedef {import('./protocol.js').CircleView | import('./protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('./protocol.js').LeadView} LeadView */
/** @typedef {import('./protocol.js').You} You */
/** @typedef {import('./meaning.js').Floor} Floor */
/** @typedef {import('./meaning.js').Connection} Connection */
/** @typedef {import('./meaning.js').Sounding & { trouble: import('./media/state.js').Trouble, plays: boolean }} Sounds */
/** @typedef {{ key: string, args?: Record<string, string | number>, urgent?: boolean, about?: string }} Sentence */

/**
 * `people` are those whose coming and going has been told, or needs no telling: what they are called, by seat.
 * @typedef {object} Moment
 * @property {CircleView} view
 * @property {You} you
 * @property {Connection} connection
 * @property {Floor} floor
 * @property {Record<string, string>} people
 * @property {Sounds} sounds
 */

/**
 * @param {Moment | null} before the moment that was told last; null at the beginning
 * @param {CircleView} view
 * @param {You} you
 * @param {Connection} connection
 * @param {number} now meeting time, seconds
 * @param {Sounds} sounds
 * @returns {Moment}
 */
export function moment(before, view, you, connection, now, sounds) {
  const floor = floorNow(view, you, now)
  const people = before && shares(floor) ? before.people : shortNames(view.people)
  return { view, you, connection, floor, people, sounds }
}

/**
 * @param {Moment | null} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
export function said(before, after) {
  if (before === null) return welcome(after)
  if (after.connection !== 'on')
    return [...microphone(before, after), ...(before.connection === 'on' ? [{ key: 'said-lost' }] : [])]
  const back = before.connection === 'on' ? [] : [{ key: 'said-back' }]
  const acts = done(before, after)
  return named(acts, [
    ...back,
    ...microphone(before, after),
    ...link(before.sounds, after.sounds),
    ...ownTurn(before, after),
    ...floorChanged(before, after),
    ...ownHand(before, after),
    ...room(before, after),
    ...comings(before, after),
    ...door(before, after),
    ...proposals(before, after),
  ])
}

/** What is told to whom it is about, and what is said of itself, unless it is said who did it. @type {Record<string, string>} */
const SAYS = {
  'act-hand-lowered': 'said-hand-down',
  'act-all-lowered': 'said-hand-down',
  'act-hand-moved': 'said-place',
  'act-hand-moved-place': 'said-place',
  'act-hand-added': 'said-hand-up',
  'act-turn-extended': 'said-more-time',
  'act-turn-ended': 'said-ended',
  'act-offer-ended': '',
  'act-turn-paused': 'said-paused',
  'act-turn-resumed': 'said-on',
}

/**
 * What those who lead just did about me, said with who did it.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function done(before, after) {
  if (before.connection !== 'on') return [] // it may be long ago
  const known = before.view.acts ?? {}
  const offered = before.floor.mine && before.floor.state === 'offered'
  return actsAboutMe(after.view, after.you)
    .filter((id) => !(id in known))
    .map((id) => ({ ...actWords(after.view, after.you, id), about: 'act' }))
    .map((said) => (said.key === 'act-turn-ended' && offered ? { ...said, key: 'act-offer-ended' } : said))
    .filter(({ key }) => key in SAYS)
}

/** @param {Sentence[]} acts @param {Sentence[]} others */
function named(acts, others) {
  const said = new Set(acts.map(({ key }) => SAYS[key]))
  return acts.length ? [...acts, ...others.filter(({ key }) => !said.has(key))] : others
}

/**
 * In the circle, and what is already mine there: somebody who reloads the page may have a hand up, or a turn.
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function welcome(after) {
  const { view, you, floor } = after
  const nothing = { ...after, floor: { ...floor, id: '', mine: false }, you: { ...you, hand: undefined, next: false } }
  if (floor.mine) return [{ key: 'said-in' }, ...ownTurn(nothing, after)]
  const others = floor.turn && shares(floor) ? nameOf(view, floor.turn.seat) : ''
  const inside = view.meeting === 'doors' ? (leads(you) ? 'said-in-lead' : 'said-in-doors') : 'said-in'
  return [
    others ? { key: 'said-in-sharing', args: { name: others } } : { key: inside },
    ...(you.hand === undefined ? [] : ownHand(nothing, after)),
  ]
}

/**
 * My microphone. What it does to me is urgent: whoever cannot see the light must know whether it is on.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function microphone(before, after) {
  const [was, is] = [before.sounds.mic, after.sounds.mic]
  const { trouble } = after.sounds
  const why =
    trouble && (trouble !== before.sounds.trouble || is !== was) && is === 'closed' ? [{ key: `sound-${trouble}` }] : []
  if (is === was || is === 'opening') return why
  if (is === 'open')
    return [{ key: 'said-mic-open', args: { count: hearers(after.view, after.you.seat) }, urgent: true }]
  if (is === 'held') return [{ key: 'said-mic-held', urgent: true }]
  if (was === 'opening' && !trouble) return [] // it was not to be: the command was refused
  return [{ key: 'said-mic-closed', urgent: true }, ...why]
}

/**
 * The way of the sound: told when it breaks and when it is back.
 * @param {Sounds} before
 * @param {Sounds} after
 * @returns {Sentence[]}
 */
function link(before, after) {
  const [was, is] = [before.link, after.link]
  const told = (/** @type {string} */ key) => [{ key, about: 'link' }]
  if (before.plays && !after.plays) return told('said-sleeps')
  if (is === was) return []
  if (is === 'lost' || is === 'blocked') return told(`sound-${is}`)
  return is === 'on' && (was === 'lost' || was === 'blocked') ? told('said-sound-back') : []
}

/** The clock stood still. @param {import('./meaning.js').FloorState | null} state */
const stood = (state) => state !== null && ['paused', 'suspended', 'back', 'still', 'lost'].includes(state)

/**
 * My own turn: offered, begun, nearly over.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ownTurn(before, after) {
  const { floor } = after
  if (!floor.mine) return ended(before, after)
  const was = before.floor.id === floor.id ? before.floor.state : null
  if (floor.state === was) return []
  const began = was === null || was === 'offered'
  switch (floor.state) {
    case 'offered':
      return [{ key: 'said-offered', urgent: true }]
    case 'warning':
      return [{ key: 'said-warning', args: { seconds: Math.min(60, after.view.policy.warning) } }]
    case 'grace':
      return [{ key: 'said-grace' }]
    case 'over':
      return [{ key: 'said-over' }]
    case 'paused':
      return [{ key: 'said-paused' }]
    case 'suspended':
      return [{ key: 'said-kept' }]
    case 'still':
    case 'lost':
      return [] // said for all
    case 'back':
      return [{ key: 'said-yours-back' }]
    default:
      if (began) return [{ key: 'said-yours', urgent: !after.sounds.voice }] // else the microphone interrupts
      return stood(was) ? [{ key: 'said-on' }] : [{ key: 'said-more-time' }]
  }
}

/**
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ended(before, after) {
  if (!before.floor.mine) return []
  if (before.floor.state !== 'offered') return [{ key: 'said-ended' }]
  return [{ key: after.you.hand === undefined ? 'said-passed' : 'said-later' }]
}

/**
 * Somebody else's turn.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function floorChanged(before, after) {
  const { floor, view } = after
  if (floor.mine) return []
  const name = floor.turn ? nameOf(view, floor.turn.seat) : ''
  const was = before.floor.id === floor.id ? before.floor.state : null
  if (floor.state === was) return []
  switch (floor.state) {
    case 'speaking':
    case 'warning':
      if (was === null || was === 'offered') return [{ key: 'said-sharing', args: { name } }]
      return stood(was) ? [{ key: 'said-on' }] : []
    case 'paused':
      return [{ key: 'said-paused' }]
    case 'suspended':
      return [{ key: 'said-suspended', args: { name } }]
    case 'back':
      return was === 'still' || was === 'lost' ? [] : [{ key: 'said-someone-back', args: { name } }]
    case 'over':
      return leads(after.you) ? [{ key: 'said-lead-over', args: { name } }] : []
    case 'quiet':
      return shares(before.floor) ? [{ key: 'said-quiet' }] : []
    case 'free':
      return shares(before.floor) && !before.floor.mine ? [{ key: 'said-free' }] : []
    default:
      return []
  }
}

/**
 * My own hand and place.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ownHand(before, after) {
  const [was, is] = [before.you, after.you]
  if (is.hand === undefined)
    return was.hand !== undefined && !after.floor.mine && !before.floor.mine
      ? [{ key: 'said-hand-down', about: 'hand' }]
      : []
  const place = is.place ?? 1
  const told = is.next && !was.next ? [{ key: 'said-next', about: 'hand' }] : []
  if (was.hand === undefined)
    return before.floor.mine ? [] : [{ key: 'said-hand-up', args: { place }, about: 'hand' }, ...told]
  if (told.length > 0) return told
  return is.place !== was.place && !is.next ? [{ key: 'said-place', args: { place }, about: 'hand' }] : []
}

/**
 * The meeting itself and its queue.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function room(before, after) {
  const opened = before.view.meeting === 'doors' && after.view.meeting === 'open'
  if (opened) return [{ key: 'said-open' }]
  const holds =
    before.view.hold === after.view.hold
      ? []
      : [{ key: after.view.hold ? `said-${after.view.hold === 'lost' ? 'lead-lost' : 'still'}` : 'said-goes-on' }]
  return [...holds, ...leading(before, after), ...queue(before, after)]
}

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
function comings(before, after) {
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
function door(before, after) {
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
function proposals(before, after) {
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
