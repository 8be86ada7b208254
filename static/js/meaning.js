/**
 * What the moment means: what a tap on the large button would do.
 *
 * Pure, and without any rule of the room: what is possible comes from `you.may`.
 */

import { audible, floorNow, hearers, hereCount, leads, may, nameOf, until } from './floor.js'

export * from './floor.js'

/** @typedef {import('./protocol.js').CircleView | import('./protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('./protocol.js').LeadView} LeadView */
/** @typedef {import('./protocol.js').Turn} Turn */
/** @typedef {import('./protocol.js').You} You */
/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./ui/time.js').Words} Words */
/** @typedef {'on' | 'connecting' | 'off'} Connection */
/** @typedef {import('./floor.js').Floor} Floor */
/** @typedef {import('./floor.js').FloorState} FloorState */

/**
 * What this page's own sound is like now; made from the signals of `media/state.js`.
 * @typedef {object} Sounding
 * @property {boolean} voice here with a voice, in a room with sound: one's own turn opens a microphone
 * @property {boolean} off this server forwards no sound
 * @property {import('./media/state.js').Link} link
 * @property {import('./media/state.js').Mic} mic
 */

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
 * @property {'kinds' | 'end' | 'done' | 'enough'} [beside] what stands at its side: the arrow to the kinds of hand, *end turn*, *I'm done*, or the other answer
 * @property {boolean} [chosen] this answer was given
 */

/** How much a facilitator adds at a time, in seconds. */
export const MORE = 60
/** How much longer an offer is kept, in seconds. */
export const MOMENT = 20

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
    (may(you, 'say-ready') && !view.ready?.includes(you.seat) ? comingBack(view) : null) ??
    (may(you, 'resume-room') ? goingOn(view, now) : null) ??
    ownTurn(view, you, floor, sounds) ??
    (view.asking && may(you, 'answer-time') ? answering(you, view.asking, now) : null) ??
    (may(you, 'take-floor') ? joining(view, you, sounds) : null) ??
    (leads(you) ? leading(view, you, floor, now) : null) ??
    (may(you, 'pass-round') ? passing(you) : null) ??
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

/** How many of those who are here are back from the break. @param {CircleView} view */
const backNow = (view) => ({
  back: (view.ready ?? []).filter((seat) => view.people[seat]?.present).length,
  of: hereCount(view),
})

/** @param {CircleView} view @returns {Meaning} */
const comingBack = (view) => ({
  key: 'ready',
  label: { key: 'button-ready' },
  sub: { key: 'button-ready-sub', args: backNow(view) },
  tone: 'fill',
  icon: 'reply',
  command: { type: 'say-ready' },
})

/**
 * The room goes on: what ends by itself is ended early only by a quiet button.
 * @param {CircleView} view @param {number} now
 * @returns {Meaning}
 */
function goingOn(view, now) {
  const hold = view.hold ?? 'paused'
  const { back, of } = backNow(view)
  const due = hold === 'break' ? back >= of || (view.hold_until ?? now) <= now : hold === 'paused' || hold === 'lost'
  const sub = { silence: 'button-silence-sub', bell: 'button-silence-sub', break: 'button-ready-sub' }
  return {
    key: `resume room ${hold}`,
    label: { key: hold === 'silence' || hold === 'bell' ? 'button-end-silence' : 'button-resume-room' },
    sub:
      hold in sub ? { key: sub[/** @type {'break'} */ (hold)], args: { back, of } } : { key: 'button-resume-room-sub' },
    tone: due ? 'fill' : 'soft',
    icon: 'play',
    command: { type: 'resume-room', hold },
  }
}

/**
 * May it go on for a little? Two halves of the large button, until the time to answer is over.
 * @param {You} you @param {import('./protocol.js').Asking} asking @param {number} now
 * @returns {Meaning}
 */
const answering = (you, asking, now) => ({
  key: `answer ${asking.turn}`,
  label: { key: 'button-fine' },
  sub: { key: 'button-fine-sub', args: { seconds: Math.max(5, Math.ceil((asking.until - now) / 5) * 5) } },
  tone: 'soft',
  icon: you.answered_time === true ? 'check' : 'play',
  command: { type: 'answer-time', turn: asking.turn, fine: true },
  beside: 'enough',
  chosen: you.answered_time === true,
})

