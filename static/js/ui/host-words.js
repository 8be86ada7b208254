/** What the host page says of rooms: their numbers in words, refusals, the time. Never a participant's name. */

import { locale } from '../locale.js'
import { hasWords, t } from '../words.js'
import { nameOf, ownNameOf } from './format-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('../host-attention.js').Concern} Concern */

const WEEK = 6 * 86_400_000 // ms; after that a weekday alone could be another one

/** The sentence for a request that the server refused. @param {string} code of `server/requests.py`, or `offline` */
export const problemWords = (code) =>
  t(hasWords(`host-problem-${code}`) ? `host-problem-${code}` : 'host-problem-other')

/** "under a minute", "4 min", "2 h". @param {number} seconds */
export function ageWords(seconds) {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return t('host-age-now')
  return minutes < 120 ? t('host-age-minutes', { minutes }) : t('host-age-hours', { hours: Math.floor(minutes / 60) })
}

/** "Tuesday 19:58 WIB", in the host's own zone. @param {number} at ms since 1970 */
export function clockWords(at) {
  const parts = (/** @type {Intl.DateTimeFormatOptions} */ options) =>
    new Intl.DateTimeFormat(locale(), options).format(at)
  const time = parts({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' })
  return `${parts({ weekday: 'long' })} ${time}`
}

/** "19:58". @param {number} at ms since 1970 */
export const timeWords = (at) =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** "Tuesday 19:15" within a week, else "Tue 24 Nov 19:15", in the host's own zone. @param {number} at ms since 1970 */
function momentWords(at) {
  const near = at - Date.now() < WEEK
  const day = new Intl.DateTimeFormat(
    locale(),
    near ? { weekday: 'long' } : { weekday: 'short', day: 'numeric', month: 'short' },
  )
  return `${day.format(at)} ${timeWords(at)}`
}

/** @param {HostRoom} room */
export const formatWords = (room) =>
  room.own_title || (room.own_format ? ownNameOf(room.own_format) : nameOf({ name: room.format }))

/** The format, and the part of it that is under way. @param {HostRoom} room */
export const planWords = (room) =>
  [
    formatWords(room),
    room.state === 'open' && room.phases > 1 && t('host-part', { n: room.phase_number, of: room.phases }),
  ]
    .filter(Boolean)
    .join(' · ')

/** What happens now, in one sentence. @param {HostRoom} room */
export function lineWords(room) {
  if (room.state === 'doors') return doorsWords(room)
  if (room.hold) return t(`host-hold-${room.hold}`)
  if (room.voices > 1) return t('host-voices', { count: room.voices })
  if (room.floor === 'speaking' && room.budget > 0)
    return t('host-speaking-left', { minutes: Math.round(room.left / 60) })
  return t(hasWords(`host-floor-${room.floor}`) ? `host-floor-${room.floor}` : 'host-floor-free')
}

/** @param {HostRoom} room */
function doorsWords({ present, waiting, facilitators, next_meetings }) {
  const next = next_meetings?.map(({ doors }) => Date.parse(doors)).find((doors) => doors > Date.now()) ?? 0
  const begun = next_meetings?.some(
    ({ doors, ends }) => Date.parse(doors) <= Date.now() && Date.now() < Date.parse(ends),
  )
  if (next && !begun && facilitators === 0) return t('host-doors-opens', { when: momentWords(next) })
  if (present + waiting === 0) return t('host-doors-empty')
  return t(facilitators > 0 ? 'host-doors-led' : 'host-doors-unopened')
}

/** @param {HostRoom} room */
export const peopleWords = ({ present, reconnecting }) =>
  t('host-people', { count: present }) +
  (reconnecting > 0 ? `, ${t('host-reconnecting', { count: reconnecting })}` : '')

/** Nothing to tell before the first minute is over. @param {number} seconds */
const longest = (seconds) => (seconds < 60 ? '' : `, ${t('host-longest', { minutes: Math.floor(seconds / 60) })}`)

/** The hands, or how far the round is. @param {HostRoom} room */
export function handsWords({ round, hands, longest_wait }) {
  if (round) return t(round.sweep > 1 ? 'host-round-again' : 'host-round', { had: round.had, size: round.size })
  return t('host-hands', { count: hands }) + longest(longest_wait)
}

/** @param {HostRoom} room */
export const doorWords = ({ waiting, longest_at_door }) => t('host-door', { count: waiting }) + longest(longest_at_door)

/** Who leads, by name: those who lead are known to a host. @param {HostRoom} room */
export function leadWords({ leads, facilitators }) {
  if (leads.length) return named(leads)
  return facilitators > 0 ? t('host-leads-count', { count: facilitators }) : t('host-leads-nobody')
}

/** "Rani, Bayu, and Sari". @param {string[]} names */
const named = (names) => new Intl.ListFormat(locale(), { type: 'conjunction', style: 'short' }).format(names)

/** What needs somebody, as a sentence. @param {HostRoom} room @param {Concern} concern */
export function concernWords(room, { kind, age }) {
  const minutes = Math.floor(age / 60)
  if (kind === 'alone') return t(room.hold === 'lost' ? 'host-needs-lost' : 'host-needs-alone')
  const count = { door: room.waiting, hand: room.hands, agreement: room.unagreed }[/** @type {'door'} */ (kind)] ?? 0
  return t(`host-needs-${kind}`, { count, minutes })
}
