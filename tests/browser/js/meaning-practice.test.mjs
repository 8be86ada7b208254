// Rounds, stillness, more time, an open floor: what the large button means, what stands in the middle, where the pieces are.

import assert from 'node:assert/strict'
import test from 'node:test'
import { audible, floorNow, meaning, shares, whyWords } from '../../../static/js/meaning.js'
import { gatheredSignal } from '../../../static/js/gathered-signal.js'
import { centre } from '../../../static/js/ui/circle-centre.js'
import { pieces } from '../../../static/js/ui/circle-ring.js'
import { ada, hands, hearing, NO_SOUND, siti, turn, view, voice } from './given.mjs'

const NOW = 200
const POLICY = view().policy
const policy = (changes) => ({ policy: { ...POLICY, ...changes } })
const OPEN = policy({ floor: 'open', voices: 3 })
const words = (told) => (told ? [told.key, ...Object.values(told.args ?? {})].join(' ') : '-')

/** `label | sub | tone | what a tap sends`, with what stands beside it in brackets. */
function told(seen, you, sounds = NO_SOUND) {
  const { label, sub, tone, command, does, beside, chosen } = meaning(seen, you, 'on', NOW, sounds)
  const sent = command ? Object.values(command).join(' ') : (does ?? '-')
  const more = [beside, chosen ? 'chosen' : ''].filter(Boolean).join(' ')
  return [words(label), words(sub), tone, sent + (more ? ` [${more}]` : '')].join(' | ')
}

const ROUND = { round: { waiting: ['b', 's'], sweep: 1, had: 1, again: true } }
const ASKING = { ...turn('b', 'speaking'), asking: { turn: 't1', until: NOW + 13 } }
const MINE = { turn: 't1' }
/** Budi's turn, in which Siti asks, or the other way round. */
const asked = (outer, inner, state = 'speaking') => ({
  turns: {
    t1: { seat: outer, state: 'question', budget: 180, left: 60 },
    t2: { seat: inner, state, budget: 60, ends_at: 240, inside: 't1' },
  },
  floor: 't2',
})
/** Several voices, the latest last. */
const several = (...seats) => ({
  turns: Object.fromEntries(seats.map((seat, i) => [`t${i}`, { seat, state: 'speaking', budget: 180, ends_at: 300 }])),
  floor: `t${seats.length - 1}`,
})
const still = (hold, more = {}) => view({ hold, hold_until: 260, ...more })

