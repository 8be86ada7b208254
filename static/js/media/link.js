/**
 * The way between this page and the server for sound: one RTCPeerConnection, made, kept, made again. A new one takes over
 * only when it is connected. Candidates are never told: the server finds out by itself where we are.
 */

import { hear } from './speaker.js'
import { sound } from './state.js'

const PATIENCE = 8000 // ms until a way that does not open counts as blocked
const TROUBLED = 3000 // ms of `disconnected` that may still heal by itself
const BLOCKED = [30_000, 60_000, 120_000] // ms to the next attempts
const SOON = 2000 // ms
const SPREAD = 3000 // ms in which the pages of a room make a wider way
const OFFERS = 5 // at once, then one each `REFILL`: less than the server allows
const REFILL = 6000 // ms
const STARTING = 15 // seconds, and questions, until a server should know whether it has sound

/** @type {import('./types.js').Travel} */
let offer = async () => ({ ok: false, code: 'offline' })

/** The connection says here how an offer travels. @param {import('./types.js').Travel} travel */
export function offerBy(travel) {
  offer = travel
}

/** Of the microphone, while it is open. @type {MediaStreamTrack | null} */
let carried = null
let wanted = false
/** Voices that may be heard at once. */
let voices = 1
const possible = 'RTCPeerConnection' in globalThis
/** The one that is connected, or was. @type {RTCPeerConnection | null} */
let now = null
/** The one that shall be. @type {RTCPeerConnection | null} */
let coming = null
/** Attempts in a row that led nowhere. */
let failed = 0
/** When the offers of the last while were made. @type {number[]} */
let offers = []
/** @type {import('./types.js').Timer} */
let again
/** @type {import('./types.js').Timer} */
let deadline
/** @type {import('./types.js').Timer} */
let troubled

/**
 * Whether there shall be one, and for how many voices at once; where there is one for fewer it is made anew.
 * @param {boolean} wish @param {number} [count]
 */
export function wantLink(wish, count = 1) {
  const more = count > voices
  voices = count
  if (wish === wanted) return void (more && wanted && widen())
  wanted = wish
  if (wish && !possible) return void (sound.trouble.value = 'unsupported')
  if (wish) return void renew()
  end(coming)
  end(now)
  coming = now = carried = null
  for (const timer of [again, deadline, troubled]) clearTimeout(timer)
  hear([])
  sound.link.value = 'none'
}

/** By a tap: at once and anew, also where there is one that seems well. */
export function renew() {
  failed = 0
  if (!wanted || !possible) return
  if (sound.link.peek() !== 'on') sound.link.value = 'connecting'
  void make()
}

/** After sleep, or with another network: if it is not well, a new one at once. */
export function checkLink() {
  if (wanted && (now?.connectionState !== 'connected' || narrow(now)) && !coming && possible) void make()
}

/** Not all who may speak would be heard. @param {RTCPeerConnection | null} link */
const narrow = (link) => link !== null && link.getTransceivers().length < voices

const widen = () => later(Math.random() * SPREAD)

/** Sends this, or nothing. @param {MediaStreamTrack | null} track */
export async function carry(track) {
  if (carried === track) return
  carried = track
  await Promise.all([now, coming].map(load))
}

/** @param {RTCPeerConnection | null} link */
const load = (link) =>
  link
    ?.getTransceivers()[0]
    ?.sender.replaceTrack(carried)
    .catch(() => undefined) // it has just been closed

/** @param {RTCPeerConnection | null} link */
function end(link) {
  if (!link) return
  link.onconnectionstatechange = null
  link.close()
}

async function make() {
  clearTimeout(again)
  clearTimeout(deadline)
  const wait = budget()
  if (wait > 0) return later(wait)
  end(coming)
  const mine = (coming = new RTCPeerConnection({
    iceServers: [],
    bundlePolicy: 'max-bundle',
  }))
  mine.onconnectionstatechange = () => changed(mine)
  mine.addTransceiver('audio', { direction: 'sendrecv' })
  for (let n = 1; n < voices; n += 1) mine.addTransceiver('audio', { direction: 'recvonly' })
  deadline = setTimeout(() => mine === coming && failing(), PATIENCE)
  const code = await agree(mine).catch(() => 'malformed')
  if (mine === coming && code) refused(code)
}

