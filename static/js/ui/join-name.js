/** The first step: what shall we call you? A made-up name is fine. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { connect } from '../connection.js'
import { current, remember } from '../session.js'
import { wakeSound } from '../sounds.js'
import { room } from '../store.js'
import { refusedWords, t } from '../words.js'
import { Disc } from './seat.js'

const SLOW = 3000 // ms until it is said that it takes a moment

/** @param {{steps: unknown}} props */
export function Name({ steps }) {
  const [name, setName] = useState(current().name ?? '')
  const [empty, setEmpty] = useState(false)
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  const dialling = useDialling()
  const wrong = empty ? 'name-empty' : room.refusal.value === 'name-invalid' ? 'name-invalid' : ''
  const sentence = wrong && refusedWords(wrong)
  useEffect(() => {
    if (!sentence) return
    field.current?.focus()
    say(sentence)
  }, [sentence])

  /** @param {Event} event */
  function join(event) {
    event.preventDefault()
    wakeSound()
    const chosen = name.trim()
    setEmpty(!chosen)
    if (!chosen || dialling.busy) return
    remember({ name: chosen })
    dialling.start()
    connect()
  }

  return html`<form class="join-form" onSubmit=${join} novalidate>
    <main class="join-main">
      ${steps}
      <h1>${t('join-name-title')}</h1>
      <p class="lead">${t('join-name-lead')}</p>
      <div class="name-field">
        <${Disc} number=${0} name=${name} />
        <div>
          <label for="name"><strong>${t('join-name-label')}</strong></label>
          <input
            ref=${field}
            class="field"
            id="name"
            value=${name}
            maxlength="60"
            autocomplete="off"
            autocapitalize="words"
            spellcheck=${false}
            enterkeyhint="next"
            aria-describedby="name-hint name-wrong"
            aria-invalid=${wrong ? 'true' : undefined}
            onInput=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => setName(event.currentTarget.value)}
          />
        </div>
      </div>
      <p class="refused" id="name-wrong">${sentence}</p>
      <p class="muted small" id="name-hint">${t('join-name-hint')}</p>
      <${Progress} dialling=${dialling} />
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <button
        type="submit"
        class=${`big${dialling.busy ? ' busy' : ''}`}
        aria-disabled=${dialling.busy ? 'true' : undefined}
      >
        ${t('join-name-go')}
      </button>
    </section>
  </form>`
}

/** Whether the first connection is on its way: from the tap until the door answers, or says no; `slow` after 3 s. */
function useDialling() {
  const [busy, setBusy] = useState(false)
  const [slow, setSlow] = useState(false)
  const invalid = room.refusal.value === 'name-invalid'
  useEffect(() => {
    if (invalid) setBusy(false)
  }, [invalid])
  useEffect(() => {
    if (!busy) return
    const timer = setTimeout(() => setSlow(true), SLOW)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return { busy, slow, start: () => setBusy(true) }
}

/** The line above the button while it takes longer than a moment. @param {{dialling: {busy: boolean, slow: boolean}}} props */
function Progress({ dialling }) {
  const { busy, slow } = dialling
  const trouble = busy && room.connection.value === 'off'
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (trouble) setSeen(true) // between two attempts it stays: a line that comes and goes is worse than either
    if (!busy) setSeen(false)
  }, [trouble, busy])
  const code = room.refusal.value
  const why = code && code !== 'name-invalid' ? refusedWords(code) : t('join-no-connection')
  return html`<p class="answer" role="status">${busy && seen ? why : slow ? t('page-moment') : ''}</p>`
}