const ROWS = [
  [
    'a round, two before me',
    view({ round: { waiting: ['b', 'a', 's'] } }),
    siti(['pass-round', 'raise-hand'], { round_place: 3 }),
    'button-pass-round | button-pass-round-sub 2 | soft | pass-round',
  ],
  [
    'a round, I am next',
    view({ round: { waiting: ['s'] } }),
    siti(['pass-round'], { round_place: 1 }),
    'button-pass-round | button-lower-next | soft | pass-round',
  ],
  [
    'a round, and a hand about the room',
    view({ ...ROUND, ...hands({ s: 'process' }) }),
    siti(['pass-round', 'lower-hand'], { round_place: 2, hand: 'h-s', place: 1 }),
    'button-pass-round | button-pass-round-sub 1 | soft | pass-round',
  ],
  [
    'a round, I have had my turn',
    view(ROUND),
    siti(['raise-hand']),
    'button-raise-process | - | quiet | raise-hand process [kinds]',
  ],
  [
    'offered in a round',
    view({ ...ROUND, ...turn('s', 'offered') }),
    siti(['accept-floor', 'pass-floor'], MINE),
    'button-start | button-start-sub | fill | accept-floor t1',
  ],
  [
    'I hold a silence',
    view(turn('s', 'silent', { left: 60, waits_until: 300 })),
    siti(['resume-turn', 'finish-turn'], MINE),
    'button-speak | button-speak-sub | fill | resume-turn t1 [done]',
  ],
  [
    'more time is asked for',
    view(ASKING),
    siti(['answer-time', 'raise-hand']),
    'button-fine | button-fine-sub 15 | soft | answer-time t1 true [enough]',
  ],
  [
    'and I said that it is fine',
    view(ASKING),
    siti(['answer-time', 'raise-hand'], { answered_time: true }),
    'button-fine | button-fine-sub 15 | soft | answer-time t1 true [enough chosen]',
  ],
  [
    'I ask for it',
    view({ ...turn('s', 'speaking'), asking: { turn: 't1', until: 220 } }),
    siti(['finish-turn'], MINE),
    'button-finish | - | fill | finish-turn t1',
  ],
  [
    'I am asked something',
    view(asked('s', 'b')),
    siti(['finish-turn'], MINE),
    'button-finish | button-finish-paused | fill | finish-turn t1',
  ],
  [
    'I may ask something',
    view(asked('b', 's', 'offered')),
    siti(['accept-floor', 'pass-floor'], { turn: 't2' }),
    'button-start-question | button-start-sub | fill | accept-floor t2',
  ],
  [
    'somebody may ask me, and has not answered yet',
    view(asked('s', 'b', 'offered')),
    siti(['finish-turn', 'resume-turn'], MINE),
    'button-resume | button-speak-sub | fill | resume-turn t1 [done]',
  ],
  [
    'I ask something',
    view(asked('b', 's')),
    siti(['finish-turn'], { turn: 't2' }),
    'button-finish | - | fill | finish-turn t2',
  ],
  [
    'an open floor',
    view(OPEN),
    siti(['take-floor', 'raise-hand']),
    'button-join | button-start-sub | fill | take-floor',
  ],
  [
    'an open floor, all voices taken',
    view({ ...OPEN, ...several('a', 'b') }),
    siti(['raise-hand']),
    'button-raise | button-raise-open | fill | raise-hand [kinds]',
  ],
  [
    'an open floor, I speak',
    view({ ...OPEN, ...several('s', 'b') }),
    siti(['finish-turn'], { turn: 't0' }),
    'button-finish | - | fill | finish-turn t0',
  ],
  [
    'a bell in my turn',
    still('bell', turn('s', 'paused', { left: 60 })),
    siti(['finish-turn', 'resume-turn'], MINE),
    'button-finish | button-finish-paused | fill | finish-turn t1',
  ],
  ['a silence', still('silence'), siti(['raise-hand']), 'button-raise | - | fill | raise-hand [kinds]'],
  [
    'a break',
    still('break', { ready: ['a'] }),
    siti(['say-ready']),
    'button-ready | button-ready-sub 1 3 | fill | say-ready',
  ],
  ['a break, and nothing to be done', still('break'), siti(), 'button-wait | button-wait-break | quiet | -'],
  // those who lead
  ['leads, a round goes on', view(ROUND), ada(['call-on']), 'button-offer Budi | why-round | fill | call-on b '],
  [
    'leads, the piece was passed to somebody',
    view({ ...ROUND, given: 's' }),
    ada(['call-on']),
    'button-offer Siti | why-given | fill | call-on s ',
  ],
  [
    'leads, a hand about the room comes first',
    view({ ...ROUND, hands: { h: { seat: 's', kind: 'process', reason: 'process', since: 0 } }, queue: ['h'] }),
    ada(['call-on']),
    'button-offer Siti | why-process | fill | call-on s ',
  ],
  [
    'leads, a silence',
    still('silence'),
    ada(['resume-room']),
    'button-end-silence | button-silence-sub 0 3 | soft | resume-room silence',
  ],
  [
    'leads, a bell',
    still('bell'),
    ada(['resume-room']),
    'button-end-silence | button-silence-sub 0 3 | soft | resume-room bell',
  ],
  [
    'leads, a break',
    still('break', { ready: ['a', 'b'] }),
    ada(['resume-room']),
    'button-resume-room | button-ready-sub 2 3 | soft | resume-room break',
  ],
  [
    'leads, all are back',
    still('break', { ready: ['a', 'b', 's'] }),
    ada(['resume-room']),
    'button-resume-room | button-ready-sub 3 3 | fill | resume-room break',
  ],
  [
    'leads, the break is over',
    still('break', { hold_until: 199 }),
    ada(['resume-room']),
    'button-resume-room | button-ready-sub 0 3 | fill | resume-room break',
  ],
  [
    'leads, an open floor',
    view({ ...OPEN, ...several('b') }),
    ada(['take-floor', 'extend-turn']),
    'button-join | button-start-sub | fill | take-floor',
  ],
]
for (const [name, seen, you, expected] of ROWS)
  test(`the large button: ${name}`, () => assert.equal(told(seen, you), expected))

