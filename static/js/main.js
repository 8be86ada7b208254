/** The room page: words, session, connection; and which page is shown. */

import { Fragment, html, render, useLayoutEffect, useRef } from '../vendor/preact.js'
import { connect, leaveForGood } from './connection.js'
import { uponExit, watchEscape } from './exit.js'
import { beginSound, silence } from './media/index.js'
import { arrive, current } from './session.js'
import { room } from './store.js'
import { Gone } from './ui/gone.js'
import { Join, stepNow } from './ui/join.js'
import { Room } from './ui/room.js'
import { loadWords } from './words.js'

/** The page of the current phase. When it becomes another one, focus goes to its heading. */
function Page() {
  const phase = room.phase.value
  const page = phase === 'room' || phase === 'gone' ? phase : stepNow()
  const shown = useRef(page)
  useLayoutEffect(() => {
    if (shown.current === page) return
    shown.current = page
    focusHeading()
  }, [page])
  if (phase === 'room') return html`<${Room} />`
  return html`<${Fragment} key=${page}><${phase === 'gone' ? Gone : Join} /><//>`
}

function focusHeading() {
  const heading = document.querySelector('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  window.scrollTo(0, 0)
}

/** What a freshly opened page begins with. */
function begin() {
  const { secret, resume, name } = arrive(location)
  if (resume && name) {
    room.phase.value = 'returning'
    connect()
  } else if (!secret) {
    room.farewell.value = { code: 'no-link', reason: '' }
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
begin()
beginSound()
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords().then(
  () => {
    root.replaceChildren() // the sentence that stood there while everything was fetched
    render(html`<${Page} />`, root)
  },
  () => document.getElementById('cannot-load')?.removeAttribute('hidden'),
)
