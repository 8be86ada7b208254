/** The second step: the agreement. The button comes after the text, and the way out beside it is as good. */

import { html } from '../../vendor/preact.js'
import { leaveKindly } from '../connection.js'
import { sound } from '../media/state.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { Answer, useAsk } from './join-ask.js'
import { Moon } from './join-bar.js'
import { consent } from './join-sound.js'

/** What the server keeps in every room today; the words of each are `join-rule-<name>` and `join-rule-<name>-text`. */
const RULES = [
  { name: 'one-voice', icon: html`<${Icon} name="piece" />` },
  { name: 'microphone', icon: html`<${Icon} name="mic-off" />` },
  { name: 'silence', icon: html`<${Moon} />` },
  { name: 'passing', icon: html`<${Icon} name="later" />` },
  { name: 'place', icon: html`<${Icon} name="clock" />` },
]

/** The group's own words: paragraphs at empty lines, other line breaks kept by the style sheet. @param {{text: string}} props */
const OwnWords = ({ text }) =>
  html`<section class="own-words" aria-labelledby="own-words">
    <h2 id="own-words">${t('join-own-words')}</h2>
    ${text
      .split(/\n\s*\n/u)
      .filter((paragraph) => paragraph.trim())
      .map((paragraph, place) => html`<p key=${place}>${paragraph.trim()}</p>`)}
  </section>`

/** The text itself: policy, rules, the group's own words. Also for reading it again in the room. */
export function AgreementText() {
  const agreement = room.view.value?.agreement
  if (!agreement) return null
  return html`<div class="secret">
      <${Icon} name="lock" size="l" />
      <div>
        <strong>${t(`join-policy-${agreement.policy}`)}</strong>
        <p class="small">${t(`join-policy-${agreement.policy}-text`)}</p>
      </div>
    </div>
    <ul class="rules">
      ${RULES.map(
        ({ name, icon }) =>
          html`<li key=${name}>
            ${icon}
            <div>
              <strong>${t(`join-rule-${name}`)}</strong>
              <span class="muted small">${t(`join-rule-${name}-text`)}</span>
            </div>
          </li>`,
      )}
    </ul>
    ${agreement.text && html`<${OwnWords} text=${agreement.text} />`}
    <details class="keeps">
      <summary>${t('join-keeps')}</summary>
      <p class="small">${t('join-keeps-memory')}</p>
      <p class="small">${t('join-keeps-disk')}</p>
      <p class="small">${t('join-keeps-cannot')}</p>
    </details>`
}

/** @param {{steps: unknown}} props */
export function Agreement({ steps }) {
  const asking = useAsk()
  const you = room.you.value
  const version = room.view.value?.agreement.version ?? 0
  const changed = consent.value !== 0 && consent.value !== version
  /** Nothing is sent before the sound has been looked at; where there is none, at once. */
  function accept() {
    if (you?.reading || sound.server.peek() === 'off') void asking.ask({ type: 'accept-agreement', version })
    else consent.value = version
  }
  return html`<main class="join-main">
      ${steps}
      <h1>${t('join-agreement-title')}</h1>
      <p class="lead">${t(you?.admitted ? 'join-agreement-lead-open' : 'join-agreement-lead')}</p>
      ${changed && html`<p class="notice"><${Icon} name="info" /><span>${t('join-agreement-changed')}</span></p>`}
      <${AgreementText} />
    </main>
    <section class="join-foot" aria-label=${t('join-next')}>
      <${Answer} asking=${asking} id="agree-answer" />
      <button
        type="button"
        class=${`big${asking.busy ? ' busy' : ''}`}
        aria-describedby="agree-answer"
        onClick=${accept}
      >
        <${Icon} name="check" size="l" />${t('join-agree')}
      </button>
      <button type="button" class="btn plain wide" onClick=${leaveKindly}>${t('join-disagree')}</button>
    </section>`
}