test('joining in opens a microphone, and says for whom before', () => {
  const seen = view({ ...OPEN, ...hearing('a', 'b', 's') })
  assert.equal(told(seen, siti(['take-floor']), voice()), 'button-join | button-opens 2 | fill | take-floor')
})

test('while a microphone rests, the turn is not asked to open it', () => {
  const seen = still('bell', turn('s', 'paused', { left: 60 }))
  assert.match(told(seen, siti(['finish-turn'], MINE), voice({ mic: 'rests' })), /^button-finish /)
})

test('answering keeps its meaning while the seconds pass, so that the button does not rest', () => {
  const key = (you, now) => meaning(view(ASKING), you, 'on', now, NO_SOUND).key
  assert.equal(key(siti(['answer-time']), 200), key(siti(['answer-time'], { answered_time: false }), 209))
})

/** `state id mine`, and whether somebody is listened to, and heard. */
function floor(seen, you = siti()) {
  const found = floorNow(seen, you, NOW)
  return [found.state, found.id, found.mine, shares(found), audible(found)].join(' ')
}

test('the floor', () => {
  assert.equal(floor(view(turn('b', 'silent', { left: 60 }))), 'silent t1 false true true')
  assert.equal(floor(view(asked('b', 'a'))), 'speaking t2 false true true')
  assert.equal(floor(view({ ...asked('b', 'a'), floor: 't9' })), 'speaking t2 false true true')
  assert.equal(floor(view({ ...turn('b', 'speaking'), floor: 't2' })), 'speaking t1 false true true') // the inner one is over
  assert.equal(floor(still('bell', turn('b', 'paused', { left: 60 }))), 'bell t1 false true false')
  assert.equal(floor(still('bell')), 'bell  false false false')
  assert.equal(floor(still('silence')), 'silence  false false false')
  assert.equal(floor(still('break')), 'break  false false false')
  assert.equal(floor(view(OPEN)), 'open  false false false')
  assert.equal(floor(view({ ...OPEN, ...several('a', 'b') })), 'open t1 false true true')
  assert.equal(floor(view({ ...OPEN, ...several('s', 'b') }), siti([], { turn: 't0' })), 'speaking t0 true true true')
  assert.equal(floor(view({ ...OPEN, meeting: 'doors' })), 'doors  false false false')
})

/** `who / what / clock` in the middle. */
function middle(seen, you = siti(), more = {}) {
  const eye = { leads: false, alone: false, offline: false, now: NOW, me: you.seat, ...more }
  const { who, what, clock } = centre(seen, floorNow(seen, you, NOW), eye)
  return [typeof who === 'string' ? who : words(who), words(what), words(clock)].join(' / ')
}

