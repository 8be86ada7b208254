/**
 * What is said aloud when something changes. Pure: two moments in, sentences out, so that it can be tested as text.
 *
 * A moment is what this person was shown. Own things come first; comings and goings are kept until nobody shares.
 */

import { actsAboutMe, actWords, floorNow, hearers, leads, nameOf, shares } from './meaning.js'
import { comings, door, proposals, room, standing } from './said-room.js'
import { shortNames } from './ui/seat-name.js'

/** @typedef {import('./protocol.js').CircleView | import('./protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('./protocol.js').LeadView} LeadView */
/** @typedef {import('./protocol.js').You} You */
/** @typedef {import('./meaning.js').Floor} Floor */
/** @typedef {import('./meaning.js').Connection} Connection */
/** @typedef {import('./meaning.js').Sounding & { trouble: import('./media/state.js').Trouble, plays: boolean }} Sounds */
/** @typedef {{ key: string, args?: Record<string, string | number>, urgent?: boolean, about?: string }} Sentence */

/**
 * `people` are those whose coming and going has been told, or needs no telling: what they are called, by seat.
 * @typedef {object} Moment
 * @property {CircleView} view
 * @property {You} you
 * @property {Connection} connection
 * @property {Floor} floor the latest turn, while there is one
 * @property {Floor | null} own my turn, which another one may stand in (a question), or beside (an open floor)
 * @property {Record<string, string>} people
 * @property {Sounds} sounds
 * @property {number} now
 * @property {Shown} shown
 */

/** @typedef {typeof import('./said-practice.js') | null} More */
/** What the phase is called on this page, and what is asked in it. @typedef {{ phase: string, prompt: string }} Shown */

/**
 * @param {Moment | null} before the moment that was told last; null at the beginning
 * @param {CircleView} view
 * @param {You} you
 * @param {Connection} connection
 * @param {number} now meeting time, seconds
 * @param {Sounds} sounds
 * @param {Shown} [shown]
 * @returns {Moment}
 */
export function moment(before, view, you, connection, now, sounds, shown = { phase: '', prompt: '' }) {
  const floor = floorNow(view, you, now)
  const own = you.turn !== undefined && you.turn in view.turns ? floorNow({ ...view, floor: you.turn }, you, now) : null
  const people = before && shares(floor) ? before.people : shortNames(view.people)
  return { view, you, connection, floor, own, people, sounds, now, shown }
}

/**
 * @param {Moment | null} before
 * @param {Moment} after
 * @param {More} [more] what is said of the practice, when it is here
 * @returns {Sentence[]}
 */
export function said(before, after, more = null) {
  if (before === null) return welcome(after, more)
  if (after.connection !== 'on')
    return [...microphone(before, after), ...(before.connection === 'on' ? [{ key: 'said-lost' }] : [])]
  const back = before.connection === 'on' ? [] : [{ key: 'said-back' }]
  const acts = done(before, after)
  const sentences = named(acts, [
    ...back,
    ...microphone(before, after),
    ...link(before.sounds, after.sounds),
    ...ownTurn(before, after),
    ...floorChanged(before, after).map((sentence) => ({ ...sentence, about: 'floor' })), // only the latest is said
    ...ownHand(before, after),
    ...room(before, after, more),
    ...(more?.practised(before, after) ?? []),
    ...comings(before, after),
    ...door(before, after),
    ...proposals(before, after),
  ])
  return sentences.filter(({ key, args }, i) => args || sentences.findIndex((each) => each.key === key) === i)
}

/** What is told to whom it is about, and what is said of itself, unless it is said who did it. @type {Record<string, string>} */
const SAYS = {
  'act-hand-lowered': 'said-hand-down',
  'act-all-lowered': 'said-hand-down',
  'act-hand-moved': 'said-place',
  'act-hand-moved-place': 'said-place',
  'act-hand-added': 'said-hand-up',
  'act-turn-extended': 'said-more-time',
  'act-turn-ended': 'said-ended',
  'act-offer-ended': '',
  'act-turn-paused': 'said-paused',
  'act-turn-resumed': 'said-on',
  'act-end-undone': 'said-yours-back',
}

