/**
 * What is said aloud of the practice: phases and their words, rounds, silence, bell and break, more time, questions, an
 * open floor; and when the bowl is struck. Pure, as `said.js`, of which it is a part: two moments in, sentences out. Fetched
 * when the meeting begins.
 */

import { leads, nameOf } from './meaning.js'

/** @typedef {import('./said.js').CircleView} CircleView */
/** @typedef {import('./said.js').Moment} Moment */
/** @typedef {import('./said.js').Sentence} Sentence */

/** The room stands still for a while: all of it is told, and the turn's own standing still is not. */
const HOLDS = ['paused', 'lost', 'bell', 'silence', 'break']

/**
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Sentence[]}
 */
export const practised = (before, after) => [
  ...phase(before, after),
  ...round(before, after),
  ...openFloor(before, after),
  ...prompt(before, after),
  ...question(before, after),
  ...asking(before, after),
  ...given(before, after),
  ...order(before, after),
  ...extra(before, after),
  ...signals(before, after),
]

/** Another phase begins; the only one of a meeting needs no name. @param {CircleView} was @param {CircleView} is */
const begins = (was, is) =>
  is.meeting === 'open' && (was.phase !== is.phase || (was.meeting === 'doors' && (is.agenda ?? []).length > 1))

/** Another phase; unless it is a silence or a break that begins just now, which is told already. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function phase({ view: was }, { view: is, shown }) {
  const told = is.hold !== was.hold && is.hold !== undefined && is.hold === is.policy.floor
  if (!begins(was, is) || told || !shown.phase) return []
  return [{ key: 'said-phase', args: { phase: shown.phase }, about: 'phase' }]
}

/** What is asked in this phase, or other words of somebody's. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function prompt({ view: was }, { view: is, shown }) {
  if (!shown.prompt || !(begins(was, is) || was.prompt !== is.prompt)) return []
  return [{ key: 'said-prompt', args: { prompt: shown.prompt }, about: 'prompt' }]
}

/** Everybody once: that it begins, the second time around, that it comes to me, that it is over. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function round(before, after) {
  const [was, is] = [before.view.round, after.view.round]
  if (!is) return was && before.view.phase === after.view.phase ? [{ key: 'said-round-over' }] : []
  if (!was) return [{ key: 'said-round' }, ...nearly(before, after)]
  if (was.sweep !== 2 && is.sweep === 2) return [{ key: 'said-sweep' }, ...nearly(before, after)]
  return [...passed(before, after), ...nearly(before, after)]
}

/** I let it pass me by, before it came. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
const passed = ({ you: was, own: had }, { you: is, own }) =>
  was.round_place !== undefined && is.round_place === undefined && had === null && own === null
    ? [{ key: 'said-passed' }]
    : []

/** After this it comes to me. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function nearly({ you: was }, { you: is, own, floor }) {
  const begins = is.round_place === 1 && was.round_place !== 1
  return begins && own === null && floor.turn !== null ? [{ key: 'said-round-next', about: 'hand' }] : []
}

/** Whose turns run. @param {CircleView} view */
const voices = (view) =>
  new Set(
    Object.values(view.turns)
      .filter(({ state }) => state !== 'offered')
      .map(({ seat }) => seat),
  )

