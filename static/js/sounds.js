// What the page itself sounds: *your turn*, two soft wooden notes rising, 0.6 s; and the bell (see `bell.js`). Synthesised,
// no files. Never the only sign. The one AudioContext of the page lives here.

import { signal } from '../vendor/preact.js'

/** Whether sounds are wanted; for this page only. */
export const soundOn = signal(true)

/** @type {AudioContext | undefined} */
let audio

/**
 * Browsers let a page sound only from within a tap: called by the one that joins, and by others later. Returns what
 * plays, if this browser has it; it may be asleep still, or for ever where there is no sound device.
 */
export function wakeSound() {
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext()
  if (audio?.state !== 'running') audio?.resume().catch(() => undefined) // no sound device: the page goes on without
  return audio
}

/** What plays, if a tap has woken it before. */
export const awake = () => audio

/** Nothing of it goes on running. */
export function endSound() {
  audio?.close().catch(() => undefined)
  audio = undefined
}

/**
 * One struck note: a sine with a short bright partial, both dying away.
 * @param {AudioNode} to @param {number} pitch Hz @param {number} at the context's time, seconds @param {number} [length] seconds
 */
export function note(to, pitch, at, length = 0.32) {
  const on = to.context
  for (const [partial, loudness, decay] of [
    [1, 0.12, length],
    [3.9, 0.03, 0.07],
  ]) {
    const tone = new OscillatorNode(on, { frequency: pitch * partial })
    const level = new GainNode(on, { gain: 0 })
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime(loudness, at + 0.006)
    level.gain.exponentialRampToValueAtTime(0.0001, at + decay)
    tone.connect(level).connect(to)
    tone.start(at)
    tone.stop(at + decay)
  }
}

/** The offer: two notes, and on a phone two short touches. @param {boolean} [voiced] somebody is heard: then without the notes */
export function yourTurn(voiced = false) {
  if (!soundOn.value) return
  navigator.vibrate?.([60, 80, 60])
  if (voiced || audio?.state !== 'running') return
  note(audio.destination, 392, audio.currentTime + 0.02)
  note(audio.destination, 523.25, audio.currentTime + 0.28)
}
