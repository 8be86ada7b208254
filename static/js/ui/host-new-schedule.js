/** When a new room meets: nothing is planned until a host wants it; a copy begins with the dates of its source. */

import { html, useRef } from '../../vendor/preact.js'
import { t } from '../words.js'
import { ownZone, tomorrow } from './host-schedule.js'
import { ScheduleFields, useLook } from './host-schedule-fields.js'
import { draftOf } from './schedule-draft.js'

/** @typedef {import('./schedule-draft.js').Draft} Draft */
/** @typedef {(next: Draft | null) => void} Update */

/** What a form begins with. @param {import('./schedule-draft.js').Schedule | null} schedule of the room that is copied */
export const draftLike = (schedule) => (schedule ? draftOf(schedule, ownZone(), tomorrow()) : null)

/** @param {{ draft: Draft | null, update: Update }} props `draft` null: without a schedule */
export function NewSchedule({ draft, update }) {
  const place = useRef(/** @type {HTMLFieldSetElement | null} */ (null))

  /** What was pressed is gone then: focus goes to what came in its place. @param {Draft | null} next */
  function turn(next) {
    update(next)
    requestAnimationFrame(() =>
      /** @type {HTMLElement | null} */ (place.current?.querySelector('input, button'))?.focus(),
    )
  }

  const plan = () => turn(draftOf(null, ownZone(), tomorrow()))
  return html`<fieldset ref=${place} class="new-schedule">
    <legend><strong>${t('schedule-title')}</strong></legend>
    <p class="muted small">${t(draft ? 'schedule-about' : 'schedule-no')}</p>
    ${
      draft
        ? html`<${Planned} key="planned" draft=${draft} update=${update} />
            <button key="none" type="button" class="btn sm" onClick=${() => turn(null)}>
              ${t('schedule-without')}
            </button>`
        : html`<button key="plan" type="button" class="btn sm" onClick=${plan}>${t('schedule-plan')}</button>`
    }
  </fieldset>`
}

/** @param {{ draft: Draft, update: Update }} props */
const Planned = ({ draft, update }) =>
  html`<${ScheduleFields} id="new-schedule" draft=${draft} update=${update} looked=${useLook(draft)} />`
