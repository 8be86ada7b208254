// What those who lead are told of the moment.

import assert from 'node:assert/strict'
import test from 'node:test'
import { answers, lasted, late, planned, structured, toGive, unheard } from '../../../static/js/ui/lead-facts.js'
import { ada, hands, people, turn, view } from './given.mjs'

const told = (words) => words && [words.key, ...Object.values(words.args)].join(' ')

test('a phase says how long it has lasted, of how long; past that as before it', () => {
  const step = (box) => ({ name: 'sharing', box })
  assert.equal(told(lasted(step(2400), 24 * 60 + 59)), 'agenda-of 24 40')
  assert.equal(told(lasted(step(2400), 46 * 60)), 'agenda-of 46 40')
  assert.equal(told(lasted(step(180), 65.4)), 'agenda-exact 1:05 3:00')
  assert.equal(told(lasted(step(180), 200)), 'agenda-exact 3:20 3:00')
  assert.equal(told(lasted(step(0), 119)), 'agenda-minutes 1')
  assert.equal(told(lasted({ name: 'sharing' }, -3)), 'agenda-minutes 0')
  assert.equal(told(planned(step(2400))), 'agenda-minutes 40')
  assert.equal(told(planned(step(30))), 'agenda-minutes 0.5')
  assert.equal(planned(step(0)), null)
})

test('an open floor goes back to the next phase with structure, else to the one before', () => {
  const agenda = [
    { name: 'opening' },
    { name: 'round', floor: 'round' },
    { name: 'talk', floor: 'open' },
    { name: 'tea', floor: 'break' },
    { name: 'closing', floor: 'round' },
    { name: 'after', floor: 'open' },
  ]
  const back = (phase) => structured(view({ agenda, phase }))?.name
  assert.equal(back('talk'), 'closing')
  assert.equal(back('after'), 'closing')
  assert.equal(structured(view({ agenda: agenda.slice(5), phase: 'after' })), undefined)
  assert.equal(structured(view()), undefined)
})

test('overtime counts from the limit on, and stands while the room does', () => {
  const over = (state, ends_at, more = {}) => late(view({ ...turn('b', state, { ends_at }), ...more }), 400)
  assert.deepEqual(over('speaking', 405), [])
  assert.deepEqual(over('grace', 425), [{ id: 't1', seat: 'b', past: 5 }]) // 30 s of grace, of which 25 are left
  assert.deepEqual(over('grace', 390), [{ id: 't1', seat: 'b', past: 40 }])
  assert.deepEqual(over('grace', 430.5), [])
  assert.deepEqual(over('grace', 390, { hold: 'bell' }), [])
})

test('what can be given to everybody: the longest overtime, until it was given', () => {
  assert.equal(toGive(view()), 0)
  assert.equal(toGive(view({ overtime: 0.4 })), 0)
  assert.equal(toGive(view({ overtime: 118.6 })), 118)
  assert.equal(toGive(view({ overtime: 118.6, extra: 118 })), 0)
  assert.equal(toGive(view({ overtime: 130, extra: 118 })), 130)
})

test('a question can be asked inside a running turn, by somebody who is here', () => {
  const asks = (kind, state, may = ['allow-question'], more = {}) => {
    const seen = view({ ...turn('b', state), hands: { h: { seat: 's', kind, reason: 'fair', since: 0 } }, ...more })
    return answers(seen, ada(may), seen.hands.h)
  }
  assert.equal(asks('question', 'speaking'), 't1')
  assert.equal(asks('question', 'grace'), 't1')
  assert.equal(asks('question', 'silent'), 't1')
  for (const state of ['offered', 'paused', 'suspended', 'question']) assert.equal(asks('question', state), undefined)
  assert.equal(asks('share', 'speaking'), undefined)
  assert.equal(asks('question', 'speaking', []), undefined)
  const away = { people: { ...people, s: { ...people.s, present: false } } }
  assert.equal(asks('question', 'speaking', ['allow-question'], away), undefined)
})

test('who has not spoken: neither turn nor hand, here, and not those who lead', () => {
  assert.deepEqual([...unheard(view())], ['b', 's'])
  assert.deepEqual([...unheard(view(hands({ b: 'first-come' })))], ['s'])
  assert.deepEqual([...unheard(view(turn('s', 'speaking')))], ['b'])
  const others = { ...people, b: { ...people.b, turns: 1 }, s: { ...people.s, present: false } }
  assert.deepEqual([...unheard(view({ people: others }))], [])
})
