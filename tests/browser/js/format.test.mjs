// A format while it is edited: what is typed, what means something, what is sent, and that nothing typed is lost.

import assert from 'node:assert/strict'
import test from 'node:test'
import * as choice from '../../../static/js/ui/format-choice.js'
import * as model from '../../../static/js/ui/format-model.js'
import { consequence } from '../../../static/js/ui/format-then.js'

const council = {
  name: 'council',
  phases: [
    { name: 'opening', order: 'chosen', box: 300 },
    { name: 'round', floor: 'round', give: true, turn: 150, moves_on: 'itself' },
    { name: 'silence', floor: 'silence', box: 180, moves_on: 'itself' },
  ],
}
const names = (now) => choice.phasesOf(now).map(({ name }) => name)
const keyOf = (now, name) => choice.phasesOf(now).find((phase) => phase.name === name).key
const begun = () => choice.copied(choice.begun('council', null), council)
const sent = (now) => choice.told(now).format

test('a length is read as people write it', () => {
  for (const [text, unit, seconds] of [
    ['3', 60, 180],
    ['2:30', 60, 150],
    ['2,5', 60, 150],
    [' 0.5 ', 60, 30],
    ['90', 1, 90],
    ['1:30', 1, 90],
    ['0', 1, 0],
    ['1:05.5', 60, 65.5],
  ])
    assert.equal(model.lengthOf(text, unit), seconds, text)
  for (const text of ['', 'three', '-1', '1:5', '1:60', '1:2:3', '1e3', 'NaN', '3 min', '.', ',5', '9'.repeat(40)])
    assert.equal(model.lengthOf(text, 60), null, text)
})

test('a length is written as it is read', () => {
  for (let seconds = 0; seconds <= 7200; seconds += 1)
    for (const unit of [1, 60]) assert.equal(model.lengthOf(model.lengthText(seconds, unit), unit), seconds)
  assert.equal(model.lengthText(150, 60), '2:30')
  assert.equal(model.lengthText(180, 60), '3')
  assert.equal(model.lengthText(65.5, 60), '1:05.5')
  assert.equal(model.lengthText(2.5, 1), '2.5')
})

test('a copy that nobody changed is the same format', () => {
  const now = begun()
  assert.deepEqual(choice.told(now).wrong, [])
  assert.ok(model.same(sent(now), council))
  assert.ok(!model.same(sent(choice.entitled(now, 'title', 'Wednesday')), council))
})

test('what cannot be read stands as it was typed and is not sent', () => {
  const key = keyOf(begun(), 'opening')
  let now = begun()
  const opening = keyOf(now, 'opening')
  now = choice.changed(now, opening, { turn: 'three' })
  const { format, wrong } = choice.told(now)
  assert.equal(format, null)
  assert.deepEqual(wrong, [{ key: opening, field: 'turn', code: 'number', why: '' }])
  now = choice.faulted(now, wrong)
  assert.equal(choice.phasesOf(now)[0].turn, 'three')
  now = choice.changed(now, opening, { turn: '4' })
  assert.deepEqual(now.wrong, [])
  assert.equal(sent(now).phases[0].turn, 240)
  assert.notEqual(key, opening) // every copy has keys of its own
})

test('what the server found wrong stays with its phase while phases move', () => {
  let now = choice.refused(begun(), [
    { at: 'phases[1].turn', why: 'too long', code: 'range', low: 10, high: 21600 },
    { at: 'title', why: 'too long', code: 'length', high: 60 },
    { at: 'phases[2].kinds[0]', why: 'unknown', code: 'unknown' },
    { at: '', why: 'nothing fits', code: 'odd' },
  ])
  const [round, silence] = [keyOf(now, 'round'), keyOf(now, 'silence')]
  now = choice.moved(now, round, -1)
  assert.deepEqual(names(now), ['round', 'opening', 'silence'])
  assert.deepEqual(
    now.wrong.map(({ key, field, code }) => [key, field, code]),
    [
      [round, 'turn', 'range'],
      [0, 'title', 'length'],
      [silence, 'kinds', 'unknown'],
      [0, '', 'odd'],
    ],
  )
  now = choice.entitled(choice.changed(now, round, { turn: '5' }), 'title', 'Short')
  assert.deepEqual(
    now.wrong.map(({ field }) => field),
    ['kinds', ''],
  )
  assert.deepEqual(choice.refused(now, 'not a list').wrong, [])
})

test('phases are added, moved, removed and put back; the last one stays', () => {
  let now = choice.added(begun(), { name: 'silence', floor: 'silence', box: 60 })
  assert.deepEqual(names(now), ['opening', 'round', 'silence', 'silence-2'])
  now = choice.added(now, { name: 'silence-2', floor: 'silence', box: 60 })
  assert.deepEqual(names(now).at(-1), 'silence-3')
  now = choice.removed(now, keyOf(now, 'round'))
  assert.deepEqual(names(now), ['opening', 'silence', 'silence-2', 'silence-3'])
  now = choice.putBack(now)
  assert.deepEqual(names(now), ['opening', 'round', 'silence', 'silence-2', 'silence-3'])
  assert.equal(choice.putBack(now), now)
  for (const end of [keyOf(now, 'opening')]) assert.equal(choice.moved(now, end, -1), now)
  assert.equal(choice.moved(now, keyOf(now, 'silence-3'), 1), now)
  for (const name of names(now).slice(1)) now = choice.removed(now, keyOf(now, name))
  assert.deepEqual(names(now), ['opening'])
  assert.equal(choice.removed(now, keyOf(now, 'opening')), now)
  for (let n = 0; n < 30; n += 1) now = choice.added(now, { name: 'own' })
  assert.equal(names(now).length, model.MOST_PHASES)
  assert.equal(new Set(names(now)).size, model.MOST_PHASES)
})

