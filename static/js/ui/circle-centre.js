/** The words in the middle of the circle: who, what, and how long. Pure. */

import { nameOf, voices } from '../meaning.js'
import { minutesAndSeconds, pastTime, secondsLeft, softClock } from './time.js'

/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Turn} Turn */
/** @typedef {import('./time.js').Words} Words */

/** `who` is either words or a person's name as they gave it. @typedef {{ who: Words | string, what?: Words, clock?: Words | null }} Centre */

/**
 * @typedef {object} Eye who looks
 * @property {boolean} leads sees minutes and seconds
 * @property {boolean} alone nobody else is here
 * @property {boolean} offline the last known picture
 * @property {boolean} [restarting] the server is back in a moment
 * @property {string} [me] my seat
 * @property {boolean} [ready] I am back from the break
 * @property {number} now meeting time, seconds
 */

/**
 * @param {CircleView} view
 * @param {Floor} floor
 * @param {Eye} eye
 * @returns {Centre}
 */
export function centre(view, floor, eye) {
  if (eye.offline)
    return {
      who: floor.turn ? whose(view, floor, floor.turn) : { key: eye.restarting ? 'room-restarting' : 'room-offline' },
      what: { key: eye.restarting ? 'room-restarting-what' : 'room-offline-what' },
    }
  if (floor.state === 'still')
    return { who: { key: 'room-still' }, what: { key: floor.mine ? 'room-still-yours' : 'room-still-what' } }
  if (floor.state === 'lost') return { who: { key: 'room-held' }, what: { key: 'room-held-what' } }
  if (floor.state === 'bell') return { who: { key: 'room-paused' }, what: { key: 'room-bell-what' } }
  if (floor.state === 'silence') return { who: { key: 'room-quiet' }, what: { key: 'room-together-what' } }
  if (floor.state === 'break') return break_(view, eye)
  if (floor.state === 'open') return openFloor(view)
  return floor.turn ? during(view, floor, floor.turn, eye) : between(view, floor, eye)
}

/** How long it still is, softly; afterwards no clock any more. @param {CircleView} view @param {Eye} eye @returns {Centre} */
function break_(view, eye) {
  const left = (view.hold_until ?? eye.now) - eye.now
  const who = { key: 'room-break' }
  if (left > 0 && !eye.ready) return { who, clock: softClock(left, 0) }
  return { who, what: { key: eye.ready ? 'room-break-back' : 'room-break-over' } }
}

/** @param {CircleView} view @returns {Centre} */
function openFloor(view) {
  return { who: { key: 'room-open' }, what: voices(view) ? voicesNow(view) : { key: 'room-open-free' } }
}

/** @param {CircleView} view @returns {Words} */
const voicesNow = (view) => ({ key: 'room-open-what', args: { count: voices(view), of: view.policy.voices ?? 1 } })

/**
 * @param {CircleView} view
 * @param {Floor} floor
 * @param {Eye} eye
 * @returns {Centre}
 */
function between(view, floor, eye) {
  if (floor.state === 'doors')
    return {
      who: { key: 'room-doors' },
      what: { key: eye.alone ? 'room-first' : eye.leads ? 'room-doors-lead' : 'room-doors-what' },
    }
  if (floor.state === 'quiet') return { who: { key: 'room-quiet' }, what: { key: 'room-quiet-what' } }
  if (view.given !== undefined && view.given in view.people)
    return { who: nameOf(view, view.given), what: { key: 'room-given' } }
  if (view.round) return { who: { key: 'room-round' }, what: { key: 'room-round-what' } }
  return { who: { key: 'room-free' }, what: { key: view.queue_open ? 'room-free-what' : 'room-free-closed' } }
}

/**
 * @param {CircleView} view
 * @param {Floor} floor
 * @param {Turn} turn
 * @param {Eye} eye
 * @returns {Centre}
 */
function during(view, floor, turn, eye) {
  const who = whose(view, floor, turn)
  const what = asked(view, floor, turn, eye) ?? (floor.mine ? own(view, floor, turn) : others(view, floor, turn))
  const seen = eye.leads || (view.policy.clock === 'exact' && CLOCKED.has(floor.state))
  return { who, what, clock: seen ? exact(view, floor, turn, eye.now) : soft(view, floor, turn, eye.now) }
}

