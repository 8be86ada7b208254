// The *bell*: a bowl that is struck, and rings for 4 s. Never the only sign, and never over a voice.

import { awake, soundOn } from './sounds.js'

/** The bowl's partials: how far above its note, how loud, how long (seconds). The second one beats against the first. */
const BOWL = [
  [1, 1, 4],
  [1.004, 0.35, 4],
  [2.72, 0.3, 1.8],
  [5.15, 0.1, 0.8],
]
const LOUD = 10 ** (-18 / 20) // -18 dB

/** The bowl is struck: at the pause bell, at both ends of a silence, at the end of a break. */
export function bell() {
  const audio = awake()
  if (soundOn.value && audio?.state === 'running') strike(audio.destination, 440, audio.currentTime + 0.02)
}

/** @param {AudioNode} to @param {number} pitch Hz @param {number} at the context's time, seconds */
function strike(to, pitch, at) {
  const whole = BOWL.reduce((sum, [, loudness = 0]) => sum + loudness, 0)
  for (const [partial = 1, loudness = 0, decay = 1] of BOWL) {
    const tone = new OscillatorNode(to.context, { frequency: pitch * partial })
    const level = new GainNode(to.context, { gain: 0 })
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime((LOUD * loudness) / whole, at + 0.02)
    level.gain.exponentialRampToValueAtTime(0.0001, at + decay)
    tone.connect(level).connect(to)
    tone.start(at)
    tone.stop(at + decay)
  }
}
