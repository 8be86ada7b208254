/** When a room meets: how long to wait until one asks again, and a file for calendars. Pure. */

/** @typedef {import('./protocol.js').Dates} Dates */

const SOONEST = 30 // seconds between two times that somebody asks who waits for the doors
const LATEST = 600
const SPREAD = 4 // seconds over which all of them come when the doors open

/** When the doors open next, in seconds since 1970; nothing when no more is planned. @param {Dates} dates */
export const doorsOf = ({ starts, doors }) => (starts.length ? starts[0] - doors * 60 : undefined)

/**
 * Seconds until one asks again: the nearer the doors, the more often, because somebody who leads may open earlier.
 * @param {Dates} dates as they were heard just now @param {number} chance 0 to 1
 */
export function askAgainIn(dates, chance) {
  const left = Math.max(1, (doorsOf(dates) ?? Infinity) - dates.now)
  return Math.min(left, Math.max(SOONEST, Math.min(LATEST, left / 10))) + SPREAD * chance
}

/** A moment as calendars write it, in UTC. @param {number} seconds since 1970 */
const utc = (seconds) => new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '')

/** Lines of at most 75 bytes; what is written here has one byte for each letter. @param {string} line */
const folded = (line) => line.replace(/(.{74})(?=.)/gu, '$1\r\n ')

/**
 * The next meetings, or only the first of them, as a file (RFC 5545). It is called Lingkar, and says nothing else.
 * @param {Dates} dates
 * @param {{ all: boolean, link: string, now: number }} how `link`: left out when empty; `now`: seconds since 1970
 */
export function calendarFile({ starts, minutes, uid }, { all, link, now }) {
  const entries = (all ? starts : starts.slice(0, 1)).flatMap((start) => [
    'BEGIN:VEVENT',
    `UID:${uid}-${utc(start)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    `DURATION:PT${minutes}M`,
    'SUMMARY:Lingkar',
    'CLASS:PRIVATE',
    ...(link ? [`URL:${link}`, `DESCRIPTION:${link.replace(/[\\,;]/g, '\\$&')}`] : []),
    'END:VEVENT',
  ])
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Lingkar//Lingkar//EN', ...entries, 'END:VCALENDAR']
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
