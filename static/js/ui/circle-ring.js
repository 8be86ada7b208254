/** The ring of time around the middle, and the talking piece on it. Pictures only: the words stand in the middle. */

import { html, useEffect, useRef } from '../../vendor/preact.js'
import { Icon } from './icons.js'

/** @typedef {import('../meaning.js').FloorState} FloorState */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */

/** Where the piece rests when nobody has the floor. */
const RESTS = new Set(['still', 'silence', 'break', 'doors', 'free', 'quiet', 'open'])

/**
 * The thread of time begins at the speaker's seat, runs clockwise and gathers back to the piece. `share` is what is left of
 * it, `flow` how much of that a second takes, `notch` where the last seconds begin, `from` the direction of the seat in degrees.
 * @param {{ state: FloorState, held: boolean, share: number, flow: number, notch: number | null, from: number, radius: number, dots: { x: number, y: number, r: number }[] }} props
 */
export function Ring({ state, held, share, flow, notch, from, radius, dots }) {
  return html`<svg
    class=${`ring ${state}${held ? ' held' : ''}`}
    viewBox="0 0 100 100"
    aria-hidden="true"
    focusable="false"
  >
    ${thread(state, share, flow, notch, from, radius)}
    ${dots.length > 0 && html`<g key="halo" class="halo">${dots.map((dot, i) => html`<circle key=${i} cx=${dot.x} cy=${dot.y} r=${dot.r} />`)}</g>`}
  </svg>`
}

/** @param {number} radius @param {string} name @param {Record<string, unknown>} [more] */
const circle = (radius, name, more = {}) =>
  html`<circle key=${name} class=${name} cx="50" cy="50" r=${radius} ...${more} />`

/** @param {FloorState} state @param {number} share @param {number} flow @param {number | null} notch @param {number} from @param {number} radius */
function thread(state, share, flow, notch, from, radius) {
  const turned = { transform: `rotate(${from} 50 50)`, pathLength: 100 }
  const two = [circle(radius + 0.6, 'hush'), circle(radius - 1.4, 'hush inner')]
  if (state === 'quiet' || state === 'silence' || (state === 'bell' && share === 0)) return two
  if (state === 'grace' || state === 'over') return circle(radius, 'beads', { ...turned, 'stroke-dasharray': '0 2.5' })
  if (state === 'offered') return circle(radius, 'track dotted', { ...turned, 'stroke-dasharray': '1 1.5' })
  if (RESTS.has(state)) return circle(radius, 'track')
  return [
    circle(radius, 'track'),
    state === 'silent' && circle(radius - 2, 'hush inner'),
    html`<${Arc}
      key="arc"
      share=${share}
      flow=${flow}
      whole=${state !== 'suspended'}
      more=${{ ...turned, r: radius }}
    />`,
    notch !== null &&
      circle(radius, 'notch', {
        pathLength: 100,
        transform: `rotate(${from + 360 * notch} 50 50)`,
        'stroke-dasharray': '.8 100',
      }),
  ]
}

const STEPS = 4 // a second: about a pixel each, which looks even; a CSS transition would draw 60 a second, on every phone

/**
 * What is left. It is rendered once a second; between, it is shortened here, unless nothing shall move.
 * @param {{ share: number, flow: number, whole: boolean, more: Record<string, unknown> }} props
 */
function Arc({ share, flow, whole, more }) {
  const drawn = useRef(/** @type {SVGCircleElement | null} */ (null))
  useEffect(() => {
    if (!flow || !whole || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    let step = 0
    const timer = setInterval(() => {
      step += 1
      drawn.current?.setAttribute('stroke-dasharray', length(share - (flow * step) / STEPS))
      if (step === STEPS - 1) clearInterval(timer)
    }, 1000 / STEPS)
    return () => clearInterval(timer)
  }, [share, flow, whole])
  const dashes = whole ? length(share) : broken(Math.round(share * 1000) / 10)
  return html`<circle ref=${drawn} class="arc" cx="50" cy="50" ...${more} stroke-dasharray=${dashes} />`
}

/** @param {number} share */
const length = (share) => `${Math.round(Math.max(0, share) * 1000) / 10} 100`

/** A dashed thread of this length. @param {number} left in hundredths of the ring */
function broken(left) {
  const pieces = Math.max(1, Math.floor(left / 4.6))
  return `${'2.4 2.2 '.repeat(pieces)}0 100`
}

/**
 * Where the talking pieces are: with whoever has the floor, open while it is only offered, else resting in the middle. Where
 * several speak, each has one; a question inside a turn has a small one.
 * @param {CircleView} view
 * @param {import('../meaning.js').Floor} floor
 * @returns {{ key: string, seat: string, look: 'given' | 'open' | 'small' | 'small open' | 'rests' }[]}
 */
export function pieces(view, floor) {
  const { state, turn } = floor
  const look = (/** @type {import('../protocol.js').Turn} */ one) => (one.state === 'offered' ? 'open' : 'given')
  const stands = state === 'still' || state === 'silence' || state === 'break'
  const voices = Object.entries(view.turns)
  if (view.policy.floor === 'open' && voices.length > 0 && !stands)
    return voices.map(([id, one]) => ({ key: id, seat: one.seat, look: look(one) }))
  const outer = turn?.inside === undefined ? undefined : view.turns[turn.inside]
  const little = /** @type {'small'} */ (`small${turn?.state === 'offered' ? ' open' : ''}`)
  const small = outer && turn ? [{ key: 'small', seat: turn.seat, look: little }] : []
  const holder = outer ?? turn
  if (!holder || stands) return [{ key: 'piece', seat: '', look: 'rests' }]
  return [{ key: 'piece', seat: holder.seat, look: look(holder) }, ...small]
}

/**
 * One talking piece.
 * @param {{ look: string, i: number, n: number }} props
 */
export const Piece = ({ look, i, n }) =>
  html`<span class=${`piece ${i < 0 ? 'rests' : look}`} style=${{ '--i': Math.max(0, i), '--n': n }} aria-hidden="true"
    ><${Icon} name="piece"
  /></span>`
