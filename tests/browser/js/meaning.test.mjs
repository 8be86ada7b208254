import assert from 'node:assert/strict'
import test from 'node:test'
import { floorNow, meaning, until } from '../../../static/js/meaning.js'
import { ada, hands, hearing, NO_SOUND, siti, turn, view, voice } from './given.mjs'

const NOW = 200

/** `label | sub | tone | what a tap sends`, with what stands beside it in brackets. */
function told(seen, you, connection = 'on', sounds = NO_SOUND) {
  const { label, sub, tone, command, does, beside } = meaning(seen, you, connection, NOW, sounds)
  const words = ({ key, args }) => [key, ...Object.values(args ?? {})].join(' ')
  const sent = command ? Object.values(command).join(' ') : (does ?? '-')
  return [words(label), sub ? words(sub) : '-', tone, sent + (beside ? ` [${beside}]` : '')].join(' | ')
}

const MY_HAND = { hand: 'h-s', place: 2 }
const ROWS = [
  // a participant
  ['doors', view({ meeting: 'doors' }), siti(), 'button-wait-doors | button-wait-doors-sub | quiet | -'],
  ['free', view(), siti(['raise-hand']), 'button-raise | - | fill | raise-hand [kinds]'],
  [
    'closed',
    view({ queue_open: false }),
    siti(['raise-hand']),
    'button-raise-process | - | quiet | raise-hand process [kinds]',
  ],
  [
    'in the queue',
    view(),
    siti(['lower-hand', 'defer-hand'], MY_HAND),
    'button-lower | button-lower-sub 2 | soft | lower-hand h-s',
  ],
  [
    'next',
    view(hands({ s: 'first-come', b: 'first-come' })),
    siti(['lower-hand', 'defer-hand'], { ...MY_HAND, next: true }),
    'button-next | button-next-sub | soft | defer-hand h-s h-b',
  ],
  [
    'next, nobody behind',
    view(),
    siti(['lower-hand'], { ...MY_HAND, next: true }),
    'button-lower | button-lower-next | soft | lower-hand h-s',
  ],
  [
    'offered',
    view(turn('s', 'offered')),
    siti(['accept-floor', 'pass-floor'], { turn: 't1' }),
    'button-start | button-start-sub | fill | accept-floor t1',
  ],
  [
    'sharing',
    view(turn('s', 'speaking')),
    siti(['finish-turn'], { turn: 't1' }),
    'button-finish | - | fill | finish-turn t1',
  ],
  [
    'paused',
    view(turn('s', 'paused', { left: 60 })),
    siti(['finish-turn'], { turn: 't1' }),
    'button-finish | button-finish-paused | fill | finish-turn t1',
  ],
  [
    'back after a drop',
    view(turn('s', 'paused', { left: 60, waits_until: 220 })),
    siti(['finish-turn', 'resume-turn'], { turn: 't1' }),
    'button-resume | button-resume-sub | fill | resume-turn t1',
  ],
  ['another shares', view(turn('b', 'speaking')), siti(['raise-hand']), 'button-raise | - | fill | raise-hand [kinds]'],
  ['nothing possible', view(turn('b', 'speaking')), siti(), 'button-wait | button-wait-sub | quiet | -'],
  ['offline', view(), siti(['raise-hand']), 'button-reconnect | button-reconnect-sub | soft | reconnect', 'off'],
  // a facilitator
  [
    'leads at the doors',
    view({ meeting: 'doors' }),
    ada(['open-meeting']),
    'button-open | button-open-sub | fill | open-meeting',
  ],
  ['leads, nobody speaks', view(), ada(['raise-hand', 'call-on']), 'button-raise | - | quiet | raise-hand [kinds]'],
  [
    'leads, a hand is up',
    view(hands({ b: 'first-come' })),
    ada(['raise-hand', 'call-on']),
    'button-offer Budi | why-first-come | fill | call-on b ',
  ],
  [
    'leads, own hand is first',
    view(hands({ a: 'first-come' })),
    ada(['call-on', 'lower-hand'], { hand: 'h-a', place: 1 }),
    'button-lower | button-lower-sub 1 | soft | lower-hand h-a',
  ],
  [
    'leads, offered to another',
    view(turn('b', 'offered')),
    ada(['extend-turn', 'end-turn']),
    'button-keep-offer | button-keep-offer-sub Budi | soft | extend-turn t1 320',
  ],
  [
    'leads, another shares',
    view(turn('b', 'speaking')),
    ada(['extend-turn', 'end-turn']),
    'button-more | button-more-sub Budi | soft | extend-turn t1 360',
  ],
  [
    'leads, another in grace',
    view(turn('b', 'grace')),
    ada(['extend-turn', 'end-turn']),
    'button-more | button-more-sub Budi | fill | extend-turn t1 260 [end]',
  ],
  [
    'leads, another is over',
    view(turn('b', 'grace', { over: true, ends_at: undefined })),
    ada(['extend-turn', 'end-turn']),
    'button-more | button-more-sub Budi | fill | extend-turn t1 260 [end]',
  ],
]

for (const [name, seen, you, expected, connection] of ROWS)
  test(`the large button: ${name}`, () => assert.equal(told(seen, you, connection), expected))

