/**
 * What needs the host, read from the numbers of the rooms: a row for each room, in the order in which they came up. Pure.
 *
 * Rows keep their places: a new one goes below the others, one that is solved fades where it stands. Only `sorted` moves
 * them, when a host asks for it.
 */

/** @typedef {import('./ui/host-api.js').RoomNumbers} RoomNumbers */
/** @typedef {'alone' | 'door' | 'away' | 'over' | 'hand' | 'agreement'} Kind */
/** `age`: for how long it has been so, in seconds. @typedef {{ kind: Kind, age: number }} Concern */
/** `concerns`: the weightiest first; of a solved row, the last ones. `solved`: when, in ms; 0: not yet. @typedef {{ id: string, concerns: Concern[], solved: number }} Row */

/** The heaviest first. @type {readonly Kind[]} */
export const KINDS = ['alone', 'door', 'away', 'over', 'hand', 'agreement']

export const FADES = 8000 // ms that a solved row is still seen

// Seconds until it is worth a look. Before, those inside deal with it themselves.
const ALONE = 60
const DOOR = 180
const DOOR_ALONE = 30
const AWAY = 20
const OVER = 60
const HAND = 900
const AGREEMENT = 120

/** What of a room needs somebody, the weightiest first. @param {RoomNumbers} room @returns {Concern[]} */
export function concerns(room) {
  const patience = room.facilitators > 0 ? DOOR : DOOR_ALONE
  const alone = room.alone_for > (room.hold === 'lost' ? 0 : ALONE)
  /** @type {[Kind, boolean, number][]} */
  const all = [
    ['alone', alone, room.alone_for],
    ['door', room.waiting > 0 && room.longest_at_door > patience, room.longest_at_door],
    ['away', room.suspended_for > AWAY, room.suspended_for],
    ['over', room.over_for > OVER, room.over_for],
    ['hand', room.hands > 0 && room.longest_wait > HAND, room.longest_wait],
    ['agreement', room.unagreed > 0 && room.unagreed_for > AGREEMENT, room.unagreed_for],
  ]
  return all.filter(([, is]) => is).map(([kind, , age]) => ({ kind, age }))
}

/** What somebody outside can do about it. @param {RoomNumbers} room @param {Kind} kind @param {boolean} mayEnter @returns {'send' | 'enter' | 'links'} */
export function remedy(room, kind, mayEnter) {
  if (kind === 'alone' || (kind === 'door' && room.facilitators === 0)) return 'send'
  return mayEnter ? 'enter' : 'links'
}

/** @param {Row} row */
const weight = ({ concerns: [first] }) => (first ? KINDS.indexOf(first.kind) : KINDS.length)

/** By weight, then by age; what is solved comes last. @param {readonly Row[]} rows */
export const sorted = (rows) =>
  [...rows].sort(
    (a, b) =>
      Number(a.solved > 0) - Number(b.solved > 0) ||
      weight(a) - weight(b) ||
      (b.concerns[0]?.age ?? 0) - (a.concerns[0]?.age ?? 0),
  )

/**
 * The rows after another look: those that were there in their places, then the new ones.
 * @param {readonly Row[]} rows @param {readonly RoomNumbers[]} rooms @param {number} now in ms
 * @param {ReadonlySet<string>} [held] rooms whose rows stay although they are solved: somebody is busy with them
 * @returns {Row[]}
 */
export function looked(rows, rooms, now, held = new Set()) {
  const found = new Map(rooms.map((room) => [room.id, concerns(room)]))
  const before = new Set(rows.map(({ id }) => id))
  const stay = rows
    .filter(({ id }) => found.has(id))
    .map((row) => {
      const open = found.get(row.id) ?? []
      return open.length ? { ...row, concerns: open, solved: 0 } : { ...row, solved: row.solved || now }
    })
    .filter(({ id, solved }) => !solved || held.has(id) || now - solved < FADES)
  const fresh = rooms
    .filter(({ id }) => !before.has(id) && found.get(id)?.length)
    .map(({ id }) => ({ id, concerns: found.get(id) ?? [], solved: 0 }))
  return [...stay, ...sorted(fresh)]
}

/** The rows that are worth a sentence: new ones, and those that became weightier. @param {readonly Row[]} before @param {readonly Row[]} after */
export function news(before, after) {
  const old = new Map(before.map((row) => [row.id, row.solved ? KINDS.length : weight(row)]))
  return after.filter((row) => !row.solved && weight(row) < (old.get(row.id) ?? KINDS.length))
}

/** @type {readonly ('longest_wait' | 'longest_at_door' | 'hold_for' | 'alone_for' | 'over_for' | 'suspended_for' | 'unagreed_for')[]} */
const GROWING = [
  'longest_wait',
  'longest_at_door',
  'hold_for',
  'alone_for',
  'over_for',
  'suspended_for',
  'unagreed_for',
]

/** The numbers some seconds after they were told: whatever lasts, lasts longer. @template {RoomNumbers} R @param {R} room @param {number} passed @returns {R} */
export function aged(room, passed) {
  const grown = Object.fromEntries(
    GROWING.filter((field) => room[field] > 0).map((field) => [field, room[field] + passed]),
  )
  const left = runs(room) ? Math.max(0, room.left - passed) : room.left
  return { ...room, ...grown, left }
}

/** The clock of a turn goes. @param {RoomNumbers} room */
export const runs = ({ floor, hold }) => floor === 'speaking' && hold === ''
