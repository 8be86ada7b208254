// What is said aloud, as a transcript: what happens on the left, what is said on the right.

import assert from 'node:assert/strict'
import test from 'node:test'
import { moment, said } from '../../../static/js/said.js'
import { ada, hands, hearing, NO_SOUND, people, siti, turn, view, voice } from './given.mjs'

/** Plays the steps one after the other; each is told as `step: sentences`. */
function transcript(steps) {
  let before = null
  return steps
    .map(([name, seen, you, { connection = 'on', now = 100, sounds = NO_SOUND } = {}]) => {
      const after = moment(before, seen, you, connection, now, sounds)
      const sentences = said(before, after).map(
        ({ key, args, urgent }) => (urgent ? '! ' : '') + [key, ...Object.values(args ?? {})].join(' '),
      )
      before = after
      return `${name}: ${sentences.join(', ') || '-'}`
    })
    .join('\n')
}

const mine = { turn: 't1' }
const heard = (steps, expected) => assert.equal(transcript(steps), expected.trim().replace(/^ +/gm, ''))

test('a turn of my own', () =>
  heard(
    [
      ['come in', view(), siti()],
      ['raise my hand', view(), siti([], { hand: 'h1', place: 2 })],
      ['one place nearer, next', view(), siti([], { hand: 'h1', place: 1, next: true })],
      ['offered', view(turn('s', 'offered')), siti([], mine)],
      ['start', view(turn('s', 'speaking')), siti([], mine)],
      ['a while later', view(turn('s', 'speaking')), siti([], mine), { now: 200 }],
      ['the last 30 seconds', view(turn('s', 'speaking')), siti([], mine), { now: 271 }],
      ['more time', view(turn('s', 'speaking', { ends_at: 400 })), siti([], mine), { now: 280 }],
      ['grace', view(turn('s', 'grace', { ends_at: 430 })), siti([], mine), { now: 400 }],
      ['over', view(turn('s', 'grace', { over: true })), siti([], mine), { now: 430 }],
      ['paused', view(turn('s', 'paused', { left: 5 })), siti([], mine)],
      ['go on', view(turn('s', 'speaking')), siti([], mine)],
      ['done', view({ floor: 't1', pause_until: 105 }), siti()],
      ['the quiet is over', view({ floor: 't1' }), siti(), { now: 106 }],
    ],
    `
    come in: said-in
    raise my hand: said-hand-up 2
    one place nearer, next: said-next
    offered: ! said-offered
    start: ! said-yours
    a while later: -
    the last 30 seconds: said-warning 30
    more time: said-more-time
    grace: said-grace
    over: said-over
    paused: said-paused
    go on: said-on
    done: said-ended, said-quiet
    the quiet is over: -
    `,
  ))

test('an offer that I pass, or put off', () =>
  heard(
    [
      ['offered', view(turn('s', 'offered')), siti([], mine)],
      ['pass', view({ floor: 't1' }), siti()],
      [
        'offered again',
        view({ ...turn('s', 'offered'), turns: { t2: { seat: 's', state: 'offered' } }, floor: 't2' }),
        siti([], { turn: 't2' }),
      ],
      ['later', view({ floor: 't2' }), siti([], { hand: 'h1', place: 1 })],
    ],
    `
    offered: said-in, ! said-offered
    pass: said-passed
    offered again: ! said-offered
    later: said-later
    `,
  ))

test('a page that is reloaded says what is mine', () => {
  heard([['with a hand up', view(), siti([], { hand: 'h1', place: 3 })]], 'with a hand up: said-in, said-hand-up 3')
  heard([['next', view(), siti([], { hand: 'h1', place: 1, next: true })]], 'next: said-in, said-hand-up 1, said-next')
  heard([['in my turn', view(turn('s', 'speaking')), siti([], mine)]], 'in my turn: said-in, ! said-yours')
  heard(
    [['after a drop', view(turn('s', 'paused', { left: 9, waits_until: 120 })), siti([], mine)]],
    'after a drop: said-in, said-yours-back',
  )
  heard([['while another shares', view(turn('b', 'speaking')), siti()]], 'while another shares: said-in-sharing Budi')
  heard([['at the doors', view({ meeting: 'doors' }), siti()]], 'at the doors: said-in-doors')
  heard([['leading at the doors', view({ meeting: 'doors' }), ada()]], 'leading at the doors: said-in-lead')
})

test('somebody else shares: sparing, and nothing about who comes meanwhile', () => {
  const more = { ...people, d: { role: 'participant', present: true, number: 3, name: 'Dewi' } }
  heard(
    [
      ['come in', view(), siti()],
      ['offered to Budi', view(turn('b', 'offered')), siti()],
      ['Budi starts', view(turn('b', 'speaking')), siti()],
      ['Dewi comes', view({ ...turn('b', 'speaking'), people: more }), siti()],
      ['his last seconds', view({ ...turn('b', 'speaking'), people: more }), siti(), { now: 290 }],
      ['he drops', view({ ...turn('b', 'suspended', { left: 9 }), people: more }), siti()],
      ['he is done', view({ floor: 't1', pause_until: 105, people: more }), siti()],
    ],
    `
    come in: said-in
    offered to Budi: -
    Budi starts: said-sharing Budi
    Dewi comes: -
    his last seconds: -
    he drops: said-suspended Budi
    he is done: said-quiet, said-came Dewi
    `,
  )
})