const MINE = { turn: 't1' }
const OFFERED = [view({ ...turn('s', 'offered'), ...hearing('a', 'b', 's') }), siti(['accept-floor'], MINE)]
const SHARING = [view({ ...turn('s', 'speaking'), ...hearing('a', 's') }), siti(['finish-turn'], MINE)]
const GRACE = [view({ ...turn('s', 'grace'), ...hearing('a', 's') }), siti(['finish-turn'], MINE)]
const PAUSED = [view({ ...turn('s', 'paused', { left: 9 }), ...hearing('a', 's') }), siti(['finish-turn'], MINE)]
const BACK = [
  view({ ...turn('s', 'paused', { left: 9, waits_until: 220 }), ...hearing('b') }),
  siti(['finish-turn', 'resume-turn'], MINE),
]
const SOUNDS = [
  ['start, with a voice', OFFERED, voice(), 'button-start | button-opens 2 | fill | accept-floor t1'],
  [
    'start, while the sound is lost',
    OFFERED,
    voice({ link: 'lost' }),
    'button-start | button-not-yet | fill | accept-floor t1',
  ],
  [
    'start, where none gets through',
    OFFERED,
    voice({ link: 'blocked' }),
    'button-start | button-not-yet | fill | accept-floor t1',
  ],
  ['start, only listening', OFFERED, voice({ voice: false }), 'button-start | button-unheard | fill | accept-floor t1'],
  ['go on, with a voice', BACK, voice(), 'button-resume | button-opens 1 | fill | resume-turn t1'],
  ['go on, only listening', BACK, voice({ voice: false }), 'button-resume | button-resume-sub | fill | resume-turn t1'],
  ['my microphone is open', SHARING, voice({ mic: 'open' }), 'button-finish | - | fill | finish-turn t1'],
  ['it opens', SHARING, voice({ mic: 'opening' }), 'button-finish | - | fill | finish-turn t1'],
  ['the device holds it', SHARING, voice({ mic: 'held' }), 'button-finish | - | fill | finish-turn t1'],
  ['it is closed', SHARING, voice(), 'button-microphone | stat-hear 1 | fill | microphone [done]'],
  ['it is closed in the grace', GRACE, voice(), 'button-microphone | stat-hear 1 | fill | microphone [done]'],
  [
    'closed and lost',
    SHARING,
    voice({ link: 'lost' }),
    'button-microphone | button-not-yet | fill | microphone [done]',
  ],
  ['closed and blocked', SHARING, voice({ link: 'blocked' }), 'button-finish | - | fill | finish-turn t1'],
  ['closed and paused', PAUSED, voice(), 'button-finish | button-finish-paused | fill | finish-turn t1'],
  ['sharing without a microphone', SHARING, voice({ voice: false }), 'button-finish | - | fill | finish-turn t1'],
]
for (const [name, [seen, you], sounds, expected] of SOUNDS)
  test(`the large button and sound: ${name}`, () => assert.equal(told(seen, you, 'on', sounds), expected))

test('a hand that rests, or whose person is away, is not offered by the large button', () => {
  const waits = view(hands({ b: 'later' }))
  waits.hands['h-b'].rests_until = NOW + 1
  assert.match(told(waits, ada(['raise-hand', 'call-on'])), /^button-raise /)
  const away = view({
    ...hands({ b: 'first-come' }),
    people: { b: { role: 'participant', present: false, number: 1 } },
  })
  assert.match(told(away, ada(['raise-hand', 'call-on'])), /^button-raise /)
})

test('whoever was called in the quiet after a turn comes by themselves: they are not offered it once more', () => {
  const quiet = (reason, pause_until) => told(view({ ...hands({ b: reason }), pause_until }), ada(['raise-hand', 'call-on']))
  assert.match(quiet('called', NOW + 1), /^button-raise /)
  assert.match(quiet('called', NOW), /^button-offer /)
  assert.match(quiet('first-come', NOW + 1), /^button-offer /)
})

test('the same meaning keeps its key, another one has another', () => {
  const key = (seen, you) => meaning(seen, you, 'on', NOW, NO_SOUND).key
  assert.equal(key(view(), siti(['raise-hand'])), key(view(turn('b', 'speaking')), siti(['raise-hand'])))
  const keys = ROWS.map(([, seen, you, , connection]) => meaning(seen, you, connection ?? 'on', NOW, NO_SOUND).key)
  assert.ok(new Set(keys).size > 10)
  assert.notEqual(
    key(view(turn('s', 'offered')), siti(['accept-floor'], { turn: 't1' })),
    key(view(turn('s', 'offered')), siti(['accept-floor'], { turn: 't2' })),
  )
})

test('the floor', () => {
  const floor = (changes, now = NOW) => floorNow(view(changes), siti(), now).state
  assert.equal(floor({ meeting: 'doors' }), 'doors')
  assert.equal(floor({}), 'free')
  assert.equal(floor({ pause_until: 202 }), 'quiet')
  assert.equal(floor({ pause_until: 200 }), 'free')
  assert.equal(floor(turn('b', 'speaking'), 269), 'speaking')
  assert.equal(floor(turn('b', 'speaking'), 270), 'warning')
  assert.equal(floor(turn('b', 'grace')), 'grace')
  assert.equal(floor(turn('b', 'grace', { over: true })), 'over')
  assert.equal(floor(turn('b', 'paused', { waits_until: 210 })), 'back')
  assert.equal(floor({ ...turn('b', 'speaking'), turns: {} }), 'free')
})

test('more time is counted from what is on the screen, so that two taps ask for the same', () => {
  assert.equal(until({ state: 'speaking', ends_at: 300 }, 200, 60), 360)
  assert.equal(until({ state: 'speaking', ends_at: 300 }, 201, 60), 360)
  assert.equal(until({ state: 'paused', left: 40 }, 200, 60), 300)
  assert.equal(until({ state: 'grace', ends_at: 220 }, 200, 60), 260)
})
