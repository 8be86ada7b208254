/** The form that makes a room: title, format, what may leave the room, own agreement, questions at the door, limits. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { begun, forgetChoice } from './format-choice.js'
import { createRoom } from './host-api.js'
import { formatToSend, PickFormat, showFaults, useChoice } from './host-format.js'
import { problemWords } from './host-words.js'
import { LimitFields, limitsOf } from './host-limits.js'
import { Icon } from './icons.js'

const POLICIES = ['stays-in-the-room', 'general-experience-only', 'full-disclosure']
const QUESTIONS = [1, 2, 3]
const FORMAT = 'new-format'

/** What was typed, as the API wants it; empty questions are left out. @param {HTMLFormElement} form @param {string | import('./host-api.js').Format} format */
function planOf(form, format) {
  const data = new FormData(form)
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim()
  const questions = QUESTIONS.map((n) => text(`question-${n}`)).filter(Boolean)
  return {
    title: text('title'),
    format,
    agreement: { policy: text('policy'), text: text('text') },
    questions,
    ...limitsOf(form),
  }
}

/** @param {{n: number}} props */
const Question = ({ n }) =>
  html`<input
    class="field"
    name=${`question-${n}`}
    maxlength="200"
    autocomplete="off"
    aria-label=${t('host-new-question', { n })}
    placeholder=${t('host-new-question', { n })}
  />`

/** @param {{onClose: (id: string) => void}} props */
export function NewRoom({ onClose }) {
  const title = useRef(/** @type {HTMLInputElement | null} */ (null))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const choice = useChoice(FORMAT, () => begun('simple', null))
  useEffect(() => title.current?.focus(), [])

  /** @param {{preventDefault: () => void, currentTarget: HTMLFormElement}} event */
  async function make(event) {
    event.preventDefault()
    const form = event.currentTarget
    const format = formatToSend(FORMAT, choice)
    if (busy || format === null) return
    setBusy(true)
    const outcome = await createRoom(planOf(form, format))
    setBusy(false)
    setProblem(outcome.ok ? '' : outcome.code)
    if (outcome.ok) {
      forgetChoice(FORMAT)
      say(t('host-created', { title: outcome.room.title }))
      onClose(outcome.room.id)
    } else {
      say(problemWords(outcome.code))
      if (outcome.code === 'title-invalid') title.current?.focus()
      if (outcome.code === 'format') showFaults(FORMAT, choice, outcome.detail)
    }
  }

  return html`<form class="card host-form" aria-label=${t('host-new')} onSubmit=${make} novalidate>
    <div>
      <label for="title"><strong>${t('host-new-title')}</strong></label>
      <p class="muted small" id="title-hint">${t('host-new-title-hint')}</p>
      <input
        ref=${title}
        class="field"
        id="title"
        name="title"
        maxlength="80"
        autocomplete="off"
        aria-describedby="title-hint"
      />
    </div>
    <${PickFormat} id=${FORMAT} choice=${choice} />
    <fieldset>
      <legend><strong>${t('host-new-policy')}</strong></legend>
      <div class="opts">
        ${POLICIES.map(
          (policy, place) =>
            html`<label key=${policy}>
              <input type="radio" name="policy" value=${policy} defaultChecked=${place === 0} />
              <${Icon} name="check" />
              <span>${t(`join-policy-${policy}`)}</span>
              <small>${t(`join-policy-${policy}-text`)}</small>
            </label>`,
        )}
      </div>
    </fieldset>
    <div>
      <label for="text"><strong>${t('host-new-text')}</strong></label>
      <p class="muted small" id="text-hint">${t('host-new-text-hint')}</p>
      <textarea class="field" id="text" name="text" rows="4" maxlength="10000" aria-describedby="text-hint"></textarea>
    </div>
    <fieldset>
      <legend><strong>${t('host-new-questions')}</strong></legend>
      <p class="muted small">${t('host-new-questions-hint')}</p>
      <div class="stack">${QUESTIONS.map((n) => html`<${Question} key=${n} n=${n} />`)}</div>
    </fieldset>
    <${LimitFields} id="new" seats=${0} two=${false} />
    <p class="answer refused">${problem && problemWords(problem)}</p>
    <div class="row wrap">
      <button type="submit" class=${`btn fill${busy ? ' busy' : ''}`}>${t('host-new-go')}</button>
      <button type="button" class="btn plain" onClick=${() => onClose('')}>${t('host-new-cancel')}</button>
    </div>
  </form>`
}
