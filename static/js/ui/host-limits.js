/** How many participants a room has a seat for, and whether two have to agree before somebody is removed. */

import { html, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { changeRoom } from './host-api.js'
import { problemWords } from './host-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

/** What was typed; an empty field is no limit. @param {HTMLFormElement} form @returns {import('./host-api.js').Limits} */
export function limitsOf(form) {
  const data = new FormData(form)
  return { seats: Math.trunc(Number(data.get('seats')) || 0), two_to_remove: data.has('two') }
}

/** @param {{ id: string, seats: number, two: boolean }} props */
export const LimitFields = ({ id, seats, two }) =>
  html`<div>
      <label for=${`seats-${id}`}><strong>${t('host-seats')}</strong></label>
      <p class="muted small" id=${`seats-hint-${id}`}>${t('host-seats-hint')}</p>
      <input
        class="field seats"
        id=${`seats-${id}`}
        name="seats"
        type="number"
        inputmode="numeric"
        min="1"
        max="300"
        step="1"
        autocomplete="off"
        defaultValue=${seats || ''}
        aria-describedby=${`seats-hint-${id}`}
      />
    </div>
    <label class="tick">
      <input
        type="checkbox"
        name="two"
        defaultChecked=${two}
        aria-labelledby=${`two-${id}`}
        aria-describedby=${`two-hint-${id}`}
      />
      <span>
        <strong id=${`two-${id}`}>${t('host-two')}</strong><br />
        <span class="muted small" id=${`two-hint-${id}`}>${t('host-two-hint')}</span>
      </span>
    </label>`

/** The same of a room that is there. @param {{ room: HostRoom }} props */
export function Limits({ room }) {
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState('')

  /** @param {{preventDefault: () => void, currentTarget: HTMLFormElement}} event */
  async function save(event) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const outcome = await changeRoom(room.id, limitsOf(event.currentTarget))
    const words = outcome.ok ? t('host-limits-saved') : problemWords(outcome.code)
    setBusy(false)
    setAnswer(words)
    say(words)
  }

  return html`<form class="limits" aria-label=${t('host-limits')} onSubmit=${save} novalidate>
    <${LimitFields} id=${room.id} seats=${room.seats} two=${room.two_to_remove} />
    <div class="row wrap">
      <button type="submit" class=${`btn${busy ? ' busy' : ''}`}>${t('host-limits-save')}</button>
      <span class="small">${answer}</span>
    </div>
  </form>`
}
