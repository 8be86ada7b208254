/** When a room meets: planned, changed, taken away, and a file for calendars. */

import { html, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { ask, fetched, look } from './host-api.js'
import { ScheduleFields, useLook, wrongOf, wrongWords } from './host-schedule-fields.js'
import { problemWords } from './host-words.js'
import { draftOf, scheduleOf } from './schedule-draft.js'
import { Twice } from './twice.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('./schedule-draft.js').Schedule} Schedule */

/** The reader's own zone. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** Tomorrow, by the reader's clock: `2026-11-24`. */
export function tomorrow() {
  const day = new Date()
  day.setDate(day.getDate() + 1)
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** @param {{ room: HostRoom }} props */
export function RoomSchedule({ room }) {
  const [planning, setPlanning] = useState(room.schedule !== undefined)
  const place = useRef(/** @type {HTMLDivElement | null} */ (null))

  /** What was pressed is gone then: focus goes to what came in its place. @param {boolean} now */
  function turn(now) {
    setPlanning(now)
    requestAnimationFrame(() =>
      /** @type {HTMLElement | null} */ (place.current?.querySelector('input, button'))?.focus(),
    )
  }

  return html`<div ref=${place}>
    ${
      planning
        ? html`<${Planned} key="form" room=${room} close=${() => turn(false)} />`
        : html`<div key="none" class="limits">
            <p class="small">${t('schedule-no')}</p>
            <div><button type="button" class="btn" onClick=${() => turn(true)}>${t('schedule-plan')}</button></div>
          </div>`
    }
  </div>`
}

/** @param {{ room: HostRoom, close: () => void }} props */
function Planned({ room, close }) {
  const id = `schedule-${room.id}`
  const [draft, setDraft] = useState(() => draftOf(room.schedule ?? null, ownZone(), tomorrow()))
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState('')
  const form = useRef(/** @type {HTMLFormElement | null} */ (null))
  const looked = useLook(draft)
  const saved =
    room.schedule !== undefined && JSON.stringify(scheduleOf(draft)) === JSON.stringify(inOrder(room.schedule))

  /** @param {import('./schedule-draft.js').Draft} next */
  function update(next) {
    setDraft(next)
    setAnswer('')
  }

  /** @param {string} words */
  function tell(words) {
    setAnswer(words)
    say(words)
  }

  /** @param {Schedule | null} schedule @param {string} words */
  async function change(schedule, words) {
    if (busy) return false
    setBusy(true)
    const outcome = await ask('PATCH', `/api/rooms/${encodeURIComponent(room.id)}`, { schedule })
    if (outcome.ok) await look()
    setBusy(false)
    if (!outcome.ok && outcome.code === 'schedule-invalid') {
      const wrong = wrongOf(outcome.detail)
      const field = /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector(`[name=${wrong.field}]`))
      field?.focus()
      tell(wrongWords(wrong))
    } else tell(outcome.ok ? words : problemWords(outcome.code))
    return outcome.ok
  }

  async function remove() {
    if (await change(null, t('schedule-removed'))) close()
  }

  async function download() {
    const response = await fetched('GET', `/api/rooms/${encodeURIComponent(room.id)}/calendar.ics`).catch(() => null)
    if (!response?.ok) return tell(problemWords(response ? 'other' : 'offline'))
    const url = URL.createObjectURL(await response.blob())
    Object.assign(document.createElement('a'), { href: url, download: 'lingkar.ics' }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    tell(t('schedule-file-saved'))
  }

  /** @param {{preventDefault: () => void}} event */
  function save(event) {
    event.preventDefault()
    void change(scheduleOf(draft), t('schedule-saved'))
  }

  return html`<form ref=${form} class="limits schedule" aria-label=${t('schedule-title')} onSubmit=${save} novalidate>
    <p class="muted small">${t('schedule-about')}</p>
    <${ScheduleFields} id=${id} draft=${draft} update=${update} looked=${looked} />
    <div class="row wrap">
      <button type="submit" class=${`btn${saved ? '' : ' fill'}${busy ? ' busy' : ''}`}>${t('schedule-save')}</button>
      ${saved && html`<button key="file" type="button" class="btn" onClick=${download}>${t('schedule-file')}</button>`}
      ${
        room.schedule
          ? html`<${Twice}
              key="remove"
              label=${t('schedule-remove')}
              sure=${t('schedule-remove-sure')}
              about=""
              act=${remove}
            />`
          : html`<button key="cancel" type="button" class="btn plain" onClick=${close}>${t('host-new-cancel')}</button>`
      }
      <span class="small" key="answer">${answer}</span>
    </div>
    ${saved && html`<p key="about-file" class="muted small">${t('schedule-file-about')}</p>`}
  </form>`
}

/** The same fields in the order in which a form makes them. @param {Schedule} schedule @returns {Schedule} */
const inOrder = (schedule) => scheduleOf(draftOf(schedule, '', ''))
