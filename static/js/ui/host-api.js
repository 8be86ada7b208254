/** What the host page asks over HTTP, with the host token of this tab; and the rooms it knows. */

import { batch, signal } from '../../vendor/preact.js'

/** @typedef {import('../protocol.js').Format} Format */
/** @typedef {import('../protocol.js').Link} Link */
/** @typedef {Partial<Record<import('../protocol.js').Role, string>>} Links the room's own, without those that were revoked */
/** @typedef {{seats: number, two_to_remove: boolean}} Limits `seats` for participants; 0: no limit */
/**
 * A room in numbers, without a participant's name. Times are seconds; `*_for`: how long it has been so already, 0 while
 * it is not so. Places count from 0 in the circle that people see: those who are here and those who are expected back.
 * @typedef {object} RoomNumbers
 * @property {string} id
 * @property {string} title
 * @property {string} format the name of one that comes with the server; of the one that was copied, when it has its own
 * @property {string} own_title a host's own words for the format, if any
 * @property {'doors' | 'open'} state
 * @property {string} phase empty while nobody has opened the meeting
 * @property {string} phase_title a host's own words for it, if any
 * @property {number} phase_number from 1; 0 while nobody has opened the meeting
 * @property {number} phases
 * @property {number} present
 * @property {number} reconnecting
 * @property {number} facilitators who lead, of those present
 * @property {string[]} leads what they are called; not who came as a participant and took over
 * @property {number} waiting at the door
 * @property {number} hands
 * @property {number} longest_wait of a hand
 * @property {number} longest_at_door
 * @property {import('../protocol.js').TurnState | 'free' | 'over'} floor `over`: past the end of its grace
 * @property {number} left of the turn's budget
 * @property {number} budget
 * @property {number} speaker_at place of whoever has the floor; -1: nobody
 * @property {number[]} away places of those who are expected back
 * @property {number} circle how many sit in it
 * @property {number} voices how many are heard
 * @property {{had: number, size: number, sweep: number} | null} round
 * @property {import('../protocol.js').Hold | ''} hold
 * @property {number} hold_for
 * @property {number} alone_for somebody is inside or at the door, and nobody who leads
 * @property {number} over_for since the grace ended
 * @property {number} suspended_for since a speaker lost the connection
 * @property {number} unagreed how many inside have yet to accept the newest agreement
 * @property {number} unagreed_for
 * @property {string} announced the id of the announcement that is shown, if any
 */
/**
 * @typedef {object} RoomPlan
 * @property {Links} links
 * @property {Format} [own_format] a copy that was changed
 * @property {number} seats
 * @property {boolean} two_to_remove
 * @property {{policy: string, text: string}} agreement
 * @property {string[]} questions
 * @property {import('./schedule-draft.js').Schedule} [schedule]
 * @property {import('./schedule-draft.js').Meeting[]} [next_meetings]
 */
/** @typedef {RoomNumbers & RoomPlan} HostRoom */
/** @typedef {{format: string | Format}} HasFormat */
/** @typedef {{title: string, questions: string[]}} Named */
/** @typedef {Named & {agreement: {policy: string, text: string}, schedule?: object} & Limits & HasFormat} Plan */
/** `detail`: with the code `format`, what is wrong with it, and where. @typedef {{ok: false, code: string, detail?: unknown}} Not */
/** @typedef {{ok: true, body: unknown} | Not} Outcome */

const ENTRY = 'lingkar-host'
const PATIENCE = 8000 // ms for one answer

export const board = {
  token: signal(''),
  /** @type {import('../../vendor/preact.js').Signal<HostRoom[] | null>} */
  rooms: signal(null),
  /** Those that come with the server. @type {import('../../vendor/preact.js').Signal<Format[] | null>} */
  formats: signal(null),
  /** The room that was deleted last by this page; its page closes by itself. */
  deleted: '',
  /** `''` when the last look worked, else why not. */
  trouble: signal(''),
  /** When the server was heard last, ms since 1970. */
  heard: signal(0),
  /** When the numbers came, and the time of now: ms of this page. */
  at: signal(0),
  now: signal(0),
}

/** Takes the token out of the address (it opens every room, so it must not be seen or kept there) or from this tab. */
export function arriveAsHost() {
  const given = decodeURIComponent(location.hash.slice(1))
  if (given) history.replaceState(null, '', location.pathname)
  setToken(given || read())
}

/** @param {string} token */
export function setToken(token) {
  board.token.value = token
  board.trouble.value = ''
  try {
    if (token) sessionStorage.setItem(ENTRY, token)
    else sessionStorage.removeItem(ENTRY)
  } catch {
    // storage forbidden: it lasts as long as this page
  }
}

function read() {
  try {
    return sessionStorage.getItem(ENTRY) ?? ''
  } catch {
    return ''
  }
}

/** @param {string} method @param {string} path @param {unknown} [body] */
export const fetched = (method, path, body) =>
  fetch(path, {
    method,
    headers: {
      Authorization: `Bearer ${board.token.peek()}`,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE),
  })

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Outcome>} */
export async function ask(method, path, body) {
  try {
    const response = await fetched(method, path, body)
    const answer = response.status === 204 ? null : await response.json()
    return response.ok ? { ok: true, body: answer } : { ok: false, code: answer.code ?? 'other', detail: answer.detail }
  } catch {
    return { ok: false, code: 'offline' }
  }
}

