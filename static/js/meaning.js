/**
 * What the moment means: what the floor is now, and what a tap on the large button would do.
 *
 * Pure, and without any rule of the room: what is possible comes from `you.may`.
 */

import { shortName, shortNames } from './ui/seat-name.js'
import { secondsLeft } from './ui/time.js'

/** @typedef {import('./protocol.js').CircleView | import('./protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('./protocol.js').LeadView} LeadView */
/** @typedef {import('./protocol.js').Turn} Turn */
/** @typedef {import('./protocol.js').You} You */
/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./ui/time.js').Words} Words */
/** @typedef {'on' | 'connecting' | 'off'} Connection */

/**
 * What this page's own sound is like now; made from the signals of `media/state.js`.
 * @typedef {object} Sounding
 * @property {boolean} voice here with a voice, in a room with sound: one's own turn opens a microphone
 * @property {boolean} off this server forwards no sound
 * @property {import('./media/state.js').Link} link
 * @property {import('./media/state.js').Mic} mic
 */

/**
 * `doors` not begun; `free` nobody has the floor; `quiet` the pause after a turn; `warning` the last seconds of `speaking`;
 * `over` the grace is over and those who lead decide; `back` a speaker who dropped is here again, and goes on in a moment;
 * `still` the room is paused; `lost` nobody is here who leads.
 * @typedef {'still' | 'lost' | 'doors' | 'free' | 'quiet' | 'offered' | 'speaking' | 'warning' | 'grace' | 'over' | 'paused' | 'suspended' | 'back'} FloorState
 */

/** @typedef {{ state: FloorState, id: string, turn: Turn | null, mine: boolean }} Floor */

/**
 * What a tap on the large button would do now.
 * @typedef {object} Meaning
 * @property {string} key tells one meaning from another: while it changes, the button rests
 * @property {Words} label
 * @property {Words} [sub]
 * @property {'fill' | 'soft' | 'quiet'} tone
 * @property {string} icon
 * @property {Command} [command] what is sent; none: nothing to be done now
 * @property {'reconnect' | 'microphone'} [does] something that is not a command
 * @property {'kinds' | 'end' | 'done'} [beside] what stands at its side: the arrow to the kinds of hand, *end turn*, or *I'm done*
 */

/** How much a facilitator adds at a time, in seconds. */
export const MORE = 60
/** How much longer an offer is kept, in seconds. */
export const MOMENT = 20

/**
 * @param {CircleView} view
 * @param {You} you
 * @param {number} now meeting time, seconds
 * @returns {Floor}
 */
export function floorNow(view, you, now) {
  const turn = view.turns[view.floor] ?? null
  const floor = { id: view.floor, turn, mine: turn !== null && turn.seat === you.seat }
  if (view.hold) return { ...floor, state: view.hold === 'lost' ? 'lost' : 'still' }
  return { ...floor, state: turn ? turnState(view, turn, now) : restState(view, now) }
}

/**
 * @param {CircleView} view
 * @param {Turn} turn
 * @param {number} now
 * @returns {FloorState}
 */
function turnState(view, turn, now) {
  if (turn.state === 'speaking') return secondsLeft(turn, now) <= view.policy.warning ? 'warning' : 'speaking'
  if (turn.state === 'grace') return turn.over ? 'over' : 'grace'
  if (turn.state === 'paused' && turn.waits_until !== undefined) return 'back'
  return turn.state
}

/**
 * @param {CircleView} view
 * @param {number} now
 * @returns {FloorState}
 */
function restState(view, now) {
  if (view.meeting === 'doors') return 'doors'
  return view.pause_until !== undefined && view.pause_until > now ? 'quiet' : 'free'
}

/**
 * Somebody is being listened to: nothing around them may move.
 * @param {Floor} floor
 */
export const shares = (floor) =>
  floor.turn !== null &&
  ['still', 'lost', 'speaking', 'warning', 'grace', 'over', 'paused', 'suspended', 'back'].includes(floor.state)

/**
 * What those who lead did about me, and is not older than this: the ids of the acts, the latest last.
 * @param {CircleView} view
 * @param {You} you
 * @param {number} [after] meeting time
 * @returns {string[]}
 */
export function actsAboutMe(view, you, after = -Infinity) {
  return (view.lately ?? []).filter((id) => {
    const act = view.acts?.[id]
    return act && act.at > after && act.by !== you.seat && concerns(act, you)
  })
}

/** @param {import('./protocol.js').Act} act @param {You} you */
const concerns = (act, you) => act.seat === you.seat || act.done === 'all-lowered'

/**
 * The sentence for an act about me.
 * @param {CircleView} view
 * @param {You} you
 * @param {string} id
 * @returns {Words}
 */
export function actWords(view, you, id) {
  const act = /** @type {import('./protocol.js').Act} */ (view.acts?.[id])
  const name = act.who ? shortName(act.who) : ''
  if (act.done === 'hand-moved' && you.place !== undefined)
    return { key: 'act-hand-moved-place', args: { name, place: you.place } }
  return { key: `act-${act.done}`, args: { name } }
}