test('the middle of the circle', () => {
  const exact = policy({ clock: 'exact' })
  const rows = [
    [still('bell'), 'room-paused / room-bell-what / -'],
    [still('silence'), 'room-quiet / room-together-what / -'],
    [still('break'), 'room-break / - / time-under-a-minute'],
    [still('break', { hold_until: 199 }), 'room-break / room-break-over / -'],
    [view(turn('b', 'silent', { left: 60 })), 'Budi / room-silent / -'],
    [view(asked('b', 'a')), 'room-question Ada / room-question-what Budi / time-under-a-minute'],
    [view(asked('s', 'a')), 'room-question Ada / room-question-yours / time-under-a-minute'],
    [view(asked('b', 'a', 'offered')), 'Ada / room-question-offered / -'],
    [view(ASKING), 'Budi / room-asking / time-minutes-left 2'],
    [view({ given: 'b' }), 'Budi / room-given / -'],
    [view(ROUND), 'room-round / room-round-what / -'],
    [view(OPEN), 'room-open / room-open-free / -'],
    [view({ ...OPEN, ...several('a', 'b') }), 'room-open / room-open-what 2 3 / -'],
    [view({ ...exact, ...turn('b', 'speaking') }), 'Budi / room-shares / room-exact 1:40 3:00'],
    [view({ ...exact, ...turn('b', 'grace') }), 'Budi / room-grace / -'], // nobody else is told how late it is
  ]
  for (const [seen, expected] of rows) assert.equal(middle(seen), expected)
  const mine = siti([], MINE)
  const own = [
    [view(turn('s', 'silent', { left: 60 })), 'room-yours / room-silent-yours / -'],
    [
      view({ ...turn('s', 'speaking'), asking: { turn: 't1', until: 220 } }),
      'room-yours / room-asking-yours / time-minutes-left 2',
    ],
    [
      view(turn('s', 'speaking', { ends_at: 220, declined: true })),
      'room-yours / room-declined / time-seconds-left 30',
    ],
    [view({ ...turn('s', 'offered'), extra: 40 }), 'room-for-you / room-extra-offered 0:40 / -'],
    [view({ ...policy({ ending: 'hard' }), ...turn('s', 'offered') }), 'room-for-you / room-hard-offered / -'],
    [
      view({ ...policy({ ending: 'hard' }), ...turn('s', 'speaking', { ends_at: 220 }) }),
      'room-yours / room-hard / time-seconds-left 30',
    ],
  ]
  for (const [seen, expected] of own) assert.equal(middle(seen, mine), expected)
  assert.equal(middle(still('break'), siti(), { ready: true }), 'room-break / room-break-back / -')
  assert.equal(
    middle(view(turn('b', 'grace', { ends_at: 225 })), ada(), { leads: true }),
    'Budi / room-grace / room-exact-over 0:05',
  )
})

test('where the talking pieces are', () => {
  const at = (seen, you = siti()) =>
    pieces(seen, floorNow(seen, you, NOW))
      .map(({ seat, look }) => `${seat || '-'} ${look}`)
      .join(', ')
  assert.equal(at(view()), '- rests')
  assert.equal(at(view(turn('b', 'speaking'))), 'b given')
  assert.equal(at(view(turn('b', 'offered'))), 'b open')
  assert.equal(at(view(asked('b', 'a'))), 'b given, a small')
  assert.equal(at(view(asked('b', 'a', 'offered'))), 'b given, a small open')
  assert.equal(at(view({ ...OPEN, ...several('a', 'b') })), 'a given, b given')
  assert.equal(at(view(OPEN)), '- rests')
  assert.equal(at(still('bell', turn('b', 'paused', { left: 60 }))), 'b given')
  assert.equal(at(still('silence', turn('b', 'paused', { left: 60 }))), '- rests')
})

test('why a hand stands where it stands', () => {
  const why = (reason, more) => words(whyWords({ reason, ...more }))
  assert.equal(why('not-spoken'), 'why-not-spoken')
  assert.equal(why('turns', { turns: 1, spoken: 170 }), 'why-turns 1')
  assert.equal(why('turns', { turns: 2, spoken: 290 }), 'why-turns-minutes 2 5')
  assert.equal(why('turns', { turns: 2, spoken: 20 }), 'why-turns 2')
})

test('signals are gathered into one word, help before company', () => {
  assert.equal(gatheredSignal(siti()), null)
  assert.deepEqual(gatheredSignal(siti([], { signals: { 'with-you': 5 } })), { signal: 'with-you', count: 5 })
  assert.deepEqual(gatheredSignal(siti([], { signals: { 'with-you': 5, slower: 1, louder: 2 } })), {
    signal: 'louder',
    count: 2,
  })
})
