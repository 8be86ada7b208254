/** Coming in: a name, the agreement, the wait at the door. One step on a screen. */

import { html } from '../../vendor/preact.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Agreement } from './join-agreement.js'
import { Bar, Mark } from './join-bar.js'
import { Name } from './join-name.js'
import { Wait } from './join-waiting.js'

/** @typedef {'returning' | 'name' | 'agreement' | 'waiting'} Step */

const STEPS = /** @type {const} */ (['name', 'agreement', 'waiting'])

/** Where somebody who is not in yet stands. @returns {Step} */
export function stepNow() {
  const phase = room.phase.value
  if (phase !== 'door') return phase === 'returning' ? 'returning' : 'name'
  return room.you.value?.agreed ? 'waiting' : 'agreement'
}

/** @param {{step: Step}} props */
const Steps = ({ step }) =>
  html`<ol class="steps" aria-label=${t('join-steps')}>
    ${STEPS.map(
      (each, place) =>
        html`<li
          key=${each}
          class=${place < STEPS.indexOf(/** @type {'name'} */ (step)) ? 'done' : ''}
          aria-current=${each === step ? 'step' : undefined}
        >
          ${t(`join-step-${each}`)}
        </li>`,
    )}
  </ol>`

const Returning = () =>
  html`<main class="plain-page">
    <${Mark} />
    <h1>${t('join-returning')}</h1>
    <p class="muted">${t(room.connection.value === 'off' ? 'join-no-connection' : 'join-returning-text')}</p>
  </main>`

export function Join() {
  const step = stepNow()
  const Page = { name: Name, agreement: Agreement, waiting: Wait, returning: Returning }[step]
  return html`<div class=${`join join-${step}`}>
    <${Bar} />
    ${step === 'returning' ? html`<${Returning} />` : html`<${Page} steps=${html`<${Steps} step=${step} />`} />`}
  </div>`
}
