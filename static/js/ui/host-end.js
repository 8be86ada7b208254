/** The end of a meeting, and of a room. Two presses each; the second button stands where nobody's finger rests. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { closeMeeting, deleteRoom } from './host-api.js'
import { goHome } from './host-where.js'
import { problemWords } from './host-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {{ ok: true } | { ok: boolean, code: string }} Outcome */

/** @param {{ label: string, text: string, sure: string, act: () => Promise<Outcome> }} props `text`: what it does */
function Sure({ label, text, sure, act }) {
  const [asked, setAsked] = useState(false)
  const [problem, setProblem] = useState('')
  const first = useRef(/** @type {HTMLButtonElement | null} */ (null))
  const no = useRef(/** @type {HTMLButtonElement | null} */ (null))
  useEffect(() => {
    if (asked) no.current?.focus()
  }, [asked])

  function stay() {
    setAsked(false)
    setProblem('')
    requestAnimationFrame(() => first.current?.focus())
  }

  async function end() {
    const outcome = await act()
    if (outcome.ok) stay()
    else setProblem('code' in outcome ? outcome.code : '')
  }

  if (!asked)
    return html`<button ref=${first} key="first" type="button" class="btn" onClick=${() => setAsked(true)}>
      ${label}
    </button>`
  return html`<div key="sure" class="sure stack">
    <p class="small">${text}</p>
    <div class="row wrap">
      <button ref=${no} type="button" class="btn" onClick=${stay}>${t('host-delete-no')}</button>
      <button type="button" class="btn care" onClick=${end}>${sure}</button>
    </div>
    <p class="refused">${problem && problemWords(problem)}</p>
  </div>`
}

/** @param {{ room: HostRoom }} props */
export function Endings({ room }) {
  async function close() {
    const outcome = await closeMeeting(room.id)
    if (outcome.ok) say(t('host-closed', { title: room.title }))
    return outcome
  }

  async function remove() {
    const outcome = await deleteRoom(room.id)
    if (outcome.ok) {
      say(t('host-deleted', { title: room.title }))
      goHome()
    }
    return outcome
  }

  return html`<section class="card endings" aria-labelledby="endings">
    <h2 id="endings">${t('host-endings')}</h2>
    <${Sure}
      key="close"
      label=${t('host-close')}
      text=${t('host-close-text')}
      sure=${t('host-close-sure')}
      act=${close}
    />
    <${Sure}
      key="delete"
      label=${t('host-delete')}
      text=${t('host-delete-text')}
      sure=${t('host-delete-sure')}
      act=${remove}
    />
  </section>`
}