/** @param {You} you */
export const leads = (you) => you.role !== 'participant'

/**
 * @param {You} you
 * @param {Command['type']} type
 */
export const may = (you, type) => you.may.includes(type)

/**
 * The meeting time until which the turn goes on when it is given so many seconds more. Counted from what is on the screen, so
 * that a second tap asks for the same again.
 * @param {Turn} turn
 * @param {number} now
 * @param {number} more seconds
 */
export function until(turn, now, more) {
  const from = turn.state === 'grace' || turn.ends_at === undefined ? now + (turn.left ?? 0) : turn.ends_at
  return Math.max(from, now) + more
}

/**
 * @param {CircleView} view
 * @param {string} seat
 * @returns {string} what this person is called here, or nothing while it is not known
 */
export const nameOf = (view, seat) => shortNames(view.people)[seat] ?? ''

/**
 * Whom sound reaches now, as the server says: all of them hear whoever speaks.
 * @param {CircleView} view
 * @param {string} [but] the speaker's seat, who is no listener
 */
export const hearers = (view, but) =>
  Object.entries(view.people).filter(([seat, person]) => person.hears && seat !== but).length

/** How many people are connected. @param {CircleView} view */
export const hereCount = (view) => Object.values(view.people).filter((person) => person.present).length

/**
 * Who speaks is heard: not while the clock stands, and not before.
 * @param {Floor} floor
 */
export const audible = (floor) => ['speaking', 'warning', 'grace', 'over'].includes(floor.state)

/**
 * What the large button means for this person, at this moment.
 * @param {CircleView} view
 * @param {You} you
 * @param {Connection} connection
 * @param {number} now meeting time, seconds
 * @param {Sounding} sounds
 * @returns {Meaning}
 */
export function meaning(view, you, connection, now, sounds) {
  if (connection !== 'on') return reconnecting()
  const floor = floorNow(view, you, now)
  return (
    (may(you, 'resume-room') ? goingOn() : null) ??
    ownTurn(view, you, floor, sounds) ??
    (leads(you) ? leading(view, you, floor, now) : null) ??
    ownHand(view, you) ??
    raising(view, you) ??
    waiting(view, floor)
  )
}

/** @returns {Meaning} */
function reconnecting() {
  return {
    key: 'reconnect',
    label: { key: 'button-reconnect' },
    sub: { key: 'button-reconnect-sub' },
    tone: 'soft',
    icon: 'cloud',
    does: 'reconnect',
  }
}

/** @returns {Meaning} */
function goingOn() {
  return {
    key: 'resume room',
    label: { key: 'button-resume-room' },
    sub: { key: 'button-resume-room-sub' },
    tone: 'fill',
    icon: 'play',
    command: { type: 'resume-room' },
  }
}

/**
 * Who will hear me, said before I speak.
 * @param {CircleView} view
 * @param {You} you
 * @param {Sounding} sounds
 * @returns {Words}
 */
function whoHears(view, you, { voice, off, link }) {
  if (off) return { key: 'button-start-sub' }
  if (!voice) return { key: 'button-unheard' }
  if (link !== 'on') return { key: 'button-not-yet' }
  return { key: 'button-opens', args: { count: hearers(view, you.seat) } }
}

/**
 * @param {CircleView} view
 * @param {You} you
 * @param {Floor} floor
 * @param {Sounding} sounds
 * @returns {Meaning | null}
 */
function ownTurn(view, you, floor, sounds) {
  const turn = you.turn
  if (turn === undefined) return null
  if (may(you, 'accept-floor'))
    return {
      key: `start ${turn}`,
      label: { key: 'button-start' },
      sub: whoHears(view, you, sounds),
      tone: 'fill',
      icon: sounds.voice ? 'mic' : 'piece',
      command: { type: 'accept-floor', turn },
    }
  if ((floor.state === 'paused' || floor.state === 'back') && may(you, 'resume-turn'))
    return {
      key: `resume ${turn}`,
      label: { key: 'button-resume' },
      sub: sounds.voice ? whoHears(view, you, sounds) : { key: 'button-resume-sub' },
      tone: 'fill',
      icon: sounds.voice ? 'mic' : 'piece',
      command: { type: 'resume-turn', turn },
    }
  if (!may(you, 'finish-turn')) return null
  if (sounds.voice && sounds.mic === 'closed' && sounds.link !== 'blocked' && floor.mine && audible(floor))
    return {
      key: `microphone ${turn}`,
      label: { key: 'button-microphone' },
      sub:
        sounds.link === 'on'
          ? { key: 'stat-hear', args: { count: hearers(view, you.seat) } }
          : { key: 'button-not-yet' },
      tone: 'fill',
      icon: 'mic',
      does: 'microphone',
      beside: 'done',
    }
  return {
    key: `finish ${turn}`,
    label: { key: 'button-finish' },
    sub: floor.mine && (floor.state === 'paused' || view.hold) ? { key: 'button-finish-paused' } : undefined,
    tone: 'fill',
    icon: 'check',
    command: { type: 'finish-turn', turn },
  }
}

