/** The agreement of a room on the host page: its words as they are, as they could be, and as they were before. */

import { html, signal, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { locale } from '../locale.js'
import { t } from '../words.js'
import { Changes, differences } from './changes.js'
import { AgreementFields } from './host-agreement-fields.js'
import { ask, look } from './host-api.js'
import { problemWords } from './host-words.js'
import { Discard } from './twice.js'

/** @typedef {import('./host-api.js').HostRoom & { unagreed?: number, floor?: string }} HostRoom */
/** @typedef {import('./host-agreement-fields.js').Words} Words */
/** @typedef {Words & { version: number, at?: string }} Version */
/** @typedef {Words & { version: number, versions: Version[] }} Known */

/** What stands in the forms of this tab and is not saved yet, by room. @type {Map<string, import('../../vendor/preact.js').Signal<Words | null>>} */
const kept = new Map()

/** @param {string} id */
function draftFor(id) {
  const found = kept.get(id) ?? signal(/** @type {Words | null} */ (null))
  kept.set(id, found)
  return found
}

/** @param {string} id */
const place = (id) => `/api/rooms/${encodeURIComponent(id)}`

/** @param {Words} one @param {Words} other */
const same = (one, other) => one.policy === other.policy && one.text.trim() === other.text.trim()

/** Somebody has the floor now. @param {HostRoom} room */
const runs = ({ floor }) => floor !== 'free'

/** What saving does to those who are in the room. @param {HostRoom} room */
function effect(room) {
  if (room.present === 0) return t('agreement-asks-nobody')
  return t(runs(room) ? 'agreement-asks-later' : 'agreement-asks-now', { count: room.present })
}

/** @param {Version} version */
function titleOf({ version, at }) {
  const when = { dateStyle: /** @type {const} */ ('medium'), timeStyle: /** @type {const} */ ('short') }
  const began = at ? new Intl.DateTimeFormat(locale(), when).format(new Date(at)) : ''
  return began ? t('agreement-version-since', { version, since: began }) : t('agreement-version', { version })
}

/** @param {{ room: HostRoom }} props */
export function RoomAgreement({ room }) {
  const [known, setKnown] = useState(/** @type {Known | null} */ (null))
  const [problem, setProblem] = useState('')
  const fetched = async () => {
    const outcome = await ask('GET', `${place(room.id)}/agreement`)
    setProblem(outcome.ok ? '' : outcome.code)
    if (outcome.ok) setKnown(/** @type {Known} */ (outcome.body))
  }
  useEffect(() => void fetched(), [room.id])
  if (!known) return html`<p class="limits muted small">${problem ? problemWords(problem) : t('page-moment')}</p>`
  return html`<div class="limits">
    <${Editor} room=${room} known=${known} onSaved=${fetched} />
    <${Earlier} room=${room} known=${known} />
  </div>`
}

/** @param {{ room: HostRoom, known: Known, onSaved: () => Promise<void> }} props */
function Editor({ room, known, onSaved }) {
  const draft = draftFor(room.id)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState('')
  const words = draft.value ?? known
  const parts = differences(known, words)
  const touched = draft.value !== null && !same(words, known)
  const update = (/** @type {Partial<Words>} */ change) => {
    draft.value = { policy: words.policy, text: words.text, ...change }
    setAnswer('')
  }

  /** @param {{preventDefault: () => void}} event */
  async function save(event) {
    event.preventDefault()
    if (busy) return
    if (!touched) return told(t('agreement-same'))
    setBusy(true)
    const outcome = await ask('PATCH', place(room.id), { agreement: { policy: words.policy, text: words.text } })
    if (outcome.ok) {
      await Promise.all([onSaved(), look()])
      draft.value = null
    }
    setBusy(false)
    told(outcome.ok ? t('agreement-saved') : problemWords(outcome.code))
  }

  /** @param {string} sentence */
  function told(sentence) {
    setAnswer(sentence)
    say(sentence)
  }

  function discard() {
    draft.value = null
    setAnswer('')
    document.getElementById(`words-${room.id}`)?.focus()
  }

  return html`<form class="agreement-form" aria-label=${t('agreement-title')} onSubmit=${save} novalidate>
    <p class="small">${titleOf(known.versions[0])}</p>
    ${
      (room.unagreed ?? 0) > 0 &&
      html`<p key="yet" class="small"><strong>${t('agreement-yet', { count: room.unagreed ?? 0 })}</strong></p>`
    }
    <${AgreementFields} id=${room.id} words=${words} update=${update} />
    ${
      touched &&
      html`<details class="keeps" key="different" open>
        <summary>${t('again-changes')}</summary>
        <${Changes} parts=${parts} />
      </details>`
    }
    <p class="small" id=${`asks-${room.id}`}>${touched ? effect(room) : t('agreement-same')}</p>
    <div class="row wrap">
      <button type="submit" class=${`btn${busy ? ' busy' : ''}`} aria-describedby=${`asks-${room.id}`}>
        ${t('agreement-save')}
      </button>
      ${touched && html`<${Discard} key="discard" act=${discard} />`}
      <span class="small" key="answer">${answer}</span>
    </div>
  </form>`
}

/** The versions before this one, the newest first. @param {{ room: HostRoom, known: Known }} props */
function Earlier({ room, known }) {
  const [, ...earlier] = known.versions
  if (earlier.length === 0) return null
  /** @param {Words} words */
  function again({ policy, text }) {
    draftFor(room.id).value = { policy, text }
    const field = document.getElementById(`words-${room.id}`)
    field?.focus()
    say(t('agreement-taken'))
  }
  return html`<section class="agreement-versions" aria-labelledby=${`versions-${room.id}`}>
    <h3 id=${`versions-${room.id}`}>${t('agreement-before')}</h3>
    ${earlier.map((version, place) => {
      const parts = differences(version, known.versions[place])
      return html`<details key=${version.version} class="keeps">
        <summary>${titleOf(version)}</summary>
        <p class="small"><strong>${t(`join-policy-${version.policy}`)}</strong></p>
        <p class="serif lines">${version.text || t('agreement-no-text')}</p>
        <p class="small muted">${t('agreement-then')}</p>
        <${Changes} parts=${parts} />
        <button type="button" class="btn sm" onClick=${() => again(version)}>
          ${t('agreement-again')}<span class="vh"> ${titleOf(version)}</span>
        </button>
      </details>`
    })}
  </section>`
}
