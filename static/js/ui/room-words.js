/** From the keys that pure modules return to the sentence that people read, and the room's clock for what is on the screen. */

import { signal } from '../../vendor/preact.js'
import { meetingNow } from '../store.js'
import { ordinal, t } from '../words.js'

/** @typedef {import('./time.js').Words} Words */

/**
 * The sentence. A `place` is spoken as an ordinal; a person whose name is not known yet is "somebody".
 * @param {Words} words
 * @returns {string}
 */
export function tell({ key, args = {} }) {
  const spoken = { ...args }
  if (typeof spoken.place === 'number') spoken.place = ordinal(spoken.place)
  if (typeof spoken.name === 'string') spoken.name = called(spoken.name)
  return t(key, spoken)
}

/** A name, or "somebody" while it is not known. @param {string | undefined} name */
export const called = (name) => name || t('people-somebody')

/** Meeting time, once a second: what reads it while it renders, is rendered again. */
export const clock = signal(0)

/** Starts the clock; the function that is returned stops it. */
export function runClock() {
  clock.value = meetingNow()
  const timer = setInterval(() => void (clock.value = meetingNow()), 1000)
  return () => clearInterval(timer)
}

/**
 * Meeting time for rendering: never older than the clock's last second, and fresh whenever something else changed.
 * @returns {number} seconds
 */
export function nowShown() {
  void clock.value // a reader of the clock
  return meetingNow()
}
