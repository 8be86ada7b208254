/** The whole-page states: what happened, plainly, and one way on where there is one. */

import { html } from '../../vendor/preact.js'
import { bringBack, tryAgain } from '../connection.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { LanguageSwitch, Moon, QuickExit } from './join-bar.js'

/** @typedef {{icon: string, act?: () => void}} Look the words are `page-<code>-title`, `-text` and, with `act`, `-act` */

/** @type {Record<string, Look>} */
const LOOKS = {
  'no-entry': { icon: 'offline', act: tryAgain },
  'no-link': { icon: 'gate' },
  removed: { icon: 'gate' },
  declined: { icon: 'gate' },
  elsewhere: { icon: 'people', act: bringBack },
  closed: { icon: 'moon' },
  left: { icon: 'leave' },
  strikes: { icon: 'offline', act: () => location.reload() },
  reload: { icon: 'offline', act: () => location.reload() },
}

export function Gone() {
  const { code, reason } = room.farewell.value ?? { code: 'no-entry', reason: '' }
  const known = code in LOOKS ? code : 'no-entry'
  const { icon, act } = LOOKS[known]
  return html`<div class="join join-gone">
    <header class="join-bar">
      <span></span><span class="row"><${LanguageSwitch} /><${QuickExit} /></span>
    </header>
    <main class="plain-page">
      ${icon === 'moon' ? html`<${Moon} />` : html`<${Icon} name=${icon} size="xl" />`}
      <h1>${t(`page-${known}-title`)}</h1>
      ${
        reason &&
        html`<p>${t('page-reason')}</p>
          <p class="serif reason">“${reason}”</p>`
      }
      <p class=${reason ? 'muted small' : ''}>${t(`page-${known}-text`)}</p>
      ${act && html`<div class="act"><button type="button" class="btn wide fill" onClick=${act}>${t(`page-${known}-act`)}</button></div>`}
    </main>
  </div>`
}
