/** The room page: words, session, connection; and which page is shown. */

import { computed, effect, Fragment, html, render, useLayoutEffect, useRef } from '../vendor/preact.js'
import { connect, leaveForGood, reconnectNow } from './connection.js'
import { uponExit, watchEscape } from './exit.js'
import { beginSound, silence } from './media/index.js'
import { leads } from './meaning.js'
import { arrive, current } from './session.js'
import { isCircle, room } from './store.js'
import { Gone } from './ui/gone.js'
import { Join, stepNow } from './ui/join.js'
import { later, line, NotFetched, soon } from './ui/later.js'
import { leading, OpenSheet } from './ui/sheets.js'
import { loadWords } from './words.js'

/** The room itself: wanted when the first step is shown, so that nobody waits for it there. */
const inside = later(() => import('./ui/room.js'))

/** The page of the current phase. When it becomes another one, focus goes to its heading. */
function Page() {
  const phase = room.phase.value
  const shown = useRef('')
  const ready = phase !== 'room' || shown.current === 'room' || (inside.here() !== null && canLead())
  const page = !ready ? 'returning' : phase === 'room' || phase === 'gone' ? phase : stepNow(shown.current)
  const first = shown.current === ''
  useLayoutEffect(() => {
    if (shown.current === page) return
    shown.current = page
    if (!first) setTimeout(focusHeading) // it asks where everything is: not in the task that draws a whole room
  }, [page])
  const { Room } = inside.here() ?? {}
  if (page === 'room' && Room) return html`<${Room} />`
  const lost = phase === 'room' && inside.state.value === 'failed'
  return html`<${Fragment} key=${page}><${phase === 'gone' ? Gone : Join} /><//>
    ${lost && html`<${NotFetched} of=${inside} />`}<${OpenSheet} />`
}

/** What those who lead need is here; or it cannot be had now, and the room is shown without it. */
const canLead = () => room.view.value?.sight !== 'lead' || ['here', 'failed'].includes(leading.state.value)

/** Who leads, or may have to; with a new connection it is tried once more. */
const mayLead = computed(() => {
  const [you, view, on] = [room.you.value, room.view.value, room.connection.value === 'on']
  return on && you !== null && (leads(you) || (isCircle(view) && (view.successors?.includes(you.seat) ?? false)))
})

function focusHeading() {
  const heading = document.querySelector('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  window.scrollTo(0, 0)
}

/** What a freshly opened page begins with. */
function begin() {
  const { secret, resume, early, name, move } = arrive(location)
  if (move && !resume) {
    room.phase.value = 'moving'
  } else if ((resume || early) && name) {
    room.phase.value = 'returning'
    connect()
  } else if (!secret) {
    room.farewell.value = { code: 'no-link' }
    room.phase.value = 'gone'
  }
}

// Another link, pasted over this one: that is another seat.
window.addEventListener('hashchange', () => {
  const secret = location.hash.slice(1).split('.')[0]
  if (secret && secret !== current().secret) location.reload()
})

uponExit(() => {
  silence()
  leaveForGood()
})
watchEscape()
Object.assign(line, { on: () => room.connection.peek() === 'on', again: reconnectNow })
begin()
effect(() => void (mayLead.value && leading.want())) // while they are on their way in
// Who comes back needs the room at once; what could not be fetched is tried again when the line is there.
effect(() => void (room.phase.value === 'returning' && soon(inside)))
effect(() => void (room.phase.value === 'room' && room.connection.value === 'on' && inside.want()))
beginSound()
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords('room').then(
  () => {
    root.replaceChildren() // the sentence that stood there while everything was fetched
    render(html`<${Page} />`, root)
    setTimeout(soon, 0, inside) // after the picture
  },
  () => document.getElementById('cannot-load')?.removeAttribute('hidden'),
)
