/** Sound, as pages use it: what a tap can ask for. What is so shows in `state.js`. */

import { effect, untracked } from '../../vendor/preact.js'
import { current, remember } from '../session.js'
import { isCircle, room } from '../store.js'
import { missing, readDevices } from './devices.js'
import { askServer, checkLink, renew, wantLink } from './link.js'
import { dropMicrophone, follow, stopTrying, useMicrophone } from './microphone.js'
import { fallSilent, goOn, playTone as soundTone, toSpeaker, wakePlayback } from './speaker.js'
import { sound } from './state.js'

export { closeMicrophone, fadeMicrophone, openMicrophone, stopTrying, tryMicrophone } from './microphone.js'
export { askServer } from './link.js'
export { wakePlayback } from './speaker.js'

let over = false
/** Keeps the screen on while one speaks: a phone that locks takes the microphone away. @type {Promise<WakeLockSentinel | undefined> | undefined} */
let lock

/** Once, when the page opens: from now on everything follows what the room says. */
export function beginSound() {
  const { way = null, microphone = '', speaker = '' } = current()
  sound.way.value = way
  sound.microphone.value = microphone
  if (speaker) void toSpeaker(speaker)
  effect(followRoom)
  sound.mic.subscribe(stayAwake)
  navigator.mediaDevices?.addEventListener('devicechange', devicesChanged)
  document.addEventListener('visibilitychange', wake)
  document.addEventListener('click', tapped, true)
  window.addEventListener('online', checkLink)
  window.addEventListener('pagehide', silence)
  window.addEventListener('pageshow', (event) => event.persisted && location.reload()) // back from the browser's memory
}

/** How somebody is here. Within a tap: playback is allowed by it. @param {import('./types.js').Way} way */
export function choose(way) {
  sound.way.value = way
  remember({ way })
  if (way !== 'voice') stopTrying()
  if (way !== 'silent') wakePlayback()
}

/** @param {string} id */
export function chooseMicrophone(id) {
  remember({ microphone: id })
  return useMicrophone(id)
}

/** @param {string} id */
export async function chooseSpeaker(id) {
  await toSpeaker(id)
  remember({ speaker: sound.speaker.peek() })
}

/** Two soft notes; within a tap. */
export async function playTone() {
  if (sound.trouble.peek() === 'no-speaker') sound.trouble.value = ''
  const [, speaker] = await Promise.all([soundTone(), readDevices()])
  if (!speaker) sound.trouble.value = 'no-speaker'
}

/** By a tap: whatever stands in the way of hearing and being heard is tried anew. */
export function tryAgain() {
  sound.trouble.value = ''
  if (sound.way.peek() !== 'silent') wakePlayback()
  if (sound.server.peek() === 'off') void askServer()
  renew()
}

/** The page goes: everything stops at once, and nothing begins again. */
export function silence() {
  over = true
  stop()
}

/** Nothing listens, nothing sounds, no way is left. */
function stop() {
  dropMicrophone()
  wantLink(false)
  fallSilent()
}

/** The one place where what the room says becomes what sound does. */
function followRoom() {
  const phase = room.phase.value
  const on = room.connection.value === 'on'
  const way = sound.way.value
  const wanted = !over && phase === 'room' && on && way !== null && way !== 'silent' && sound.server.value !== 'off'
  void [room.view.value, room.you.value, sound.link.value]
  untracked(() => {
    if (phase === 'gone') return stop()
    wantLink(wanted, atOnce())
    follow()
    if (!on && Object.keys(sound.levels.value).length) sound.levels.value = {}
  })
}

/** How many may speak at once, anywhere in the agenda: the way is wide enough before it is needed. */
function atOnce() {
  const view = room.view.value
  return isCircle(view) ? Math.max(1, ...(view.agenda ?? []).map(({ voices = 1 }) => voices)) : 1
}

/** Browsers let a page be heard from a tap on; any tap will do. */
function tapped() {
  if (!['name', 'gone'].includes(room.phase.peek())) wakePlayback()
}

async function devicesChanged() {
  await readDevices()
  if (missing(sound.speaker.peek(), sound.speakers.peek())) await chooseSpeaker('')
  if (sound.trouble.peek() === 'no-microphone' && sound.microphones.peek().length) sound.trouble.value = ''
}

/** The page is looked at again: what slept is repaired, without a reload. */
function wake() {
  if (document.hidden) return
  goOn()
  checkLink()
  letSleep() // it was let go while nobody looked
  stayAwake()
}

function stayAwake() {
  if (sound.mic.peek() === 'closed') letSleep()
  else lock ??= navigator.wakeLock?.request('screen').catch(() => undefined) // not everywhere, not while hidden: fine
}

function letSleep() {
  lock?.then((held) => held?.release()).catch(() => undefined)
  lock = undefined
}