/** Several at once: the way it works when it begins, and who joins in. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function openFloor(before, after) {
  const { view, you } = after
  if (view.policy.floor !== 'open' || view.meeting !== 'open') return []
  if (before.view.policy.floor !== 'open' || before.view.meeting !== 'open')
    return [{ key: 'said-open-floor', args: { count: view.policy.voices ?? 1 } }]
  const spoke = voices(before.view)
  const joined = [...voices(view)].filter((seat) => seat !== you.seat && !spoke.has(seat))
  return joined.map((seat) => ({ key: 'said-joins', args: { name: nameOf(view, seat) } }))
}

/** A question inside a turn. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function question(before, after) {
  const { view, you } = after
  return Object.values(view.turns).flatMap((turn) => {
    const outer = turn.inside === undefined ? undefined : view.turns[turn.inside]
    if (!outer || outer.state !== 'question' || before.view.turns[turn.inside ?? '']?.state === 'question') return []
    const args = { name: nameOf(view, turn.seat), whom: nameOf(view, outer.seat) }
    if (turn.seat === you.seat) return [] // offered to me: that is said already
    return [{ key: outer.seat === you.seat ? 'said-question-mine' : 'said-question', args }]
  })
}

/** The group is asked for more time, and what came of it; never how many. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function asking(before, after) {
  const [was, is] = [before.view.asking, after.view.asking]
  const turn = after.view.turns[is?.turn ?? was?.turn ?? '']
  if (!turn) return []
  const mine = turn.seat === after.you.seat
  const args = { name: nameOf(after.view, turn.seat) }
  if (is && was?.turn !== is.turn)
    return mine ? [{ key: 'said-asking-mine' }] : [{ key: 'said-asking', args, about: 'asking' }]
  if (is || !was) return []
  const first = before.view.turns[was.turn]
  if (turn.declined && !first?.declined)
    return mine ? [{ key: 'said-enough-mine' }] : [{ key: 'said-enough', args, about: 'asking' }]
  if (turn.budget > (first?.budget ?? Infinity))
    return mine ? [{ key: 'said-more-time' }] : [{ key: 'said-more', args, about: 'asking' }]
  return []
}

/** The talking piece goes to somebody by name. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function given(before, after) {
  const { view, you } = after
  const from = before.floor.turn?.seat
  if (view.given === undefined || view.given === before.view.given || from === undefined || from === you.seat) return []
  const name = nameOf(view, from)
  if (view.given === you.seat) return [{ key: 'said-given-you', args: { name } }]
  return [{ key: 'said-given', args: { name, whom: nameOf(view, view.given) } }]
}

/** The queue is ordered in another way: what it is now, in one sentence. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function order(before, after) {
  const [was, is] = [before, after].map(({ view }) => view.policy.order ?? 'first-come')
  if (was === is) return []
  const matters = before.view.phase === after.view.phase || after.view.queue.length > 0
  return matters ? [{ key: `said-order-${is}`, about: 'order' }] : []
}

/** Everybody has more time, because somebody had. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function extra(before, after) {
  const [was, is] = [before.view.extra ?? 0, after.view.extra ?? 0]
  if (is <= was) return []
  const minutes = Math.round(is / 60)
  return is < 90
    ? [{ key: 'said-extra-seconds', args: { seconds: Math.round(is) } }]
    : [{ key: 'said-extra-minutes', args: { minutes } }]
}

/** What a speaker can do something about; that people are with them is only shown. */
const ASKS = /** @type {const} */ (['louder', 'slower', 'unclear'])

/** @param {Moment} before @param {Moment} after @returns {Sentence[]} */
function signals(before, after) {
  const [was, is] = [before.you.signals ?? {}, after.you.signals ?? {}]
  return ASKS.filter((signal) => is[signal] && !was[signal]).map((signal) => ({
    key: `said-signal-${signal}`,
    about: `signal ${signal}`,
  }))
}

/** The room begins to stand still for one of these, or goes on after it. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
export function stills(before, after) {
  const [was, is] = [before.view.hold, after.view.hold]
  if (was === is) return breakOver(before, after)
  if (is) return standing(after)
  if (was === 'silence') return [{ key: 'said-silence-over' }]
  if (was === 'break') return [{ key: 'said-break-ends' }]
  return was === 'bell' ? [{ key: 'said-on' }] : []
}

/** For what the room stands still. @param {Moment} moment @returns {Sentence[]} */
export function standing({ view, now }) {
  const minutes = Math.max(1, Math.round(((view.hold_until ?? now) - now) / 60))
  if (view.hold === 'break') return [{ key: 'said-break', args: { minutes } }]
  return view.hold === 'bell' || view.hold === 'silence' ? [{ key: `said-${view.hold}` }] : []
}

/** The time of a break is over, but it is not: people come back. @param {Moment} before @param {Moment} after @returns {Sentence[]} */
const breakOver = (before, after) =>
  timeIsUp(before, after) ? [{ key: leads(after.you) ? 'said-break-over-lead' : 'said-break-over' }] : []

/** @param {Moment} before @param {Moment} after */
const timeIsUp = ({ now: was }, { view, now: is }) =>
  view.hold === 'break' && view.hold_until !== undefined && was < view.hold_until && view.hold_until <= is

/** Somebody is heard now. @param {CircleView} view */
export const heard = (view) =>
  !HOLDS.includes(view.hold ?? '') &&
  Object.values(view.turns).some(({ state }) => ['speaking', 'grace', 'silent'].includes(state))

/**
 * The bowl is struck now: at the pause bell, at both ends of a silence, at the end of a break; never over a voice.
 * @param {Moment | null} before
 * @param {Moment} after
 */
export function rings(before, after) {
  if (before === null || before.connection !== 'on' || after.connection !== 'on' || heard(after.view)) return false
  const [was, is] = [before.view.hold, after.view.hold]
  if (was === is) return timeIsUp(before, after)
  if (is === 'bell' || is === 'silence') return true
  const early = was === 'break' && after.now < (before.view.hold_until ?? 0)
  return is === undefined && (was === 'silence' || early)
}
