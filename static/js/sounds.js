// One sound so far: *your turn*, two soft wooden notes rising, 0.6 s. Synthesised, no files. Never the only sign.

import { signal } from '../vendor/preact.js'

/** Whether sounds are wanted; for this page only. */
export const soundOn = signal(true)

/** @type {AudioContext | undefined} */
let audio

/** Browsers let a page sound only from within a tap: called by the one that joins. */
export function wakeSound() {
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext()
  audio?.resume().catch(() => undefined) // no sound device: the page goes on without
}

/** One struck note: a sine with a short bright partial, both dying away. @param {AudioContext} on @param {number} pitch @param {number} at */
function note(on, pitch, at) {
  for (const [partial, loudness, length] of [
    [1, 0.12, 0.32],
    [3.9, 0.03, 0.07],
  ]) {
    const tone = new OscillatorNode(on, { frequency: pitch * partial })
    const level = new GainNode(on, { gain: 0 })
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime(loudness, at + 0.006)
    level.gain.exponentialRampToValueAtTime(0.0001, at + length)
    tone.connect(level).connect(on.destination)
    tone.start(at)
    tone.stop(at + length)
  }
}

/** The offer: two notes, and on a phone two short touches. */
export function yourTurn() {
  if (!soundOn.value) return
  navigator.vibrate?.([60, 80, 60])
  if (audio?.state !== 'running') return
  note(audio, 392, audio.currentTime + 0.02)
  note(audio, 523.25, audio.currentTime + 0.28)
}
