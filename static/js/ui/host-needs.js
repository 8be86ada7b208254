/** What needs the host: one row for each room, in the order in which they came up. Nothing moves under a finger. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { remedy } from '../host-attention.js'
import { t } from '../words.js'
import { go } from './host-where.js'
import { hold, open, pointAt, rows, sortAgain } from './host-rows.js'
import { SendFacilitator } from './host-staff.js'
import { ageWords, concernWords } from './host-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('../host-attention.js').Row} Row */

/** The picture of each kind; the words say it, too. */
export const PICTURES = {
  alone: 'people',
  door: 'gate',
  away: 'offline',
  over: 'clock',
  hand: 'hand',
  agreement: 'note',
}

/** @param {{ rooms: HostRoom[] }} props */
export function Needs({ rooms }) {
  const all = rows.value ?? []
  useEffect(() => () => pointAt(''), [])

  /** @param {string} id @param {EventTarget | null} to */
  const leaves = (id, to) => {
    const row = document.getElementById(`needs-${id}`)
    const inside =
      row?.matches(':hover') || row?.contains(document.activeElement) || (to instanceof Node && row?.contains(to))
    if (!inside) pointAt('')
  }

  const list = html`<ol class="needs" aria-labelledby="needs">
    ${all.map((row) => {
      const room = rooms.find(({ id }) => id === row.id)
      if (!room) return null
      return html`<li
        key=${row.id}
        id=${`needs-${row.id}`}
        class=${`need${row.solved ? ' solved' : ''}`}
        onPointerEnter=${() => pointAt(row.id)}
        onPointerLeave=${() => leaves(row.id, null)}
        onFocusIn=${() => pointAt(row.id)}
        onFocusOut=${(/** @type {FocusEvent} */ event) => leaves(row.id, event.relatedTarget)}
      >
        <${Need} room=${room} row=${row} />
      </li>`
    })}
  </ol>`
  return html`<section class="card attention" aria-labelledby="needs">
    <div class="row between">
      <h2 id="needs">${t('host-needs')} <span class="muted num">${open.value || ''}</span></h2>
      ${
        open.value > 1 &&
        html`<button key="sort" type="button" class="linkish" onClick=${sortAgain}>${t('host-needs-sort')}</button>`
      }
    </div>
    ${all.length > 0 && list}
    <p class="calm tiny muted">${t(all.length ? 'host-needs-stay' : 'host-needs-none')}</p>
  </section>`
}

/** @param {{ room: HostRoom, row: Row }} props */
function Need({ room, row }) {
  const [first] = row.concerns
  const words = row.solved ? t('host-needs-solved') : row.concerns.map((each) => concernWords(room, each)).join(' ')
  const way = remedy(room, first.kind, Boolean(room.links.host))
  const [sends, setSends] = useState(false)
  const holds = (/** @type {boolean} */ held) => {
    setSends(held)
    hold(row.id, held)
  }
  useEffect(() => () => hold(row.id, false), [row.id])
  return html`<span class="sign"><${Icon} name=${row.solved ? 'check' : PICTURES[first.kind]} /></span>
    <div>
      <strong>${room.title}</strong>
      <p class="small muted">${words}</p>
    </div>
    <span class="muted tiny num">${!row.solved && ageWords(first.age)}</span>
    <div class="remedy">
      ${
        way === 'send' || sends
          ? html`<${SendFacilitator}
              key="send"
              room=${room}
              hold=${holds}
              care=${first.kind === 'alone' && !row.solved}
            />`
          : way === 'enter'
            ? html`<${Enter} key="enter" room=${room} />`
            : html`<button key="links" type="button" class="btn" onClick=${() => go('room', room.id, 'links')}>
                <${Icon} name="right" />${t('host-needs-links')}<span class="vh"> ${room.title}</span>
              </button>`
      }
    </div>`
}

/** In a tab of its own; without a host's link there is no way in. @param {{ room: HostRoom, named?: boolean }} props */
export const Enter = ({ room, named = true }) =>
  room.links.host
    ? html`<a class="btn" href=${room.links.host} target="_blank" rel="noopener noreferrer">
        <${Icon} name="door" />${t('host-enter')}<span class="vh"
          >${named ? ` ${room.title}` : ''} ${t('host-enter-tab')}</span
        >
      </a>`
    : null
