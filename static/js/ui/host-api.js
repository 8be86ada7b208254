/** What the host page asks over HTTP, with the host token of this tab; and the rooms it knows. */

import { signal } from '../../vendor/preact.js'

/** @typedef {{participant: string, facilitator: string, host: string}} Links */
/**
 * @typedef {object} HostRoom
 * @property {string} id
 * @property {string} title
 * @property {Links} links
 * @property {'doors' | 'open'} state
 * @property {number} present
 * @property {number} facilitators
 * @property {number} waiting
 * @property {number} hands
 * @property {number} longest_wait of a hand, in seconds
 * @property {number} longest_at_door in seconds
 * @property {boolean} speaking
 * @property {boolean} over the turn is past its grace
 */
/** @typedef {{title: string, agreement: {policy: string, text: string}, questions: string[]}} Plan */
/** @typedef {{ok: true, body: unknown} | {ok: false, code: string}} Outcome */

const ENTRY = 'lingkar-host'
const POLL = 5000 // ms between two looks while the page is seen
const PATIENCE = 8000 // ms for one answer

export const board = {
  token: signal(''),
  /** @type {import('../../vendor/preact.js').Signal<HostRoom[] | null>} */
  rooms: signal(null),
  /** `''` when the last look worked, else why not. */
  trouble: signal(''),
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

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Outcome>} */
async function ask(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${board.token.peek()}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    })
    const answer = response.status === 204 ? null : await response.json()
    return response.ok ? { ok: true, body: answer } : { ok: false, code: answer.code ?? 'other' }
  } catch {
    return { ok: false, code: 'offline' }
  }
}

/** Looks at all rooms once. */
export async function look() {
  const token = board.token.peek()
  if (!token) return
  const outcome = await ask('GET', '/api/rooms')
  if (token !== board.token.peek()) return
  if (outcome.ok) board.rooms.value = /** @type {{rooms: HostRoom[]}} */ (outcome.body).rooms
  board.trouble.value = outcome.ok ? '' : outcome.code
  if (!outcome.ok && outcome.code === 'unauthorized') {
    setToken('')
    board.rooms.value = null
    board.trouble.value = 'unauthorized'
  }
}

/** Looks every 5 s while somebody looks at the page. */
export function keepLooking() {
  const seen = () => document.visibilityState === 'visible' && look()
  setInterval(seen, POLL)
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('online', seen)
}

/** @param {Plan} plan @returns {Promise<{ok: true, room: HostRoom} | {ok: false, code: string}>} */
export async function createRoom(plan) {
  const outcome = await ask('POST', '/api/rooms', plan)
  if (!outcome.ok) return outcome
  await look()
  return { ok: true, room: /** @type {HostRoom} */ (outcome.body) }
}

/** @param {string} id */
export async function deleteRoom(id) {
  const outcome = await ask('DELETE', `/api/rooms/${encodeURIComponent(id)}`)
  await look()
  return outcome.ok || outcome.code === 'not-found' ? { ok: true, code: '' } : { ok: false, code: outcome.code }
}
