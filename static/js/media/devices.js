/** What this computer has: which devices, and its microphone, taken, measured, faded and let go. Knows nothing of turns. */

import { wakeSound } from '../sounds.js'
import { sound } from './state.js'

const RISE = 0.015 // s, fading in
const FALL = 0.12 // s, fading out
const TAIL = 80 // ms of silence after it, so that it is what listeners hear last
const METER = 66 // ms between two looks at how loud it is
const [QUIETEST, RANGE] = [-60, 50] // dB on the meter
const WISH = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
}
const VIRTUAL = ['', 'default', 'communications'] // names for what the system chooses; ours is the empty one

/**
 * Reads both lists again. Browsers name devices only after the microphone was allowed once: until then they stay empty.
 * @returns {Promise<boolean>} false when it is known that there is nothing to hear with
 */
export async function readDevices() {
  const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => undefined)) ?? []
  const kind = (/** @type {string} */ name) => found.filter((device) => device.kind === name)
  const speakers = kind('audiooutput')
  if (!found.some((device) => device.label)) return true
  sound.microphones.value = list(kind('audioinput'))
  sound.speakers.value = 'setSinkId' in HTMLMediaElement.prototype ? list(speakers) : []
  if (missing(sound.microphone.peek(), sound.microphones.peek())) sound.microphone.value = ''
  // Only browsers that can move a whole AudioContext list every speaker; elsewhere an empty list says nothing.
  return speakers.length > 0 || !('setSinkId' in (globalThis.AudioContext?.prototype ?? {}))
}

/** @param {MediaDeviceInfo[]} devices @returns {import('./types.js').Device[]} the system's own choice first */
function list(devices) {
  const real = devices.filter(({ deviceId }) => !VIRTUAL.includes(deviceId))
  const own = devices.find(({ deviceId }) => deviceId === 'default')
  if (!devices.length) return []
  return [{ id: '', label: own?.label ?? '' }, ...real.map(({ deviceId, label }) => ({ id: deviceId, label }))]
}

/** A chosen one is not there any more. @param {string} id @param {import('./types.js').Device[]} devices */
export const missing = (id, devices) => id !== '' && !devices.some((device) => device.id === id)

/**
 * Takes the chosen microphone, or the system's when that is gone. Within a tap. Rejects as `getUserMedia` does.
 * @returns {Promise<import('./types.js').Capture>}
 */
export async function capture() {
  const context = wakeSound()
  const take = (/** @type {MediaTrackConstraints} */ more) =>
    navigator.mediaDevices.getUserMedia({ audio: { ...WISH, ...more } })
  const id = sound.microphone.peek()
  const stream = await take(id ? { deviceId: { exact: id } } : {}).catch((error) => {
    if (!id || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error
    sound.microphone.value = ''
    return take({})
  })
  return taken(stream, context)
}

/** @param {MediaStream} stream @param {AudioContext} [context] @returns {import('./types.js').Capture} */
function taken(stream, context) {
  const [track] = stream.getAudioTracks()
  const graph = context && drawn(stream, context)
  const timer = graph && setInterval(() => void (sound.loudness.value = loudness(graph.meter)), METER)
  let fades = false
  return {
    track,
    begin() {
      fades = context?.state === 'running'
      if (!graph || !fades) return track
      slide(graph.level, 1, RISE)
      return graph.out.stream.getAudioTracks()[0]
    },
    async fade() {
      if (!graph || !fades) return
      slide(graph.level, 0, FALL)
      await new Promise((resolve) => setTimeout(resolve, FALL * 1000 + TAIL))
    },
    fall(within) {
      if (graph && fades) slide(graph.level, 0, within)
    },
    stop() {
      clearInterval(timer)
      sound.loudness.value = 0
      track.stop()
      graph?.source.disconnect()
    },
    asleep: () => fades && context?.state !== 'running',
  }
}

/** The way through which it fades, silent at first; none where the browser cannot. @param {MediaStream} stream @param {AudioContext} context */
function drawn(stream, context) {
  try {
    const source = new MediaStreamAudioSourceNode(context, {
      mediaStream: stream,
    })
    const meter = new AnalyserNode(context, { fftSize: 1024 })
    const level = new GainNode(context, { gain: 0 })
    const out = new MediaStreamAudioDestinationNode(context, {
      channelCount: 1,
    })
    source.connect(meter)
    source.connect(level).connect(out)
    return { source, meter, level, out }
  } catch {
    return undefined
  }
}

/** @param {GainNode} level @param {number} to @param {number} within seconds */
function slide({ context, gain }, to, within) {
  gain.cancelScheduledValues(context.currentTime)
  gain.setValueAtTime(gain.value, context.currentTime)
  gain.linearRampToValueAtTime(to, context.currentTime + within)
}

/** Rises at once and falls slowly, as a meter should. @param {AnalyserNode} meter */
function loudness(meter) {
  if (document.hidden) return 0
  const wave = new Float32Array(meter.fftSize)
  meter.getFloatTimeDomainData(wave)
  const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length
  const loud = Math.min(1, (10 * Math.log10(power || 1e-9) - QUIETEST) / RANGE)
  return Math.max(0, loud, sound.loudness.peek() * 0.8 - 0.01)
}
