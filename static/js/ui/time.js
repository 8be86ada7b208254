/**
 * Clocks of a turn, in meeting time (seconds). Pure: `now` is always given.
 *
 * People are told time softly: in half minutes, then "less than a minute", then one sentence that stays. Only those who
 * lead see minutes and seconds.
 */

/** @typedef {import('../protocol.js').Turn} Turn */
/** @typedef {{ key: string, args?: Record<string, string | number> }} Words Words to be spoken: a key of the language files. */

/**
 * Seconds left on the turn's clock, never below zero; Infinity when it has no limit.
 * @param {Turn} turn
 * @param {number} now
 * @returns {number}
 */
export function secondsLeft(turn, now) {
  if (turn.left !== undefined) return Math.max(0, turn.left)
  if (turn.ends_at !== undefined) return Math.max(0, turn.ends_at - now)
  return turn.over ? 0 : Infinity
}

/**
 * How much of the ring is still there, 0 to 1.
 * @param {Turn} turn
 * @param {number} now
 * @returns {number}
 */
export function shareLeft(turn, now) {
  const left = secondsLeft(turn, now)
  return left === Infinity || turn.budget <= 0 ? 1 : Math.min(1, left / turn.budget)
}

/**
 * What the clock says softly, or null without a limit.
 * @param {number} left seconds
 * @param {number} warning seconds before the end at which the last sentence comes
 * @returns {Words | null}
 */
export function softClock(left, warning) {
  if (left === Infinity) return null
  if (left <= Math.min(warning, 60)) return { key: 'time-seconds-left', args: { seconds: Math.min(warning, 60) } }
  if (left <= 60) return { key: 'time-under-a-minute' }
  return { key: 'time-minutes-left', args: { minutes: Math.max(1, Math.round(left / 60)) } }
}

/**
 * Minutes and seconds, `0:25`.
 * @param {number} seconds
 * @returns {string}
 */
export function minutesAndSeconds(seconds) {
  const whole = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/**
 * How long somebody has been waiting, in words that change at most once a minute.
 * @param {number} since
 * @param {number} now
 * @returns {Words}
 */
export function waitingFor(since, now) {
  const minutes = Math.floor((now - since) / 60)
  return minutes < 1 ? { key: 'time-just-now' } : { key: 'time-minutes', args: { minutes } }
}

/**
 * For how long a turn has been past its limit, in seconds; 0 while it is not. In grace `ends_at` is the end of the grace.
 * @param {Turn} turn
 * @param {number} grace seconds, the phase's
 * @param {number} now
 */
export const pastTime = (turn, grace, now) =>
  turn.state === 'grace' && turn.ends_at !== undefined ? Math.max(0, now - turn.ends_at + grace) : 0
