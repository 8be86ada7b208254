/**
 * Who sits where in the circle. Pure.
 *
 * The order is the server's, turned so that I sit at the bottom. While somebody shares nobody moves: who comes waits as a dot,
 * who leaves stays as an empty seat until the turn is over.
 */

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Person} Person */

/** As many seats as one circle can show; everybody else is a dot of the halo. */
export const FULL = 24
/** More people than this and the circle gets a halo. */
export const ALL = 30

/**
 * `seats` from me on, clockwise; `beyond` those who are here and have no seat drawn; `hall` when that is because we are many;
 * `known` keeps what an empty seat was.
 * @typedef {{ seats: string[], beyond: string[], hall: boolean, known: Record<string, Person> }} Seating
 */

/**
 * @param {Seating | null} before
 * @param {CircleView} view
 * @param {string} me my seat
 * @param {boolean} still nothing may move now
 * @returns {Seating}
 */
export function seating(before, view, me, still) {
  if (before && still && before.seats.length > 0) return stay(before, view)
  const order = fromMe(withMe(view.circle, view, me), me)
  const hall = order.length > ALL
  const seats = hall ? chosen(order, view, me) : order
  const seated = new Set(seats)
  return { seats, beyond: order.filter((seat) => !seated.has(seat)), hall, known: view.people }
}

/**
 * The same seats as before; who came is a dot more.
 * @param {Seating} before
 * @param {CircleView} view
 * @returns {Seating}
 */
function stay(before, view) {
  const seated = new Set(before.seats)
  const beyond = view.circle.filter((seat) => !seated.has(seat))
  return { ...before, beyond, known: { ...before.known, ...view.people } }
}

/**
 * @param {readonly string[]} circle
 * @param {CircleView} view
 * @param {string} me
 */
const withMe = (circle, view, me) => (circle.includes(me) || !(me in view.people) ? circle : [...circle, me])

/**
 * @param {readonly string[]} circle
 * @param {string} me
 * @returns {string[]}
 */
function fromMe(circle, me) {
  const at = Math.max(0, circle.indexOf(me))
  return [...circle.slice(at), ...circle.slice(0, at)]
}

/**
 * The seats that a large group's circle shows: the floor, the first eight hands, or of a round, those who lead, me, those who spoke; in circle order.
 * @param {string[]} order
 * @param {CircleView} view
 * @param {string} me
 * @returns {string[]}
 */
function chosen(order, view, me) {
  const floor = Object.values(view.turns).map((turn) => turn.seat)
  const hands = view.queue.slice(0, 8).map((hand) => view.hands[hand]?.seat ?? '')
  const lead = order.filter((seat) => view.people[seat]?.role !== 'participant')
  const spoke = order.filter((seat) => (view.people[seat]?.turns ?? 0) > 0)
  const round = (view.round?.waiting ?? []).slice(0, 8)
  const first = new Set(
    [...floor, me, ...hands, ...round, ...lead, ...spoke, ...order].filter((seat) => order.includes(seat)),
  )
  const taken = new Set([...first].slice(0, FULL))
  return order.filter((seat) => taken.has(seat))
}

/**
 * Which size class the circle has.
 * @param {number} seats
 * @param {boolean} hall there are more people than a circle has seats
 * @returns {'few' | 'some' | 'many' | 'two' | 'hall'}
 */
export function size(seats, hall) {
  if (hall) return 'hall'
  if (seats <= 8) return 'few'
  if (seats <= 12) return 'some'
  return seats <= 18 ? 'many' : 'two'
}

/**
 * The direction of seat `i` of `n` as seen from the middle: I am at the bottom, clockwise is next.
 * @param {number} i
 * @param {number} n
 * @returns {{ degrees: number, upper: boolean, right: boolean }}
 */
export function direction(i, n) {
  const degrees = 90 + (360 * i) / n
  const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return { degrees, upper: y < -0.05, right: x > 0.05 }
}

/**
 * The dots of the halo: one for each person who has no seat, in one, two or three rings around the circle.
 * @param {number} count
 * @returns {{ x: number, y: number, r: number }[]} in hundredths of the circle's box
 */
export function halo(count) {
  const rings = count <= 72 ? 1 : count <= 190 ? 2 : 3
  const radii = { 1: [46.2], 2: [44.9, 48], 3: [43.6, 46.3, 49] }[rings]
  const total = radii.reduce((sum, radius) => sum + radius, 0)
  let left = count
  return radii.flatMap((radius, ring) => {
    const here = ring === radii.length - 1 ? left : Math.round((count * radius) / total)
    left -= here
    return Array.from({ length: here }, (_, i) => dot(radius, i / Math.max(1, here), rings))
  })
}

/**
 * Who came during a turn and sits down after it: dots at the outside, between the seats, opposite to me first.
 * @param {number} count
 * @param {number} seats
 * @returns {{ x: number, y: number, r: number }[]} in hundredths of the circle's box
 */
export const coming = (count, seats) =>
  Array.from({ length: count }, (_, k) => dot(46.2, (Math.floor(seats / 2) + 0.5 + k) / Math.max(1, seats), 1))

/**
 * @param {number} radius
 * @param {number} share of the way round, from the bottom
 * @param {1 | 2 | 3} rings
 */
function dot(radius, share, rings) {
  const angle = Math.PI / 2 + 2 * Math.PI * share
  return { x: 50 + radius * Math.cos(angle), y: 50 + radius * Math.sin(angle), r: { 1: 0.85, 2: 0.75, 3: 0.65 }[rings] }
}
