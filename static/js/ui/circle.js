/** The circle: seats, the piece, the ring of time, the words in the middle. */

import { html, useRef } from '../../vendor/preact.js'
import { audible, floorNow, leads, nameOf, shares } from '../meaning.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { centre } from './circle-centre.js'
import { coming, direction, halo, seating, size } from './circle-order.js'
import { Piece, pieces, Ring } from './circle-ring.js'
import { useRoving } from './circle-roving.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { open } from './sheet.js'
import { practice } from './sheets.js'
import { VoiceRing } from './sound-now.js'
import { secondsLeft, shareLeft } from './time.js'

/** @typedef {import('../meaning.js').Connection} Connection */
/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Person} Person */
/** @typedef {import('../protocol.js').You} You */

const RADIUS = { few: 26, some: 26, many: 26, two: 22.5, hall: 26 }
const LONG = 12 // letters; a longer name in the middle is set smaller
const LAST = 3 // seconds in which the picture fades where a turn ends at its moment

/** @param {{ view: CircleView, you: You, connection: Connection }} props */
export function Circle({ view, you, connection }) {
  const now = nowShown()
  const floor = floorNow(view, you, now)
  const kept = useRef(/** @type {import('./circle-order.js').Seating | null} */ (null))
  const known = floor.turn === null || (kept.current?.seats.includes(floor.turn.seat) ?? false)
  const seated = (kept.current = seating(kept.current, view, you.seat, shares(floor) && known))
  const { seats, beyond, hall } = seated
  const kind = size(seats.length, hall)
  const offline = connection !== 'on'
  const eye = {
    leads: leads(you),
    me: you.seat,
    alone: view.circle.length < 2,
    offline,
    restarting: room.restarting.value,
    ready: view.ready?.includes(you.seat) ?? false,
    now,
  }
  const shown = pieces(view, floor).map((piece) => ({ ...piece, i: seats.indexOf(piece.seat) }))
  const look = `${offline ? ' is-held' : ''}${ending(view, floor, now) ? ' is-ending' : ''}`
  const voices = Object.values(view.turns)
  return html`<div class=${`circle size-${kind} is-${floor.state}${look}`}>
      <${Ring}
        ...${ringOf(view, floor, now, seats)}
        held=${offline}
        radius=${RADIUS[kind]}
        dots=${hall ? halo(beyond.length) : coming(beyond.length, seats.length)}
      />
      <${Middle}
        ...${centre(view, floor, eye)}
        resting=${shown.every(({ i, look }) => i < 0 || look === 'rests')}
        signal=${floor.mine && audible(floor) && !offline ? practice.here()?.gatheredSignal(you) : undefined}
      />
      <${Seats} view=${view} you=${you} voices=${voices} speaker=${floor.turn?.seat} seated=${seated} kind=${kind} />
      ${shown.map(({ key, look, i }) => html`<${Piece} key=${key} look=${look} i=${i} n=${seats.length} />`)}
    </div>
    ${beyond.length > 0 && html`<${Beyond} seats=${seats.length} more=${beyond.length} hall=${hall} />`}`
}

/** The turn ends at its moment, and that is now. @param {CircleView} view @param {Floor} floor @param {number} now */
const ending = (view, { turn, state }, now) =>
  view.policy.ending === 'hard' &&
  turn !== null &&
  (state === 'speaking' || state === 'warning') &&
  secondsLeft(turn, now) <= LAST

/** The ring of a turn; while a question is asked inside it, it is still the ring of that turn. @param {CircleView} view @param {Floor} floor @param {number} now @param {string[]} seats */
function ringOf(view, floor, now, seats) {
  const outer = floor.turn?.inside === undefined ? undefined : view.turns[floor.turn.inside]
  const turn = outer ?? floor.turn
  const state = outer && !view.hold ? 'question' : floor.state
  if (!turn) return { state: state === 'lost' ? 'still' : state, share: 0, flow: 0, notch: null, from: 0 }
  const share = shareLeft(turn, now)
  const [i, n] = [seats.indexOf(turn.seat), seats.length]
  const warning = turn.budget > 0 ? view.policy.warning / turn.budget : 1
  return {
    state,
    share,
    flow: turn.left === undefined && turn.ends_at !== undefined && turn.budget > 0 ? 1 / turn.budget : 0,
    notch: share > warning && share < 1.01 && warning < 1 ? warning : null,
    from: direction(Math.max(0, i), n).degrees,
  }
}

/**
 * How many have no seat drawn. Those who sit down after this turn are a dot only, so that nothing moves for them.
 * @param {{ seats: number, more: number, hall: boolean }} props
 */
const Beyond = ({ seats, more, hall }) =>
  hall
    ? html`<p class="beyond small muted">${t('room-beyond', { seats, more })}</p>`
    : html`<p class="vh">${t('room-coming', { more })}</p>`

