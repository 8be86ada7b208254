/** The title of a room and the questions at its door, changed. */

import { html, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { changeRoom } from './host-api.js'
import { problemWords } from './host-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

const QUESTIONS = [1, 2, 3]

/** What was typed; empty questions are left out. @param {HTMLFormElement} form @returns {import('./host-api.js').Named} */
export function namedIn(form) {
  const data = new FormData(form)
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim()
  return { title: text('title'), questions: QUESTIONS.map((n) => text(`question-${n}`)).filter(Boolean) }
}

/** @param {{ id: string, title: string }} props `id`: of the field */
export const TitleField = ({ id, title }) =>
  html`<div>
    <label for=${id}><strong>${t('host-new-title')}</strong></label>
    <p class="muted small" id=${`${id}-hint`}>${t('host-new-title-hint')}</p>
    <input
      class="field"
      id=${id}
      name="title"
      maxlength="80"
      autocomplete="off"
      defaultValue=${title}
      aria-describedby=${`${id}-hint`}
    />
  </div>`

/** @param {{ questions: string[] }} props */
export const QuestionFields = ({ questions }) =>
  html`<fieldset>
    <legend><strong>${t('host-new-questions')}</strong></legend>
    <p class="muted small">${t('host-new-questions-hint')}</p>
    <div class="stack">
      ${QUESTIONS.map(
        (n) =>
          html`<input
            key=${n}
            class="field"
            name=${`question-${n}`}
            maxlength="200"
            autocomplete="off"
            defaultValue=${questions[n - 1] ?? ''}
            aria-label=${t('host-new-question', { n })}
            placeholder=${t('host-new-question', { n })}
          />`,
      )}
    </div>
  </fieldset>`

/** @param {{ room: HostRoom }} props */
export function Edit({ room }) {
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState('')

  /** @param {{preventDefault: () => void, currentTarget: HTMLFormElement}} event */
  async function save(event) {
    event.preventDefault()
    const form = event.currentTarget
    if (busy) return
    setBusy(true)
    const outcome = await changeRoom(room.id, namedIn(form))
    const words = outcome.ok ? t('host-limits-saved') : problemWords(outcome.code)
    setBusy(false)
    setAnswer(words)
    say(words)
    if (!outcome.ok && outcome.code === 'title-invalid') form.querySelector('input')?.focus()
  }

  return html`<form class="limits" aria-label=${t('host-section-edit')} onSubmit=${save} novalidate>
    <${TitleField} id="room-title" title=${room.title} />
    <${QuestionFields} questions=${room.questions} />
    <div class="row wrap">
      <button type="submit" class=${`btn${busy ? ' busy' : ''}`}>${t('host-limits-save')}</button>
      <span class="small">${answer}</span>
    </div>
  </form>`
}
