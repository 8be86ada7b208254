/** All rooms at once: what needs the host, and every room as a card that keeps its place. */

import { html, signal, useEffect, useRef, useState } from '../../vendor/preact.js'
import { t } from '../words.js'
import { Announce } from './host-announce.js'
import { board } from './host-api.js'
import { RoomCard } from './host-card.js'
import { Needs } from './host-needs.js'
import { PrintLinks } from './host-print.js'
import { roomsNow } from './host-rows.js'
import { cameFrom, go, NEW } from './host-where.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

const MANY = 12 // rooms; with more, one looks for a title

/** Whether the host is about to say something to all rooms. */
const announcing = signal(false)

/** Opens the form, and focus goes into it; or closes it. */
function unfold() {
  announcing.value = !announcing.value
  requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector('#tool textarea'))?.focus())
}

/** What a host does with all rooms at once; on the bar. */
export const Tools = () =>
  html`<div class="row tools">
    <button type="button" class="btn" aria-expanded=${announcing.value} onClick=${unfold}>
      <${Icon} name="horn" />${t('host-tool-announce')}
    </button>
    <button id="new-room" type="button" class="btn fill" onClick=${() => go('new')}>
      <${Icon} name="plus" />${t('host-new')}
    </button>
  </div>`

/** What a host does first. */
const FirstSteps = () =>
  html`<div class="card first-steps">
    <h2>${t('host-none')}</h2>
    <ol>
      <li>${t('host-first-make')}</li>
      <li>${t('host-first-staff')}</li>
      <li>${t('host-first-invite')}</li>
    </ol>
    <button type="button" class="btn fill" onClick=${() => go('new')}>
      <${Icon} name="plus" />${t('host-first-go')}
    </button>
  </div>`

/** @param {HostRoom[]} rooms @param {string} part of a title */
const found = (rooms, part) =>
  rooms.filter(({ title }) => title.toLocaleLowerCase().includes(part.trim().toLocaleLowerCase()))

/** @param {{ rooms: HostRoom[] }} props */
function Rooms({ rooms }) {
  const [part, setPart] = useState('')
  const [prints, setPrints] = useState(false)
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  useEffect(() => {
    const from = cameFrom.peek()
    if (from === NEW) document.getElementById('new-room')?.focus()
    else if (from && !rooms.some(({ id }) => id === from)) heading.current?.focus() // its card is gone
  }, [])
  const shown = rooms.length > MANY ? found(rooms, part) : rooms
  return html`<section class="all-rooms" aria-labelledby="rooms">
    <div class="row between wrap">
      <h2 id="rooms" ref=${heading} tabindex="-1">${t('host-rooms')}</h2>
      <button type="button" class="btn plain sm" aria-expanded=${prints} onClick=${() => setPrints(!prints)}>
        <${Icon} name="print" />${t('host-print-all')}
      </button>
    </div>
    ${prints && html`<div key="print" class="card"><${PrintLinks} rooms=${rooms} /></div>`}
    ${
      rooms.length > MANY &&
      html`<label key="search" class="stack search">
        <span class="small">${t('host-search')}</span>
        <input
          class="field"
          type="search"
          autocomplete="off"
          value=${part}
          onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => setPart(event.currentTarget.value)}
        />
        <span class="small muted" role="status">${part.trim() && t('host-search-found', { count: shown.length })}</span>
      </label>`
    }
    <ul class="host-rooms">
      ${shown.map((room) => html`<${RoomCard} key=${room.id} room=${room} />`)}
    </ul>
  </section>`
}

export function Board() {
  const rooms = roomsNow.value
  const lists = html`<${Needs} rooms=${rooms} /><${Rooms} rooms=${rooms} />`
  return html`<main class="host-main board">
    ${
      announcing.value &&
      html`<div key="announce" id="tool" class="card wide">
        <${Announce} room=${null} />
      </div>`
    }
    ${
      !isSecureContext &&
      html`<p key="insecure" class="notice wide"><${Icon} name="info" /><span>${t('host-insecure')}</span></p>`
    }
    ${board.rooms.value && (rooms.length ? lists : html`<${FirstSteps} />`)}
  </main>`
}
