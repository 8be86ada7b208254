// Quick exit: one tap, or Escape twice within a second, and this page was never here.

import { forget } from './session.js'

const TWICE = 1000 // ms

/** @type {() => void} */
let lastWord = () => undefined

/** What is still done before the page goes, without waiting for anything. @param {() => void} work */
export function uponExit(work) {
  lastWord = work
}

/**
 * Empties the screen at once, forgets the session, gives the seat back (`uponExit`), and puts an empty page in the place of this
 * one in the history. The empty page needs no network, names nothing and cannot fail; it asks no question.
 */
export function leaveQuickly() {
  document.body.replaceChildren()
  lastWord()
  forget()
  location.replace('about:blank')
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
