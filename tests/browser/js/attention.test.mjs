import assert from 'node:assert/strict'
import test from 'node:test'
import { aged, concerns, FADES, KINDS, looked, news, remedy, sorted } from '../../../static/js/host-attention.js'
import { eventsOf } from '../../../static/js/host-events.js'

const calm = {
  id: 'a', title: 'A', format: 'simple', own_title: '', state: 'open', phase: 'sharing', phase_title: '',
  phase_number: 1, phases: 1, present: 5, reconnecting: 0, facilitators: 1, leads: ['Rani'], waiting: 0, hands: 0,
  longest_wait: 0, longest_at_door: 0, floor: 'free', left: 0, budget: 0, speaker_at: -1, away: [], circle: 5,
  voices: 0, round: null, hold: '', hold_for: 0, alone_for: 0, over_for: 0, suspended_for: 0, unagreed: 0,
  unagreed_for: 0, announced: '',
}
const room = (id, more = {}) => ({ ...calm, id, ...more })
const alone = { facilitators: 0, alone_for: 61 }
const kinds = (more) => concerns(room('a', more)).map(({ kind }) => kind)
const ids = (rows) => rows.map(({ id, solved }) => (solved ? `(${id})` : id)).join(' ')

test('a calm room needs nobody', () => assert.deepEqual(kinds({}), []))

test('each kind, on both sides of its moment', () => {
  const table = [
    ['alone', { facilitators: 0, alone_for: 60 }, { facilitators: 0, alone_for: 60.1 }],
    ['alone', { hold: 'lost', alone_for: 0 }, { hold: 'lost', alone_for: 0.1 }],
    ['door', { waiting: 1, longest_at_door: 180 }, { waiting: 1, longest_at_door: 180.1 }],
    ['door', { facilitators: 0, waiting: 1, longest_at_door: 30 }, { facilitators: 0, waiting: 1, longest_at_door: 31 }],
    ['away', { suspended_for: 20 }, { suspended_for: 20.1 }],
    ['over', { over_for: 60 }, { over_for: 60.1 }],
    ['hand', { hands: 1, longest_wait: 900 }, { hands: 1, longest_wait: 900.1 }],
    ['agreement', { unagreed: 1, unagreed_for: 120 }, { unagreed: 1, unagreed_for: 120.1 }],
  ]
  for (const [kind, before, after] of table) {
    assert.deepEqual(kinds(before), [], kind)
    assert.deepEqual(kinds(after), [kind], kind)
  }
  assert.deepEqual(new Set(table.map(([kind]) => kind)), new Set(KINDS))
})

test('the weightiest comes first, and tells for how long', () => {
  const many = { ...alone, waiting: 2, longest_at_door: 40, suspended_for: 90, unagreed: 1, unagreed_for: 500 }
  assert.deepEqual(kinds(many), ['alone', 'door', 'away', 'agreement'])
  assert.deepEqual(concerns(room('a', many))[1], { kind: 'door', age: 40 })
})

test('what somebody outside can do', () => {
  assert.equal(remedy(room('a', alone), 'alone', true), 'send')
  assert.equal(remedy(room('a', { facilitators: 0 }), 'door', true), 'send')
  assert.equal(remedy(room('a'), 'door', true), 'enter')
  assert.equal(remedy(room('a'), 'over', false), 'links')
})

test('on load by weight, then by age; later, what is new goes below', () => {
  const rooms = [
    room('hand', { hands: 1, longest_wait: 1000 }),
    room('door', { waiting: 1, longest_at_door: 200 }),
    room('older', { waiting: 1, longest_at_door: 300 }),
    room('calm'),
  ]
  const first = looked([], rooms, 0)
  assert.equal(ids(first), 'older door hand')
  const second = looked(first, [...rooms.slice(0, 3), room('calm', alone)], 1)
  assert.equal(ids(second), 'older door hand calm')
  assert.deepEqual(news(first, second).map(({ id }) => id), ['calm'])
  assert.equal(ids(sorted(second)), 'calm older door hand')
})

test('what is solved fades in its place, comes back there, and goes when nobody is busy with it', () => {
  const needy = [room('a', alone), room('b', { over_for: 70 })]
  const before = looked([], needy, 0)
  const solved = looked(before, [room('a'), needy[1]], 1000)
  assert.equal(ids(solved), '(a) b')
  assert.equal(solved[0].concerns[0].kind, 'alone') // what it was, for its picture
  assert.equal(ids(looked(solved, needy, 2000)), 'a b')
  assert.deepEqual(news(solved, looked(solved, needy, 2000)).map(({ id }) => id), ['a'])
  const late = 1000 + FADES
  assert.equal(ids(looked(solved, [room('a'), needy[1]], late - 1)), '(a) b')
  assert.equal(ids(looked(solved, [room('a'), needy[1]], late)), 'b')
  assert.equal(ids(looked(solved, [room('a'), needy[1]], late * 9, new Set(['a']))), '(a) b')
  assert.equal(ids(looked(solved, [needy[1]], 1500)), 'b') // the room itself is gone
  assert.equal(ids(sorted(solved)), 'b (a)')
})

test('a row that became weightier is news, one that became lighter is not', () => {
  const door = looked([], [room('a', { facilitators: 0, waiting: 1, longest_at_door: 40 })], 0)
  const both = looked(door, [room('a', { ...alone, waiting: 1, longest_at_door: 70 })], 1)
  assert.equal(news(door, both).length, 1)
  assert.equal(news(both, door).length, 0)
  assert.equal(news(both, both).length, 0)
})

test('numbers grow older: what lasts, lasts longer; a clock that stands, stands', () => {
  const speaking = { floor: 'speaking', budget: 300, left: 8, waiting: 1, longest_at_door: 5 }
  const later = aged(room('a', speaking), 10)
  assert.deepEqual([later.left, later.longest_at_door, later.alone_for], [0, 15, 0])
  assert.equal(aged(room('a', { ...speaking, hold: 'lost' }), 10).left, 8)
  assert.equal(aged(room('a', { ...speaking, floor: 'paused' }), 10).left, 8)
})

test('a stream is cut where it is cut', () => {
  assert.deepEqual(eventsOf('event: board\nda'), { events: [], rest: 'event: board\nda' })
  assert.deepEqual(eventsOf(':\n\nevent: board\ndata: {"a": 1}\n\nevent'), { events: ['{"a": 1}'], rest: 'event' })
  assert.deepEqual(eventsOf('data: 1\n\ndata: 2\n\n').events, ['1', '2'])
})