test('the line breaks and comes back', () =>
  heard(
    [
      ['come in', view(), siti()],
      ['gone', view(), siti(), { connection: 'off' }],
      ['dialling', view(), siti(), { connection: 'connecting' }],
      ['back', view(), siti()],
    ],
    `
    come in: said-in
    gone: said-lost
    dialling: -
    back: said-back
    `,
  ))

test('for those who lead: the door, and a turn past its time', () => {
  const door = (...names) => ({
    sight: 'lead',
    waiting: Object.fromEntries(
      names.map((name) => [name, { role: 'participant', present: true, since: 0, number: 9, name }]),
    ),
  })
  heard(
    [
      ['come in', view(door()), ada()],
      [
        'a host reads the agreement',
        view({ sight: 'lead', waiting: { h: { role: 'host', present: true, since: 0, number: 8, admitted: true } } }),
        ada(),
      ],
      ['one at the door', view(door('Tari Ayu')), ada()],
      ['two more', view(door('Tari Ayu', 'Eko', 'Dewi')), ada()],
      ['one was let in', view(door('Eko', 'Dewi')), ada()],
      ['Budi shares', view({ ...door(), ...turn('b', 'speaking') }), ada()],
      ['over', view({ ...door(), ...turn('b', 'grace', { over: true }) }), ada()],
      [
        'queue closed',
        view({ ...door(), ...turn('b', 'grace', { over: true }), ...hands({}), queue_open: false }),
        ada(),
      ],
    ],
    `
    come in: said-in
    a host reads the agreement: -
    one at the door: said-door Tari
    two more: said-door-many 2
    one was let in: -
    Budi shares: said-sharing Budi
    over: said-lead-over Budi
    queue closed: said-queue-closed
    `,
  )
})

const heard2 = { ...turn('s', 'speaking'), ...hearing('a', 'b', 's') }
const step = (name, sounds, more = {}) => [name, view(heard2), siti([], mine), { sounds: voice(sounds), ...more }]

test('my microphone: whoever cannot see the light is told at once', () =>
  heard(
    [
      ['offered', view({ ...turn('s', 'offered'), ...hearing('a', 'b', 's') }), siti([], mine), { sounds: voice() }],
      step('start', { mic: 'opening' }),
      step('open', { mic: 'open' }),
      step('a call comes', { mic: 'held' }),
      step('the call is over', { mic: 'open' }),
      step('unplugged', { mic: 'closed', trouble: 'unplugged' }),
      step('a while later', { mic: 'closed', trouble: 'unplugged' }),
      step('again', { mic: 'opening' }),
      step('denied', { mic: 'closed', trouble: 'denied' }),
      step('once more', { mic: 'opening' }),
      step('open again', { mic: 'open' }),
      step('offline', { mic: 'closed', link: 'none' }, { connection: 'off' }),
      step('back', { link: 'connecting' }),
      step('with sound', {}),
    ],
    `
    offered: said-in, ! said-offered
    start: said-yours
    open: ! said-mic-open 2
    a call comes: ! said-mic-held
    the call is over: ! said-mic-open 2
    unplugged: ! said-mic-closed, sound-unplugged
    a while later: -
    again: -
    denied: ! said-mic-closed, sound-denied
    once more: -
    open again: ! said-mic-open 2
    offline: ! said-mic-closed, said-lost
    back: said-back
    with sound: -
    `,
  ))

test('a start that the server refuses says nothing of the microphone', () =>
  heard(
    [
      ['come in', view(), siti(), { sounds: voice() }],
      ['start', view(), siti(), { sounds: voice({ mic: 'opening' }) }],
      ['refused', view(), siti(), { sounds: voice() }],
    ],
    `
    come in: said-in
    start: -
    refused: -
    `,
  ))

test('the way of the sound: once when it breaks, once when it is back', () => {
  const seen = (name, sounds) => [name, view(), siti(), { sounds: voice(sounds) }]
  heard(
    [
      seen('come in', { link: 'none' }),
      seen('connecting', { link: 'connecting' }),
      seen('on', {}),
      seen('lost', { link: 'lost' }),
      seen('still lost', { link: 'lost' }),
      seen('back', {}),
      seen('lost once more', { link: 'lost' }),
      seen('blocked', { link: 'blocked' }),
      seen('back again', {}),
      seen('the browser wants a tap', { plays: false }),
      seen('tapped', {}),
    ],
    `
    come in: said-in
    connecting: -
    on: -
    lost: sound-lost
    still lost: -
    back: said-sound-back
    lost once more: sound-lost
    blocked: sound-blocked
    back again: said-sound-back
    the browser wants a tap: said-sleeps
    tapped: -
    `,
  )
})

test('a removal that waits for an answer: told to the others who lead, and how it went to who proposed it', () => {
  const seen = (name, by, more = {}) => [
    name,
    view({ sight: 'lead', proposals: by ? { b: { by, until: 60 } } : {}, ...more }),
    ada(),
  ]
  const { b: _, ...without } = people
  heard(
    [
      seen('come in', ''),
      seen('somebody proposes', 's'),
      seen('the same', 's'),
      seen('kept', ''),
      seen('I propose', 'a'),
      seen('kept, too', ''),
      seen('I propose again', 'a'),
      seen('removed', '', { people: without, circle: ['a', 's'] }),
    ],
    `
    come in: said-in
    somebody proposes: said-proposal Budi Siti
    the same: -
    kept: -
    I propose: -
    kept, too: said-stays Budi
    I propose again: -
    removed: said-left Budi
    `,
  )
})
