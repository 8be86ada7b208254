/** The fields of a schedule, and the dates that follow from them as the server reads them. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { locale } from '../locale.js'
import { hasWords, t } from '../words.js'
import { ask } from './host-api.js'
import { ENDS, EVERY, fieldOf, otherDays, scheduleOf, WEEKDAYS, weekly, zones } from './schedule-draft.js'

/** @typedef {import('./schedule-draft.js').Draft} Draft */
/** @typedef {import('./schedule-draft.js').Meeting} Meeting */
/** Why it cannot be: the field of the form, and the code. @typedef {{ field: keyof Draft, code: string }} Wrong */
/** @typedef {{ meetings: Meeting[] | null, wrong: Wrong | null }} Looked */

const TYPED = 400 // ms of quiet after which the server is asked what it makes of it

/** What is wrong, from the detail of a refusal. @param {unknown} detail @returns {Wrong} */
export function wrongOf(detail) {
  const { field = 'starts', code = '' } = /** @type {{field?: string, code?: string}} */ (detail ?? {})
  return { field: fieldOf(field), code }
}

/** What the server makes of a draft; nothing is changed there. @param {Draft} draft @returns {Looked} */
export function useLook(draft) {
  const [looked, show] = useState(/** @type {Looked} */ ({ meetings: null, wrong: null }))
  const schedule = JSON.stringify(scheduleOf(draft))
  useEffect(() => {
    let here = true
    const timer = setTimeout(async () => {
      const outcome = await ask('POST', '/api/schedules', { schedule: JSON.parse(schedule) })
      if (!here) return
      if (outcome.ok) {
        const found = /** @type {{next_meetings: Meeting[]}} */ (outcome.body)
        show({ meetings: found.next_meetings, wrong: null })
      } else if (outcome.code === 'schedule-invalid') show({ meetings: null, wrong: wrongOf(outcome.detail) })
    }, TYPED)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [schedule])
  return looked
}

/**
 * @param {{ id: string, draft: Draft, update: (next: Draft) => void, looked: Looked }} props `id`: of the form, so that
 * labels find their fields
 */
export function ScheduleFields({ id, draft, update, looked }) {
  const { wrong } = looked
  const change = (/** @type {Partial<Draft>} */ some) => update({ ...draft, ...some })
  /** @param {keyof Draft} name @param {object} [more] */
  const field = (name, more = {}) => ({
    class: 'field',
    id: `${id}-${name}`,
    name,
    value: draft[name],
    'aria-invalid': wrong?.field === name ? 'true' : undefined,
    'aria-describedby': wrong?.field === name ? `${id}-wrong` : undefined,
    onInput: (/** @type {{currentTarget: HTMLInputElement | HTMLSelectElement}} */ event) =>
      change({ [name]: event.currentTarget.value }),
    ...more,
  })
  const number = { type: 'number', inputmode: 'numeric', step: '1', autocomplete: 'off' }
  return html`<div class="schedule-fields">
      <${Label} id=${id} name="date"><input type="date" ...${field('date')} /><//>
      <${Label} id=${id} name="time"><input type="time" ...${field('time')} /><//>
      <${Label} id=${id} name="zone">
        <select ...${field('zone')}>
          ${zones(draft.zone).map((zone) => html`<option key=${zone} value=${zone}>${zone.replaceAll('_', ' ')}</option>`)}
        </select>
      <//>
      <${Label} id=${id} name="minutes"><input ...${number} min="5" max="1440" ...${field('minutes')} /><//>
      <${Label} id=${id} name="doors"><input ...${number} min="0" max="1440" ...${field('doors')} /><//>
      <${Label} id=${id} name="every">
        <select ...${field('every')}>
          ${EVERY.map((every) => html`<option key=${every} value=${every}>${t(`schedule-every-${every || 'once'}`)}</option>`)}
        </select>
      <//>
      ${weekly(draft.every) && html`<${Also} key="also" draft=${draft} change=${change} />`}
      ${
        draft.every &&
        html`<${Label} id=${id} name="end" key="end">
          <select ...${field('end')}>
            ${ENDS.map((end) => html`<option key=${end} value=${end}>${t(`schedule-end-${end || 'never'}`)}</option>`)}
          </select>
        <//>`
      }
      ${
        draft.every &&
        draft.end === 'until' &&
        html`<${Label} id=${id} name="until" key="until"><input type="date" ...${field('until')} /><//>`
      }
      ${
        draft.every &&
        draft.end === 'count' &&
        html`<${Label} id=${id} name="count" key="count"
          ><input ...${number} min="1" max="1000" ...${field('count')}
        /><//>`
      }
      <p class="refused" id=${`${id}-wrong`}>${wrong && wrongWords(wrong)}</p>
    </div>
    <${Dates} draft=${draft} change=${change} meetings=${looked.meetings} />`
}

const MONDAY = Date.UTC(2026, 10, 23)
const DAY = 86_400_000 // ms

/** More days of the week. @param {{ draft: Draft, change: (some: Partial<Draft>) => void }} props */
function Also({ draft: { date, also }, change }) {
  const named = new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' })
  return html`<fieldset class="schedule-also">
    <legend class="small">${t('schedule-also')}</legend>
    ${otherDays(date).map(
      (day) =>
        html`<label key=${day} class="tick small">
          <input
            type="checkbox"
            name="also"
            checked=${also.includes(day)}
            onChange=${() => change({ also: WEEKDAYS.filter((each) => (each === day) !== also.includes(each)) })}
          />
          <span>${named.format(MONDAY + WEEKDAYS.indexOf(day) * DAY)}</span>
        </label>`,
    )}
  </fieldset>`
}

/** @param {Wrong} wrong */
export const wrongWords = ({ field, code }) =>
  t('schedule-wrong', {
    field: t(`schedule-${field}`),
    why: t(hasWords(`schedule-is-${code}`) ? `schedule-is-${code}` : 'schedule-is-out-of-range'),
  })

/** @param {{ id: string, name: string, children?: unknown }} props */
const Label = ({ id, name, children }) =>
  html`<div class=${`schedule-${name}`}>
    <label for=${`${id}-${name}`} class="small">${t(`schedule-${name}`)}</label>
    ${children}
  </div>`

/** A day as it stands in the group's calendar. @param {string} date */
const dayOf = (date) =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

/** @param {string} moment @param {string} timeZone */
function clock(moment, timeZone) {
  try {
    return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(moment))
  } catch {
    return moment // a zone that this browser does not know
  }
}

/**
 * The next dates, each of which can be left out of a series, and those that are.
 * @param {{ draft: Draft, change: (some: Partial<Draft>) => void, meetings: Meeting[] | null }} props
 */
function Dates({ draft, change, meetings }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  const out = useRef(/** @type {HTMLUListElement | null} */ (null))
  if (!meetings) return null
  const { every, except, zone } = draft
  const ahead = every ? meetings.filter(({ date }) => !except.includes(date)) : meetings // the server's answer comes later

  /** The date moves to those that are left out, and focus with it. @param {string} date */
  function without(date) {
    const among = [...except, date].sort()
    change({ except: among })
    requestAnimationFrame(() => out.current?.querySelectorAll('button')[among.indexOf(date)]?.focus())
  }
  /** @param {string} date */
  function again(date) {
    change({ except: except.filter((each) => each !== date) })
    heading.current?.focus()
  }
  return html`<section class="schedule-dates">
    <h3 ref=${heading} tabindex="-1" class="small">${t('schedule-next')}</h3>
    ${ahead.length === 0 && html`<p key="none" class="small">${t('schedule-none')}</p>`}
    <ul>
      ${ahead.map(
        ({ date, doors, starts }) =>
          html`<li key=${date}>
            <span
              >${dayOf(date)}<br /><small class="muted"
                >${t('schedule-when', { start: clock(starts, zone), doors: clock(doors, zone) })}</small
              ></span
            >
            ${
              every &&
              html`<button type="button" class="btn sm" onClick=${() => without(date)}>
                ${t('schedule-leave-out')}<span class="vh"> ${dayOf(date)}</span>
              </button>`
            }
          </li>`,
      )}
    </ul>
    ${
      every &&
      except.length > 0 &&
      html`<h3 key="out" class="small">${t('schedule-left-out')}</h3>
        <ul key="list" ref=${out}>
          ${except.map(
            (date) =>
              html`<li key=${date}>
                <s>${dayOf(date)}</s>
                <button type="button" class="btn sm" onClick=${() => again(date)}>
                  ${t('schedule-take-in')}<span class="vh"> ${dayOf(date)}</span>
                </button>
              </li>`,
          )}
        </ul>`
    }
  </section>`
}