/**
 * @param {CircleView} view
 * @param {You} you
 * @param {Floor} floor
 * @param {number} now
 * @returns {Meaning | null}
 */
function leading(view, you, floor, now) {
  if (may(you, 'open-meeting'))
    return {
      key: 'open',
      label: { key: 'button-open' },
      sub: { key: 'button-open-sub' },
      tone: 'fill',
      icon: 'piece',
      command: { type: 'open-meeting' },
    }
  return floor.turn ? givingTime(view, you, floor, floor.turn, now) : offering(view, you, now)
}

/**
 * @param {CircleView} view
 * @param {You} you
 * @param {Floor} floor
 * @param {Turn} turn
 * @param {number} now
 * @returns {Meaning | null}
 */
function givingTime(view, you, floor, turn, now) {
  if (!may(you, 'extend-turn')) return null
  const late = floor.state === 'grace' || floor.state === 'over'
  const offered = floor.state === 'offered'
  return {
    key: `${offered ? 'keep' : late ? 'late' : 'more'} ${floor.id}`,
    label: { key: offered ? 'button-keep-offer' : 'button-more' },
    sub: { key: offered ? 'button-keep-offer-sub' : 'button-more-sub', args: { name: nameOf(view, turn.seat) } },
    tone: late ? 'fill' : 'soft',
    icon: 'clock',
    command: { type: 'extend-turn', turn: floor.id, until: until(turn, now, offered ? MOMENT : MORE) },
    beside: late && may(you, 'end-turn') ? 'end' : undefined,
  }
}

/**
 * @param {CircleView} view
 * @param {You} you
 * @param {number} now
 * @returns {Meaning | null}
 */
function offering(view, you, now) {
  const first = view.queue.find((id) => ready(view, id, now))
  const hand = first === undefined ? undefined : view.hands[first]
  if (!hand || hand.seat === you.seat || !may(you, 'call-on')) return null
  return {
    key: `offer ${hand.seat}`,
    label: { key: 'button-offer', args: { name: nameOf(view, hand.seat) } },
    sub: { key: `why-${hand.reason}` },
    tone: 'fill',
    icon: 'give',
    command: { type: 'call-on', seat: hand.seat, floor: view.floor },
  }
}

/**
 * This hand could be offered the floor now: its person is here, and it is not resting.
 * @param {CircleView} view
 * @param {string} id
 * @param {number} now
 */
function ready(view, id, now) {
  const hand = view.hands[id]
  return hand !== undefined && (view.people[hand.seat]?.present ?? false) && (hand.rests_until ?? 0) <= now
}

/**
 * The hand right behind this one.
 * @param {CircleView} view @param {string} hand
 * @returns {string | undefined}
 */
export function theOneBehind(view, hand) {
  return view.queue[view.queue.indexOf(hand) + 1]
}

/**
 * @param {CircleView} view @param {You} you
 * @returns {Meaning | null}
 */
function ownHand(view, you) {
  const hand = you.hand
  if (hand === undefined) return null
  const behind = theOneBehind(view, hand)
  if (you.next && behind && may(you, 'defer-hand'))
    return {
      key: `next ${hand}`,
      label: { key: 'button-next' },
      sub: { key: 'button-next-sub' },
      tone: 'soft',
      icon: 'later',
      command: { type: 'defer-hand', hand, after: behind },
    }
  if (!may(you, 'lower-hand')) return null
  return {
    key: `lower ${hand}`,
    label: { key: 'button-lower' },
    sub: you.next ? { key: 'button-lower-next' } : { key: 'button-lower-sub', args: { place: you.place ?? 1 } },
    tone: 'soft',
    icon: 'hand-down',
    command: { type: 'lower-hand', hand },
  }
}

/**
 * @param {CircleView} view
 * @param {You} you
 * @returns {Meaning | null}
 */
function raising(view, you) {
  if (!may(you, 'raise-hand')) return null
  if (!view.queue_open)
    return {
      key: 'raise process',
      label: { key: 'button-raise-process' },
      tone: 'quiet',
      icon: 'hand',
      command: { type: 'raise-hand', kind: 'process' },
      beside: 'kinds',
    }
  return {
    key: 'raise',
    label: { key: 'button-raise' },
    tone: leads(you) ? 'quiet' : 'fill',
    icon: 'hand',
    command: { type: 'raise-hand' },
    beside: 'kinds',
  }
}

/**
 * Nothing to be done just now: the button says why.
 * @param {CircleView} view
 * @param {Floor} floor
 * @returns {Meaning}
 */
function waiting(view, floor) {
  const doors = view.meeting === 'doors'
  return {
    key: `wait ${doors ? 'doors' : 'room'}`,
    label: { key: doors ? 'button-wait-doors' : 'button-wait' },
    sub: {
      key: doors
        ? 'button-wait-doors-sub'
        : view.hold
          ? 'button-wait-still'
          : floor.mine
            ? 'button-wait-back'
            : 'button-wait-sub',
    },
    tone: 'quiet',
    icon: 'piece',
  }
}
