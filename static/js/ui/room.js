/** The room: bar, circle, queue or panels, dock, and whatever sheet is open. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { leads } from '../meaning.js'
import { isCircle, room } from '../store.js'
import { t } from '../words.js'
import { Circle } from './circle.js'
import { Dock } from './dock.js'
import { Icon } from './icons.js'
import { QuickExit } from './join-bar.js'
import { Panels } from './lead.js'
import { DoorSheet } from './lead-door.js'
import { AddSheet, HandSheet } from './lead-queue.js'
import { AgreementSheet, KeysSheet, LeaveSheet, MenuSheet } from './menu.js'
import { PeopleSheet, PersonSheet, ReasonSheet } from './people.js'
import { Queue } from './queue.js'
import { keepFocus } from './room-focus.js'
import { listenForKeys } from './room-keys.js'
import { tellChanges } from './room-told.js'
import { runClock } from './room-words.js'
import { close, open, sheet } from './sheet.js'
import { KindsSheet } from './sheet-hand.js'
import { SoundSheet } from './sheet-sound.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */

export function Room() {
  const [view, you, connection] = [room.view.value, room.you.value, room.connection.value]
  const root = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => {
    const stops = [
      runClock(),
      tellChanges(),
      listenForKeys(),
      ...(root.current ? [keepFocus(root.current)] : []),
      close,
    ]
    return () => stops.forEach((stop) => stop())
  }, [])
  if (!isCircle(view) || !you) return null
  const lead = view.sight === 'lead'
  return html`<div class=${`room${lead ? ' leading' : ''}`} ref=${root}>
    <a class="skip" href="#large" onClick=${skip}>${t('room-skip')}</a>
    <${Bar} view=${view} />
    <main class="stage">
      <${Notice} offline=${connection !== 'on'} />
      <${Circle} view=${view} you=${you} connection=${connection} />
    </main>
    ${lead ? html`<${Panels} key="panels" view=${view} you=${you} />` : html`<div key="side" class="side"><${Queue} view=${view} you=${you} /></div>`}
    <${Dock} view=${view} you=${you} connection=${connection} />
    <${OpenSheet} view=${view} you=${you} />
  </div>`
}

/** The address stays as it is: its fragment is the link. @param {Event} event */
function skip(event) {
  event.preventDefault()
  document.getElementById('large')?.focus()
}

/** @param {{ view: CircleView }} props */
const Bar = ({ view }) =>
  html`<header class="bar">
    <div class="where">
      <h1 tabindex="-1">${view.title}</h1>
      <p class="state">
        ${t(view.meeting === 'doors' ? 'room-state-doors' : view.queue_open ? 'room-state-open' : 'room-state-queue-closed')}
      </p>
    </div>
    <${QuickExit} />
    <button type="button" class="btn plain icon" onClick=${() => open('menu')}>
      <${Icon} name="more" /><span class="vh">${t('menu-open')}</span>
    </button>
  </header>`

/** Its place is kept, so that nothing moves when the line breaks. @param {{ offline: boolean }} props */
const Notice = ({ offline }) =>
  html`<div class="notice-place">
    ${
      offline &&
      html`<p class="notice">
        <${Icon} name="offline" /><span><strong>${t('room-lost')}</strong> ${t('room-lost-text')}</span>
      </p>`
    }
  </div>`

/** @param {{ view: CircleView, you: You }} props */
function OpenSheet({ view, you }) {
  const opened = sheet.value
  if (!opened) return null
  const { name, about } = opened
  const lead = view.sight === 'lead' && leads(you) ? view : null
  const key = `${name} ${about}`
  switch (name) {
    case 'people':
      return html`<${PeopleSheet} key=${key} view=${view} you=${you} about="" />`
    case 'person':
      return html`<${PersonSheet} key=${key} view=${view} you=${you} about=${about} />`
    case 'kinds':
      return html`<${KindsSheet} key=${key} view=${view} />`
    case 'menu':
      return html`<${MenuSheet} key=${key} you=${you} />`
    case 'agreement':
      return html`<${AgreementSheet} key=${key} />`
    case 'keys':
      return html`<${KeysSheet} key=${key} />`
    case 'sound':
      return html`<${SoundSheet} key=${key} />`
    case 'leave':
      return html`<${LeaveSheet} key=${key} you=${you} />`
    case 'remove':
    case 'decline':
      return html`<${ReasonSheet} key=${key} view=${view} you=${you} about=${about} kind=${name} />`
    case 'add':
      return lead && html`<${AddSheet} key=${key} view=${lead} you=${you} />`
    case 'door':
      return lead && html`<${DoorSheet} key=${key} view=${lead} you=${you} about=${about} />`
    case 'hand':
      return lead && html`<${HandSheet} key=${key} view=${lead} you=${you} about=${about} />`
  }
}
