/** The format of a room on the host page: picked when it is made, and changed later. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { begun, choiceFor, faulted, refused, told } from './format-choice.js'
import { FormatPick } from './format-pick.js'
import { nameOf, ownNameOf } from './format-words.js'
import { board, changeRoom, formatText, lookAtFormats, readFormat } from './host-api.js'
import { problemWords } from './host-words.js'
import { Discard } from './twice.js'

/** @typedef {import('./format-choice.js').Choice} Choice */
/** @typedef {import('./host-api.js').HostRoom} HostRoom */

/**
 * The choice of a form, kept while this tab lives as soon as somebody touched it.
 * @param {string} id @param {() => Choice} start
 */
export function useChoice(id, start) {
  const choice = choiceFor(id)
  useState(() => {
    if (!choice.peek().touched) choice.value = start()
  })
  return choice
}

/** Focus goes to what does not fit. @param {string} id */
export const focusOnFaults = (id) => requestAnimationFrame(() => document.getElementById(`${id}-edit-faults`)?.focus())

/** The cards and the editor. @param {{ id: string, choice: import('../../vendor/preact.js').Signal<Choice> }} props */
export function PickFormat({ id, choice }) {
  useEffect(() => void lookAtFormats(), [])
  const formats = board.formats.value
  if (!formats) return html`<p class="muted small">${board.trouble.value ? t('host-offline') : t('page-moment')}</p>`
  const update = (/** @type {Choice} */ next) => void (choice.value = next)
  const more = { read: readFormat, textOf: formatText }
  return html`<${FormatPick} id=${id} choice=${choice.value} update=${update} formats=${formats} ...${more} />`
}

/** What the server may be told; or nothing, and what cannot be read is shown. @param {string} id @param {import('../../vendor/preact.js').Signal<Choice>} choice */
export function formatToSend(id, choice) {
  const { format, wrong } = told(choice.peek())
  if (format === null) faults(id, choice, faulted(choice.peek(), wrong))
  return format
}

/** @param {string} id @param {import('../../vendor/preact.js').Signal<Choice>} choice @param {Choice} next */
function faults(id, choice, next) {
  choice.value = next
  say(t('edit-wrong-title', { count: next.wrong.length }))
  focusOnFaults(id)
}

/** What the server found does not fit. @param {string} id @param {import('../../vendor/preact.js').Signal<Choice>} choice @param {unknown} detail */
export const showFaults = (id, choice, detail) => faults(id, choice, refused(choice.peek(), detail))

/** The format of a room that is there. @param {{ room: HostRoom }} props */
export function RoomFormat({ room }) {
  const id = `format-${room.id}`
  const start = () => begun(room.format, room.own_format ?? null)
  const choice = useChoice(id, start)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState('')
  const form = useRef(/** @type {HTMLFormElement | null} */ (null))

  /** @param {{preventDefault: () => void}} event */
  async function save(event) {
    event.preventDefault()
    const format = formatToSend(id, choice)
    if (busy || format === null) return
    setBusy(true)
    const outcome = await changeRoom(room.id, { format })
    setBusy(false)
    if (outcome.ok) choice.value = { ...choice.peek(), touched: false, wrong: [], editing: false }
    else if (outcome.code === 'format') showFaults(id, choice, outcome.detail)
    const words = outcome.ok ? t('host-format-saved') : problemWords(outcome.code)
    setAnswer(words)
    say(words)
  }

  function discard() {
    choice.value = start()
    setAnswer('')
    form.current?.querySelector('input')?.focus()
  }

  return html`<form ref=${form} class="limits" aria-label=${t('host-format')} onSubmit=${save} novalidate>
    <p class="small">
      ${t('edit-room-now', { name: room.own_format ? ownNameOf(room.own_format) : nameOf({ name: room.format }) })}
    </p>
    <${PickFormat} id=${id} choice=${choice} />
    ${room.state === 'open' && html`<p key="open" class="muted small">${t('edit-while-open')}</p>`}
    <div class="row wrap">
      <button type="submit" class=${`btn${busy ? ' busy' : ''}`}>${t('host-format-save')}</button>
      ${choice.value.touched && html`<${Discard} key="discard" act=${discard} />`}
      <span class="small" key="answer">${answer}</span>
    </div>
  </form>`
}
