/** The host page: a board of all rooms, each room's own page, and the page that makes one. */

import { html, render, useEffect, useRef } from '../../vendor/preact.js'
import { uponExit, watchEscape } from '../exit.js'
import { loadWords, t } from '../words.js'
import { arriveAsHost, board, look, setToken } from './host-api.js'
import { Board, Tools } from './host-board.js'
import { ToAllRooms } from './host-back.js'
import { HelpHere } from './help.js'
import { keepWatching, watch } from './host-live.js'
import { keepRows, roomsNow } from './host-rows.js'
import { keepPlace, where } from './host-where.js'
import { clockWords, timeWords } from './host-words.js'
import { draw } from './icons.js'
import { Bar, Mark, Ways } from './join-bar.js'
import { later, NotFetched, soon } from './later.js'

draw({
  copies: 'M9 9h10.5v10.5H9V9ZM15 5.5v-1H4.5V15h1',
  horn: 'M4 10v4l10.5 4.5v-13L4 10ZM17.5 9.5a4 4 0 0 1 0 5M6.5 15v3.5h3V16',
  print: 'M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7v-6Z',
  repeat:
    'M5 11V9.5A3.5 3.5 0 0 1 8.5 6H18m0 0-2.5-2.5M18 6l-2.5 2.5M19 13v1.5a3.5 3.5 0 0 1-3.5 3.5H6m0 0 2.5 2.5M6 18l2.5-2.5',
})

/** The pages behind the board: wanted when that is shown, so that nobody waits for them there. */
const inner = later(() => import('./host-inner.js'), {
  words: ['again', 'agreement', 'format', 'prompts', 'schedule'],
  css: ['format', 'changes', 'schedule'],
})

/** Asks for the host code when this tab has none. */
function AskToken() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  const { trouble } = board
  const wrong = { unauthorized: 'host-token-wrong', 'token-changed': 'host-token-changed' }[trouble.value] ?? ''
  useEffect(() => {
    if (trouble.peek()) field.current?.focus() // what was here is gone; the field says why
  }, [])

  /** @param {Event} event */
  async function enter(event) {
    event.preventDefault()
    const given = field.current?.value.trim() ?? ''
    setToken(given.includes('#') ? given.slice(given.indexOf('#') + 1) : given) // the whole link will do
    await look()
    watch()
  }

  return html`<main class="join-main">
    <h1>${t('host-token-title')}</h1>
    <p class="lead">${t('host-token-text')}</p>
    <form class="card paste" onSubmit=${enter}>
      <label for="token"><strong>${t('host-token-label')}</strong></label>
      <input ref=${field} class="field" id="token" type="password" autocomplete="off" aria-describedby="token-wrong" />
      <p class="refused" id="token-wrong" role="status">${wrong && t(wrong)}</p>
      <button type="submit" class="big">${t('host-token-go')}</button>
    </form>
  </main>`
}

/** How many rooms and people, and what time it is; or since when nothing was heard. In one place, so that nothing moves. */
function Line() {
  const rooms = roomsNow.value
  if (board.trouble.value)
    return html`<span class="tiny" role="status">
      ${board.heard.value ? t('host-lost-since', { time: timeWords(board.heard.value) }) : t('host-lost')}
    </span>`
  const people = rooms.reduce((all, { present }) => all + present, 0)
  const clock = clockWords(Date.now() + 0 * board.now.value) // read again with every step of the page's clock
  return html`<span class="tiny muted num">
    ${board.rooms.value && `${t('host-rooms-count', { count: rooms.length })}, ${t('host-people-count', { count: people })}, ${clock}`}
  </span>`
}

/** The name of the page is its heading on the board; on other pages that is the room's title. */
function HostBar() {
  const atBoard = where.value.page === 'board'
  const name = atBoard
    ? html`<h1 key="h1">${t('host-title')}</h1>`
    : html`<span key="name" class="serif">Lingkar</span>`
  return html`<header class=${`host-bar${atBoard ? ' at-board' : ''}`}>
    <span class="logo">
      <${Mark} />
      <span class="host-name">${name}${(atBoard || board.trouble.value) && html`<${Line} key="line" />`}</span>
    </span>
    ${atBoard && html`<${Tools} key="tools" />`}
    <span class="ways-out"><${Ways} /></span>
  </header>`
}

function Page() {
  const { page, room: id } = where.value
  const rooms = roomsNow.value
  const room = rooms.find((each) => each.id === id) ?? null
  if (!board.rooms.value) return html`<main class="host-main"><p class="muted">${t('page-moment')}</p></main>`
  if (page === 'board' || (page === 'room' && id === board.deleted)) return html`<${Board} key="board" />`
  if (page === 'room' && !room) return html`<${Gone} key=${`gone ${id}`} />`
  const { NewRoom, RoomPage } = inner.here() ?? {}
  if (!NewRoom || !RoomPage) return html`<${Coming} key="coming" />`
  return page === 'new'
    ? html`<${NewRoom} key=${`new ${id}`} from=${room} />`
    : html`<${RoomPage} key=${id} room=${room} />`
}

/** While the inner pages are not here. */
function Coming() {
  const failed = inner.state.value === 'failed'
  return html`<main class="host-main">
    ${failed ? html`<${NotFetched} of=${inner} />` : html`<p class="muted">${t('page-moment')}</p>`}
  </main>`
}

/** The page of a room that somebody else deleted meanwhile. */
function Gone() {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  useEffect(() => heading.current?.focus(), [])
  return html`<main class="host-main">
    <div>
      <${ToAllRooms} />
      <h1 ref=${heading} tabindex="-1">${t('host-problem-not-found')}</h1>
      <p class="muted">${t('host-gone')}</p>
    </div>
  </main>`
}

const Host = () =>
  html`<div class="join host">
    <${HelpHere} />
    ${board.token.value ? html`<${HostBar} key="bar" /><${Page} key="page" />` : html`<${Bar} key="ask-bar" /><${AskToken} key="ask" />`}
  </div>`

uponExit(() => setToken(''))
watchEscape()
arriveAsHost()
keepPlace()
keepWatching()
window.addEventListener('hashchange', () => {
  if (!location.hash) return
  arriveAsHost()
  watch()
})
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords('host', 'announce', 'formats', 'help', 'links', 'phases').then(
  () => {
    root.replaceChildren()
    keepRows()
    render(html`<${Host} />`, root)
    setTimeout(soon, 0, inner) // after the picture
  },
  () => document.getElementById('cannot-load')?.removeAttribute('hidden'),
)
