/** The third step: waiting at the door. Nothing needs to be done; up to three questions may be answered. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { leaveKindly } from '../connection.js'
import { room } from '../store.js'
import { ordinal, t } from '../words.js'
import { Icon } from './icons.js'
import { Answer, useAsk } from './join-ask.js'
import { shortName } from './seat-name.js'

/** An empty circle with you in it. */
const WaitingCircle = () =>
  html`<svg class="waiting-circle" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
    <circle class="track" cx="50" cy="50" r="46" />
    ${[0, 1, 2, 3, 4, 5, 6, 7].map((seat) => {
      const angle = ((90 + 45 * seat) * Math.PI) / 180
      return html`<circle
        key=${seat}
        class=${seat === 0 ? 'you' : 'seat-dot'}
        cx=${50 + 34 * Math.cos(angle)}
        cy=${50 + 34 * Math.sin(angle)}
        r="5"
      />`
    })}
  </svg>`

/** @param {{steps: unknown}} props */
export function Wait({ steps }) {
  const you = room.you.value
  const view = room.view.value
  const questions = (view?.sight === 'door' && view.questions) || []
  const place = you?.line ? ordinal(you.line) : ''
  const told = you?.message ?? ''
  const words = place ? 'join-waiting-line' : you?.role === 'participant' ? 'join-waiting-text' : 'join-waiting-second'
  const away = room.restarting.value ? 'join-restarting' : 'join-waiting-offline'
  const [first] = useState(place)
  useEffect(() => {
    if (told) say(t('said-waiting-told', { text: told }))
  }, [told])
  useEffect(() => {
    if (place && place !== first) say(t('said-waiting-line', { place }), { about: 'line' })
  }, [place])
  return html`<main class="join-main">
      ${steps}
      <div class="lobby">
        <${WaitingCircle} />
        <h1>${t('join-waiting-title', { name: shortName(you?.name ?? '') })}</h1>
        <p class="lead">${room.connection.value === 'on' ? t(words, { place }) : t(away)}</p>
      </div>
      ${
        told &&
        html`<div class="card told" key="told">
          <p class="muted small">${t('join-waiting-told')}</p>
          <p class="serif">${told}</p>
        </div>`
      }
      ${questions.length > 0 && html`<${Questions} questions=${questions} answered=${you?.answered ?? false} />`}
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <button type="button" class="btn wide" onClick=${leaveKindly}><${Icon} name="leave" />${t('join-leave')}</button>
    </section>`
}

/** @param {{questions: string[], answered: boolean}} props */
function Questions({ questions, answered }) {
  const asking = useAsk()
  const [again, setAgain] = useState(false)
  const [answers, setAnswers] = useState(/** @type {string[]} */ ([]))

  /** @param {Event} event */
  async function tell(event) {
    event.preventDefault()
    const done = await asking.ask({ type: 'answer-door', answers: questions.map((_, place) => answers[place] ?? '') })
    if (!done) return
    setAgain(false)
    say(t('join-answered'))
  }

  /** @param {number} place @param {string} text */
  const write = (place, text) => setAnswers(Object.assign([], answers, { [place]: text }))

  if (answered && !again)
    return html`<div class="card answered" key="done">
      <p><${Icon} name="check" />${t('join-answered')}</p>
      <button type="button" class="btn plain" onClick=${() => setAgain(true)}>${t('join-answer-again')}</button>
    </div>`
  return html`<form class="card questions" key="ask" onSubmit=${tell}>
    <h2>${t('join-questions-title')}</h2>
    <p class="muted small" id="questions-hint">${t('join-questions-hint')}</p>
    ${questions.map(
      (question, place) =>
        html`<label key=${place}>
          <span>${question}</span>
          <textarea
            class="field"
            rows="2"
            maxlength="500"
            aria-describedby="questions-hint"
            value=${answers[place] ?? ''}
            onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ event) => write(place, event.currentTarget.value)}
          ></textarea>
        </label>`,
    )}
    <button type="submit" class=${`btn fill${asking.busy ? ' busy' : ''}`}>${t('join-answer')}</button>
    <${Answer} asking=${asking} />
  </form>`
}
