/** What opens without a network, too: the agreement once more, and leaving. */

import { html } from '../../vendor/preact.js'
import { leaveKindly } from '../connection.js'
import { leads } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { AgreementText } from './join-agreement.js'
import { Sheet, close } from './sheet.js'

/** @typedef {import('../protocol.js').You} You */

export const AgreementSheet = () =>
  html`<${Sheet} title=${t('tool-agreement')}
    ><div class="agreement"><${AgreementText} /></div
  ><//>`

/** Any time, no reason needed, and no "are you sure". @param {{ you: You }} props */
export const LeaveSheet = ({ you }) =>
  html`<${Sheet} title=${t('leave-title')}>
    <p class="muted small">${t(leads(you) ? 'leave-text-lead' : 'leave-text')}</p>
    <div class="stack">
      <button type="button" class="big quiet" onClick=${leaveKindly}>
        <${Icon} name="leave" size="l" /><span><b>${t('leave-now')}</b></span>
      </button>
      <${Ask}
        control="erase"
        command=${{ type: 'leave', erase: true }}
        label=${t('leave-erase')}
        icon="close"
        className="big quiet"
      />
      <p class="muted tiny">${t('leave-erase-text')}</p>
      <${Refusal} control="erase" />
      <button type="button" class="big quiet" onClick=${close}>
        <${Icon} name="back" size="l" /><span><b>${t('leave-stay')}</b></span>
      </button>
    </div>
  <//>`
