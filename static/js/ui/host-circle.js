/** A room as a small living circle: a dot for each seat, and the ring of the turn's time. Hidden from readers: words say it. */

import { html } from '../../vendor/preact.js'
import { runs } from '../host-attention.js'

/** @typedef {import('./host-api.js').RoomNumbers} RoomNumbers */

const MOST = 24 // dots; more of them could not be told apart
const [MIDDLE, SEATS, RING] = [50, 41, 24]

/** Where a place in the circle is drawn. @param {RoomNumbers} room @param {number} place */
const dotOf = ({ circle }, place) => (circle > MOST ? Math.floor((place * MOST) / circle) : place)

/** From the bottom, clockwise. @param {number} dot @param {number} dots */
function at(dot, dots) {
  const angle = Math.PI / 2 + (2 * Math.PI * dot) / dots
  return [MIDDLE + SEATS * Math.cos(angle), MIDDLE + SEATS * Math.sin(angle)].map((each) => each.toFixed(1))
}

/** The arc starts at the speaker's seat and gathers back to it. @param {{ room: RoomNumbers }} props */
function Arc({ room }) {
  const { budget, left, speaker_at, circle, floor, hold } = room
  if (speaker_at < 0 || floor === 'offered' || hold === 'paused') return null
  const share = budget > 0 ? Math.min(1, left / budget) : 1
  const turned = 90 + (360 * speaker_at) / Math.max(1, circle)
  return html`<circle
    class=${`arc${runs(room) || floor === 'grace' ? '' : ' still'}`}
    cx=${MIDDLE}
    cy=${MIDDLE}
    r=${RING}
    pathLength="100"
    stroke-dasharray=${`${(100 * share).toFixed(1)} 100`}
    transform=${`rotate(${turned.toFixed(1)} ${MIDDLE} ${MIDDLE})`}
  />`
}

/** @param {{ room: RoomNumbers }} props */
export function SmallCircle({ room }) {
  const dots = Math.min(MOST, room.circle)
  const away = new Set(room.away.map((place) => dotOf(room, place)))
  const speaker = room.speaker_at < 0 ? -1 : dotOf(room, room.speaker_at)
  const quiet = room.hold === 'silence' || room.hold === 'bell'
  return html`<svg class="mini" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
    <circle class="ring" cx=${MIDDLE} cy=${MIDDLE} r=${RING} />
    ${quiet && html`<circle key="quiet" class="quiet" cx=${MIDDLE} cy=${MIDDLE} r="19.5" />`}
    <${Arc} room=${room} />
    ${Array.from({ length: dots }, (_, dot) => {
      const [x, y] = at(dot, dots)
      const kind = `seat${dot === speaker ? ' speaks' : ''}${away.has(dot) ? ' away' : ''}`
      return html`<circle key=${dot} class=${kind} cx=${x} cy=${y} r=${dot === speaker ? 6 : 4.6} />`
    })}
  </svg>`
}