test('a phase of another kind has what it needs, and keeps what was typed', () => {
  let now = begun()
  const key = keyOf(now, 'round')
  const become = (floor) => {
    now = choice.changed(now, key, model.moving(choice.phasesOf(now)[1], floor))
    return sent(now).phases[1]
  }
  assert.deepEqual([become('open').voices, sent(now).phases[1].give, sent(now).phases[1].moves_on], [3, false, 'lead'])
  assert.deepEqual([become('break').box, sent(now).phases[1].voices], [600, 1])
  assert.equal(become('silence').box, 600)
  const back = become('round')
  assert.deepEqual([back.give, back.moves_on, back.turn], [true, 'itself', 150])
})

test('hands that nobody may raise are not sent, and are there again when they may', () => {
  let now = begun()
  const key = keyOf(now, 'opening')
  const kinds = (responses) => {
    now = choice.changed(now, key, { responses })
    return sent(now).phases[0].kinds
  }
  now = choice.changed(now, key, { kinds: ['share', 'respond', 'process'] })
  assert.deepEqual(kinds('none'), ['share', 'process'])
  assert.deepEqual(kinds('after'), ['share', 'respond', 'process'])
  assert.deepEqual(kinds('inside'), ['share', 'respond', 'process', 'question'])
})

test('only what means something is asked for', () => {
  const asked = (phase) => Object.values(model.fieldsOf(model.typed(phase))).flat()
  assert.deepEqual(asked({ floor: 'silence' }), ['title', 'prompt', 'floor', 'box', 'moves_on', 'name', 'unled'])
  assert.ok(!asked({ ending: 'hard' }).includes('grace'))
  assert.ok(asked({}).includes('grace'))
  assert.ok(!asked({}).includes('question'))
  assert.ok(asked({ responses: 'inside' }).includes('question'))
  assert.ok(!asked({}).includes('consent_silence'))
  assert.ok(asked({ consent: 60 }).includes('consent_silence'))
  assert.ok(asked({ floor: 'open', voices: 2 }).includes('voices'))
  assert.ok(!asked({ floor: 'open', voices: 2 }).includes('give'))
  const every = new Set(model.FLOORS.flatMap((floor) => asked({ floor, responses: 'inside', consent: 60 })))
  const typed = Object.keys(model.typed({})).filter((field) => field !== 'key')
  assert.deepEqual([...every].sort(), typed.sort()) // no value that nobody can reach
})

test('an unreadable value of a field that means nothing now holds nobody up', () => {
  let now = begun()
  const key = keyOf(now, 'opening')
  now = choice.changed(now, key, { grace: 'soon', ending: 'hard' })
  assert.equal(sent(now).phases[0].grace, model.DEFAULTS.grace)
  now = choice.changed(now, key, { ending: 'soft' })
  assert.equal(sent(now), null)
})

test('planned minutes, and phases that can be added', () => {
  assert.deepEqual(model.planned(council), { minutes: 8, open: true })
  assert.deepEqual(model.planned({ name: 'one', phases: [{ box: 600 }] }), { minutes: 10, open: false })
  const found = model.ready([council, { name: 'other', phases: [{ name: 'round', title: 'Ours' }, { name: 'theme' }] }])
  assert.deepEqual(
    found.map(({ name, floor, title }) => [name, floor, title]),
    [
      ['opening', 'queue', ''],
      ['round', 'round', ''],
      ['silence', 'silence', ''],
      ['theme', 'queue', ''],
      ['own', 'queue', ''],
    ],
  )
})

test('what happens in the meeting', () => {
  const view = (more = {}) => ({
    meeting: 'open',
    phase: 'round',
    agenda: [{ name: 'opening' }, { name: 'round', floor: 'round' }],
    policy: {},
    turns: {},
    ...more,
  })
  const then = (seen, format) => {
    const { key, phase } = consequence(seen, format)
    return `${key.slice('edit-room-'.length)} ${phase.name}`
  }
  const on = (state) => ({ turns: { t1: { seat: 's1', state } } })
  const other = { name: 'other', phases: [{ name: 'opening' }, { name: 'sharing' }] }
  const hard = { name: 'hard', phases: [{ name: 'round', floor: 'round', ending: 'hard' }] }
  const moved = { name: 'moved', phases: [{ name: 'opening' }, { name: 'round' }] } // the name, but with hands
  assert.equal(then(view({ meeting: 'doors' }), other), 'doors opening')
  assert.equal(then(view(on('speaking')), council), 'stays round')
  assert.equal(then(view(), other), 'begins opening')
  assert.equal(then(view(on('offered')), other), 'begins opening')
  assert.equal(then(view(on('grace')), other), 'busy opening')
  assert.equal(then(view({ round: { waiting: [] } }), other), 'busy opening')
  assert.equal(then(view(on('speaking')), hard), 'cut round')
  assert.equal(then(view({ ...on('speaking'), policy: { ending: 'hard' } }), hard), 'stays round')
  assert.equal(then(view(), hard), 'stays round')
  assert.equal(then(view(), moved), 'begins round')
  const plain = { phase: 'sharing', agenda: [{ name: 'sharing' }], ...on('speaking') }
  assert.equal(then(view(plain), { name: 'simple', phases: [{}] }), 'stays undefined') // the default name is left out
  assert.equal(then(view(on('speaking')), moved), 'busy round')
})
