/** One tab stop for the whole circle; arrows walk the seats, Home goes to me, End to whoever has the floor. */

import { useState } from '../../vendor/preact.js'

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/**
 * @param {string[]} seats in circle order, mine first
 * @param {string | undefined} speaker
 */
export function useRoving(seats, speaker) {
  const [stop, setStop] = useState(seats[0] ?? '')
  const current = seats.includes(stop) ? stop : (seats[0] ?? '')

  /** @param {KeyboardEvent & { currentTarget: HTMLElement }} event */
  function onKeyDown(event) {
    const to = next(seats, current, speaker, event.key)
    if (to === undefined) return
    event.preventDefault()
    setStop(to)
    for (const seat of event.currentTarget.querySelectorAll('[data-seat]'))
      if (seat instanceof HTMLElement && seat.dataset.seat === to) seat.focus()
  }

  /** @param {FocusEvent} event */
  function onFocusIn(event) {
    const seat = event.target instanceof HTMLElement ? event.target.dataset.seat : undefined
    if (seat) setStop(seat)
  }

  return {
    list: { onKeyDown, onFocusIn },
    tab: (/** @type {string} */ seat) => /** @type {0 | -1} */ (seat === current ? 0 : -1),
  }
}

/** @param {string[]} seats @param {string} from @param {string | undefined} speaker @param {string} key */
function next(seats, from, speaker, key) {
  if (key === 'Home') return seats[0]
  if (key === 'End') return speaker !== undefined && seats.includes(speaker) ? speaker : seats.at(-1)
  const step = STEPS[key]
  return step === undefined ? undefined : seats[(seats.indexOf(from) + step + seats.length) % seats.length]
}
