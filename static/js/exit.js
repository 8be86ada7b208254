// Quick exit: one tap, or Escape twice within a second, and this page was never here.

import { forget } from './session.js'

const TWICE = 1000 // ms
const QUIET = 20_000 // ms

/** @type {(() => void)[]} */
const lastWords = []

setTimeout(() => import('./offline.js').catch(() => undefined), QUIET)

/** What is still done before the page goes, without waiting for anything. @param {() => void} work */
export function uponExit(work) {
  lastWords.push(work)
}

/**
 * Empties the screen at once, forgets the session, gives the seat back (`uponExit`), and puts an empty page in the place of this
 * one in the history. The empty page needs no network, names nothing and cannot fail; it asks no question.
 */
export function leaveQuickly() {
  document.body.replaceChildren()
  for (const word of lastWords) word()
  navigator.serviceWorker?.controller?.postMessage('forget')
  forget()
  location.replace('about:blank')
  localStorage.clear() // last: it throws where storage is forbidden
}

/** Listens for the two Escapes. While a sheet is open, Escape belongs to the sheet. */
export function watchEscape() {
  let last = -TWICE
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return
    if (event.defaultPrevented || document.querySelector('dialog[open]')) {
      last = -TWICE
      return
    }
    if (event.timeStamp - last < TWICE) leaveQuickly()
    last = event.timeStamp
  })
}
