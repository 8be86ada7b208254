/** Something that a host says to those who are inside, in one room or in all of them; and what is shown now. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { ask, board } from './host-api.js'
import { problemWords } from './host-words.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {{id: string, rooms: string[], people: number}} Reach those rooms, and who is inside them and here */
/** @typedef {Reach & {text: string, age: number}} Standing `age` in seconds */

const PATH = '/api/announcements'
const LONGEST = 300 // characters

/** What is shown in this room, or anywhere; null while it is not known. @param {HostRoom | null} room @returns {Promise<Standing[] | null>} */
async function standing(room) {
  const outcome = await ask('GET', PATH)
  if (!outcome.ok) return null
  const { announcements } = /** @type {{announcements: Standing[]}} */ (outcome.body)
  return announcements.filter(({ rooms }) => !room || rooms.includes(room.id))
}

/** "12 people in 3 rooms" @param {{people: number, rooms: number}} reach */
const reached = ({ people, rooms }) =>
  t('announce-reach', { people: t('announce-people', { count: people }), rooms: t('announce-rooms', { count: rooms }) })

/** What is shown now, and its end. @param {{one: Standing, onDown: () => void}} props */
function Shown({ one, onDown }) {
  const [problem, setProblem] = useState('')

  async function takeDown() {
    const outcome = await ask('DELETE', `${PATH}/${encodeURIComponent(one.id)}`)
    if (!outcome.ok && outcome.code !== 'not-found') return setProblem(problemWords(outcome.code))
    say(t('announce-taken-down'))
    onDown()
  }

  return html`<li class="announce-shown">
    <p class="announce-text">${one.text}</p>
    <p class="muted small">
      ${reached({ people: one.people, rooms: one.rooms.length })} ·${' '}
      ${t('announce-age', { minutes: Math.floor(one.age / 60) })}
    </p>
    <div class="row wrap">
      <button type="button" class="btn sm" onClick=${takeDown}>
        ${t('announce-down', { rooms: one.rooms.length })}
      </button>
      <span class="refused" role="status">${problem}</span>
    </div>
  </li>`
}

/** `room` null: all rooms. @param {{room: HostRoom | null}} props */
export function Announce({ room }) {
  const [text, setText] = useState('')
  const [everywhere, setEverywhere] = useState(room === null)
  const [shown, setShown] = useState(/** @type {Standing[] | null} */ (null))
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState({ words: '', wrong: false })
  const rooms = board.rooms.value ?? []
  const meant = everywhere || room === null ? rooms : rooms.filter(({ id }) => id === room.id)
  const people = meant.reduce((sum, { present }) => sum + present, 0)
  const name = `announce-${room?.id ?? 'all'}`
  const stands = rooms.map(({ announced }) => announced).join() // another one, also by another host

  const look = () => standing(room).then(setShown)
  useEffect(() => void look(), [stands])

  /** @param {Event} event */
  async function announce(event) {
    event.preventDefault()
    if (busy || !text.trim()) return
    setBusy(true)
    const to = everywhere || room === null ? {} : { rooms: [room.id] }
    const outcome = await ask('POST', PATH, { text, ...to })
    setBusy(false)
    if (!outcome.ok) {
      const key = outcome.code === 'announcement-invalid' ? 'announce-invalid' : ''
      return setAnswer({ words: key ? t(key) : problemWords(outcome.code), wrong: true })
    }
    const done = /** @type {Reach} */ (outcome.body)
    const words = t('announce-done', { reach: reached({ people: done.people, rooms: done.rooms.length }) })
    setText('')
    setAnswer({ words, wrong: false })
    await look()
  }

  return html`<form class="announce" aria-label=${t('announce-title')} onSubmit=${announce} novalidate>
    <p key="lead" class="muted small">${t('announce-lead')}</p>
    ${
      shown !== null &&
      shown.length > 0 &&
      html`<section key="shown" aria-label=${t('announce-now')}>
        <p class="small"><strong>${t('announce-now')}</strong></p>
        <ul>
          ${shown.map((one) => html`<${Shown} key=${one.id} one=${one} onDown=${look} />`)}
        </ul>
      </section>`
    }
    <div key="text">
      <label for=${name}><strong>${t('announce-label')}</strong></label>
      <textarea
        class="field"
        id=${name}
        rows="3"
        maxlength=${LONGEST}
        aria-describedby=${`${name}-left`}
        value=${text}
        onInput=${(/** @type {{currentTarget: HTMLTextAreaElement}} */ { currentTarget }) => setText(currentTarget.value)}
      ></textarea>
      <p class="muted tiny num" id=${`${name}-left`}>${t('announce-left', { left: LONGEST - text.length })}</p>
    </div>
    ${
      room &&
      html`<label key="everywhere" class="tick">
        <input type="checkbox" checked=${everywhere} onChange=${() => setEverywhere(!everywhere)} />
        <span>${t('announce-everywhere')}</span>
      </label>`
    }
    <div key="preview">
      <p class="muted small">${t('announce-preview')}</p>
      <p class="announce-preview">
        <strong>${t('announce-from')}</strong> <span>${text.trim() || t('announce-nothing')}</span>
      </p>
    </div>
    <div key="go" class="row wrap">
      <button
        type="submit"
        class=${`btn${text.trim() ? ' fill' : ''}${busy ? ' busy' : ''}`}
        aria-disabled=${text.trim() === '' ? 'true' : undefined}
        aria-describedby=${`${name}-whom`}
      >
        ${t('announce-go')}
      </button>
      <span class="small" id=${`${name}-whom`}
        >${t('announce-whom', { reach: reached({ people, rooms: meant.length }) })}${' '}
        ${meant.some(({ announced }) => announced) && t('announce-instead')}</span
      >
    </div>
    <p key="answer" class=${answer.wrong ? 'refused' : 'small'} role="status">${answer.words}</p>
  </form>`
}
