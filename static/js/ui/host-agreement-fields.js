/** What an agreement is made of, for the forms that write one: what may leave the room, and the group's own words. */

import { html } from '../../vendor/preact.js'
import { t } from '../words.js'
import { Icon } from './icons.js'

/** @typedef {{ policy: string, text: string }} Words */

export const POLICIES = ['stays-in-the-room', 'general-experience-only', 'full-disclosure']
const LONGEST = 10_000 // characters, as the server has it

/** The field for the group's own words has the id `words-…`. @param {{ id: string, words: Words, update: (part: Partial<Words>) => void, rows?: number }} props */
export const AgreementFields = ({ id, words, update, rows = 8 }) =>
  html`<fieldset>
      <legend><strong>${t('host-new-policy')}</strong></legend>
      <div class="opts">
        ${POLICIES.map(
          (policy) =>
            html`<label key=${policy}>
              <input
                type="radio"
                name=${`policy-${id}`}
                value=${policy}
                checked=${words.policy === policy}
                onChange=${() => update({ policy })}
              />
              <${Icon} name="check" />
              <span>${t(`join-policy-${policy}`)}</span>
              <small>${t(`join-policy-${policy}-text`)}</small>
            </label>`,
        )}
      </div>
    </fieldset>
    <div>
      <label for=${`words-${id}`}><strong>${t('host-new-text')}</strong></label>
      <p class="muted small" id=${`words-hint-${id}`}>${t('host-new-text-hint')}</p>
      <textarea
        class="field"
        id=${`words-${id}`}
        rows=${rows}
        maxlength=${LONGEST}
        aria-describedby=${`words-hint-${id}`}
        value=${words.text}
        onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ event) => update({ text: event.currentTarget.value })}
      ></textarea>
    </div>`
