/** When the order of a list changes, its rows slide to their new places; they never jump. */

import { useLayoutEffect, useRef } from '../../vendor/preact.js'

const SLIDE = 280 // ms
const STILL = '(prefers-reduced-motion: reduce)'

/**
 * Rows are told apart by `data-row`.
 * @param {{ current: HTMLElement | null }} list
 * @param {string[]} order
 */
export function useSlide(list, order) {
  const before = useRef(/** @type {Map<string, { x: number, y: number }>} */ (new Map()))
  useLayoutEffect(() => {
    const places = new Map()
    for (const row of list.current?.children ?? []) {
      if (!(row instanceof HTMLElement)) continue
      const [id, now] = [row.dataset.row ?? '', { x: row.offsetLeft, y: row.offsetTop }]
      const was = before.current.get(id)
      places.set(id, now)
      if (was && !matchMedia(STILL).matches) slide(row, was.x - now.x, was.y - now.y)
    }
    before.current = places
  }, [order.join(' ')])
}

/** @param {HTMLElement} row @param {number} x @param {number} y */
function slide(row, x, y) {
  if (x || y)
    row.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
      duration: SLIDE,
      easing: 'ease-out',
    })
}
