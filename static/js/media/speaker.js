/** Where sound comes out: one element for whoever is heard, and notes to try it out with. */

import { awake, endSound, note, wakeSound } from '../sounds.js'
import { sound } from './state.js'

/** @typedef {import('./types.js').Sink} Sink */

const element = document.createElement('audio')
element.autoplay = true
element.setAttribute('playsinline', '')
element.addEventListener('playing', () => void (sound.plays.value = true))

/** Lets this be heard from now on; null: nothing. @param {MediaStream | null} stream */
export function hear(stream) {
  if (element.srcObject === stream) return
  element.srcObject = stream
  if (!stream) {
    sound.plays.value = true // there is nothing that waits for a tap
    return element.remove()
  }
  if (!element.isConnected) document.body.append(element)
  play()
}

function play() {
  element.play().catch((error) => {
    if (error.name === 'NotAllowedError' && element.srcObject) sound.plays.value = false
  })
}

/** Within a tap: from now on this page may be heard. */
export function wakePlayback() {
  const id = sound.speaker.peek()
  const on = /** @type {Sink | undefined} */ (wakeSound())
  if (id) on?.setSinkId?.(id).catch(() => undefined)
  if (element.paused) play()
}

/** Goes on after the page was asleep; whether the browser lets it shows in `sound.plays`. */
export function goOn() {
  if (awake()) wakeSound()
  if (element.srcObject) play()
}

export function fallSilent() {
  hear(null)
  endSound()
}

/** Sends all that is heard to this speaker; empty: the system's. A speaker that has gone is not kept. @param {string} id */
export async function toSpeaker(id) {
  sound.speaker.value = id
  try {
    await Promise.all([/** @type {Sink} */ (element).setSinkId?.(id), /** @type {Sink} */ (awake())?.setSinkId?.(id)])
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
