/** The host page: make rooms, give out their links, see in numbers how they are. */

import { html, render, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { uponExit, watchEscape } from '../exit.js'
import { loadWords, t } from '../words.js'
import { Announce } from './host-announce.js'
import { arriveAsHost, board, keepLooking, look, setToken } from './host-api.js'
import { NewRoom } from './host-form.js'
import { RoomCard } from './host-room.js'
import { Icon } from './icons.js'
import { Bar } from './join-bar.js'

/** Asks for the host code when this tab has none. */
function AskToken() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  const wrong = board.trouble.value === 'unauthorized'

  /** @param {Event} event */
  function enter(event) {
    event.preventDefault()
    const given = field.current?.value.trim() ?? ''
    setToken(given.includes('#') ? given.slice(given.indexOf('#') + 1) : given) // the whole link will do
    look()
  }

  return html`<main class="join-main">
    <h1>${t('host-token-title')}</h1>
    <p class="lead">${t('host-token-text')}</p>
    <form class="card paste" onSubmit=${enter}>
      <label for="token"><strong>${t('host-token-label')}</strong></label>
      <input ref=${field} class="field" id="token" type="password" autocomplete="off" aria-describedby="token-wrong" />
      <p class="refused" id="token-wrong" role="status">${wrong ? t('host-token-wrong') : ''}</p>
      <button type="submit" class="big">${t('host-token-go')}</button>
    </form>
  </main>`
}

function Board() {
  const [making, setMaking] = useState(false)
  const [announcing, setAnnouncing] = useState(false)
  const [fresh, setFresh] = useState('')
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null))
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  const rooms = board.rooms.value

  /** @param {string} id of the room just made; '' when there is none */
  function close(id) {
    setMaking(false)
    setFresh(id)
    if (!id) requestAnimationFrame(() => opener.current?.focus())
  }

  /** A card that goes hands the focus to the list. @param {string} title */
  function gone(title) {
    say(t('host-deleted', { title }))
    heading.current?.focus()
  }

  return html`<main class="host-main">
    <header class="host-head">
      <div>
        <h1>${t('host-title')}</h1>
        <p class="muted small">${t('host-lead')}</p>
      </div>
      <button ref=${opener} type="button" class="btn fill" aria-expanded=${making} onClick=${() => setMaking(!making)}>
        <${Icon} name="plus" />${t('host-new')}
      </button>
      <button type="button" class="btn" aria-expanded=${announcing} onClick=${() => setAnnouncing(!announcing)}>
        ${t('announce-title')}
      </button>
    </header>
    ${announcing && html`<div key="announce" class="card"><${Announce} room=${null} /></div>`}
    ${making && html`<${NewRoom} key="form" onClose=${close} />`}
    <div class="row wrap">
      <h2 ref=${heading} tabindex="-1">${t('host-rooms')}</h2>
      <p class="small" role="status">${board.trouble.value ? t('host-offline') : ''}</p>
    </div>
    ${
      !isSecureContext &&
      html`<p key="insecure" class="notice"><${Icon} name="info" /><span>${t('host-insecure')}</span></p>`
    }
    ${rooms?.length === 0 && html`<p class="muted">${t('host-none')}</p>`}
    <ul class="host-rooms">
      ${rooms?.map((each) => html`<${RoomCard} key=${each.id} room=${each} fresh=${each.id === fresh} onGone=${gone} />`)}
    </ul>
  </main>`
}

const Host = () =>
  html`<div class="join host">
    <${Bar} />
    ${board.token.value ? html`<${Board} />` : html`<${AskToken} />`}
  </div>`

function arrive() {
  arriveAsHost()
  look()
}

uponExit(() => setToken(''))
watchEscape()
arrive()
keepLooking()
window.addEventListener('hashchange', () => location.hash && arrive())
const root = /** @type {HTMLElement} */ (document.getElementById('page'))
loadWords('host', 'again', 'agreement', 'announce', 'links', 'format', 'formats', 'phases', 'prompts', 'schedule').then(
  () => {
    root.replaceChildren()
    render(html`<${Host} />`, root)
  },
  () => document.getElementById('cannot-load')?.removeAttribute('hidden'),
)
