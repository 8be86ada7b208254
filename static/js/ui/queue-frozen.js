/** Lists that hold still while somebody's pointer, finger or keyboard focus is on them. */

import { useLayoutEffect, useRef, useState } from '../../vendor/preact.js'

const AFTER_TOUCH = 1200 // ms that a list still holds after the finger went up

/**
 * `shown` is the order to be drawn, `gone` what has left meanwhile (drawn as a blank row), `more` how many wait to be added.
 * @typedef {{ shown: string[], gone: Set<string>, more: number, still: boolean, version: number, on: Record<string, (event: any) => void> }} Frozen
 */

/**
 * @param {string[]} ids the order as it is now
 * @param {{ version?: number, touchOnly?: boolean }} [how] `version` of that order, to be sent with what is aimed at it;
 *   `touchOnly` for a list in which nothing can be pressed
 * @returns {Frozen}
 */
export function useFrozen(ids, { version = 0, touchOnly = false } = {}) {
  const [held, setHeld] = useState(/** @type {{ ids: string[], version: number } | null} */ (null))
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined))
  const hold = () => {
    clearTimeout(timer.current)
    setHeld((before) => before ?? { ids, version })
  }
  const release = () => setHeld(null)
  const touch = {
    onPointerDown: (/** @type {PointerEvent} */ event) => event.pointerType !== 'mouse' && hold(),
    onPointerUp: (/** @type {PointerEvent} */ event) => {
      if (event.pointerType !== 'mouse') timer.current = setTimeout(release, AFTER_TOUCH)
    },
    onPointerCancel: release,
  }
  const near = {
    onPointerEnter: (/** @type {PointerEvent} */ event) => event.pointerType === 'mouse' && hold(),
    onPointerLeave: (/** @type {PointerEvent} */ event) => event.pointerType === 'mouse' && release(),
    onFocusIn: (/** @type {FocusEvent} */ event) =>
      event.target instanceof Element && event.target.matches(':focus-visible') && hold(),
    onFocusOut: (/** @type {FocusEvent & { currentTarget: Element }} */ event) =>
      !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) && release(),
  }
  const on = touchOnly ? touch : { ...touch, ...near }
  if (!held) return { shown: ids, gone: new Set(), more: 0, still: false, version, on }
  const now = new Set(ids)
  const gone = new Set(held.ids.filter((id) => !now.has(id)))
  const more = ids.filter((id) => !held.ids.includes(id)).length
  return { shown: held.ids, gone, more, still: true, version: held.version, on }
}

/**
 * What a row is given so that it stays as tall as it was when it goes blank: what is below it does not move.
 * @param {boolean} gone
 */
export function useBlank(gone) {
  const row = useRef(/** @type {HTMLElement | null} */ (null))
  const tall = useRef(0)
  useLayoutEffect(() => {
    if (!gone && row.current) tall.current = row.current.offsetHeight
  })
  return { ref: row, style: gone ? { minHeight: `${tall.current}px` } : {} }
}
