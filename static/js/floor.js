/** What the floor is now, who is listened to, and what was done about me. Pure; without any rule of the room. */

import { shortName, shortNames } from './ui/seat-name.js'
import { secondsLeft } from './ui/time.js'

/** @typedef {import('./protocol.js').CircleView | import('./protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('./protocol.js').Turn} Turn */
/** @typedef {import('./protocol.js').You} You */
/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./ui/time.js').Words} Words */

/**
 * `doors` not begun; `free` nobody has the floor; `quiet` the pause after a turn; `warning` the last seconds of `speaking`;
 * `over` the grace is over and those who lead decide; `back` a speaker who dropped is here again, and goes on in a moment;
 * `still` the room is paused; `lost` nobody is here who leads; `bell`, `silence`, `break` it stands still for that; `silent`
 * a silence inside a turn; `question` the clock of a turn stands while somebody asks; `open` who likes speaks.
 * @typedef {'still' | 'lost' | 'bell' | 'silence' | 'break' | 'doors' | 'free' | 'quiet' | 'open' | 'offered' | 'speaking' | 'warning' | 'grace' | 'over' | 'silent' | 'question' | 'paused' | 'suspended' | 'back'} FloorState
 */

/** @typedef {{ state: FloorState, id: string, turn: Turn | null, mine: boolean }} Floor */

/** What each reason to stand still looks like. @type {Record<import('./protocol.js').Hold, FloorState>} */
const HELD = { paused: 'still', lost: 'lost', bell: 'bell', silence: 'silence', break: 'break' }

/**
 * The turn that people look at: the latest one, or the one that is left when it is over. Where several speak at once it is
 * one's own, and somebody else's is only one of the voices.
 * @param {CircleView} view
 * @param {You} you
 * @param {number} now meeting time, seconds
 * @returns {Floor}
 */
export function floorNow(view, you, now) {
  const open = view.policy.floor === 'open' && view.meeting === 'open'
  const mine = open ? (you.turn ?? '') : ''
  const own = mine in view.turns
  const last = view.floor in view.turns ? view.floor : (Object.keys(view.turns).at(-1) ?? view.floor)
  const id = own ? mine : last
  const turn = view.turns[id] ?? null
  const floor = { id, turn, mine: turn !== null && turn.seat === you.seat }
  if (view.hold) return { ...floor, state: HELD[view.hold] }
  if (open && !own) return { ...floor, state: 'open' }
  return { ...floor, state: turn ? turnState(view, turn, now) : restState(view, now) }
}

/** How many have the floor, or are offered it. @param {CircleView} view */
export const voices = (view) => Object.keys(view.turns).length

/**
 * @param {CircleView} view
 * @param {Turn} turn
 * @param {number} now
 * @returns {FloorState}
 */
function turnState(view, turn, now) {
  if (turn.state === 'speaking') return secondsLeft(turn, now) <= view.policy.warning ? 'warning' : 'speaking'
  if (turn.state === 'grace') return turn.over ? 'over' : 'grace'
  if (turn.state === 'paused' && turn.waits_until !== undefined) return 'back'
  return turn.state
}

/**
 * @param {CircleView} view
 * @param {number} now
 * @returns {FloorState}
 */
function restState(view, now) {
  if (view.meeting === 'doors') return 'doors'
  return view.pause_until !== undefined && view.pause_until > now ? 'quiet' : 'free'
}

/**
 * Somebody is being listened to: nothing around them may move.
 * @param {Floor} floor
 */
export const shares = (floor) => floor.turn !== null && !['offered', 'doors', 'free', 'quiet'].includes(floor.state)

/**
 * What those who lead did about me, and is not older than this: the ids of the acts, the latest last.
 * @param {CircleView} view
 * @param {You} you
 * @param {number} [after] meeting time
 * @returns {string[]}
 */
export function actsAboutMe(view, you, after = -Infinity) {
  return (view.lately ?? []).filter((id) => {
    const act = view.acts?.[id]
    return act && act.at > after && act.by !== you.seat && concerns(act, you)
  })
}

/** @param {import('./protocol.js').Act} act @param {You} you */
const concerns = (act, you) => act.seat === you.seat || act.done === 'all-lowered'

/**
 * The sentence for an act about me.
 * @param {CircleView} view
 * @param {You} you
 * @param {string} id
 * @returns {Words}
 */
export function actWords(view, you, id) {
  const act = /** @type {import('./protocol.js').Act} */ (view.acts?.[id])
  const name = act.who ? shortName(act.who) : ''
  if (act.done === 'hand-moved' && you.place !== undefined)
    return { key: 'act-hand-moved-place', args: { name, place: you.place } }
  return { key: `act-${act.done}`, args: { name } }
}

/** @param {You} you */
export const leads = (you) => you.role !== 'participant'

/**
 * @param {You} you
 * @param {Command['type']} type
 */
export const may = (you, type) => you.may.includes(type)

/**
 * The meeting time until which the turn goes on when it is given so many seconds more. Counted from what is on the screen, so
 * that a second tap asks for the same again.
 * @param {Turn} turn
 * @param {number} now
 * @param {number} more seconds
 */
export function until(turn, now, more) {
  const from = turn.state === 'grace' || turn.ends_at === undefined ? now + (turn.left ?? 0) : turn.ends_at
  return Math.max(from, now) + more
}

/**
 * @param {CircleView} view
 * @param {string} seat
 * @returns {string} what this person is called here, or nothing while it is not known
 */
export const nameOf = (view, seat) => shortNames(view.people)[seat] ?? ''

/**
 * Whom sound reaches now, as the server says: all of them hear whoever speaks.
 * @param {CircleView} view
 * @param {string} [but] the speaker's seat, who is no listener
 */
export const hearers = (view, but) =>
  Object.entries(view.people).filter(([seat, person]) => person.hears && seat !== but).length

/** How many people are connected. @param {CircleView} view */
export const hereCount = (view) => Object.values(view.people).filter((person) => person.present).length

/**
 * Who speaks is heard: not while the clock stands, and not before.
 * @param {Floor} floor
 */
export const audible = (floor) =>
  floor.turn !== null && ['speaking', 'warning', 'grace', 'over', 'silent', 'open'].includes(floor.state)