/** Where everybody may see minutes and seconds; nobody is told how late it is. */
const CLOCKED = new Set(['speaking', 'warning', 'silent', 'question', 'paused', 'back'])

/** A question inside a turn; or more time that is asked for. @param {CircleView} view @param {Floor} floor @param {Turn} turn @param {Eye} eye @returns {Words | null} */
function asked(view, floor, turn, eye) {
  const outer = turn.inside === undefined ? undefined : view.turns[turn.inside]
  if (outer && floor.state === 'offered' && !floor.mine) return { key: 'room-question-offered' }
  if (outer && outer.seat === eye.me) return { key: 'room-question-yours' }
  if (outer) return { key: 'room-question-what', args: { name: nameOf(view, outer.seat) } }
  if (view.asking?.turn === floor.id) return { key: floor.mine ? 'room-asking-yours' : 'room-asking' }
  return null
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn */
function whose(view, floor, turn) {
  if (floor.state === 'paused') return { key: 'room-paused' }
  if (turn.inside !== undefined && floor.state !== 'offered')
    return floor.mine
      ? { key: 'room-question-mine' }
      : { key: 'room-question', args: { name: nameOf(view, turn.seat) } }
  if (!floor.mine) return nameOf(view, turn.seat)
  return { key: floor.state === 'offered' ? 'room-for-you' : 'room-yours' }
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn @returns {Words} */
function own(view, floor, turn) {
  const hard = view.policy.ending === 'hard'
  switch (floor.state) {
    case 'offered':
      if (view.extra) return { key: 'room-extra-offered', args: { left: minutesAndSeconds(view.extra) } }
      return { key: hard ? 'room-hard-offered' : 'room-for-you-what' }
    case 'silent':
      return { key: 'room-silent-yours' }
    case 'question':
      return { key: 'room-question-yours' }
    case 'grace':
      return { key: turn.declined ? 'room-declined' : 'room-yours-grace' }
    case 'over':
      return { key: 'room-yours-over' }
    case 'paused':
      return { key: 'room-yours-paused' }
    case 'suspended':
    case 'back':
      return { key: 'room-yours-kept' }
    case 'warning':
      return { key: turn.declined ? 'room-declined' : hard ? 'room-hard' : 'room-yours-warning' }
    default:
      return view.policy.floor === 'open' ? voicesNow(view) : { key: 'room-yours-what' }
  }
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn @returns {Words} */
function others(view, floor, turn) {
  switch (floor.state) {
    case 'offered':
      return { key: 'room-offered' }
    case 'silent':
      return { key: 'room-silent' }
    case 'grace':
    case 'over':
      return { key: 'room-grace' }
    case 'paused':
      return { key: 'room-paused-what', args: { name: nameOf(view, turn.seat) } }
    case 'suspended':
      return { key: 'room-suspended' }
    case 'back':
      return { key: 'room-back' }
    default:
      return { key: 'room-shares' }
  }
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn @param {number} now @returns {Words | null} */
function soft(view, floor, turn, now) {
  if (floor.state === 'suspended' && !floor.mine) return { key: 'room-suspended-clock' }
  if (floor.state !== 'speaking' && floor.state !== 'warning') return null
  return softClock(secondsLeft(turn, now), view.policy.warning)
}

/** Minutes and seconds: what those who lead see, and everybody where the group wants it. @param {CircleView} view @param {Floor} floor @param {Turn} turn @param {number} now @returns {Words | null} */
function exact(view, floor, turn, now) {
  const left = secondsLeft(turn, now)
  const past = pastTime(turn, view.policy.grace, now)
  if (past > 0) return { key: 'room-exact-over', args: { past: minutesAndSeconds(past) } }
  switch (floor.state) {
    case 'offered':
      return { key: 'room-exact-offer', args: { left: minutesAndSeconds(left) } }
    case 'suspended':
      return { key: 'room-exact-kept', args: { left: minutesAndSeconds((turn.waits_until ?? now) - now) } }
    default:
      return left === Infinity
        ? null
        : { key: 'room-exact', args: { left: minutesAndSeconds(left), budget: minutesAndSeconds(turn.budget) } }
  }
}
