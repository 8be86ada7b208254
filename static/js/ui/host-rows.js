/** The rooms as of now, and the rows of what needs the host: kept on every page, so that nothing is missed on one room's. */

import { computed, effect, signal, untracked } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { aged, looked, news, sorted } from '../host-attention.js'
import { t } from '../words.js'
import { board } from './host-api.js'
import { concernWords } from './host-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('../host-attention.js').Row} Row */

/** The rooms with their numbers as of now. */
export const roomsNow = computed(() => {
  const passed = Math.max(0, board.now.value - board.at.value) / 1000
  return (board.rooms.value ?? []).map((room) => aged(room, passed))
})

/** Nothing before the first look. */
export const rows = signal(/** @type {Row[] | null} */ (null))

/** How many rooms need the host. */
export const open = computed(() => (rows.value ?? []).filter(({ solved }) => !solved).length)

// Rows that somebody is busy with, points at, or is in: these stay.
const busy = signal(/** @type {ReadonlySet<string>} */ (new Set()))
const near = signal('')

/** The set with this in it, or without. @param {ReadonlySet<string>} set @param {string} id @param {boolean} inside */
function changed(set, id, inside) {
  if (set.has(id) === inside) return set
  return new Set(inside ? [...set, id] : [...set].filter((each) => each !== id))
}

/** Somebody is busy with this room's row, or no longer. @param {string} id @param {boolean} held */
export const hold = (id, held) => void (busy.value = changed(busy.peek(), id, held))

/** @param {string} id '' for none */
export const pointAt = (id) => void (near.value = id)

export const sortAgain = () => void (rows.value = sorted(rows.peek() ?? []))

/** What is new is said once, politely. @param {HostRoom[]} rooms @param {Row[] | null} before @param {Row[]} after */
function tell(rooms, before, after) {
  if (before === null) {
    if (after.length) say(t('host-needs-said', { count: after.length }))
    return
  }
  for (const { id, concerns } of news(before, after)) {
    const room = rooms.find((each) => each.id === id)
    if (room) say(`${room.title}: ${concernWords(room, concerns[0])}`, { about: `needs-${id}` })
  }
}

/** Begins to keep them; the words must be here. */
export function keepRows() {
  effect(() => {
    const rooms = roomsNow.value
    const held = near.value ? changed(busy.value, near.value, true) : busy.value
    const known = board.rooms.value !== null
    untracked(() => {
      const before = rows.peek()
      const after = known ? looked(before ?? [], rooms, performance.now(), held) : null
      if (after) tell(rooms, before, after)
      rows.value = after
    })
  })
}
