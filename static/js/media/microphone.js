/**
 * The own microphone, and when it may be open: after a tap of its owner (`openMicrophone`), while their turn is heard.
 * Everything else only closes it. See docs/decisions/0013.
 */

import { awake } from '../sounds.js'
import { isCircle, meetingNow, room } from '../store.js'
import { capture, readDevices } from './devices.js'
import { carry } from './link.js'
import { sound } from './state.js'

const WAITING = 10_000 // ms that an open device waits for the turn that it was opened for
const LAST = 3 // seconds in which the voice fades where a turn ends at its moment

/** @type {import('./types.js').Capture | null} */
let device = null
/** @type {Promise<void> | null} */
let taking = null
let trying = false
/** @type {import('./types.js').Wish | null} */
let wish = null
/** @type {import('./types.js').Timer} */
let ending

/** @type {Record<string, import('./types.js').Trouble>} */
const TROUBLES = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-microphone',
  OverconstrainedError: 'no-microphone',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** Opens it for the meter; nobody hears it. Within a tap. True when it works. @returns {Promise<boolean>} */
export async function tryMicrophone() {
  trying = true
  const works = await take()
  return works && trying
}

/** The check is over: the device is let go, unless it is open for the room. */
export function stopTrying() {
  trying = false
  letGo()
}

/**
 * Opens it for the room. Within a tap, while a turn of one's own is offered, paused or heard; it is opened when the
 * turn is heard.
 * @returns {Promise<boolean>} true when it is open, false when it will not be: `sound.trouble` or the view says why
 */
export async function openMicrophone() {
  if (wish || !mayWish()) return false
  return new Promise((resolve) => {
    const mine = (wish = {
      heard: false,
      sent: '',
      ending: false,
      falls: false,
      done: resolve,
    })
    sound.mic.value = 'opening'
    take().then((works) => {
      if (wish !== mine) return
      if (!works) return shut()
      setTimeout(() => wish === mine && !mine.heard && shut(), WAITING)
      follow()
    })
  })
}

/**
 * Fades it out. Silence is sent on, so that listeners' ears are at rest when the turn ends: then it is closed.
 * @returns {Promise<void>}
 */
export async function fadeMicrophone() {
  const mine = wish
  if (!mine || mine.ending) return
  mine.ending = true
  if (mine.sent) await device?.fade()
}

/** Fades it out and lets the device go. @returns {Promise<void>} */
export async function closeMicrophone() {
  const mine = wish
  await fadeMicrophone()
  if (mine && wish === mine) shut()
}

/** At once, whatever it was doing, also when it is only tried out. */
export function dropMicrophone() {
  trying = false
  shut()
}

/** From now on this one; empty: the system's. @param {string} id */
export async function useMicrophone(id) {
  sound.microphone.value = id
  if (!device && !taking) return
  await taking
  letGo(true)
  if (wish) wish.sent = ''
  if ((wish || trying) && !(await take())) shut()
  follow()
}

/** Told whenever view, connection, way or link change: what may not be open is closed, what waited is opened. */
export function follow() {
  if (!wish) return
  const heard = turnIn('speaking', 'grace', 'silent') !== undefined
  const rests = wish.heard && resting()
  if (!mayWish() || (wish.heard && !heard && !rests)) return shut()
  wish.heard = heard || rests
  if (rests) rest(wish)
  else if (heard && device && !wish.sent && sound.link.peek() === 'on') {
    wish.sent = 'soon'
    void carry(device.begin()).then(began(wish))
  }
  fadeAtEnd()
  show()
}

/** The turn stands for a breath, or for a question, and goes on by itself: the very same tap holds. */
const resting = () => turnIn('question') !== undefined || (holdNow() === 'bell' && turnIn('paused') !== undefined)

/** Nothing leaves this page. @param {import('./types.js').Wish} mine */
function rest(mine) {
  if (!mine.sent) return
  mine.sent = ''
  void device?.fade().then(() => {
    if (wish === mine && !mine.sent) void carry(null)
  })
}

/** Where a turn ends at its moment, the voice fades before; when more time is given it rises again. */
function fadeAtEnd() {
  clearTimeout(ending)
  const [view, turn] = [room.view.peek(), turnIn('speaking')]
  if (!wish?.sent || !isCircle(view) || view.policy.ending !== 'hard' || turn?.ends_at === undefined) return
  const left = turn.ends_at - meetingNow()
  if (left <= LAST && !wish.falls) device?.fall(Math.max(0, left))
  else if (left > LAST && wish.falls) device?.begin()
  wish.falls = left <= LAST
  if (left > LAST) ending = setTimeout(fadeAtEnd, (left - LAST) * 1000)
}

/** @param {import('./types.js').Wish} mine */
const began = (mine) => () => {
  if (wish !== mine || !mine.sent) return
  mine.sent = 'yes'
  mine.done(true)
  show()
}

/** A context that fell asleep, as in a phone call, gives silence: what the device hears is sent as it is. */
function checkRoute() {
  if (wish?.sent && device?.asleep()) void carry(device.track)
}

/** There is a turn of one's own, or one is offered; and a way for what would be said. */
function mayWish() {
  if (room.connection.peek() !== 'on' || sound.way.peek() !== 'voice') return false
  if (sound.link.peek() === 'none' || sound.link.peek() === 'blocked') return false
  const mine = turnIn('offered', 'paused', 'question', 'speaking', 'grace', 'silent')
  return mine !== undefined || (room.you.peek()?.may.includes('take-floor') ?? false)
}

const holdNow = () => /** @type {{ hold?: import('../protocol.js').Hold }} */ (room.view.peek())?.hold

/** My turn, if it is in one of these. @param {import('../protocol.js').TurnState[]} states */
function turnIn(...states) {
  const view = room.view.peek()
  const seat = room.you.peek()?.seat
  if (!isCircle(view)) return undefined
  return Object.values(view.turns).find((turn) => turn.seat === seat && states.includes(turn.state))
}

function show() {
  const away = wish?.sent !== 'yes' || sound.link.peek() !== 'on'
  const rests = wish?.heard && resting()
  sound.mic.value = !wish ? 'closed' : rests ? 'rests' : away ? 'opening' : device?.track.muted ? 'held' : 'open'
}

function shut() {
  const mine = wish
  wish = null
  clearTimeout(ending)
  void carry(null)
  letGo()
  show()
  mine?.done(false)
}

/** Takes the device, if it is not there yet. @returns {Promise<boolean>} */
async function take() {
  sound.trouble.value = ''
  taking ??= taken().finally(() => {
    taking = null
    letGo() // nobody wants it any more: the permission came too late
  })
  await taking
  sound.trying.value = trying && device !== null
  return device !== null
}

async function taken() {
  if (device) return
  if (!navigator.mediaDevices) {
    sound.trouble.value = isSecureContext ? 'unsupported' : 'insecure'
    return
  }
  try {
    const mine = (device = await capture())
    mine.track.onended = () => mine === device && unplugged()
    mine.track.onmute = mine.track.onunmute = show
    const context = awake()
    if (context) context.onstatechange = checkRoute
    void readDevices()
  } catch (error) {
    sound.trouble.value = TROUBLES[/** @type {DOMException} */ (error).name] ?? 'unsupported'
  }
}

function unplugged() {
  sound.trouble.value = 'unplugged'
  dropMicrophone()
  void readDevices()
}

/** @param {boolean} [always] also when somebody still wants it */
function letGo(always = false) {
  sound.trying.value = trying && device !== null
  if (!device || (!always && (wish || trying))) return
  const old = device
  device = null
  old.stop()
  sound.trying.value = false
}
