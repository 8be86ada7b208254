/** The tools under the large button: four places, and each keeps what it is for, so that nothing moves. */

import { html } from '../../vendor/preact.js'
import { may, processOnly, theOneBehind } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { TOOL } from './dock-status.js'
import { Icon } from './icons.js'
import { open } from './sheet.js'
import { practice } from './sheets.js'

/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../meaning.js').Meaning} Meaning */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Command} Command */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: CircleView, you: You, floor: Floor, means: Meaning }} About */

/** I have the floor. @param {CircleView} view @param {You} you */
export const speaks = (view, you) =>
  you.turn !== undefined && you.turn in view.turns && view.turns[you.turn]?.state !== 'offered'

/** @param {{ name: import('./sheet.js').SheetName, icon: string, label: string }} props */
export const Opens = ({ name, icon, label }) =>
  html`<button type="button" class="tool" onClick=${() => open(name)}>
    <${Icon} name=${icon} /><span>${label}</span>
  </button>`

/** @param {{ command: Command, icon: string, label: string, about?: string }} props */
export const Does = ({ command, icon, label, about }) =>
  html`<${Ask}
    control=${TOOL}
    command=${command}
    label=${label}
    about=${about}
    icon=${icon}
    className="tool"
    fresh=${true}
  />`

export const People = () => html`<${Opens} name="people" icon="people" label=${t('tool-people')} />`
export const Agreement = () => html`<${Opens} name="agreement" icon="note" label=${t('tool-agreement')} />`
export const Leave = () => html`<${Opens} name="leave" icon="leave" label=${t('tool-leave')} />`

/** @param {About} props */
export function Tools(props) {
  const begun = props.view.meeting === 'open' ? practice.here() : null
  const places = begun?.places(props) ?? [People, Agreement, HandTool, Leave]
  return places.map((Place, i) => html`<span key=${i} class="slot"><${Place} key=${Place.name} ...${props} /></span>`)
}

/** What can be done with the own hand: whatever the large button does not say. @param {About} props */
export function HandTool({ view, you, means }) {
  const hand = you.hand
  const large = means.command?.type ?? ''
  if (hand === undefined) {
    if (large === 'raise-hand' || !may(you, 'raise-hand')) return null
    const process = processOnly(view) || large === 'take-floor'
    const command = /** @type {Command} */ (process ? { type: 'raise-hand', kind: 'process' } : { type: 'raise-hand' })
    return html`<${Does} key="up" command=${command} icon="hand" label=${t(process ? 'tool-process' : 'tool-hand')} />`
  }
  const behind = theOneBehind(view, hand)
  if (large === 'lower-hand' && !you.next && behind && may(you, 'defer-hand'))
    return html`<${Does}
      key="defer"
      command=${{ type: 'defer-hand', hand, after: behind }}
      icon="later"
      label=${t('tool-defer')}
    />`
  if (large === 'lower-hand' || !may(you, 'lower-hand')) return null
  return html`<${Does} key="lower" command=${{ type: 'lower-hand', hand }} icon="hand-down" label=${t('tool-lower')} />`
}
