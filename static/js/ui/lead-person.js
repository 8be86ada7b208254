/** One person's sheet for those who lead: what they can do for somebody, or about them. */

import { html } from '../../vendor/preact.js'
import { may, nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { Proposal } from './lead-removal.js'
import { PersonSheet } from './people.js'
import { called } from './room-words.js'
import { close, open } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You, about: string }} About */

/** @param {About} props */
export const LeadPersonSheet = ({ view, you, about }) =>
  html`<${PersonSheet} view=${view} you=${you} about=${about} acts=${PersonActs} />`

/** What those who lead can do for a person, or about one. @param {About} props */
function PersonActs({ view, you, about }) {
  const name = called(nameOf(view, about))
  const hand = view.queue.find((id) => view.hands[id]?.seat === about)
  const control = `person ${about}`
  const acts = [
    may(you, 'call-on') &&
      !Object.values(view.turns).some(({ seat }) => seat === about) &&
      html`<${Ask}
        key="call"
        control=${control}
        command=${{ type: 'call-on', seat: about, floor: view.floor }}
        label=${t('lead-call-on', { name })}
        icon="give"
        done=${close}
      />`,
    may(you, 'add-hand') &&
      !hand &&
      html`<${Ask}
        key="add"
        control=${control}
        command=${{ type: 'add-hand', seat: about }}
        label=${t('lead-add-hand-for', { name })}
        icon="hand"
        done=${close}
      />`,
    may(you, 'lower-hand') &&
      hand &&
      you.role !== 'participant' &&
      html`<${Ask}
        key="lower"
        control=${control}
        command=${{ type: 'lower-hand', hand }}
        label=${t('lead-lower-hand', { name })}
        icon="hand-down"
        done=${close}
      />`,
    may(you, 'name-successor') &&
      view.people[about]?.role === 'participant' &&
      html`<${Ask}
        key="successor"
        control=${control}
        command=${{ type: view.successors?.includes(about) ? 'unname-successor' : 'name-successor', seat: about }}
        label=${t(view.successors?.includes(about) ? 'lead-no-successor' : 'lead-successor', { name })}
        icon="give"
        done=${close}
      />`,
    may(you, 'remove') &&
      !view.proposals?.[about] &&
      html`<button key="remove" type="button" class="btn plain care" onClick=${() => open('remove', about)}>
        <${Icon} name="gate" /><span>${t('lead-remove')}</span>
      </button>`,
  ].filter(Boolean)
  return html`${view.proposals?.[about] && html`<${Proposal} key="proposal" view=${view} you=${you} about=${about} done=${close} />`}
    <div key="acts" class="acts">${acts}</div>
    <${Refusal} key="refusal" control=${control} />`
}
