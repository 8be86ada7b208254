/** The circle: seats, the piece, the ring of time, the words in the middle. */

import { html, useRef } from '../../vendor/preact.js'
import { floorNow, leads, nameOf, shares } from '../meaning.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { centre } from './circle-centre.js'
import { coming, direction, halo, seating, size } from './circle-order.js'
import { Piece, Ring } from './circle-ring.js'
import { useRoving } from './circle-roving.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { open } from './sheet.js'
import { VoiceRing } from './sound-now.js'
import { shareLeft } from './time.js'

/** @typedef {import('../meaning.js').Connection} Connection */
/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Person} Person */
/** @typedef {import('../protocol.js').You} You */

const RADIUS = { few: 26, some: 26, many: 26, two: 22.5, hall: 26 }
const LONG = 12 // letters; a longer name in the middle is set smaller

/** @param {{ view: CircleView, you: You, connection: Connection }} props */
export function Circle({ view, you, connection }) {
  const now = nowShown()
  const floor = floorNow(view, you, now)
  const kept = useRef(/** @type {import('./circle-order.js').Seating | null} */ (null))
  const known = floor.turn === null || (kept.current?.seats.includes(floor.turn.seat) ?? false)
  const seated = (kept.current = seating(kept.current, view, you.seat, shares(floor) && known))
  const { seats, beyond, hall } = seated
  const kind = size(seats.length, hall)
  const at = floor.turn ? seats.indexOf(floor.turn.seat) : -1
  const offline = connection !== 'on'
  const eye = { leads: leads(you), alone: view.circle.length < 2, offline, restarting: room.restarting.value, now }
  return html`<div class=${`circle size-${kind} is-${floor.state}${offline ? ' is-held' : ''}`}>
      <${Ring}
        ...${ringOf(view, floor, now, at, seats.length)}
        held=${offline}
        radius=${RADIUS[kind]}
        dots=${hall ? halo(beyond.length) : coming(beyond.length, seats.length)}
      />
      <${Middle} ...${centre(view, floor, eye)} resting=${at < 0 || floor.state === 'still'} />
      <${Seats} view=${view} you=${you} floor=${floor} seated=${seated} kind=${kind} />
      <${Piece} state=${floor.state} i=${at} n=${seats.length} />
    </div>
    ${beyond.length > 0 && html`<${Beyond} seats=${seats.length} more=${beyond.length} hall=${hall} />`}`
}

/** @param {CircleView} view @param {Floor} floor @param {number} now @param {number} i @param {number} n */
function ringOf(view, floor, now, i, n) {
  const { turn, state } = floor
  if (!turn) return { state: state === 'lost' ? 'still' : state, share: 0, notch: null, from: 0 }
  const share = shareLeft(turn, now)
  const warning = turn.budget > 0 ? view.policy.warning / turn.budget : 1
  return {
    state,
    share,
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

/** @param {import('./circle-centre.js').Centre & { resting: boolean }} props */
function Middle({ who, what, clock, resting }) {
  const text = typeof who === 'string' ? called(who) : tell(who)
  return html`<div class=${`centre${resting ? ' rests' : ''}`}>
    <p class=${`who${text.length > LONG ? ' long' : ''}`}>${text}</p>
    ${what && html`<p key="what" class="what">${tell(what)}</p>`}
    ${clock && html`<p key="clock" class="clock num">${tell(clock)}</p>`}
  </div>`
}

/** @param {{ view: CircleView, you: You, floor: Floor, seated: import('./circle-order.js').Seating, kind: string }} props */
function Seats({ view, you, floor, seated, kind }) {
  const { seats, known } = seated
  const places = new Map(view.queue.map((id, i) => [view.hands[id]?.seat, i + 1]))
  const roving = useRoving(seats, floor.turn?.seat)
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
          floor=${floor}
          tab=${roving.tab(seat)}
          kind=${kind}
        />`
      })}
    </ul>`
}

/**
 * @param {{ seat: string, person: Person, short: string, i: number, n: number, place?: number, me: boolean, left: boolean, floor: Floor, tab: 0 | -1, kind: string }} props
 */
function Seat({ seat, person, short, i, n, place, me, left, floor, tab, kind }) {
  const { upper, right } = direction(i, n)
  const has = floor.turn?.seat === seat && floor.state !== 'offered'
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
        empty=${left}
      />
      <span key="name" class="name" aria-hidden="true">${name}</span>
      <span key="words" class="vh"
        >${seatWords(person, { me, left, place, has, offered: floor.turn?.seat === seat && !has })}</span
      >
    </button>
  </li>`
}

/**
 * A seat in words: the name, then what the picture shows.
 * @param {Person} person
 * @param {{ me: boolean, left: boolean, place?: number, has: boolean, offered: boolean }} about
 */
function seatWords(person, { me, left, place, has, offered }) {
  const parts = [
    called(person.name) + (me ? ` (${t('people-me')})` : ''),
    person.role !== 'participant' && t(`role-${person.role}`),
    has && t('room-shares'),
    offered && t('room-offered'),
    left ? t('people-left') : !person.present && t('people-lost'),
    place !== undefined && tell({ key: 'people-place', args: { place } }),
  ]
  return parts.filter(Boolean).join(', ')
}
