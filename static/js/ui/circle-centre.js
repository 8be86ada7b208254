/** The words in the middle of the circle: who, what, and how long. Pure. */

import { nameOf } from '../meaning.js'
import { minutesAndSeconds, secondsLeft, softClock } from './time.js'

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
  return floor.turn ? during(view, floor, floor.turn, eye) : between(view, floor, eye)
}

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
  const what = floor.mine ? own(floor) : others(view, floor, turn)
  return { who, what, clock: eye.leads ? exact(floor, turn, eye.now) : soft(view, floor, turn, eye.now) }
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn */
function whose(view, floor, turn) {
  if (floor.state === 'paused') return { key: 'room-paused' }
  if (!floor.mine) return nameOf(view, turn.seat)
  return { key: floor.state === 'offered' ? 'room-for-you' : 'room-yours' }
}

/** @param {Floor} floor @returns {Words} */
function own(floor) {
  switch (floor.state) {
    case 'offered':
      return { key: 'room-for-you-what' }
    case 'grace':
      return { key: 'room-yours-grace' }
    case 'over':
      return { key: 'room-yours-over' }
    case 'paused':
      return { key: 'room-yours-paused' }
    case 'suspended':
    case 'back':
      return { key: 'room-yours-kept' }
    case 'warning':
      return { key: 'room-yours-warning' }
    default:
      return { key: 'room-yours-what' }
  }
}

/** @param {CircleView} view @param {Floor} floor @param {Turn} turn @returns {Words} */
function others(view, floor, turn) {
  switch (floor.state) {
    case 'offered':
      return { key: 'room-offered' }
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

/** What those who lead see: minutes and seconds. @param {Floor} floor @param {Turn} turn @param {number} now @returns {Words | null} */
function exact(floor, turn, now) {
  const left = secondsLeft(turn, now)
  switch (floor.state) {
    case 'offered':
      return { key: 'room-exact-offer', args: { left: minutesAndSeconds(left) } }
    case 'grace':
      return { key: 'room-exact-grace', args: { left: minutesAndSeconds(left) } }
    case 'over':
      return { key: 'room-exact-over' }
    case 'suspended':
      return { key: 'room-exact-kept', args: { left: minutesAndSeconds((turn.waits_until ?? now) - now) } }
    default:
      return left === Infinity
        ? null
        : { key: 'room-exact', args: { left: minutesAndSeconds(left), budget: minutesAndSeconds(turn.budget) } }
  }
}
