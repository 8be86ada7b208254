/** The ring of time around the middle, and the talking piece on it. Pictures only: the words stand in the middle. */

import { html } from '../../vendor/preact.js'
import { Icon } from './icons.js'

/** @typedef {import('../meaning.js').FloorState} FloorState */

/** Where the piece rests when nobody has the floor. */
const RESTS = new Set(['still', 'doors', 'free', 'quiet'])

/**
 * The thread of time begins at the speaker's seat, runs clockwise and gathers back to the piece. `share` is what is left of
 * it, `notch` where the last seconds begin, `from` the direction of the seat in degrees.
 * @param {{ state: FloorState, held: boolean, share: number, notch: number | null, from: number, radius: number, dots: { x: number, y: number, r: number }[] }} props
 */
export function Ring({ state, held, share, notch, from, radius, dots }) {
  return html`<svg
    class=${`ring ${state}${held ? ' held' : ''}`}
    viewBox="0 0 100 100"
    aria-hidden="true"
    focusable="false"
  >
    ${thread(state, share, notch, from, radius)}
    ${dots.length > 0 && html`<g key="halo" class="halo">${dots.map((dot, i) => html`<circle key=${i} cx=${dot.x} cy=${dot.y} r=${dot.r} />`)}</g>`}
  </svg>`
}

/** @param {number} radius @param {string} name @param {Record<string, unknown>} [more] */
const circle = (radius, name, more = {}) =>
  html`<circle key=${name} class=${name} cx="50" cy="50" r=${radius} ...${more} />`

/** @param {FloorState} state @param {number} share @param {number | null} notch @param {number} from @param {number} radius */
function thread(state, share, notch, from, radius) {
  const turned = { transform: `rotate(${from} 50 50)`, pathLength: 100 }
  if (state === 'quiet') return [circle(radius + 0.6, 'hush'), circle(radius - 1.4, 'hush inner')]
  if (state === 'grace' || state === 'over') return circle(radius, 'beads', { ...turned, 'stroke-dasharray': '0 2.5' })
  if (state === 'offered') return circle(radius, 'track dotted', { ...turned, 'stroke-dasharray': '1 1.5' })
  if (RESTS.has(state)) return circle(radius, 'track')
  const left = Math.round(share * 1000) / 10
  return [
    circle(radius, 'track'),
    circle(radius, 'arc', { ...turned, 'stroke-dasharray': state === 'suspended' ? broken(left) : `${left} 100` }),
    notch !== null &&
      circle(radius, 'notch', {
        pathLength: 100,
        transform: `rotate(${from + 360 * notch} 50 50)`,
        'stroke-dasharray': '.8 100',
      }),
  ]
}

/** A dashed thread of this length. @param {number} left in hundredths of the ring */
function broken(left) {
  const pieces = Math.max(1, Math.floor(left / 4.6))
  return `${'2.4 2.2 '.repeat(pieces)}0 100`
}

/**
 * The talking piece: at the seat of whoever has the floor, open while it is only offered, else resting in the middle.
 * @param {{ state: FloorState, i: number, n: number }} props
 */
export function Piece({ state, i, n }) {
  const where = RESTS.has(state) || i < 0 ? 'rests' : state === 'offered' ? 'open' : 'given'
  return html`<span class=${`piece ${where}`} style=${{ '--i': Math.max(0, i), '--n': n }} aria-hidden="true"
    ><${Icon} name="piece"
  /></span>`
}
