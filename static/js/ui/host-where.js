/** Which part of the host page is shown. The address stays the same: no room is named there, nor what is done with it. */

import { signal } from '../../vendor/preact.js'

/** `room` of a page `new`: the one that is copied. @typedef {{ page: 'board' | 'room' | 'new', room: string, open: string, deep: number }} Where */

/** @type {Where} */
const BOARD = { page: 'board', room: '', open: '', deep: 0 }

export const where = signal(BOARD)

/** Where the focus goes on the board: to the room that somebody came back from. */
export const cameFrom = signal('')
export const NEW = 'new' // no room has this id

/** @param {unknown} state of the history */
function shown(state) {
  const found = /** @type {Where | null} */ (state)
  cameFrom.value = where.peek().room || (where.peek().page === 'new' ? NEW : '')
  where.value = found?.page ? found : BOARD
}

/** @param {'room' | 'new'} page @param {string} [room] @param {string} [open] the section that is unfolded there */
export function go(page, room = '', open = '') {
  const there = { page, room, open, deep: where.peek().deep + 1 }
  history.pushState(there, '', location.pathname)
  shown(there)
  window.scrollTo(0, 0)
}

/** The page that was made takes the form's place, so that Back does not lead into the form again. @param {string} room @param {string} [open] */
export function goInstead(room, open = '') {
  const there = { ...where.peek(), page: /** @type {const} */ ('room'), room, open }
  history.replaceState(there, '', location.pathname)
  shown(there)
  window.scrollTo(0, 0)
}

/** So many pages back, the way that Back goes. @param {number} steps */
const back = (steps) => (steps > 0 ? history.go(-steps) : shown(null))

/** To where one came from. */
export const goBack = () => back(Math.min(1, where.peek().deep))

/** To all rooms. */
export const goHome = () => back(where.peek().deep)

/** What a reload finds again; and Back. */
export function keepPlace() {
  shown(history.state)
  window.addEventListener('popstate', ({ state }) => shown(state))
}