/** Looks at all rooms once: their numbers, and how they are set up. */
export async function look() {
  const token = board.token.peek()
  if (!token) return
  const outcome = await ask('GET', '/api/rooms')
  if (token !== board.token.peek()) return
  if (outcome.ok) came(/** @type {{rooms: HostRoom[]}} */ (outcome.body).rooms)
  else if (outcome.code === 'unauthorized') forgotten()
  else board.trouble.value = outcome.code
}

/** @param {HostRoom[]} rooms */
const came = (rooms) =>
  batch(() => {
    board.rooms.value = rooms
    board.trouble.value = ''
    board.heard.value = Date.now()
    board.at.value = board.now.value = performance.now()
  })

/** The token opens nothing, or nothing any more. */
export function forgotten() {
  const changed = board.rooms.peek() !== null
  setToken('')
  board.rooms.value = null
  board.trouble.value = changed ? 'token-changed' : 'unauthorized'
}

/** Newer numbers of all rooms. When there are other rooms than before, or one is set up in another way, all is asked again. @param {RoomNumbers[]} numbers */
export function numbered(numbers) {
  const before = board.rooms.peek() ?? []
  const now = new Map(numbers.map((each) => [each.id, each]))
  const same = before.filter(({ id, title, format }) => now.get(id)?.title === title && now.get(id)?.format === format)
  came(before.filter(({ id }) => now.has(id)).map((room) => Object.assign({}, room, now.get(room.id))))
  if (same.length !== numbers.length || same.length !== before.length) void look()
}

/** Fetches the formats, once. */
export async function lookAtFormats() {
  if (board.formats.peek()) return
  const outcome = await ask('GET', '/api/formats')
  if (outcome.ok) board.formats.value = /** @type {{formats: Format[]}} */ (outcome.body).formats
}

/** The file of a format that comes with the server, with its comments; empty when it cannot be had. @param {string} name */
export async function formatText(name) {
  try {
    const response = await fetched('GET', `/api/formats/${encodeURIComponent(name)}`)
    return response.ok ? await response.text() : ''
  } catch {
    return ''
  }
}

/** A file's text as the server reads it; nothing is changed. @param {string} text @returns {Promise<{ok: true, format: Format} | Not>} */
export async function readFormat(text) {
  const outcome = await ask('POST', '/api/formats', { format_toml: text })
  return outcome.ok ? { ok: true, format: /** @type {{format: Format}} */ (outcome.body).format } : outcome
}

/** @param {Plan} plan @returns {Promise<{ok: true, room: HostRoom} | Not>} */
export async function createRoom(plan) {
  const outcome = await ask('POST', '/api/rooms', plan)
  if (!outcome.ok) return outcome
  await look()
  return { ok: true, room: /** @type {HostRoom} */ (outcome.body) }
}

/** @param {string} id */
export async function deleteRoom(id) {
  const outcome = await ask('DELETE', `/api/rooms/${encodeURIComponent(id)}`)
  if (outcome.ok) board.deleted = id
  await look()
  return outcome.ok || outcome.code === 'not-found' ? { ok: true, code: '' } : { ok: false, code: outcome.code }
}

/** Everybody is told goodbye, and all of the meeting is erased; the room stays. @param {string} id @returns {Promise<{ok: true} | Not>} */
export async function closeMeeting(id) {
  const outcome = await ask('POST', `/api/rooms/${encodeURIComponent(id)}/close`)
  if (outcome.ok) await look()
  return outcome.ok ? { ok: true } : outcome
}

/** @param {string} id @param {Limits | HasFormat | Named} changes @returns {Promise<{ok: true} | Not>} */
export async function changeRoom(id, changes) {
  const outcome = await ask('PATCH', `/api/rooms/${encodeURIComponent(id)}`, changes)
  if (outcome.ok) await look()
  return outcome.ok ? { ok: true } : outcome
}

/** @typedef {{ok: true, links: Link[], made: string} | {ok: false, code: string}} LinksOutcome `made`: the link that is new, or other than before */

/** The links that open a room now. @param {string} id @returns {Promise<LinksOutcome>} */
export async function linksOf(id, made = '') {
  const outcome = await ask('GET', place(id))
  return outcome.ok ? { ok: true, links: /** @type {{links: Link[]}} */ (outcome.body).links, made } : outcome
}

/** @param {string} id @param {{role: string, hours: number}} wish @returns {Promise<LinksOutcome>} */
export const makeInvite = (id, wish) => changed(id, 'POST', place(id), wish)

/** @param {string} id @param {string} link @param {{hours: number}} wish @returns {Promise<LinksOutcome>} */
export const renewLink = (id, link, wish) => changed(id, 'POST', `${place(id)}/${encodeURIComponent(link)}/renew`, wish)

/** @param {string} id @param {string} link @returns {Promise<LinksOutcome>} */
export const revokeLink = (id, link) => changed(id, 'DELETE', `${place(id)}/${encodeURIComponent(link)}`)

/** A link as a picture for cameras, as the server draws it; nothing when it cannot be had. @param {string} id @param {string} link @returns {Promise<Drawing | null>} */
export async function drawingOf(id, link) {
  const outcome = await ask('GET', `${place(id)}/${encodeURIComponent(link)}/drawing`)
  return outcome.ok ? /** @type {Drawing} */ (outcome.body) : null
}

/** `path` in a box of `size` x `size`. @typedef {{size: number, path: string}} Drawing */

/** @param {string} id */
const place = (id) => `/api/rooms/${encodeURIComponent(id)}/links`

/** @param {string} id @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<LinksOutcome>} */
async function changed(id, method, path, body) {
  const outcome = await ask(method, path, body)
  if (!outcome.ok) return outcome
  void look()
  return linksOf(id, /** @type {Link | null} */ (outcome.body)?.id ?? '')
}
