/** What every page has at its top: the name, the language, the way out. */

import { html } from '../../vendor/preact.js'
import { leaveQuickly } from '../exit.js'
import { LANGUAGES, language, setLanguage, t } from '../words.js'
import { Icon } from './icons.js'
import { open } from './sheet.js'

const DOTS = [270, 330, 30, 90, 150, 210] // degrees; the one at the bottom is you

/** Six seats in a circle. */
export const Mark = () =>
  html`<svg class="i i-l mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${DOTS.map((angle) => {
      const [x, y] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
      return html`<circle key=${angle} class=${angle === 90 ? 'you' : ''} cx=${12 + 8 * x} cy=${12 + 8 * y} r="2" />`
    })}
  </svg>`

/** A moon, for silence. */
export const Moon = () =>
  html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z" />
  </svg>`

/** One tap and this page was never here. No question asked. */
export const QuickExit = () =>
  html`<button type="button" class="btn exit" onClick=${leaveQuickly}>
    <${Icon} name="door" />${t('page-quick-exit')}
  </button>`

/** Shows the next language by its own name. */
export function LanguageSwitch() {
  const codes = /** @type {import('../words.js').Language[]} */ (Object.keys(LANGUAGES))
  const next = codes[(codes.indexOf(language.value) + 1) % codes.length]
  const change = () => setLanguage(next).catch(() => undefined) // without a network the language simply stays
  return html`<button type="button" class="btn plain tongue" lang=${next} onClick=${change}>
    <${Icon} name="words" />${LANGUAGES[next]}
  </button>`
}

export const Ways = () =>
  html`<span class="row">
    <${LanguageSwitch} />
    <button type="button" class="btn plain ask" onClick=${() => open('help')}>
      <${Icon} name="ask" /><span>${t('page-help')}</span>
    </button>
    <${QuickExit} />
  </span>`

export const Bar = () =>
  html`<header class="join-bar">
    <span class="logo"><${Mark} /><span class="serif">Lingkar</span></span>
    <${Ways} />
  </header>`