/** Milliseconds until another offer may be made; 0: it is made now. */
function budget() {
  const clock = performance.now()
  offers = offers.filter((at) => at > clock - OFFERS * REFILL)
  if (offers.length >= OFFERS) return offers[0] + OFFERS * REFILL - clock
  offers.push(clock)
  return 0
}

/** Offer and answer. @param {RTCPeerConnection} mine @returns {Promise<string>} why not, or nothing */
async function agree(mine) {
  const { sdp = '' } = await mine.createOffer()
  const told = await described(mine, dressed(sdp)).catch(() => described(mine, sdp)) // its own words it must take
  if (mine !== coming) return ''
  const answer = await offer(told)
  if (mine !== coming) return ''
  if (!answer.ok) return answer.code
  sound.server.value = 'on'
  await load(mine)
  await mine.setRemoteDescription({ type: 'answer', sdp: answer.sdp })
  return ''
}

/** @param {RTCPeerConnection} mine @param {string} sdp */
const described = (mine, sdp) => mine.setLocalDescription({ type: 'offer', sdp }).then(() => sdp)

/**
 * The browser's own words, and that lost packets may be asked for again (Chromium leaves it out for sound). How a voice
 * is to be encoded is in the server's answer.
 * @param {string} sdp
 */
function dressed(sdp) {
  const lines = sdp.split('\r\n').filter((line) => !/^a=(candidate:|end-of-candidates)/.test(line))
  const nack = (/** @type {string} */ line) => {
    const opus = /^a=rtpmap:(\d+) opus\/48000\/2/i.exec(line)?.[1]
    const asks = `a=rtcp-fb:${opus} nack`
    return opus && !lines.includes(asks) ? [line, asks] : [line]
  }
  return lines.flatMap(nack).join('\r\n')
}

/** @param {RTCPeerConnection} mine */
function changed(mine) {
  const state = mine.connectionState
  if (mine === coming) {
    if (state === 'connected') adopt(mine)
    if (state === 'failed' || state === 'closed') failing()
  } else if (mine === now) {
    clearTimeout(troubled)
    if (state === 'connected') sound.link.value = 'on'
    if (state === 'disconnected') troubled = setTimeout(lost, TROUBLED)
    if (state === 'failed' || state === 'closed') lost()
  }
}

/** @param {RTCPeerConnection} mine */
function adopt(mine) {
  clearTimeout(deadline)
  clearTimeout(troubled)
  const before = now
  now = mine
  coming = null
  failed = 0
  hear(mine.getTransceivers().map(({ receiver }) => new MediaStream([receiver.track])))
  end(before)
  sound.link.value = 'on'
  if (narrow(mine)) widen() // while it was on its way, more were allowed to speak
}

function lost() {
  if (sound.link.peek() !== 'on') return
  sound.link.value = 'lost'
  if (!coming) void make()
}

function giveUp() {
  clearTimeout(deadline)
  end(coming)
  coming = null
  failed += 1
}

/** The attempt led nowhere. */
function failing() {
  giveUp()
  const well = now?.connectionState === 'connected'
  if (well) {
    sound.link.value = 'on'
    if (narrow(now)) later(BLOCKED[Math.min(failed, BLOCKED.length) - 1])
    return
  }
  const lately = sound.link.peek() === 'lost' && failed < 2
  if (!lately) sound.link.value = 'blocked'
  later(lately ? SOON : BLOCKED[Math.min(failed, BLOCKED.length) - 1])
}

/** @param {number} wait ms */
function later(wait) {
  clearTimeout(again)
  again = setTimeout(checkLink, wait)
}

/** @param {string} code */
function refused(code) {
  if (code === 'no-audio') void unknown()
  else if (!['not-admitted', 'too-fast', 'offline'].includes(code)) failing()
  else {
    giveUp()
    later(SOON * failed) // what lets us in may be a moment behind
  }
}

/** The server has no sound, or not yet. */
async function unknown() {
  giveUp()
  if ((await askServer()) !== 'off') later(SOON)
}

/**
 * Asks whether this server forwards sound, until it knows. When it cannot be asked, what was known stays.
 * @returns {Promise<import('./types.js').ServerSound>}
 */
export async function askServer() {
  for (let asked = 0; asked < STARTING; asked += 1) {
    const { audio } = await fetch('/healthz')
      .then((answer) => answer.json())
      .catch(() => ({}))
    if (audio === 'on' || audio === 'off') sound.server.value = audio
    if (audio !== 'starting') break
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return sound.server.peek()
}
