// What is said aloud of the practice, and when the bowl is struck: as a transcript, as in said.test.mjs.

import assert from 'node:assert/strict'
import test from 'node:test'
import { moment, said } from '../../../static/js/said.js'
import * as more from '../../../static/js/said-practice.js'
import { ada, hands, NO_SOUND, siti, turn, view, voice } from './given.mjs'

const POLICY = view().policy
const policy = (changes) => ({ policy: { ...POLICY, ...changes } })
const AGENDA = [{ name: 'opening' }, { name: 'sharing' }, { name: 'closing-round', floor: 'round', box: 600 }]
/** What the page calls the phases, and what it asks in them. */
const SHOWN = { opening: 'Opening', sharing: 'Sharing', 'closing-round': 'Closing round' }
const shown = ({ phase = '', prompt = '' }) => ({ phase: SHOWN[phase] ?? '', prompt })

/** Plays the steps; each is told as `step: sentences`, with `(bowl)` where it is struck. */
function transcript(steps) {
  let before = null
  return steps
    .map(([name, seen, you, { connection = 'on', now = 100, sounds = NO_SOUND } = {}]) => {
      const after = moment(before, seen, you, connection, now, sounds, shown(seen))
      const told = said(before, after, more).map(
        ({ key, args, urgent }) => (urgent ? '! ' : '') + [key, ...Object.values(args ?? {})].join(' '),
      )
      const bowl = more.rings(before, after) ? ['(bowl)'] : []
      before = after
      return `${name}: ${[...bowl, ...told].join(', ') || '-'}`
    })
    .join('\n')
}

const heard = (steps, expected) => assert.equal(transcript(steps), expected.trim().replace(/^ +/gm, ''))
const mine = { turn: 't1' }

test('phases, and what is asked in them', () => {
  const at = (phase, more = {}) => view({ agenda: AGENDA, phase, ...more })
  heard(
    [
      ['at the doors', at('opening', { meeting: 'doors' }), siti()],
      ['the circle opens', at('opening'), siti()],
      ['on to sharing', at('sharing', { prompt: 'What is alive in you?' }), siti()],
      ['the same', at('sharing', { prompt: 'What is alive in you?' }), siti()],
      ['other words', at('sharing', { prompt: 'What do you need?' }), siti()],
      ['none', at('sharing'), siti()],
      ['the next one, while Budi shares', at('closing-round', turn('b', 'speaking')), siti()],
    ],
    `
    at the doors: said-in-doors
    the circle opens: said-open, said-phase Opening
    on to sharing: said-phase Sharing, said-prompt What is alive in you?
    the same: -
    other words: said-prompt What do you need?
    none: -
    the next one, while Budi shares: said-sharing Budi, said-phase Closing round
    `,
  )
  heard(
    [
      ['a meeting of one phase', view({ agenda: AGENDA.slice(1, 2), phase: 'sharing', meeting: 'doors' }), siti()],
      ['opens', view({ agenda: AGENDA.slice(1, 2), phase: 'sharing' }), siti()],
    ],
    `
    a meeting of one phase: said-in-doors
    opens: said-open
    `,
  )
})

test('a round: how it goes, that it comes to me, once more at the end, over', () => {
  const round = (waiting, more = {}) => ({ round: { waiting, ...more } })
  heard(
    [
      ['come in', view(), siti()],
      ['a round begins', view(round(['a', 'b', 's'])), siti([], { round_place: 3 })],
      ['Ada is offered it', view({ ...round(['b', 's']), ...turn('a', 'offered') }), siti([], { round_place: 2 })],
      ['Ada starts', view({ ...round(['b', 's']), ...turn('a', 'speaking') }), siti([], { round_place: 2 })],
      ['Budi lets it pass', view({ ...round(['s']), ...turn('a', 'speaking') }), siti([], { round_place: 1 })],
      ['I am offered it', view({ ...round([]), ...turn('s', 'offered') }), siti([], mine)],
      ['I pass', view({ ...round(['b', 's'], { sweep: 2 }), floor: 't1' }), siti([], { round_place: 2 })],
      ['it is over', view({ floor: 't1' }), siti()],
    ],
    `
    come in: said-in
    a round begins: said-round
    Ada is offered it: -
    Ada starts: said-sharing Ada
    Budi lets it pass: said-round-next
    I am offered it: ! said-offered
    I pass: said-passed, said-sweep
    it is over: said-round-over
    `,
  )
})

