/** A hand for what? Its kind, and a short note. */

import { html, useState } from '../../vendor/preact.js'
import { processOnly } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { Sheet, close } from './sheet.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').HandKind} HandKind */

const HAND_KINDS = /** @type {HandKind[]} */ (['share', 'respond', 'question', 'process'])
/** @type {Record<HandKind, string>} */
const ICONS = { share: 'hand', respond: 'reply', question: 'ask', process: 'info' }

/** @param {{ view: CircleView }} props */
export function KindsSheet({ view }) {
  const kinds = HAND_KINDS.filter(
    (kind) => kind === 'process' || (view.policy.kinds.includes(kind) && !processOnly(view)),
  )
  const [kind, setKind] = useState(kinds[0] ?? 'process')
  const [note, setNote] = useState('')
  const written = view.policy.text !== 'none' || kind === 'process' // as the server takes it
  return html`<${Sheet} title=${t('kinds-title')}>
    <fieldset class="opts">
      <legend class="vh">${t('kinds-legend')}</legend>
      ${kinds.map(
        (each) =>
          html`<label key=${each}>
            <input type="radio" name="kind" value=${each} checked=${each === kind} onChange=${() => setKind(each)} />
            <${Icon} name=${ICONS[each]} /><span>${t(`kind-${each}`)}</span><small>${t(`kind-${each}-text`)}</small>
          </label>`,
      )}
    </fieldset>
    ${
      written &&
      html`<label key="note" class="stack">
        <span class="small">${t('kinds-note')}</span>
        <input
          class="field"
          maxlength="140"
          autocomplete="off"
          value=${note}
          onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) => setNote(event.currentTarget.value)}
        />
      </label>`
    }
    <${Refusal} control="kinds" />
    <${Ask}
      control="kinds"
      command=${{ type: 'raise-hand', kind, note: written ? note.trim() : '' }}
      label=${t('button-raise')}
      icon="hand"
      className="big"
      done=${close}
    />
  <//>`
}
