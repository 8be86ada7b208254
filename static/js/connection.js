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
import { change, isCircle, room, sendBy } from './store.js'

/** @typedef {import('../vendor/socket.js').Socket<import('./protocol.js').ServerEvents, import('./protocol.js').ClientEvents>} Line */
/** @typedef {import('./store.js').Reply} Reply */
/** @typedef {import('./protocol.js').Command} Command */

const WIRE = 1 // `auth.v`
const ATTEMPT = 10_000 // ms from dialling to the first snapshot
const HANGS = 1_500 // ms; whoever still dials then asks by the side whether the network is back
const ANSWER = 8_000 // ms for a command
const PROBE = 1_500 // ms for a line that may have died while the page slept
const RESYNC = 2_100 // ms; the server answers once in 2 s
const GATHER = 12 // ms; the view and the private part of one change come as two messages and are shown as one

// Seconds before each attempt after a drop; then the last, for two minutes; then PATIENT. Up to a half more or less,
// so that a hall does not come back all at once. A server that restarts is away for a moment.
const STEPS = [0.2, 0.5, 1, 1.2]
const RESTART_STEPS = [1.2, 0.9]
const EAGER = 120
const PATIENT = 5

/** Goodbyes after which this tab forgets who it was. (Who was removed keeps the token, in this tab: it may be undone.) */
const ENDS = new Set(['declined', 'closed', 'left', 'revoked', 'unheard', 'no-way'])

/** @type {Line | null} */
let line = null
/** How many attempts failed in a row, and when the first of them did. */
let failed = 0
let since = 0
let patience = HANGS
/** Another device was shown a way to this seat. */
let waySeen = false
/** What was asked for last: to leave, and to be forgotten at once. */
let erasing = false
/** False before joining and after a goodbye: nothing reconnects by itself then. */
let wanted = false
let resyncedAt = -RESYNC
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again
/** @type {ReturnType<typeof setTimeout> | undefined} */
let deadline
/** @type {ReturnType<typeof setTimeout> | undefined} */
let beside
/** When anything at all came from the server. */
let heardAt = 0
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
  waySeen = false
  change(() => {
    room.farewell.value = null
    room.phase.value = 'returning'
  })
  connect()
}

/** From the page that says that this link opens nothing, or that one was removed: once more, it may have been too early. */
export function tryAgain() {
  const { name, secret, resume, removed } = session.current()
  if (!secret && !(resume && removed)) return location.reload()
  change(() => {
    room.phase.value = name ? 'returning' : 'name'
    if (!removed) room.farewell.value = null
  })
  if (name) connect()
}

/** Opens the link anew: as somebody who has just come. */
export function startAnew() {
  session.remember({ resume: undefined, removed: undefined })
  tryAgain()
}

/** Leaves by choice: the server says goodbye, or, when it cannot be reached, the page does. */
export async function leaveKindly() {
  dropMicrophone() // whatever the server answers, and when
  const reply = await travel({ type: 'leave' })
  if (!reply.ok && room.phase.value !== 'gone') sayGoodbye({ code: 'unheard' })
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
  clearTimeout(beside)
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
  beside = setTimeout(() => askBeside(mine, false), patience)
  mine.io.on('packet', () => void (heardAt = performance.now()))
  mine.on('connect_error', (error) => refused(mine, error))
  mine.on('disconnect', () => dropped(mine))
  mine.on('snapshot', (heard) => receive(() => showSnapshot(heard)))
  mine.on('patch', (heard) => receive(() => showPatch(heard)))
  mine.on('you', (heard) => receive(() => showYou(heard)))
  mine.on('signal', signalled)
  mine.on('bye', (heard) => receive(() => sayGoodbye(heard)))
}

/** Who comes: the seat's token when there is one, the way from another device, else the link's secret. */
function introduction() {
  const { room: place, secret = '', name = '', resume, move } = session.current()
  return { v: WIRE, room: place, name, ...(resume ? { resume } : move ? { move } : { secret }) }
}

/**
 * A dial that was lost waits long before it tries again. Something small, asked for by the side, that did not come and then
 * does: the network is back, dial anew. On a slow line that is wrong: each time it waits longer.
 * @param {Line} mine @param {boolean} away it did not come before
 */
async function askBeside(mine, away) {
  const came = await fetch('/healthz', {
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(patience),
  }).then(
    () => true,
    () => false,
  )
  if (mine !== line || room.connection.peek() !== 'connecting') return
  if (came && away && !mine.connected) {
    patience = Math.min(ATTEMPT, 2 * patience)
    dial()
  } else if (!came) {
    beside = setTimeout(() => askBeside(mine, true), HANGS / 2)
  }
}

// What comes in

/** @param {import('./protocol.js').Signal} heard */
function signalled(heard) {
  if (heard.type === 'level') sound.levels.value = { ...sound.levels.peek(), [heard.seat]: heard.step }
  else room.restarting.value = true // it lets this line go in a moment
}

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
  clearTimeout(beside)
  failed = 0
  patience = HANGS
  room.connection.value = 'on'
  room.restarting.value = false
  room.refusal.value = ''
  room.farewell.value = null
  room.offset.value = now - performance.now() / 1000
  room.seq.value = seq
  room.view.value = view
  room.phase.value = isCircle(view) ? 'room' : 'door'
  showYou(you)
}

