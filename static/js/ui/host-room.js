/** One room on the host page: numbers, links and limits when asked for, and its end. Never a participant's name. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { t } from '../words.js'
import { Announce } from './host-announce.js'
import { deleteRoom } from './host-api.js'
import { nameOf, ownNameOf } from './format-words.js'
import { RoomAgreement } from './host-agreement.js'
import { RoomFormat } from './host-format.js'
import { Limits } from './host-limits.js'
import { RoomLinks } from './host-links.js'
import { RoomSchedule } from './host-schedule.js'
import { problemWords } from './host-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

/** What happens now, without a name. @param {HostRoom} room */
function lineOf({ state, floor }) {
  if (state === 'doors') return 'host-line-doors'
  if (floor === 'over') return 'host-line-over'
  return floor === 'free' || floor === 'offered' ? 'host-line-quiet' : 'host-line-speaking'
}

/** @param {number} seconds */
function longest(seconds) {
  return `, ${t('host-longest', { minutes: Math.floor(seconds / 60) })}`
}

/** @param {{room: HostRoom}} props */
function Facts({ room }) {
  const hands = t('host-hands', { count: room.hands })
  const hand = room.hands > 0 ? longest(room.longest_wait) : ''
  const door = room.waiting > 0 ? longest(room.longest_at_door) : ''
  const alone = room.facilitators === 0 && (room.state === 'open' || room.waiting > 0)
  return html`<ul class="facts">
    <li>
      <${Icon} name="note" size="s" />${room.own_format ? ownNameOf(room.own_format) : nameOf({ name: room.format })}
    </li>
    <li><${Icon} name="piece" size="s" />${t(lineOf(room))}</li>
    <li><${Icon} name="people" size="s" />${t('host-people', { count: room.present })}</li>
    <li><${Icon} name="hand" size="s" />${hands}${hand}</li>
    <li class=${room.waiting > 0 ? 'waits' : ''}>
      <${Icon} name="gate" size="s" />${t('host-door', { count: room.waiting })}${door}
    </li>
    ${alone && html`<li key="alone" class="waits"><${Icon} name="info" size="s" />${t('host-nobody-leads')}</li>`}
  </ul>`
}

/** Two presses end a room; the second button stands where nobody's finger rests. @param {{room: HostRoom, onGone: (title: string) => void}} props */
function Ending({ room, onGone }) {
  const [sure, setSure] = useState(false)
  const [problem, setProblem] = useState('')
  const first = useRef(/** @type {HTMLButtonElement | null} */ (null))
  const no = useRef(/** @type {HTMLButtonElement | null} */ (null))
  useEffect(() => {
    if (sure) no.current?.focus()
  }, [sure])

  function stay() {
    setSure(false)
    requestAnimationFrame(() => first.current?.focus())
  }

  async function end() {
    const outcome = await deleteRoom(room.id)
    if (outcome.ok) onGone(room.title)
    else setProblem(outcome.code)
  }

  if (!sure)
    return html`<button ref=${first} key="first" type="button" class="btn plain sm end" onClick=${() => setSure(true)}>
      ${t('host-delete')}
    </button>`
  return html`<div key="sure" class="sure">
    <p class="small">${t('host-delete-text')}</p>
    <div class="row wrap">
      <button ref=${no} type="button" class="btn" onClick=${stay}>${t('host-delete-no')}</button>
      <button type="button" class="btn care" onClick=${end}>${t('host-delete-sure')}</button>
    </div>
    <p class="refused">${problem && problemWords(problem)}</p>
  </div>`
}

/** @param {{room: HostRoom, fresh: boolean, onGone: (title: string) => void}} props */
export function RoomCard({ room, fresh, onGone }) {
  const [links, setLinks] = useState(false)
  const [agreement, setAgreement] = useState(false)
  const [format, setFormat] = useState(false)
  const [settings, setSettings] = useState(false)
  const [announcing, setAnnouncing] = useState(false)
  const [schedule, setSchedule] = useState(false)
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  useEffect(() => {
    if (!fresh) return
    setLinks(true) // whoever makes a room wants its links
    heading.current?.focus()
  }, [fresh])
  return html`<li class="card host-room">
    <div class="row between">
      <h3 ref=${heading} tabindex="-1" class="serif">${room.title}</h3>
      <span class=${`chip${room.state === 'open' ? ' on' : ''}`}>${t(`host-state-${room.state}`)}</span>
    </div>
    <${Facts} room=${room} />
    <div class="row wrap">
      ${
        room.links.host &&
        html`<a key="enter" class="btn sm" href=${room.links.host} target="_blank" rel="noopener noreferrer"
          ><${Icon} name="right" />${t('host-enter')}</a
        >`
      }
      <button type="button" class="btn sm" aria-expanded=${links} onClick=${() => setLinks(!links)}>
        <${Icon} name=${links ? 'up' : 'down'} />${t(links ? 'host-links-hide' : 'host-links-show')}
      </button>
      <button type="button" class="btn sm" aria-expanded=${agreement} onClick=${() => setAgreement(!agreement)}>
        <${Icon} name=${agreement ? 'up' : 'down'} />${t('agreement-title')}
      </button>
      <button type="button" class="btn sm" aria-expanded=${format} onClick=${() => setFormat(!format)}>
        <${Icon} name=${format ? 'up' : 'down'} />${t('host-format')}
      </button>
      <button type="button" class="btn sm" aria-expanded=${schedule} onClick=${() => setSchedule(!schedule)}>
        <${Icon} name=${schedule ? 'up' : 'down'} />${t('schedule-title')}
      </button>
      <button type="button" class="btn sm" aria-expanded=${settings} onClick=${() => setSettings(!settings)}>
        <${Icon} name=${settings ? 'up' : 'down'} />${t('host-limits')}
      </button>
      <button type="button" class="btn sm" aria-expanded=${announcing} onClick=${() => setAnnouncing(!announcing)}>
        <${Icon} name=${announcing ? 'up' : 'down'} />${t('announce-title')}
      </button>
    </div>
    ${links && html`<${RoomLinks} key="links" room=${room} />`}
    ${agreement && html`<${RoomAgreement} key="agreement" room=${room} />`}
    ${format && html`<${RoomFormat} key="format" room=${room} />`}
    ${schedule && html`<${RoomSchedule} key="schedule" room=${room} />`}
    ${settings && html`<${Limits} key="settings" room=${room} />`}
    ${announcing && html`<${Announce} key="announce" room=${room} />`}
    <${Ending} room=${room} onGone=${onGone} />
  </li>`
}