/**
 * What those who lead just did about me, said with who did it.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function done(before, after) {
  if (before.connection !== 'on') return [] // it may be long ago
  const known = before.view.acts ?? {}
  const offered = before.own?.state === 'offered'
  return actsAboutMe(after.view, after.you)
    .filter((id) => !(id in known))
    .map((id) => ({ ...actWords(after.view, after.you, id), about: 'act' }))
    .map((said) => (said.key === 'act-turn-ended' && offered ? { ...said, key: 'act-offer-ended' } : said))
    .filter(({ key }) => key in SAYS)
}

/** @param {Sentence[]} acts @param {Sentence[]} others */
function named(acts, others) {
  const said = new Set(acts.map(({ key }) => SAYS[key]))
  return acts.length ? [...acts, ...others.filter(({ key }) => !said.has(key))] : others
}

/**
 * In the circle, and what is already mine there: somebody who reloads the page may have a hand up, or a turn.
 * @param {Moment} after
 * @param {More} more
 * @returns {Sentence[]}
 */
function welcome(after, more) {
  const stands = [...standing(after), ...(more?.standing(after) ?? [])]
  const { view, you, floor, own } = after
  const nothing = { ...after, own: null, you: { ...you, hand: undefined, next: false } }
  if (own) return [{ key: 'said-in' }, ...ownTurn(nothing, after), ...stands]
  const others = floor.turn && shares(floor) ? nameOf(view, floor.turn.seat) : ''
  const inside = view.meeting === 'doors' ? (leads(you) ? 'said-in-lead' : 'said-in-doors') : 'said-in'
  return [
    others ? { key: 'said-in-sharing', args: { name: others } } : { key: inside },
    ...(you.hand === undefined ? [] : ownHand(nothing, after)),
    ...stands,
  ]
}

/**
 * My microphone. What it does to me is urgent: whoever cannot see the light must know whether it is on.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function microphone(before, after) {
  const [was, is] = [before.sounds.mic, after.sounds.mic]
  const { trouble } = after.sounds
  const why =
    trouble && (trouble !== before.sounds.trouble || is !== was) && is === 'closed' ? [{ key: `sound-${trouble}` }] : []
  if (is === was || is === 'opening') return why
  if (is === 'open')
    return [{ key: 'said-mic-open', args: { count: hearers(after.view, after.you.seat) }, urgent: true }]
  if (is === 'held') return [{ key: 'said-mic-held', urgent: true }]
  if (was === 'opening' && !trouble) return [] // it was not to be: the command was refused
  return [{ key: 'said-mic-closed', urgent: true }, ...why]
}

/**
 * The way of the sound: told when it breaks and when it is back.
 * @param {Sounds} before
 * @param {Sounds} after
 * @returns {Sentence[]}
 */
function link(before, after) {
  const [was, is] = [before.link, after.link]
  const told = (/** @type {string} */ key) => [{ key, about: 'link' }]
  if (before.plays && !after.plays) return told('said-sleeps')
  if (is === was) return []
  if (is === 'lost' || is === 'blocked') return told(`sound-${is}`)
  return is === 'on' && (was === 'lost' || was === 'blocked') ? told('said-sound-back') : []
}

/** The clock stood still. @param {import('./meaning.js').FloorState | null} state */
const stood = (state) => state !== null && (STILL.includes(state) || ['paused', 'suspended', 'back'].includes(state))
/** The whole room does, or the speaker holds a silence: said by itself. @type {string[]} */
const STILL = ['still', 'lost', 'bell', 'silence', 'break', 'silent', 'question']

