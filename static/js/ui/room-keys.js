/** Single-key shortcuts; one switch turns them off. */

import { signal } from '../../vendor/preact.js'
import { may, processOnly } from '../meaning.js'
import { isCircle, room } from '../store.js'
import { LARGE } from './button.js'
import { press } from './button-press.js'
import { TOOL } from './dock-status.js'
import { open, sheet } from './sheet.js'

/** Whether the shortcuts are on; for this page only. */
export const keysOn = signal(true)

const REST = 600 // ms between two presses

/** Listens for the shortcuts; the function that is returned stops it. */
export function listenForKeys() {
  let last = -REST
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!keysOn.peek() || sheet.peek() || event.repeat || writes(event)) return
    if (event.key === '?') open('keys')
    const key = event.key.toLowerCase()
    if (!['r', 'b'].includes(key) || event.timeStamp - last < REST) return
    last = event.timeStamp
    if (key === 'r') turnHand()
    else ring()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

/** The key belongs to a field, or to the browser. @param {KeyboardEvent} event */
const writes = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.defaultPrevented ||
  (event.target instanceof Element && event.target.matches('input, textarea, select'))

/** Everybody's bell, when it may be rung. */
function ring() {
  const you = room.you.peek()
  if (you && may(you, 'ring-bell')) void press(TOOL, { type: 'ring-bell' })
}

/** Up when it is down, down when it is up. */
function turnHand() {
  const [view, you] = [room.view.peek(), room.you.peek()]
  if (!isCircle(view) || !you) return
  if (you.hand !== undefined) {
    if (may(you, 'lower-hand')) void press(LARGE, { type: 'lower-hand', hand: you.hand })
  } else if (may(you, 'raise-hand')) {
    void press(LARGE, processOnly(view) ? { type: 'raise-hand', kind: 'process' } : { type: 'raise-hand' })
  }
}
