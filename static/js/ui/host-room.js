/** One room's page: how it is, in sentences; who leads; and all that can be changed. Never a participant's name. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { concerns } from '../host-attention.js'
import { phaseName } from '../phase-names.js'
import { t } from '../words.js'
import { ToAllRooms } from './host-back.js'
import { Facts } from './host-card.js'
import { SmallCircle } from './host-circle.js'
import { Endings } from './host-end.js'
import { Enter } from './host-needs.js'
import { SECTIONS } from './host-sections.js'
import { Staff } from './host-staff.js'
import { go, where } from './host-where.js'
import { concernWords, lineWords, planWords } from './host-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

/** A heading that unfolds what belongs to it. @param {{ name: string, icon: string, open: boolean, children: unknown }} props */
function Fold({ name, icon, open, children }) {
  const [unfolded, setUnfolded] = useState(open)
  return html`<section class="card fold">
    <h2>
      <button type="button" aria-expanded=${unfolded} onClick=${() => setUnfolded(!unfolded)}>
        <${Icon} name=${icon} /><span>${t(`host-section-${name}`)}</span><${Icon} name=${unfolded ? 'up' : 'down'} />
      </button>
    </h2>
    ${unfolded && children}
  </section>`
}

/** @param {{ room: HostRoom }} props */
function Now({ room }) {
  const needs = concerns(room)
  const kinds = needs.map(({ kind }) => kind)
  return html`<section class="card now" aria-labelledby="now">
    <h2 id="now">${t('host-now')}</h2>
    <div class="room-now">
      <${SmallCircle} room=${room} />
      <div>
        <p>${lineWords(room)}</p>
        ${room.state === 'open' && room.phase && html`<p key="phase" class="muted small">${t('host-phase', { phase: phaseName({ name: room.phase, title: room.phase_title }) })}</p>`}
      </div>
    </div>
    <${Facts} room=${room} door=${kinds.includes('door')} hand=${kinds.includes('hand')} />
    ${needs.map((each) => html`<p key=${each.kind} class="notice care"><${Icon} name="info" /><span>${concernWords(room, each)}</span></p>`)}
    <div class="stack enter">
      <${Enter} room=${room} named=${false} />
      <p class="muted small">${t('host-enter-seen')}</p>
    </div>
  </section>`
}

/** @param {{ room: HostRoom }} props */
export function RoomPage({ room }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  useEffect(() => heading.current?.focus(), [room.id])
  const { open } = where.value
  return html`<main class="host-main room-page">
    <div class="wide">
      <${ToAllRooms} />
      <h1 ref=${heading} tabindex="-1">${room.title}</h1>
      <p class="muted small">
        ${planWords(room)}
        <span class=${`chip${room.state === 'open' ? ' on' : ''}`}>${t(`host-state-${room.state}`)}</span>
      </p>
    </div>
    <div class="stack">
      <${Now} room=${room} />
      <${Staff} room=${room} />
    </div>
    <div class="stack">
      ${SECTIONS.map(
        ([name, icon, Content]) =>
          html`<${Fold} key=${`${room.id}-${name}`} name=${name} icon=${icon} open=${open === name}>
            <${Content} room=${room} />
          <//>`,
      )}
      <div class="card stack">
        <p class="small muted">${t('host-clone-text')}</p>
        <button type="button" class="btn" onClick=${() => go('new', room.id)}>
          <${Icon} name="copies" />${t('host-clone')}
        </button>
      </div>
      <${Endings} room=${room} />
    </div>
  </main>`
}