/** In an open floor with room for a voice. @param {CircleView} view @param {You} you @param {Sounding} sounds @returns {Meaning} */
const joining = (view, you, sounds) => ({
  key: 'join',
  label: { key: 'button-join' },
  sub: whoHears(view, you, sounds),
  tone: 'fill',
  icon: sounds.voice ? 'mic' : 'piece',
  command: { type: 'take-floor' },
})

/** In a round, before it comes to me. @param {You} you @returns {Meaning} */
function passing(you) {
  const before = (you.round_place ?? 1) - 1
  return {
    key: 'pass round',
    label: { key: 'button-pass-round' },
    sub: before > 0 ? { key: 'button-pass-round-sub', args: { before } } : { key: 'button-lower-next' },
    tone: 'soft',
    icon: 'later',
    command: { type: 'pass-round' },
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
  const own = view.turns[turn]?.state
  if (may(you, 'accept-floor'))
    return {
      key: `start ${turn}`,
      label: { key: own && view.turns[turn]?.inside ? 'button-start-question' : 'button-start' },
      sub: whoHears(view, you, sounds),
      tone: 'fill',
      icon: sounds.voice ? 'mic' : 'piece',
      command: { type: 'accept-floor', turn },
    }
  if ((own === 'silent' || own === 'question') && may(you, 'resume-turn'))
    return {
      key: `speak ${turn}`,
      label: { key: own === 'silent' ? 'button-speak' : 'button-resume' },
      sub: { key: 'button-speak-sub' },
      tone: 'fill',
      icon: 'play',
      command: { type: 'resume-turn', turn },
      beside: may(you, 'finish-turn') ? 'done' : undefined,
    }
  if (own === 'paused' && !view.hold && may(you, 'resume-turn'))
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
    sub: own === 'paused' || own === 'question' || view.hold ? { key: 'button-finish-paused' } : undefined,
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
  if (floor.state === 'open') return null
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
  const next = nextOne(view, now)
  if (!next || next.seat === you.seat || !may(you, 'call-on')) return null
  if (next.why.key === 'why-called' && (view.pause_until ?? 0) > now) return null // comes by itself
  return {
    key: `offer ${next.seat}`,
    label: { key: 'button-offer', args: { name: nameOf(view, next.seat) } },
    sub: next.why,
    tone: 'fill',
    icon: 'give',
    command: { type: 'call-on', seat: next.seat, floor: view.floor },
  }
}

/**
 * Who would be offered the floor next, and why: hands about the room, whoever was given the piece, the round, the queue.
 * @param {CircleView} view @param {number} now
 * @returns {{ seat: string, why: Words } | null}
 */
function nextOne(view, now) {
  const hand = view.hands[view.queue.find((id) => ready(view, id, now)) ?? '']
  const { given } = view
  if (hand?.kind !== 'process' && given !== undefined && view.people[given]?.present)
    return { seat: given, why: { key: 'why-given' } }
  const round = hand?.kind === 'process' ? undefined : view.round?.waiting.find((seat) => view.people[seat]?.present)
  if (round !== undefined) return { seat: round, why: { key: 'why-round' } }
  return hand ? { seat: hand.seat, why: whyWords(hand) } : null
}

/**
 * Why a hand stands where it stands, in words.
 * @param {import('./protocol.js').Hand} hand
 * @returns {Words}
 */
export function whyWords({ reason, turns = 0, spoken = 0 }) {
  const minutes = Math.round(spoken / 60)
  if (reason !== 'turns') return { key: `why-${reason}` }
  return minutes > 0 && turns > 1
    ? { key: 'why-turns-minutes', args: { turns, minutes } }
    : { key: 'why-turns', args: { turns } }
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

/** Only hands about the room can be raised: the queue is closed, or everybody is asked in turn anyway. @param {CircleView} view */
export const processOnly = (view) => !view.queue_open || view.round !== undefined

/**
 * @param {CircleView} view
 * @param {You} you
 * @returns {Meaning | null}
 */
function raising(view, you) {
  if (!may(you, 'raise-hand')) return null
  if (processOnly(view))
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
    sub: view.policy.floor === 'open' ? { key: 'button-raise-open' } : undefined,
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
          ? view.hold === 'break'
            ? 'button-wait-break'
            : 'button-wait-still'
          : floor.mine
            ? 'button-wait-back'
            : 'button-wait-sub',
    },
    tone: 'quiet',
    icon: 'piece',
  }
}
