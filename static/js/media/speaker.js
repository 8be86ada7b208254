/** Where sound comes out: an element for each voice that is heard at the same time, and notes to try it out with. */

import { awake, endSound, note, wakeSound } from '../sounds.js'
import { sound } from './state.js'

/** @typedef {import('./types.js').Sink} Sink */

const MOST = 8 // voices that a format may have at once
/** From the beginning: where a browser wants a tap for each, the first one is for all. */
const elements = Array.from({ length: MOST }, made)
/** Those that wait for a tap. @type {Set<HTMLAudioElement>} */
const waiting = new Set()

function made() {
  const element = document.createElement('audio')
  element.autoplay = true
  element.setAttribute('playsinline', '')
  element.addEventListener('playing', () => waits(element, false))
  return element
}

/** @param {HTMLAudioElement} element @param {boolean} does */
function waits(element, does) {
  if (does) waiting.add(element)
  else waiting.delete(element)
  sound.plays.value = waiting.size === 0
}

/** Lets these be heard from now on, all at once, and nothing else. @param {MediaStream[]} streams */
export function hear(streams) {
  for (const [n, element] of elements.entries()) put(element, streams[n] ?? null)
}

/** @param {HTMLAudioElement} element @param {MediaStream | null} stream */
function put(element, stream) {
  if (element.srcObject === stream) return
  element.srcObject = stream
  if (!stream) {
    waits(element, false)
    return element.remove()
  }
  if (!element.isConnected) document.body.append(element)
  play(element)
}

/** @param {HTMLAudioElement} element */
function play(element) {
  element.play().catch((error) => {
    if (error.name === 'NotAllowedError' && element.srcObject) waits(element, true)
  })
}

/** Within a tap: from now on this page may be heard. */
export function wakePlayback() {
  const id = sound.speaker.peek()
  const on = /** @type {Sink | undefined} */ (wakeSound())
  if (id) on?.setSinkId?.(id).catch(() => undefined)
  for (const element of elements) if (element.paused) play(element)
}

/** Goes on after the page was asleep; whether the browser lets it shows in `sound.plays`. */
export function goOn() {
  if (awake()) wakeSound()
  for (const element of elements) if (element.srcObject) play(element)
}

export function fallSilent() {
  hear([])
  endSound()
}

/** Sends all that is heard to this speaker; empty: the system's. A speaker that has gone is not kept. @param {string} id */
export async function toSpeaker(id) {
  sound.speaker.value = id
  try {
    await Promise.all([...elements, awake()].map((each) => /** @type {Sink | undefined} */ (each)?.setSinkId?.(id)))
  } catch {
    if (id && sound.speaker.peek() === id) await toSpeaker('')
  }
}

/** Two soft notes, about a second, through the chosen speaker. Within a tap. */
export async function playTone() {
  const on = wakeSound()
  if (!on) return
  const through = await sinkFor(on)
  for (let waits = 0; on.state !== 'running' && waits < 10; waits += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50)) // where there is nothing to hear with it never runs
  }
  if (on.state !== 'running') return
  const at = on.currentTime + 0.05
  note(through, 329.63, at, 0.6)
  note(through, 440, at + 0.4, 0.7)
}

/** The chosen speaker, whichever of the two ways to it this browser knows. @param {AudioContext} on @returns {Promise<AudioNode>} */
async function sinkFor(on) {
  const id = sound.speaker.peek()
  const own = /** @type {Sink} */ (on)
  if (!id) return on.destination
  if (own.setSinkId) {
    await own.setSinkId(id).catch(() => undefined)
    return on.destination
  }
  const out = new MediaStreamAudioDestinationNode(on)
  const other = new Audio()
  other.srcObject = out.stream
  await /** @type {Sink} */ (other).setSinkId?.(id).catch(() => undefined)
  other.play().catch(() => undefined)
  setTimeout(() => void (other.srcObject = null), 2000)
  return out
}
