// The spoken page: one polite region, one urgent one, both in the HTML from the start so that assistive technology
// knows them. Sentences are gathered; while somebody shares, at most one is said in 3 s.

import { isCircle, room } from './store.js'

const GATHER = 500 // ms; what happens together is said together
const APART = 3000 // ms between two sentences while somebody shares

/** @typedef {{text: string, about: string}} Sentence */
/** @type {Sentence[]} */
let waiting = []
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
let lastSaid = -APART

/** True while a voice would be talked over. */
function someoneShares() {
  const view = room.view.peek()
  if (!isCircle(view) || view.hold) return false
  return Object.values(view.turns).some((turn) => turn.state === 'speaking' || turn.state === 'grace')
}

/**
 * Says a sentence to people who listen to the page. `urgent` interrupts and is kept for the few lines that must not
 * wait. Of several waiting sentences with the same `about`, only the last is said ("you are 3rd", "you are 2nd"), in
 * the place of the first.
 *
 * @param {string} text
 * @param {{urgent?: boolean, about?: string}} [how]
 */
export function say(text, { urgent = false, about = '' } = {}) {
  if (urgent) {
    show('said-now', text)
    return
  }
  const at = about ? waiting.findIndex((sentence) => sentence.about === about) : -1
  waiting.splice(at < 0 ? waiting.length : at, at < 0 ? 0 : 1, { text, about })
  timer ??= setTimeout(speak, GATHER)
}

/** Says what waits: everything at once in a quiet room, one sentence while somebody shares. */
function speak() {
  const wait = someoneShares() ? lastSaid + APART - performance.now() : 0
  if (wait > 0) {
    timer = setTimeout(speak, wait)
    return
  }
  const now = someoneShares() ? waiting.slice(0, 1) : waiting
  waiting = waiting.slice(now.length)
  timer = waiting.length ? setTimeout(speak, APART) : undefined
  lastSaid = performance.now()
  show('said', now.map((sentence) => sentence.text).join(' '))
}

/** A new element each time: the same sentence twice is said twice. @param {string} id @param {string} text */
function show(id, text) {
  const line = document.createElement('p')
  line.textContent = text
  document.getElementById(id)?.replaceChildren(line)
}
