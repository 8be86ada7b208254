/**
 * The line to the server: made, kept, made again. One fresh socket per attempt, so that nothing that was asked for
 * before a drop is ever sent after it.
 */

import { io, parser } from '../vendor/socket.js'
import { offerBy } from './media/link.js'
import { dropMicrophone } from './media/microphone.js'
import { sound } from './media/state.js'
import { applyPatch } from './patch.js'
import * as session from './session.js'
import { change, isCircle, picture, room, sendBy } from './store.js'

/** @typedef {import('../vendor/socket.js').Socket<import('./protocol.js').ServerEvents, import('./protocol.js').ClientEvents>} Line */
/** @typedef {import('./store.js').Reply} Reply */

const WIRE = 1 // `auth.v`
const ATTEMPT = 10_000 // ms from dialling to the first snapshot
const ANSWER = 8_000 // ms for a command
const PROBE = 3_000 // ms for a line that may have died while the page slept
const RESYNC = 2_100 // ms; the server answers once in 2 s
const GATHER = 12 // ms; the view and the private part of one change come as two messages and are shown as one

/** Goodbyes after which this tab forgets who it was. */
const ENDS = new Set(['removed', 'declined', 'closed', 'left'])

/** @type {Line | null} */
let line = null
/** How many attempts failed in a row. */
let failed = 0
/** False before joining and after a goodbye: nothing reconnects by itself then. */
let wanted = false
let resyncedAt = -RESYNC
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again
/** @type {ReturnType<typeof setTimeout> | undefined} */
let deadline
/** @type {(() => void)[]} */
let inbox = []
/** @type {ReturnType<typeof setTimeout> | undefined} */
let opening

/** Comes in, or comes back: dials until it works or the server says why not. */
export function connect() {
  wanted = true
  failed = 0
  room.refusal.value = ''
  dial()
}

/** Tries at once instead of at the next attempt. */
export function reconnectNow() {
  if (wanted && room.connection.value !== 'on') connect()
}

/** Brings a seat that went to another device, or another tab, back here. */
export function bringBack() {
  change(() => {
    room.farewell.value = null
    room.phase.value = 'returning'
  })
  connect()
}

/** From the page that says that this link opens nothing: once more, it may have been too early. */
export function tryAgain() {
  const { name, secret } = session.current()
  if (!secret) return location.reload()
  change(() => {
    room.farewell.value = null
    room.phase.value = name ? 'returning' : 'name'
  })
  if (name) connect()
}

/** Leaves by choice: the server says goodbye, or, when it cannot be reached, the page does. */
export async function leaveKindly() {
  dropMicrophone() // whatever the server answers, and when
  const reply = await travel({ type: 'leave' })
  if (!reply.ok && room.phase.value !== 'gone') sayGoodbye('left', '')
}

/** Gives the seat back without waiting for the answer, and lets the line go. */
export function leaveForGood() {
  if (line?.connected) line.emit('command', { type: 'leave' }, () => undefined)
  wanted = false
  hangUp()
}

function hangUp() {
  clearTimeout(again)
  clearTimeout(deadline)
  const old = line
  line = null
  old?.off()
  old?.disconnect()
}

function dial() {
  hangUp()
  inbox = []
  change(() => void (room.connection.value = 'connecting'))
  const mine = /** @type {Line} */ (
    io({
      transports: ['websocket'],
      parser,
      forceNew: true,
      reconnection: false,
      timeout: ATTEMPT,
      auth: (tell) => tell(introduction()),
    })
  )
  line = mine
  deadline = setTimeout(() => dropped(mine), ATTEMPT)
  mine.on('connect_error', (error) => refused(mine, error))
  mine.on('disconnect', () => dropped(mine))
  mine.on('snapshot', (heard) => receive(() => showSnapshot(heard)))
  mine.on('patch', (heard) => receive(() => showPatch(heard)))
  mine.on('you', (heard) => receive(() => showYou(heard)))
  mine.on('signal', ({ seat, step }) => void (sound.level.value = { seat, step }))
  mine.on('bye', ({ code, reason }) => receive(() => sayGoodbye(code, reason ?? '')))
}

/** Who comes: the seat's token when there is one, else the link's secret. */
function introduction() {
  const { room: place, secret = '', name = '', resume } = session.current()
  return { v: WIRE, room: place, name, ...(resume ? { resume } : { secret }) }
}

// What comes in

/** @param {() => void} work */
function receive(work) {
  inbox.push(work)
  opening ??= setTimeout(openInbox, GATHER)
}

function openInbox() {
  clearTimeout(opening)
  opening = undefined
  const work = inbox
  inbox = []
  if (work.length) change(() => work.forEach((step) => step()))
}

/** @param {import('./protocol.js').Snapshot} heard */
function showSnapshot({ seq, now, you, view }) {
  clearTimeout(deadline)
  failed = 0
  room.connection.value = 'on'
  room.refusal.value = ''
  room.offset.value = now - performance.now() / 1000
  room.seq.value = seq
  room.view.value = view
  room.phase.value = isCircle(view) ? 'room' : 'door'
  showYou(you)
}

