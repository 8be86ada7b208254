/**
 * Watches what a page does with sound, and changes nothing of it: runs in the page before its own scripts.
 *
 * Counts who asks for the microphone, keeps every connection and track, and records what came out of the tracks in the
 * last seconds, to say which voice it was (see tones.py). A track of a connection gives samples only while the page
 * plays it.
 */

(() => {
  const KEPT = 8_000 // ms of sound
  const LATE = 200 // ms: what is recorded comes sooner
  const WINDOW = 0.04, HOP = 0.02 // seconds: what is looked at at once
  const THIN = 4
  const AUDIBLE = 0.004 // of full scale: what is below is silence
  const scales = SCALES // Hz: the steps of each voice (see tones.py); put in front of this script by hearing.py
  const now = () => performance.timeOrigin + performance.now()

  const observed = (window.observed = {
    asked: 0, links: [], microphones: [], lights: [], ears: [], said: null, connected: null,
    now, windows, length, voices, choir, silent, played, stats, live, device: undefined,
  })
  const players = new Set()

  /** Records a track: pieces `{ at, samples }`; `at + base` is when the first sample was there, in ms since 1970. */
  function record(track) {
    const ear = { track, rate: 48_000, pieces: [], base: Infinity, came: 0 }
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader()
    const next = ({ value, done }) => {
      if (done) return
      const samples = new Float32Array(value.numberOfFrames)
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
      ear.rate = value.sampleRate
      ear.came = now()
      ear.base = Math.min(ear.base, ear.came - value.timestamp / 1000)
      ear.pieces.push({ at: value.timestamp / 1000, samples })
      value.close()
      while (ear.pieces[0].at < ear.pieces.at(-1).at - KEPT) ear.pieces.shift()
      reader.read().then(next, () => {})
    }
    reader.read().then(next, () => {})
    return ear
  }

  /** What was there from that moment on: `{ at, voice, step, loud, shares }` for each 20 ms; voice -1 is silence. */
  function windows(ear, since = 0) {
    if (!ear) return []
    const size = Math.round(ear.rate * WINDOW), hop = Math.round(ear.rate * HOP)
    const pieces = ear.pieces.filter((piece) => piece.at + ear.base >= since)
    if (!pieces.length) return []
    const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.samples.length, 0))
    const starts = []
    let at = 0
    for (const piece of pieces) {
      starts.push([at, piece.at + ear.base])
      all.set(piece.samples, at)
      at += piece.samples.length
    }
    const found = []
    for (let from = 0, piece = 0; from + size <= all.length; from += hop) {
      while (piece + 1 < starts.length && starts[piece + 1][0] <= from) piece += 1
      const moment = starts[piece][1] + ((from - starts[piece][0]) * 1000) / ear.rate
      found.push({ at: moment, ...judge(all.subarray(from, from + size), ear.rate) })
    }
    return found
  }

  /** Seconds of what was played since then. */
  function length(since) {
    const ear = played()
    return ear ? ear.pieces.reduce((sum, { at, samples }) => sum + (at + ear.base >= since ? samples.length / ear.rate : 0), 0) : 0
  }

  function judge(samples, rate) {
    let square = 0
    for (const sample of samples) square += sample * sample
    const loud = Math.sqrt(square / samples.length)
    if (loud < AUDIBLE) return { voice: -1, step: -1, loud, shares: scales.map(() => 0) }
    const few = thinned(samples)
    const shares = []
    let best = 0, voice = -1, step = -1
    for (const [one, scale] of scales.entries()) {
      shares[one] = 0
      for (const [at, pitch] of scale.entries()) {
        const power = goertzel(few, (pitch * THIN) / rate)
        shares[one] += power
        if (power > best) [best, voice, step] = [power, one, at]
      }
    }
    const sum = shares.reduce((a, b) => a + b, 0)
    return { voice, step, loud, shares: shares.map((share) => share / sum) }
  }

  /** A quarter of the samples, for pitches that are low enough. */
  function thinned(samples) {
    const few = new Float32Array(Math.floor(samples.length / THIN))
    for (let n = 0; n < few.length * THIN; n++) few[Math.floor(n / THIN)] += samples[n] / THIN
    return few
  }

  /** The power at one pitch (in periods per sample), under a Hann window. */
  function goertzel(samples, pitch) {
    const turn = 2 * Math.cos(2 * Math.PI * pitch), wide = (2 * Math.PI) / (samples.length - 1)
    let a = 0, b = 0
    for (let n = 0; n < samples.length; n++) {
      const next = samples[n] * (0.5 - 0.5 * Math.cos(wide * n)) + turn * a - b
      b = a
      a = next
    }
    return a * a + b * b - turn * a * b
  }

  /** What the page plays now, aloud: as many as may be heard at once. */
  function playing() {
    const loud = [...players].filter((one) => !one.paused && !one.muted && one.volume > 0.5)
    return observed.ears.filter((ear) => loud.some((one) => one.srcObject?.getTracks().includes(ear.track)))
  }

  /** Where one voice at a time is heard: this is it. */
  function played() {
    return playing().at(-1)
  }

  /** The share of each voice in what was played since then, and how much of the time was not silent. */
  function voices(since) {
    return judged(played(), since)
  }

  /** The same of each that was not silent. */
  function choir(since) {
    return playing().map((ear) => judged(ear, since)).filter(({ sounding }) => sounding > 0)
  }

  function judged(ear, since) {
    const all = windows(ear, since)
    const loud = all.filter((one) => one.voice >= 0)
    const shares = scales.map((_, voice) => loud.reduce((sum, one) => sum + one.shares[voice], 0) / (loud.length || 1))
    return { shares, sounding: loud.length / (all.length || 1), count: all.length }
  }

  /** Nothing has come since then, played or not; and if it had, we would know by now. */
  function silent(since) {
    const ear = played()
    const late = ear && ear.track.readyState === 'live' && ear.came < now() - LATE
    return !late && observed.ears.every((one) => windows(one, since).every(({ loud }) => loud < AUDIBLE))
  }

  async function stats() {
    const found = {}
    const link = observed.links.findLast((one) => one.connectionState === 'connected') ?? observed.links.at(-1)
    if (!link) return found
    for (const entry of (await link.getStats()).values()) {
      if (['inbound-rtp', 'outbound-rtp', 'transport', 'remote-inbound-rtp'].includes(entry.type)) found[entry.type] = entry
      if (entry.type === 'candidate-pair' && entry.nominated) found.pair = entry
    }
    return found
  }

  /** When the line above the large button began to say that the microphone is open, and when it ended: `[ms, lit]`. */
  new MutationObserver(() => {
    const lit = document.querySelector('.stat .live') !== null
    if (lit !== (observed.lights.at(-1)?.[1] ?? false)) observed.lights.push([now(), lit])
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] })

  /** Tracks of the microphone that still hold the device. */
  function live() {
    return observed.microphones.filter((track) => track.readyState === 'live').length
  }

  const devices = navigator.mediaDevices
  if (devices) {
    const ask = (observed.device = devices.getUserMedia.bind(devices)) // for those who do not want to be watched
    devices.getUserMedia = async (wanted) => {
      observed.asked += 1
      const stream = await ask(wanted)
      for (const track of stream.getAudioTracks()) {
        observed.microphones.push(track)
        observed.said = record(track)
      }
      return stream
    }
  }
  const Link = window.RTCPeerConnection
  window.RTCPeerConnection = class RTCPeerConnection extends Link {
    constructor(...options) {
      super(...options)
      observed.links.push(this)
      const begun = performance.now()
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') observed.connected ??= performance.now() - begun
      })
      this.addEventListener('track', ({ track }) => observed.ears.push(record(track)))
    }
  }
  const play = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function () {
    players.add(this)
    return play.call(this)
  }
})()
