/** The whole-page states: what happened, plainly, what the server still knows, and one way on where there is one. */

import { html, useEffect } from '../../vendor/preact.js'
import { bringBack, startAnew, tryAgain } from '../connection.js'
import { current } from '../session.js'
import { room } from '../store.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { Moon, Ways } from './join-bar.js'
import { consent } from './join-sound.js'
import { later, NotFetched } from './later.js'

/** @typedef {{icon: string, act?: () => void}} Look the words are `page-<code>-title`, `-text` and, with `act`, `-act` */
/** @typedef {import('../protocol.js').Known} Known */

const reload = () => location.reload()

/** Another meeting: its agreement is asked for anew. */
function anew() {
  consent.value = 0
  startAnew()
}

/** What stands below the titles; the titles are always here, as what a page says may have no network to come by. */
const below = later(async () => null, { words: ['gone'] })

/** When the room meets: of one that has planned it. */
const dates = later(() => import('./dates.js'), { words: ['dates'], css: ['dates'] })

/** @type {Record<string, Look>} */
const LOOKS = {
  'no-entry': { icon: 'offline', act: tryAgain },
  'no-link': { icon: 'gate' },
  'no-way': { icon: 'clock' },
  removed: { icon: 'gate', act: tryAgain },
  declined: { icon: 'gate' },
  revoked: { icon: 'lock' },
  yours: { icon: 'people', act: reload },
  early: { icon: 'clock' },
  lost: { icon: 'later', act: anew },
  elsewhere: { icon: 'people', act: bringBack },
  moved: { icon: 'people', act: bringBack },
  closed: { icon: 'moon' },
  left: { icon: 'leave' },
  erased: { icon: 'check' },
  unheard: { icon: 'leave' },
  strikes: { icon: 'offline', act: reload },
  reload: { icon: 'offline', act: reload },
}

/** In this order: what is about this person first. @type {Known[]} */
const KNOWN = ['seat', 'name', 'invite', 'address', 'counts', 'room']

/** @param {{ knows: Known[] }} props */
const Knows = ({ knows }) =>
  html`<details class="keeps">
    <summary>${t('knows-title')}</summary>
    <ul>
      ${KNOWN.filter((known) => knows.includes(known)).map((known) => html`<li key=${known}>${t(`knows-${known}`)}</li>`)}
      <li key="no-more">${t('knows-no-more')}</li>
    </ul>
  </details>`

export function Gone() {
  const { code, reason, knows = [], tried, next } = room.farewell.value ?? { code: 'no-entry' }
  const known = code in LOOKS ? code : 'no-entry'
  const { icon, act } = LOOKS[known]
  const state = known === 'unheard' ? 'here' : below.state.value
  useEffect(() => void (known !== 'unheard' && below.want()), [known])
  useEffect(() => void (next && dates.want()), [next])
  const when = next && dates.here()
  const leads = act && (known !== 'lost' || current().secret) // without a link there is nowhere to go
  return html`<div class="join join-gone">
    <header class="join-bar"><span></span><${Ways} /></header>
    <main class="plain-page">
      ${icon === 'moon' ? html`<${Moon} />` : html`<${Icon} name=${icon} size="xl" />`}
      <h1>${t(`page-${known}-title`)}</h1>
      ${
        reason &&
        html`<p>${t('page-reason')}</p>
          <p class="serif reason">“${reason}”</p>`
      }
      ${state === 'failed' && html`<${NotFetched} of=${below} />`}
      ${state === 'here' && html`<p class=${reason ? 'muted small' : ''}>${t(`page-${known}-text`)}</p>`}
      ${when && html`<${when.Dates} next=${next} early=${code === 'early'} />`}
      ${dates.state.value === 'failed' && html`<${NotFetched} of=${dates} />`}
      ${state === 'here' && knows.length > 0 && html`<${Knows} knows=${knows} />`}
      ${
        state === 'here' &&
        leads &&
        html`<div class="act">
          ${tried && html`<p class="muted small">${t('page-tried')}</p>`}
          <button type="button" class="btn wide fill" onClick=${act}>${t(`page-${known}-act`)}</button>
        </div>`
      }
    </main>
  </div>`
}