/** @param {import('./protocol.js').You} you */
function showYou(you) {
  room.you.value = you
  const { resume, reloaded } = session.current()
  if (you.resume && you.resume !== resume) session.remember({ resume: you.resume })
  if (reloaded) session.remember({ reloaded: false })
  if (you.role !== 'participant') session.hideLink()
}

/** @param {import('./protocol.js').Patch} heard */
function showPatch({ seq, patch }) {
  if (seq === room.seq.value + 1) {
    room.seq.value = seq
    room.view.value = applyPatch(room.view.value, patch)
  } else if (seq > room.seq.value) {
    resync() // something was missed: what we have stays until the snapshot comes
  }
}

/** Asks for a snapshot; false when it was asked for a moment ago. */
function resync() {
  const now = performance.now()
  if (now - resyncedAt < RESYNC) return false
  resyncedAt = now
  line?.emit('resync')
  return true
}

/** @param {string} code @param {string} reason */
function sayGoodbye(code, reason) {
  wanted = false
  hangUp()
  if (ENDS.has(code)) session.forget()
  change(() => {
    room.connection.value = 'off'
    room.farewell.value = { code, reason }
    room.phase.value = 'gone'
  })
}

// What goes out

/** @param {import('./protocol.js').Command} command @returns {Promise<Reply>} */
function travel(command) {
  const mine = line
  if (!mine?.connected || room.connection.peek() !== 'on') return Promise.resolve({ ok: false, code: 'offline' })
  const plain = JSON.parse(JSON.stringify(command)) // a key that holds `undefined` has no place on the wire
  return new Promise((resolve) => {
    mine.timeout(ANSWER).emit('command', plain, (/** @type {Error | null} */ error, /** @type {Reply} */ reply) => {
      openInbox() // what the command changed came before its answer, and is shown before it
      resolve(error ? { ok: false, code: mine.connected ? 'slow' : 'offline' } : reply)
    })
  })
}

sendBy(travel)

offerBy((sdp) => {
  const mine = line
  if (!mine?.connected) return Promise.resolve({ ok: false, code: 'offline' })
  return new Promise((resolve) => {
    mine.timeout(ANSWER).emit('signal', { type: 'offer', sdp }, (error, answer) => {
      resolve(error ? { ok: false, code: 'slow' } : answer)
    })
  })
})

// When it does not work

/** @param {Line} mine */
function dropped(mine) {
  if (mine !== line) return
  openInbox()
  if (wanted) retry()
}

/** @param {Line} mine @param {Error & {data?: {code?: string}}} error */
function refused(mine, error) {
  if (mine !== line) return
  const code = error.data?.code
  const { resume, secret } = session.current()
  if (code === 'no-entry' && resume && secret) {
    session.remember({ resume: undefined }) // the seat is gone; the link may still lead to the door
    dial()
  } else if (code === 'no-entry') {
    sayGoodbye(code, '')
  } else if (code === 'reload') {
    reload()
  } else if (code === 'name-invalid') {
    askName(code)
  } else {
    if (code) room.refusal.value = code // too-fast, not-now: it is tried again below
    retry(code ? 4 : 0)
  }
}

/** Waits 0.5 s, 1, 2, 4, then 5, a little more or less, so that a room does not come back all at once. */
function retry(atLeast = 0) {
  hangUp()
  change(() => void (room.connection.value = 'off'))
  const seconds = Math.max(atLeast, Math.min(5, 0.5 * 2 ** failed))
  failed += 1
  again = setTimeout(dial, seconds * 1000 * (0.75 + Math.random() / 2))
}

/** @param {string} code */
function askName(code) {
  wanted = false
  hangUp()
  session.remember({ resume: undefined, name: undefined })
  change(() => {
    room.connection.value = 'off'
    room.refusal.value = code
    room.phase.value = 'name'
  })
}

/** The server speaks another version of the wire: a fresh page does too. Once; a second time would be for ever. */
function reload() {
  if (session.current().reloaded) {
    sayGoodbye('reload', '')
  } else {
    session.remember({ reloaded: true })
    location.reload()
  }
}

/** A page that wakes, or a network that returns: dial at once, or find out quickly whether the line still lives. */
function wake() {
  if (!wanted || document.visibilityState === 'hidden') return
  if (room.connection.peek() === 'off') connect()
  else if (room.connection.peek() === 'on') probe()
}

/** Asks for a snapshot; when nothing at all comes, the line is dead although nobody has noticed. */
function probe() {
  const mine = line
  const before = picture().view
  if (!mine || !resync()) return
  clearTimeout(deadline)
  deadline = setTimeout(() => picture().view === before && dropped(mine), PROBE)
}

window.addEventListener('online', wake)
document.addEventListener('visibilitychange', wake)
window.addEventListener('pageshow', (event) => event.persisted && location.reload())