/**
 * `signal` is what people show to me while I speak; null keeps its place.
 * @param {import('./circle-centre.js').Centre & { resting: boolean, signal?: ReturnType<typeof import('../gathered-signal.js').gatheredSignal> }} props
 */
function Middle({ who, what, clock, resting, signal }) {
  const text = typeof who === 'string' ? called(who) : tell(who)
  return html`<div class=${`centre${resting ? ' rests' : ''}`}>
    <p class=${`who${text.length > LONG ? ' long' : ''}`}>${text}</p>
    ${what && html`<p key="what" class="what">${tell(what)}</p>`}
    ${clock && html`<p key="clock" class="clock num">${tell(clock)}</p>`}
    ${
      signal !== undefined &&
      html`<p key="signal" class=${`shown${signal ? '' : ' none'}`}>
        ${signal && t('signals-shown', { count: signal.count, signal: t(`signal-${signal.signal}`) })}
      </p>`
    }
  </div>`
}

/** @typedef {import('../protocol.js').Turn} Turn */

/** @param {{ view: CircleView, you: You, voices: Turn[], speaker: string | undefined, seated: import('./circle-order.js').Seating, kind: string }} props */
function Seats({ view, you, voices, speaker, seated, kind }) {
  const { seats, known } = seated
  const line = [...view.queue.map((id) => view.hands[id]?.seat), ...(view.round?.waiting ?? [])]
  const places = new Map([...new Set(line)].map((seat, i) => [seat, i + 1]))
  const roving = useRoving(seats, speaker)
  const small = kind === 'two' || kind === 'hall'
  return html`${small && html`<button key="all" type="button" class="all" onClick=${() => open('people')}><span class="vh">${t('people-open')}</span></button>`}
    <ul class="seats" aria-label=${t('room-circle')} ...${roving.list}>
      ${seats.map((seat, i) => {
        const person = known[seat]
        if (!person) return null
        const short = nameOf(view, seat) || shortName(person.name ?? '')
        const given = { seat, person, short, i, n: seats.length, place: places.get(seat), me: seat === you.seat }
        return html`<${Seat}
          key=${seat}
          ...${given}
          left=${!(seat in view.people)}
          turn=${voices.find((turn) => turn.seat === seat)}
          back=${view.hold === 'break' && view.ready?.includes(seat)}
          tab=${roving.tab(seat)}
          kind=${kind}
        />`
      })}
    </ul>`
}

/**
 * @param {{ seat: string, person: Person, short: string, i: number, n: number, place?: number, me: boolean, left: boolean, turn?: Turn, back?: boolean, tab: 0 | -1, kind: string }} props
 */
function Seat({ seat, person, short, i, n, place, me, left, turn, back, tab, kind }) {
  const { upper, right } = direction(i, n)
  const has = turn !== undefined && turn.state !== 'offered'
  const ring = kind === 'two' ? (i % 2 === 0 ? ' outer' : ' inner') : ''
  const look = `${upper ? ' upper' : ''}${right ? ' right' : ''}${has ? ' now' : ''}${me ? ' you' : ''}${ring}`
  const name = me ? t('people-you') : short
  return html`<li>
    <button
      type="button"
      class=${`seat${look}`}
      style=${{ '--i': i, '--n': n }}
      tabindex=${tab}
      data-seat=${seat}
      onClick=${() => open('person', seat)}
    >
      ${has && html`<${VoiceRing} key="voice" seat=${seat} leads=${person.role !== 'participant'} />`}
      <${Disc}
        key="disc"
        number=${person.number}
        name=${person.name}
        role=${person.role}
        present=${person.present}
        place=${place}
        floor=${has}
        back=${back}
        empty=${left}
      />
      <span key="name" class="name" aria-hidden="true">${name}</span>
      <span key="words" class="vh"
        >${seatWords(person, { me, left, place, has, back, offered: turn !== undefined && !has })}</span
      >
    </button>
  </li>`
}

/**
 * A seat in words: the name, then what the picture shows.
 * @param {Person} person
 * @param {{ me: boolean, left: boolean, place?: number, has: boolean, back?: boolean, offered: boolean }} about
 */
function seatWords(person, { me, left, place, has, back, offered }) {
  const parts = [
    called(person.name) + (me ? ` (${t('people-me')})` : ''),
    person.role !== 'participant' && t(`role-${person.role}`),
    has && t('room-shares'),
    offered && t('room-offered'),
    left ? t('people-left') : !person.present && t('people-lost'),
    back && t('ready-back'),
    place !== undefined && tell({ key: 'people-place', args: { place } }),
  ]
  return parts.filter(Boolean).join(', ')
}