test('a round that ends with its phase is only told as the next phase', () =>
  heard(
    [
      ['come in', view({ agenda: AGENDA, phase: 'closing-round', round: { waiting: ['b'] } }), siti()],
      ['on', view({ agenda: AGENDA, phase: 'sharing' }), siti()],
    ],
    `
    come in: said-in
    on: said-phase Sharing
    `,
  ))

test('the bell: one breath, and the same turn goes on', () => {
  const bell = { hold: 'bell', hold_until: 112 }
  heard(
    [
      ['I share', view(turn('s', 'speaking')), siti([], mine), { sounds: voice({ mic: 'open' }) }],
      ['the bell', view({ ...turn('s', 'speaking', { left: 90 }), ...bell }), siti([], mine), { sounds: voice() }],
      ['on', view(turn('s', 'speaking')), siti([], mine), { now: 112, sounds: voice({ mic: 'open' }) }],
    ],
    `
    I share: said-in, said-yours
    the bell: (bowl), ! said-mic-closed, said-bell
    on: ! said-mic-open 0, said-on
    `,
  )
  heard(
    [
      ['Budi shares', view(turn('b', 'speaking')), siti()],
      ['the bell', view({ ...turn('b', 'speaking', { left: 90 }), ...bell }), siti()],
      ['somebody pauses the room', view({ ...turn('b', 'paused', { left: 90 }), hold: 'paused' }), siti()],
      ['and lets it go on', view(turn('b', 'paused', { left: 90, waits_until: 150 })), siti()],
    ],
    `
    Budi shares: said-in-sharing Budi
    the bell: (bowl), said-bell
    somebody pauses the room: said-still
    and lets it go on: said-goes-on
    `,
  )
})

test('a silence has a bell at both ends', () =>
  heard(
    [
      ['come in', view(), siti()],
      ['silence', view({ hold: 'silence', hold_until: 160 }), siti()],
      ['a while later', view({ hold: 'silence', hold_until: 160 }), siti(), { now: 130 }],
      ['over', view(), siti(), { now: 160 }],
    ],
    `
    come in: said-in
    silence: (bowl), said-silence
    a while later: -
    over: (bowl), said-silence-over
    `,
  ))

test('whoever comes into it hears that it is', () => {
  heard([['come in', view({ hold: 'silence', hold_until: 160 }), siti()]], 'come in: said-in, said-silence')
  heard([['come in', view({ hold: 'break', hold_until: 700 }), ada()]], 'come in: said-in, said-break 10')
})

test('a break: its time is over by the clock, and it goes on when somebody says so', () => {
  const pause = { hold: 'break', hold_until: 400 }
  const steps = (you) => [
    ['come in', view(), you],
    ['a break', view(pause), you],
    ['its time is over', view(pause), you, { now: 401 }],
    ['a while later', view(pause), you, { now: 402 }],
    ['on', view(), you, { now: 420 }],
  ]
  heard(
    steps(siti()),
    `
    come in: said-in
    a break: said-break 5
    its time is over: (bowl), said-break-over
    a while later: -
    on: said-break-ends
    `,
  )
  assert.match(transcript(steps(ada())), /its time is over: \(bowl\), said-break-over-lead/)
  heard(
    [
      ['in a break', view(pause), siti()],
      ['on early', view(), siti(), { now: 200 }],
    ],
    `
    in a break: said-in, said-break 5
    on early: (bowl), said-break-ends
    `,
  )
})

test('the bowl is never struck over a voice, nor for what happened while I was away', () => {
  heard(
    [
      ['a silence', view({ hold: 'silence', hold_until: 160 }), siti()],
      ['Budi goes on at once', view(turn('b', 'speaking')), siti(), { now: 160 }],
    ],
    `
    a silence: said-in, said-silence
    Budi goes on at once: said-sharing Budi, said-silence-over
    `,
  )
  heard(
    [
      ['come in', view(), siti()],
      ['offline', view(), siti(), { connection: 'off' }],
      ['back in a silence', view({ hold: 'silence', hold_until: 160 }), siti()],
    ],
    `
    come in: said-in
    offline: said-lost
    back in a silence: said-back, said-silence
    `,
  )
})

