import assert from 'node:assert/strict'
import test from 'node:test'
import { minutesAndSeconds, secondsLeft, shareLeft, softClock, waitingFor } from '../../../static/js/ui/time.js'

test('a clock is told softly: the last sentence stays', () => {
  const told = (left) => {
    const words = softClock(left, 30)
    return words && `${words.key} ${Object.values(words.args ?? {})}`.trim()
  }
  assert.deepEqual([299, 150, 91, 89, 61, 60, 31, 30, 7, 0].map(told), [
    'time-minutes-left 5',
    'time-minutes-left 3',
    'time-minutes-left 2',
    'time-minutes-left 1',
    'time-minutes-left 1',
    'time-under-a-minute',
    'time-under-a-minute',
    'time-seconds-left 30',
    'time-seconds-left 30',
    'time-seconds-left 30',
  ])
  assert.equal(told(Infinity), null)
})

test('what is left of a turn', () => {
  assert.equal(secondsLeft({ ends_at: 100 }, 40), 60)
  assert.equal(secondsLeft({ ends_at: 100 }, 140), 0)
  assert.equal(secondsLeft({ left: 12.5 }, 1e9), 12.5)
  assert.equal(secondsLeft({ over: true }, 0), 0)
  assert.equal(secondsLeft({}, 0), Infinity)
  assert.equal(shareLeft({ budget: 120, ends_at: 100 }, 40), 0.5)
  assert.equal(shareLeft({ budget: 120, ends_at: 1000 }, 40), 1)
  assert.equal(shareLeft({ budget: 0 }, 40), 1)
})

test('minutes and seconds, for those who lead', () => {
  assert.deepEqual([0, 0.2, 59, 60, 61.5, 3600].map(minutesAndSeconds), [
    '0:00',
    '0:01',
    '0:59',
    '1:00',
    '1:02',
    '60:00',
  ])
})

test('waiting is told in whole minutes', () => {
  assert.equal(waitingFor(100, 159).key, 'time-just-now')
  assert.deepEqual(waitingFor(100, 221), { key: 'time-minutes', args: { minutes: 2 } })
})
