/** A schedule as a form holds it, and as the server reads it. Pure. */

/** @typedef {'day' | 'week' | 'two-weeks' | 'month-day' | 'month-weekday'} Every */
/** @typedef {'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU'} Weekday */
/** @typedef {{every: Every, also?: Weekday[], until?: string, count?: number, except?: string[]}} Repeat dates are local, `2026-11-24` */
/** @typedef {{zone: string, starts: string, minutes: number, doors: number, repeat: Repeat | null}} Schedule `starts`: local, `2026-11-24T19:30` */
/** @typedef {{date: string, doors: string, starts: string, ends: string}} Meeting a local date, and moments in UTC */
/**
 * What stands in the fields. `every` and `end` are empty for once and for no end; `also`: weekdays beside that of the
 * first date; `except`: dates that are left out.
 * @typedef {object} Draft
 * @property {string} date
 * @property {string} time
 * @property {string} zone
 * @property {string} minutes
 * @property {string} doors
 * @property {'' | Every} every
 * @property {Weekday[]} also
 * @property {'' | 'until' | 'count'} end
 * @property {string} until
 * @property {string} count
 * @property {string[]} except
 */

/** @type {('' | Every)[]} */
export const EVERY = ['', 'day', 'week', 'two-weeks', 'month-day', 'month-weekday']
/** @type {Weekday[]} */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
/** @type {('' | 'until' | 'count')[]} */
export const ENDS = ['', 'until', 'count']

/**
 * What a form begins with: the room's schedule, or half past seven on that day.
 * @param {Schedule | null} schedule @param {string} zone the reader's own @param {string} day `2026-11-24`
 * @returns {Draft}
 */
export function draftOf(schedule, zone, day) {
  const [date, time] = schedule?.starts.split('T') ?? [day, '19:30']
  const { every = '', also = [], until = '', count, except = [] } = schedule?.repeat ?? {}
  return {
    date,
    time,
    zone: schedule?.zone ?? zone,
    minutes: String(schedule?.minutes ?? 90),
    doors: String(schedule?.doors ?? 15),
    every,
    also: [...also],
    end: until ? 'until' : count ? 'count' : '',
    until,
    count: String(count ?? 8),
    except: [...except],
  }
}

/** A series of weeks, which may have more than one day. @param {'' | Every} every */
export const weekly = (every) => every === 'week' || every === 'two-weeks'

/** A whole number, or -1, which the server refuses in its own words. @param {string} text */
const whole = (text) => (/^\d+$/u.test(text.trim()) ? Number(text) : -1)

/** As the server is asked; what was typed wrongly goes there as it is. @param {Draft} draft @returns {Schedule} */
export function scheduleOf({ date, time, zone, minutes, doors, every, also, end, until, count, except }) {
  const series = every && {
    every,
    ...(weekly(every) && also.length ? { also } : {}),
    ...(end === 'until' ? { until } : end === 'count' ? { count: whole(count) } : {}),
    ...(except.length ? { except } : {}),
  }
  return { zone, starts: `${date}T${time}`, minutes: whole(minutes), doors: whole(doors), repeat: series || null }
}

/** The weekdays that can be added: all but that of the first date. @param {string} date */
export function otherDays(date) {
  const first = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return WEEKDAYS.filter((_, place) => place !== first)
}

/** The field of the form that a field of a schedule stands in. @param {string} field @returns {keyof Draft} */
export function fieldOf(field) {
  if (field === 'starts') return 'date'
  return /** @type {keyof Draft} */ (field.split('.').at(-1) ?? 'date')
}

/** Every zone that this browser has, and this one. @param {string} zone */
export function zones(zone) {
  const known = Intl.supportedValuesOf?.('timeZone') ?? []
  return [...new Set([...known, 'UTC', zone])].sort()
}
