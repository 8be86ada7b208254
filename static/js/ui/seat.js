/** A seat's disc: initials on a dyed cloth. No image, no request; the same in every browser. */

import { html } from '../../vendor/preact.js'
import { Icon } from './icons.js'
import { cloth, initials } from './seat-name.js'

/** @typedef {import('../protocol.js').Role} Role */

/**
 * Decoration only: whoever shows a disc says the name beside it.
 * `place` is the number in the queue; `floor` the talking piece is here; `back` from the break; `empty` the seat of somebody who has just left.
 * @param {{ number: number, name?: string, role?: Role, present?: boolean, place?: number, floor?: boolean, back?: boolean, empty?: boolean }} props
 */
export function Disc({ number, name = '', role = 'participant', present = true, place, floor, back, empty }) {
  const { dye, pattern } = cloth(number)
  const dress = empty ? 'empty' : present ? `dye-${dye} pattern-${pattern}` : floor ? 'lost' : 'apart'
  return html`<span class=${`disc ${dress}${role === 'participant' ? '' : ' leads'}`} aria-hidden="true">
    <span class="letters">${empty ? '' : initials(name) || '·'}</span>
    ${place !== undefined && html`<span key="place" class="badge place">${place}</span>`}
    ${back && html`<span key="back" class="badge place"><${Icon} name="check" /></span>`}
    ${!present && !empty && place === undefined && html`<span key="lost" class="badge"><${Icon} name="offline" /></span>`}
  </span>`
}
