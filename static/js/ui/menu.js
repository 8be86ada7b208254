/** The menu: what is seldom needed and must be findable; and, for those who lead, closing the meeting. */

import { html } from '../../vendor/preact.js'
import { sound } from '../media/state.js'
import { leads, may } from '../meaning.js'
import { soundOn } from '../sounds.js'
import { LANGUAGES, language, setLanguage, t } from '../words.js'
import { Ask, AskTwice } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { keysOn } from './room-keys.js'
import { Sheet, close, open } from './sheet.js'

/** @typedef {import('../protocol.js').You} You */

/** @param {{ you: You }} props */
export function MenuSheet({ you }) {
  return html`<${Sheet} title=${t('menu-title')}>
    <div class="menu">
      <${Entry} name="help" icon="ask" label=${t('page-help')} />
      <${Entry} name="people" icon="people" label=${t('tool-people')} />
      ${sound.server.value !== 'off' && html`<${Entry} key="sound" name="sound" icon="speaker" label=${t('tool-sound')} />`}
      <${Entry} name="agreement" icon="note" label=${t('tool-agreement')} />
      ${leads(you) && html`<${Entry} key="links" name="links" icon="door" label=${t('link-menu')} />`}
      <${Entry} name="move" icon="give" label=${t('menu-move')} />
      <${Entry} name="keys" icon="keys" label=${t('menu-keys')} />
    </div>
    ${
      may(you, 'ring-bell') &&
      html`<div key="bell" class="menu">
        <${Ask}
          control="bell"
          command=${{ type: 'ring-bell' }}
          label=${t('menu-bell')}
          icon="bell"
          className="entry"
          done=${close}
        /><${Refusal} control="bell" />
      </div>`
    }
    <${Languages} />
    <div class="menu">
      <${Switch} on=${soundOn} label=${t('menu-sound')} />
      <${Switch} on=${keysOn} label=${t('menu-keys-on')} />
    </div>
    <div class="menu">
      <${Entry} name="leave" icon="leave" label=${t('menu-leave')} />
      ${
        may(you, 'close-meeting') &&
        html`<${AskTwice}
            key="close"
            control="close"
            command=${{ type: 'close-meeting' }}
            label=${t('menu-close-meeting')}
            sure=${t('menu-close-meeting-sure')}
            icon="lock"
            className="entry care"
            done=${close}
          /><${Refusal} key="refusal" control="close" />`
      }
    </div>
  <//>`
}

/** @param {{ name: import('./sheet.js').SheetName, icon: string, label: string }} props */
const Entry = ({ name, icon, label }) =>
  html`<button type="button" class="entry" onClick=${() => open(name)}>
    <${Icon} name=${icon} /><span>${label}</span>
  </button>`

/** @param {{ on: import('../../vendor/preact.js').Signal<boolean>, label: string }} props */
const Switch = ({ on, label }) =>
  html`<button
    type="button"
    class="switch"
    role="switch"
    aria-checked=${on.value ? 'true' : 'false'}
    onClick=${() => void (on.value = !on.value)}
  >
    <span>${label}</span><span class="knob" aria-hidden="true"></span>
  </button>`

function Languages() {
  const codes = /** @type {import('../words.js').Language[]} */ (Object.keys(LANGUAGES))
  const choose = (/** @type {import('../words.js').Language} */ code) => void setLanguage(code).catch(() => undefined) // no network: it stays
  return html`<fieldset class="languages">
    <legend class="vh">${t('menu-language')}</legend>
    ${codes.map(
      (code) =>
        html`<label key=${code} lang=${code}>
          <input type="radio" name="language" checked=${language.value === code} onChange=${() => choose(code)} />
          <span>${LANGUAGES[code]}</span>
        </label>`,
    )}
  </fieldset>`
}

const KEYS = [
  ['R', 'keys-hand'],
  ['B', 'keys-bell'],
  ['Enter', 'keys-large'],
  ['← → Home End', 'keys-circle'],
  ['?', 'keys-list'],
  ['Esc Esc', 'keys-exit'],
]

export const KeysSheet = () =>
  html`<${Sheet} title=${t('menu-keys')}>
    <dl class="keys">
      ${KEYS.map(
        ([key, words]) =>
          html`<div key=${key}>
            <dt><kbd>${key}</kbd></dt>
            <dd>${t(/** @type {string} */ (words))}</dd>
          </div>`,
      )}
    </dl>
    <${Switch} on=${keysOn} label=${t('menu-keys-on')} />
  <//>`
