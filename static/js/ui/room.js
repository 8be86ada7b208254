/** The room: bar, circle, queue or panels, dock, and whatever sheet is open. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { isCircle, room } from '../store.js'
import { t } from '../words.js'
import { Circle } from './circle.js'
import { Dock } from './dock.js'
import { Icon } from './icons.js'
import { QuickExit } from './join-bar.js'
import { NotFetched } from './later.js'
import { Queue } from './queue.js'
import { keepFocus } from './room-focus.js'
import { listenForKeys } from './room-keys.js'
import { tellChanges } from './room-told.js'
import { runClock } from './room-words.js'
import { close, open } from './sheet.js'
import { announced, leading, OpenSheet, practice } from './sheets.js'

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
  const begun = isCircle(view) && view.meeting === 'open' && connection === 'on'
  useEffect(() => void (begun && practice.want()), [begun])
  const news = isCircle(view) && view.announcement
  useEffect(() => void (news && announced.want()), [news, connection])
  if (!isCircle(view) || !you) return null
  const { Panels } = (view.sight === 'lead' && leading.here()) || {}
  const failed = view.sight === 'lead' && leading.state.value === 'failed'
  return html`<div class=${`room${Panels ? ' leading' : ''}`} ref=${root}>
    <a class="skip" href="#large" onClick=${skip}>${t('room-skip')}</a>
    <${Bar} view=${view} />
    <main class="stage">
      <${Notice} view=${view} offline=${connection !== 'on'} restarting=${room.restarting.value} />
      <${Circle} view=${view} you=${you} connection=${connection} />
    </main>
    ${
      Panels
        ? html`<${Panels} key="panels" view=${view} you=${you} />`
        : html`<div key="side" class="side">
            ${failed && html`<${NotFetched} key="failed" of=${leading} />`}
            <${Queue} key="queue" view=${view} you=${you} />
          </div>`
    }
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
      <p class="state"><${Where} view=${view} /></p>
    </div>
    <${QuickExit} />
    <button type="button" class="btn plain icon" onClick=${() => open('menu')}>
      <${Icon} name="more" /><span class="vh">${t('menu-open')}</span>
    </button>
  </header>`

/** Where the meeting is. @param {{ view: CircleView }} props */
function Where({ view }) {
  const told = announced.here()
  if (told?.place(view) === 'bar') return html`<${told.Line} view=${view} />`
  const begun = view.meeting === 'open' && practice.here()
  if (begun) return html`<${begun.Phase} view=${view} />`
  return t(
    view.meeting === 'doors' ? 'room-state-doors' : view.queue_open ? 'room-state-open' : 'room-state-queue-closed',
  )
}

/**
 * What everybody is asked or told in this phase. When the line breaks, that stands in the same place: nothing moves.
 * @param {{ view: CircleView, offline: boolean, restarting: boolean }} props
 */
const Notice = ({ view, offline, restarting }) =>
  html`<div class="notice-place">
    ${
      !offline &&
      !restarting &&
      view.meeting === 'open' &&
      practice.here() &&
      html`<${practice.here()?.Prompt} key="prompt" view=${view} />`
    }
    ${
      !offline &&
      !restarting &&
      announced.here()?.place(view) === 'stage' &&
      html`<${announced.here()?.Announced} key="told" view=${view} />`
    }
    ${
      (offline || restarting) &&
      html`<p key="notice" class="notice">
        <${Icon} name=${restarting ? 'later' : 'offline'} />
        <span>
          <strong>${t(restarting ? 'room-restarting' : 'room-lost')}</strong>
          ${' '}${t(restarting ? 'room-restarting-text' : 'room-lost-text')}
        </span>
      </p>`
    }
  </div>`
