/** One room on the board, in its place. Press it to see more. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { concerns } from '../host-attention.js'
import { t } from '../words.js'
import { SmallCircle } from './host-circle.js'
import { PICTURES } from './host-needs.js'
import { cameFrom, go } from './host-where.js'
import { doorWords, handsWords, leadWords, lineWords, peopleWords, planWords } from './host-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

/** @param {{ room: HostRoom }} props */
export function RoomCard({ room }) {
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null))
  const [first] = concerns(room)
  useEffect(() => {
    if (cameFrom.peek() !== room.id) return
    cameFrom.value = ''
    opener.current?.focus()
  }, [])
  return html`<li class="card room-card">
    <h3 class="serif">
      <button ref=${opener} type="button" class="opener" onClick=${() => go('room', room.id)}>${room.title}</button>
    </h3>
    <p class="muted tiny">
      ${planWords(room)}${
        room.announced &&
        html` <span key="announced" class="row announced-there"
          ><${Icon} name="horn" size="s" />${t('host-announced')}</span
        >`
      }
    </p>
    <div class="room-now">
      <${SmallCircle} room=${room} />
      <p class="small">${lineWords(room)}</p>
    </div>
    <${Facts} room=${room} door=${first?.kind === 'door'} hand=${first?.kind === 'hand'} />
    <p class="room-foot tiny">
      ${
        first
          ? html`<span key="care" class="chip care"
              ><${Icon} name=${PICTURES[first.kind]} size="s" />${t(`host-chip-${first.kind}`)}</span
            >`
          : html`<span key="calm" class="row"
              ><${Icon} name="check" size="s" />${t(room.state === 'open' ? 'host-calm' : 'host-not-begun')}</span
            >`
      }
      <span class="muted">${leadWords(room)}</span>
    </p>
  </li>`
}

/** @param {{ room: HostRoom, door: boolean, hand: boolean }} props */
export const Facts = ({ room, door, hand }) =>
  html`<ul class="facts">
    <li><${Icon} name="people" size="s" /><span>${peopleWords(room)}</span></li>
    <li class=${hand ? 'waits' : ''}>
      <${Icon} name=${room.round ? 'repeat' : 'hand'} size="s" /><span>${handsWords(room)}</span>
    </li>
    <li class=${door ? 'waits' : ''}><${Icon} name="gate" size="s" /><span>${doorWords(room)}</span></li>
  </ul>`