test('a silence inside a turn', () => {
  const steps = (you) => [
    ['Budi shares', view(turn('b', 'speaking')), you],
    ['holds a silence', view(turn('b', 'silent', { left: 90, waits_until: 220 })), you],
    ['goes on', view(turn('b', 'speaking')), you],
  ]
  heard(
    steps(siti()),
    `
    Budi shares: said-in-sharing Budi
    holds a silence: said-silent Budi
    goes on: said-on
    `,
  )
  heard(
    steps({ ...siti([], mine), seat: 'b' }),
    `
    Budi shares: said-in, ! said-yours
    holds a silence: said-silent-mine
    goes on: said-on
    `,
  )
})

test('more time: asked without names, and what came of it', () => {
  const late = { ends_at: 110 }
  const asking = { asking: { turn: 't1', until: 120 } }
  const steps = (you, after) => [
    ['Budi shares', view(turn('b', 'speaking', late)), you],
    ['asks', view({ ...turn('b', 'speaking', late), ...asking }), you],
    ['answered', after, you],
  ]
  const given = view(turn('b', 'speaking', { budget: 240, ends_at: 170 }))
  const enough = view(turn('b', 'speaking', { ...late, declined: true }))
  const stopped = view(turn('b', 'paused', { left: 9 }))
  const budi = { ...siti([], mine), seat: 'b' }
  const last = (steps) => transcript(steps).split('\n').slice(1).join(' | ')
  assert.equal(last(steps(siti(), given)), 'asks: said-asking Budi | answered: said-more Budi')
  assert.equal(last(steps(siti(), enough)), 'asks: said-asking Budi | answered: said-enough Budi')
  assert.equal(last(steps(siti(), stopped)), 'asks: said-asking Budi | answered: said-paused')
  assert.equal(last(steps(budi, given)), 'asks: said-asking-mine | answered: said-more-time')
  assert.equal(last(steps(budi, enough)), 'asks: said-asking-mine | answered: said-enough-mine')
})

test('a question inside a turn', () => {
  const shares = turn('b', 'speaking')
  const inside = (state) => ({
    turns: {
      t1: { seat: 'b', state: 'question', budget: 180, left: 90 },
      t2: { seat: 'a', state, budget: 60, ends_at: 200, inside: 't1' },
    },
    floor: 't2',
  })
  const again = { ...turn('b', 'speaking'), floor: 't2' }
  const steps = (you, asker = you) => [
    ['Budi shares', view(shares), you],
    ['a question is allowed', view(inside('offered')), asker],
    ['it is asked', view(inside('speaking')), asker],
    ['Budi goes on', view(again), you],
  ]
  heard(
    steps(siti()),
    `
    Budi shares: said-in-sharing Budi
    a question is allowed: said-question Ada Budi
    it is asked: -
    Budi goes on: said-on
    `,
  )
  heard(
    steps({ ...siti([], mine), seat: 'b' }),
    `
    Budi shares: said-in, ! said-yours
    a question is allowed: said-question-mine Ada Budi
    it is asked: -
    Budi goes on: said-on
    `,
  )
  heard(
    steps(ada(), ada([], { turn: 't2' })),
    `
    Budi shares: said-in-sharing Budi
    a question is allowed: ! said-offered
    it is asked: ! said-yours
    Budi goes on: said-ended, said-on
    `,
  )
})

test('the piece is passed to somebody by name', () => {
  const steps = (given) => [
    ['Budi shares', view(turn('b', 'speaking')), siti()],
    ['passes it on', view({ floor: 't1', given, pause_until: 110 }), siti()],
  ]
  assert.match(transcript(steps('a')), /passes it on: said-quiet, said-given Budi Ada$/)
  assert.match(transcript(steps('s')), /passes it on: said-quiet, said-given-you Budi$/)
})

test('the order of the queue', () => {
  const ordered = (order, more = {}) => view({ ...policy({ order }), agenda: AGENDA, phase: 'sharing', ...more })
  heard(
    [
      ['come in', ordered('first-come'), siti()],
      ['fair', ordered('fair'), siti()],
      ['chosen', ordered('chosen'), siti()],
      ['another phase, nobody waits', ordered('circle', { phase: 'opening' }), siti()],
      ['and one with hands', ordered(undefined, { phase: 'sharing', ...hands({ b: 'first-come' }) }), siti()],
    ],
    `
    come in: said-in
    fair: said-order-fair
    chosen: said-order-chosen
    another phase, nobody waits: said-phase Opening
    and one with hands: said-phase Sharing, said-order-first-come
    `,
  )
})