/** @param {import('./protocol.js').You} you */
function showYou(you) {
  room.you.value = you
  const { resume, name, reloaded, move, removed } = session.current()
  if (you.resume && you.resume !== resume)
    session.remember({ resume: you.resume, name: you.name ?? name, move: undefined })
  else if (move) session.remember({ name: you.name ?? name, move: undefined })
  if (reloaded || removed) session.remember({ reloaded: undefined, removed: undefined })
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

/** @param {import('./store.js').Farewell} heard a goodbye of the server's, or one of this page's own */
function sayGoodbye({ resume, ...heard }) {
  const { code } = heard
  if (code === 'yours' && resume) return takeSeat(resume)
  wanted = false
  hangUp()
  if (code === 'removed') {
    session.remember({ removed: true, secret: undefined })
    session.hideLink()
  }
  if (ENDS.has(code)) session.forget()
  if (code === 'left' && erasing) heard.code = 'erased'
  if (code === 'elsewhere' && waySeen) heard.code = 'moved'
  change(() => {
    room.connection.value = 'off'
    room.restarting.value = false
    room.farewell.value = heard
    room.phase.value = 'gone'
  })
}

/** Whoever opens the door has said who this is: the seat is here at once. @param {string} resume */
function takeSeat(resume) {
  session.remember({ resume })
  change(() => void (room.phase.value = 'returning'))
  connect()
}

// What goes out

/**
 * Never rejects: `offline` without a connection (nothing is kept for later), `slow` when no answer came in time.
 * @template A
 * @param {any} event `command` or `ask`
 * @param {Command | import('./protocol.js').Asked} what
 * @returns {Promise<A | { ok: false, code: string }>}
 */
function put(event, what) {
  const mine = line
  if (!mine?.connected || room.connection.peek() !== 'on') return Promise.resolve({ ok: false, code: 'offline' })
  const plain = JSON.parse(JSON.stringify(what)) // a key that holds `undefined` has no place on the wire
  return new Promise((resolve) => {
    mine.timeout(ANSWER).emit(event, plain, (/** @type {Error | null} */ error, /** @type {any} */ reply) => {
      openInbox() // what the command changed came before its answer, and is shown before it
      resolve(error ? { ok: false, code: mine.connected ? 'slow' : 'offline' } : reply)
    })
  })
}

/** @param {Command} command @returns {Promise<Reply>} */
function travel(command) {
  erasing = command.type === 'leave' && command.erase === true
  return put('command', command)
}

/**
 * Asks about links or formats, or for a way to another device; answered like a command.
 * @param {import('./protocol.js').Asked} what
 * @returns {Promise<import('./protocol.js').Links | import('./protocol.js').Formats | import('./protocol.js').Way | { ok: false, code: string }>}
 */
export function ask(what) {
  if (what.type === 'move') waySeen = true
  return put('ask', what)
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
  if (wanted && mine === line) retry() // what came last may have said how to go on
}

/** @param {Line} mine @param {Error & {data?: {code?: string, dates?: import('./protocol.js').Dates}}} error */
function refused(mine, error) {
  if (mine !== line) return
  const { code, dates: next } = error.data ?? {}
  const { resume, secret, move, removed } = session.current()
  if (code === 'no-entry' && removed) {
    sayGoodbye({ ...room.farewell.peek(), code: 'removed', tried: true }) // as before
  } else if (code === 'no-entry' && resume && secret) {
    session.remember({ resume: undefined }) // the seat is gone; the link may still lead to the door
    dial()
  } else if (code === 'no-entry' || code === 'lost') {
    sayGoodbye({ code: move && !resume ? 'no-way' : code })
  } else if (code === 'early') {
    session.remember({ early: true })
    sayGoodbye({ code, next })
  } else if (code === 'reload') {
    reload()
  } else if (code === 'name-invalid') {
    askName(code)
  } else {
    if (code) room.refusal.value = code // too-fast, not-now: it is tried again below
    retry(code ? 4 : 0)
  }
}

/** @param {number} [atLeast] seconds */
function retry(atLeast = 0) {
  hangUp()
  change(() => void (room.connection.value = 'off'))
  const now = performance.now()
  if (failed === 0) since = now
  const steps = room.restarting.peek() ? RESTART_STEPS : STEPS
  const step = now - since > EAGER * 1000 ? PATIENT : (steps[failed] ?? steps.at(-1) ?? PATIENT)
  failed += 1
  again = setTimeout(dial, Math.max(atLeast, step) * 1000 * (0.5 + Math.random()))
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
    sayGoodbye({ code: 'reload' })
  } else {
    session.remember({ reloaded: true })
    location.reload()
  }
}

/** A page that wakes, or a network that returns or changes: dial at once, or find out quickly whether the line still lives. */
function wake() {
  if (!wanted) return
  if (room.connection.peek() === 'on') probe()
  else if (line === null) connect()
}

/** Asks for a snapshot; when nothing at all comes, the line is dead although nobody has noticed. */
function probe() {
  const mine = line
  const asked = performance.now()
  if (!mine || !resync()) return
  clearTimeout(deadline)
  deadline = setTimeout(() => heardAt < asked && dropped(mine), PROBE)
}

window.addEventListener('online', () => (wanted && room.connection.peek() === 'connecting' ? dial() : wake()))
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake())
window.addEventListener('pageshow', (event) => event.persisted && location.reload())
const network = /** @type {{ connection?: EventTarget }} */ (navigator).connection // not everywhere
network?.addEventListener('change', wake)
