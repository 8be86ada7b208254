/** Coming in: a name, the agreement, sound, the wait at the door. One step on a screen. */

import { effect, html, useEffect } from '../../vendor/preact.js'
import { askServer } from '../media/index.js'
import { sound } from '../media/state.js'
import { isCircle, room } from '../store.js'
import { t } from '../words.js'
import { Agreement } from './join-agreement.js'
import { Bar, Mark } from './join-bar.js'
import { Name } from './join-name.js'
import { consent, Moving, Sound } from './join-sound.js'
import { Wait } from './join-waiting.js'
import { later } from './later.js'

/** @typedef {'returning' | 'moving' | 'name' | 'agreement' | 'sound' | 'waiting' | 'again'} Step */

/** For whoever is asked again; where it cannot be fetched, as at the door. */
const again = later(() => import('./again.js'), { words: ['again'], css: ['changes'] })
/** What was accepted on this page. @type {{ agreement?: import('../protocol.js').Agreement }} */
const accepted = {}
effect(() => {
  const [view, you] = [room.view.value, room.you.value]
  if (you?.agreed) accepted.agreement ??= view?.agreement
  else if (you?.reading || isCircle(view)) again.want()
})

/** Without sound on this server there is nothing to choose. @returns {Step[]} */
const steps = () => [
  'name',
  'agreement',
  ...(sound.server.value === 'off' ? [] : [/** @type {const} */ ('sound')]),
  'waiting',
]

/** Where somebody who is not in stands; `still`, while the page for it comes. @param {string} [still] */
export function stepNow(still = '') {
  const phase = room.phase.value
  if (phase !== 'door') return phase === 'name' || phase === 'moving' ? phase : 'returning'
  if (room.you.value?.agreed) return 'waiting'
  if (room.you.value?.reading)
    return again.here() ? 'again' : again.state.value === 'failed' ? 'agreement' : still || 'returning'
  return consent.value === room.view.value?.agreement.version ? 'sound' : 'agreement'
}

/** @param {{step: Step}} props */
const Steps = ({ step }) =>
  html`<ol class="steps" aria-label=${t('join-steps')}>
    ${steps().map(
      (each, place, all) =>
        html`<li
          key=${each}
          class=${place < all.indexOf(step) ? 'done' : ''}
          aria-current=${each === step ? 'step' : undefined}
        >
          ${t(`join-step-${each}`)}
        </li>`,
    )}
  </ol>`

const Returning = () =>
  html`<main class="plain-page">
    <${Mark} />
    <h1>${t(room.phase.value === 'room' ? 'join-come-in' : 'join-returning')}</h1>
    <p class="muted">
      ${t(room.restarting.value ? 'join-restarting' : room.connection.value === 'off' ? 'join-no-connection' : 'join-returning-text')}
    </p>
  </main>`

export function Join() {
  const step = stepNow()
  useEffect(() => {
    if (sound.server.peek() === 'unknown') void askServer()
  }, [])
  const Page = {
    name: Name,
    moving: Moving,
    agreement: Agreement,
    sound: Sound,
    waiting: Wait,
    returning: Returning,
    again: again.here()?.Again,
  }[step]
  return html`<div class=${`join join-${step}`}>
    <${Bar} />
    <${Page} steps=${html`<${Steps} step=${step} />`} accepted=${accepted} />
  </div>`
}