test('an open floor', () => {
  const open = (turns = {}, floor = '') => view({ ...policy({ floor: 'open', voices: 3 }), turns, floor })
  const speaks = (seat) => ({ seat, state: 'speaking', budget: 180, ends_at: 300 })
  heard(
    [
      ['come in', view(), siti()],
      ['open floor', open(), siti()],
      ['Budi joins', open({ t1: speaks('b') }, 't1'), siti()],
      ['I join', open({ t1: speaks('b'), t2: speaks('s') }, 't2'), siti([], { turn: 't2' })],
      ['Ada, too', open({ t1: speaks('b'), t2: speaks('s'), t3: speaks('a') }, 't3'), siti([], { turn: 't2' })],
      ['Budi is done', open({ t2: speaks('s'), t3: speaks('a') }, 't3'), siti([], { turn: 't2' })],
      ['I am done', open({ t3: speaks('a') }, 't3'), siti()],
      ['back to structure', view(), siti()],
    ],
    `
    come in: said-in
    open floor: said-open-floor 3
    Budi joins: said-joins Budi
    I join: ! said-yours
    Ada, too: said-joins Ada
    Budi is done: -
    I am done: said-ended
    back to structure: said-free
    `,
  )
})

test('a turn that had ended is put back', () => {
  const after = { ...turn('b', 'paused', { left: 60, waits_until: 200 }) }
  const other = { turns: { t2: { seat: 's', state: 'offered', budget: 180, ends_at: 140 } }, floor: 't2' }
  heard(
    [
      ['Budi shares', view(turn('b', 'speaking')), siti()],
      ['is done', view({ floor: 't1' }), siti()],
      ['I am offered it', view(other), siti([], { turn: 't2' })],
      ['undone', view(after), siti([], { hand: 'h1', place: 1 })],
    ],
    `
    Budi shares: said-in-sharing Budi
    is done: said-free
    I am offered it: ! said-offered
    undone: said-later, said-again Budi
    `,
  )
})

test('the same for everybody', () =>
  heard(
    [
      ['come in', view(), siti()],
      ['40 seconds more', view({ extra: 40 }), siti()],
      ['2 minutes more', view({ extra: 118 }), siti()],
      ['the phase is over', view(), siti()],
    ],
    `
    come in: said-in
    40 seconds more: said-extra-seconds 40
    2 minutes more: said-extra-minutes 2
    the phase is over: -
    `,
  ))

test('signals to whoever shares: what can be done something about, once', () =>
  heard(
    [
      ['I share', view(turn('s', 'speaking')), siti([], mine)],
      ['one is with me', view(turn('s', 'speaking')), siti([], { ...mine, signals: { 'with-you': 1 } })],
      ['one would like it louder', view(turn('s', 'speaking')), siti([], { ...mine, signals: { louder: 1 } })],
      ['two', view(turn('s', 'speaking')), siti([], { ...mine, signals: { louder: 2 } })],
    ],
    `
    I share: said-in, ! said-yours
    one is with me: -
    one would like it louder: said-signal-louder
    two: -
    `,
  ))

test('a hard end is announced', () => {
  const hard = (now) => ['', view({ ...turn('s', 'speaking'), ...policy({ ending: 'hard' }) }), siti([], mine), { now }]
  assert.match(transcript([hard(100), hard(271)]), /said-warning-hard 30$/)
})

test('before the practice has been fetched, the rest is said', () => {
  const [first, second] = [view(), view({ ...turn('b', 'speaking'), hold: 'bell', hold_until: 112 })]
  const before = moment(null, first, siti(), 'on', 100, NO_SOUND)
  assert.deepEqual(said(null, before), [{ key: 'said-in' }])
  assert.deepEqual(said(before, moment(before, second, siti(), 'on', 100, NO_SOUND)), [])
  const paused = moment(before, view({ hold: 'paused' }), siti(), 'on', 100, NO_SOUND)
  assert.deepEqual(said(before, paused), [{ key: 'said-still' }])
})

test('whoever lets a round pass by before it comes hears that it did', () =>
  heard(
    [
      ['in a round', view({ ...turn('a', 'speaking'), round: { waiting: ['b', 's'] } }), siti([], { round_place: 2 })],
      ['pass', view({ ...turn('a', 'speaking'), round: { waiting: ['b'] } }), siti()],
      ['asked once more', view({ round: { waiting: ['s'], sweep: 2 }, floor: 't1' }), siti([], { round_place: 1 })],
    ],
    `
    in a round: said-in-sharing Ada
    pass: said-passed
    asked once more: said-free, said-sweep
    `,
  ))
