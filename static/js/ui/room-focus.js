/** When the control that has the focus goes away, focus goes to its neighbour, else to the heading of its place; when that went too, to the large button. */

const CONTROLS = 'button, a[href], input, textarea, select, [tabindex="0"]'
/** When focus was last moved by this module. */
let moved = -Infinity

/** Focus has just been moved here: a key pressed now was meant for the control before. @param {number} within ms */
export const justMoved = (within) => performance.now() - moved < within

const PLACES = '.dock, .panel, .queue, .seats, dialog'

/**
 * @param {Element} root
 * @returns {() => void} stops it
 */
export function keepFocus(root) {
  /** @type {{ control: Element, place: Element, at: number } | null} */
  let last = null
  const onFocus = (/** @type {Event} */ event) => {
    moved = -Infinity // by itself, or by a key: then it was aimed
    const control = /** @type {Element} */ (event.target)
    const place = control.closest(PLACES)
    last = place && { control, place, at: controls(place).indexOf(/** @type {HTMLElement} */ (control)) }
  }
  const watcher = new MutationObserver(() => {
    if (!last || last.control.isConnected || document.activeElement !== document.body) return
    const { place, at } = last
    last = null
    const next = place.isConnected ? neighbour(place, at) : document.getElementById('large') // as of a sheet whose opener has gone
    next?.focus({ preventScroll: true })
    moved = performance.now()
  })
  root.addEventListener('focusin', onFocus)
  watcher.observe(root, { childList: true, subtree: true })
  return () => {
    watcher.disconnect()
    root.removeEventListener('focusin', onFocus)
  }
}

/** @param {Element} place */
const controls = (place) => /** @type {HTMLElement[]} */ ([...place.querySelectorAll(CONTROLS)])

/** @param {Element} place @param {number} at @returns {HTMLElement | null} */
const neighbour = (place, at) =>
  controls(place)[Math.max(0, at)] ?? controls(place).at(-1) ?? place.querySelector('[tabindex="-1"]')