/**
 * My own turn: offered, begun, nearly over.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ownTurn(before, after) {
  const { own } = after
  if (!own) return ended(before, after)
  const was = before.own?.id === own.id ? before.own.state : null
  const state = /** @type {string} */ (own.state)
  if (state === was || state === 'question') return []
  if (state === 'silent') return [{ key: 'said-silent-mine' }]
  if (STILL.includes(state)) return []
  const began = was === null || was === 'offered'
  const { warning, ending } = after.view.policy
  switch (state) {
    case 'offered':
      return [{ key: 'said-offered', urgent: true }]
    case 'warning':
      if (stood(was)) return [{ key: 'said-on' }]
      return [
        { key: ending === 'hard' ? 'said-warning-hard' : 'said-warning', args: { seconds: Math.min(60, warning) } },
      ]
    case 'grace':
      return [{ key: 'said-grace' }]
    case 'over':
      return [{ key: 'said-over' }]
    case 'paused':
      return [{ key: 'said-paused' }]
    case 'suspended':
      return [{ key: 'said-kept' }]
    case 'back':
      return [{ key: 'said-yours-back' }]
    default:
      if (began) return [{ key: 'said-yours', urgent: !after.sounds.voice }] // else the microphone interrupts
      return stood(was) ? [{ key: 'said-on' }] : [{ key: 'said-more-time' }]
  }
}

/**
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ended(before, after) {
  if (!before.own) return []
  if (before.own.state !== 'offered') return [{ key: 'said-ended' }]
  return [{ key: after.you.hand === undefined ? 'said-passed' : 'said-later' }]
}

/**
 * Somebody else's turn. Of an open floor it is told who joins in, and of a question that it is asked.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function floorChanged(before, after) {
  const { floor, view } = after
  if (floor.mine) return []
  const name = floor.turn ? nameOf(view, floor.turn.seat) : ''
  const same = before.floor.id === floor.id
  const was = same ? before.floor.state : null
  if (floor.state === was) return []
  const state = /** @type {string} */ (floor.state)
  switch (state) {
    case 'speaking':
    case 'warning':
      if (view.policy.floor === 'open' || (floor.turn?.inside !== undefined && was === 'offered')) return []
      if (!same && floor.id in before.view.turns) return [{ key: 'said-on' }] // after a question, or another voice
      if (was === null || was === 'offered') return [{ key: 'said-sharing', args: { name } }]
      return stood(was) ? [{ key: 'said-on' }] : []
    case 'silent':
      return [{ key: 'said-silent', args: { name } }]
    case 'paused':
      return [{ key: 'said-paused' }]
    case 'suspended':
      return [{ key: 'said-suspended', args: { name } }]
    case 'back':
      if (!same) return [{ key: 'said-again', args: { name } }] // it had ended, and was put back
      return was !== null && STILL.includes(was) ? [] : [{ key: 'said-someone-back', args: { name } }]
    case 'over':
      return leads(after.you) ? [{ key: 'said-lead-over', args: { name } }] : []
    case 'quiet':
      return shares(before.floor) ? [{ key: 'said-quiet' }] : []
    case 'free':
      return shares(before.floor) && !before.floor.mine ? [{ key: 'said-free' }] : []
    default:
      return []
  }
}

/**
 * My own hand and place.
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
function ownHand(before, after) {
  const [was, is] = [before.you, after.you]
  if (is.hand === undefined)
    return was.hand !== undefined && !after.own && !before.own ? [{ key: 'said-hand-down', about: 'hand' }] : []
  const place = is.place ?? 1
  const told = is.next && !was.next ? [{ key: 'said-next', about: 'hand' }] : []
  if (was.hand === undefined)
    return before.own ? [] : [{ key: 'said-hand-up', args: { place }, about: 'hand' }, ...told]
  if (told.length > 0) return told
  return is.place !== was.place && !is.next ? [{ key: 'said-place', args: { place }, about: 'hand' }] : []
}
