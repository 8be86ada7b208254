// When somebody who is early asks again, the calendar file that a page makes, and a schedule as a form holds it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askAgainIn, calendarFile, doorsOf } from '../../../static/js/dates.js'
import { draftOf, fieldOf, scheduleOf } from '../../../static/js/ui/schedule-draft.js'

const START = Date.UTC(2026, 10, 24, 12, 30) / 1000
const DATES = { now: START - 3600, zone: 'Asia/Jakarta', minutes: 90, doors: 15, starts: [START, START + 604800], uid: '1d' }

test('one asks again when the doors open, spread over a few seconds, and now and then before', () => {
  const opens = doorsOf(DATES)
  assert.equal(opens, START - 900)
  const at = (/** @type {number} */ left, chance = 0) => askAgainIn({ ...DATES, now: opens - left }, chance)
  assert.equal(at(20), 20)
  assert.equal(at(20, 1), 24)
  assert.equal(at(200), 30)
  assert.equal(at(3000), 300)
  assert.equal(at(86400), 600)
  assert.equal(at(0), 1) // the clocks differ by a moment: not at once again
  assert.equal(at(60 * 86400), 600) // no timer is longer than a browser can wait
  assert.equal(askAgainIn({ ...DATES, starts: [] }, 0), 600) // another one may be planned
  assert.equal(doorsOf({ ...DATES, starts: [] }), undefined)
})

test('the calendar file has no name and no link unless it is wanted', () => {
  const one = calendarFile(DATES, { all: false, link: '', now: START - 60 })
  assert.equal(
    one,
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Lingkar//Lingkar//EN',
      'BEGIN:VEVENT',
      'UID:1d-20261124T123000Z',
      'DTSTAMP:20261124T122900Z',
      'DTSTART:20261124T123000Z',
      'DURATION:PT90M',
      'SUMMARY:Lingkar',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
  const link = `https://meet.example.org/r/k7qm2x#${'a'.repeat(80)},b;c`
  const all = calendarFile(DATES, { all: true, link, now: START })
  assert.ok(all.split('\r\n').every((line) => line.length <= 75))
  const unfolded = all.replaceAll('\r\n ', '')
  assert.equal(unfolded.match(/^BEGIN:VEVENT/gm)?.length, 2)
  assert.ok(unfolded.includes(`URL:${link}\r\n`))
  assert.ok(unfolded.includes(`DESCRIPTION:${link.replace(',', '\\,').replace(';', '\\;')}\r\n`))
})

test('what a form holds is what the server has', () => {
  for (const repeat of [
    null,
    { every: /** @type {const} */ ('week') },
    { every: /** @type {const} */ ('month-day'), until: '2027-01-31' },
    { every: /** @type {const} */ ('day'), count: 3, except: ['2026-11-25'] },
  ]) {
    const schedule = { zone: 'UTC', starts: '2026-11-24T19:30', minutes: 60, doors: 0, repeat }
    assert.deepEqual(scheduleOf(draftOf(schedule, 'Asia/Jakarta', '2026-01-01')), schedule)
  }
  const fresh = draftOf(null, 'Asia/Jakarta', '2026-11-24')
  const once = { zone: 'Asia/Jakarta', starts: '2026-11-24T19:30', minutes: 90, doors: 15, repeat: null }
  assert.deepEqual(scheduleOf(fresh), once)
  // what was typed wrongly is refused by the server, and found again in the form
  assert.deepEqual(scheduleOf({ ...fresh, date: '', minutes: 'long', doors: '-3' }), {
    ...once,
    starts: 'T19:30',
    minutes: -1,
    doors: -1,
  })
  assert.deepEqual(['starts', 'zone', 'repeat.until', 'repeat.except'].map(fieldOf), ['date', 'zone', 'until', 'except'])
})
