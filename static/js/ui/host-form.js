/** The page that makes a room, or several at once: title, format, dates, agreement, questions at the door, limits. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { begun, forgetChoice } from './format-choice.js'
import { AgreementFields, POLICIES } from './host-agreement-fields.js'
import { createRoom } from './host-api.js'
import { ToAllRooms } from './host-back.js'
import { namedIn, QuestionFields, TitleField } from './host-edit.js'
import { formatToSend, PickFormat, showFaults, useChoice } from './host-format.js'
import { LimitFields, limitsOf } from './host-limits.js'
import { draftLike, NewSchedule } from './host-new-schedule.js'
import { wrongOf, wrongWords } from './host-schedule-fields.js'
import { goBack, goHome, goInstead } from './host-where.js'
import { problemWords } from './host-words.js'
import { scheduleOf } from './schedule-draft.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */

const MOST = 12 // rooms at once
const TITLE = 80 // characters

/** @typedef {import('./host-agreement-fields.js').Words} Words */
/** @typedef {import('./schedule-draft.js').Draft} Draft */

/** What was typed, as the API wants it. @param {HTMLFormElement} form @param {string | import('./host-api.js').Format} format @param {Words} words @param {Draft | null} draft */
function planOf(form, format, words, draft) {
  const agreement = { policy: words.policy, text: words.text.trim() }
  const schedule = draft ? { schedule: scheduleOf(draft) } : {}
  return { ...namedIn(form), format, agreement, ...limitsOf(form), ...schedule }
}

/** The titles of so many rooms: numbered, when there are several. @param {string} title @param {number} count */
export function titlesOf(title, count) {
  if (count <= 1) return [title]
  return Array.from({ length: count }, (_, at) => `${title.slice(0, TITLE - 3)} ${at + 1}`)
}

/** Makes them one after the other; how many there are then, and why no more. @param {import('./host-api.js').Plan} plan @param {string[]} titles */
async function makeAll(plan, titles) {
  const made = /** @type {HostRoom[]} */ ([])
  for (const title of titles) {
    const outcome = await createRoom({ ...plan, title })
    if (!outcome.ok) return { made, wrong: outcome }
    made.push(outcome.room)
  }
  return { made, wrong: null }
}

/** @param {{ count: number, set: (count: number) => void, title: string }} props */
function HowMany({ count, set, title }) {
  const several = titlesOf(title, count)
  return html`<div>
    <label for="count"><strong>${t('host-new-count')}</strong></label>
    <p class="muted small" id="count-hint">
      ${
        count > 1
          ? t('host-new-count-several', { first: several[0], last: several[several.length - 1] })
          : t('host-new-count-hint')
      }
    </p>
    <select
      class="field seats"
      id="count"
      aria-describedby="count-hint"
      onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => set(Number(event.currentTarget.value))}
    >
      ${Array.from({ length: MOST }, (_, at) => html`<option key=${at} value=${at + 1} selected=${at + 1 === count}>${at + 1}</option>`)}
    </select>
  </div>`
}

/** Why it could not be made, in words. @param {import('./host-api.js').Not} wrong */
const refusal = ({ code, detail }) => (code === 'schedule-invalid' ? wrongWords(wrongOf(detail)) : problemWords(code))

/** @param {{ from: HostRoom | null }} props `from`: the room that is copied */
export function NewRoom({ from: source }) {
  const [from] = useState(source) // as it was, also when somebody changes or deletes it meanwhile
  const id = from ? `copy-${from.id}` : 'new-format'
  const begins = from ? t('host-clone-title', { title: from.title }) : ''
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null))
  const form = useRef(/** @type {HTMLFormElement | null} */ (null))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [count, setCount] = useState(1)
  const [title, setTitle] = useState(begins)
  const [words, setWords] = useState(() => from?.agreement ?? { policy: POLICIES[0], text: '' })
  const [draft, setDraft] = useState(() => draftLike(from?.schedule ?? null))
  const [done, setDone] = useState(0) // of several, when a later one could not be made
  const choice = useChoice(id, () => begun(from?.format ?? 'simple', from?.own_format ?? null))
  useEffect(() => {
    heading.current?.focus()
    form.current?.querySelector('input')?.focus()
  }, [])

  /** @param {{preventDefault: () => void, currentTarget: HTMLFormElement}} event */
  async function make(event) {
    event.preventDefault()
    const format = formatToSend(id, choice)
    if (busy || format === null) return
    const plan = planOf(event.currentTarget, format, words, draft)
    setBusy(true)
    const { made, wrong } = await makeAll(plan, titlesOf(plan.title, count).slice(done))
    setBusy(false)
    setDone(done + made.length)
    setProblem(wrong ? refusal(wrong) : '')
    if (!wrong) return finished(done + made.length, made[0])
    say(refusal(wrong))
    const field =
      wrong.code === 'title-invalid' ? 'title' : wrong.code === 'schedule-invalid' && wrongOf(wrong.detail).field
    if (field) /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector(`[name=${field}]`))?.focus()
    if (wrong.code === 'format') showFaults(id, choice, wrong.detail)
  }

  /** @param {number} all @param {HostRoom} room the last one */
  function finished(all, room) {
    forgetChoice(id)
    say(all > 1 ? t('host-created-several', { count: all }) : t('host-created', { title: room.title }))
    if (all > 1) goHome()
    else goInstead(room.id, 'links') // whoever makes a room wants its links
  }

  const typed = (/** @type {Event} */ { target }) =>
    target instanceof HTMLInputElement && target.name === 'title' && setTitle(target.value)
  return html`<main class="host-main form-page">
    <div>
      <${ToAllRooms} />
      <h1 ref=${heading} tabindex="-1">${from ? t('host-clone') : t('host-new')}</h1>
    </div>
    <form ref=${form} class="card host-form" aria-label=${t('host-new')} onSubmit=${make} onInput=${typed} novalidate>
      <${TitleField} id="title" title=${begins} />
      <${HowMany} count=${count} set=${setCount} title=${title.trim() || '…'} />
      <${PickFormat} id=${id} choice=${choice} />
      <${NewSchedule} draft=${draft} update=${setDraft} />
      <${AgreementFields}
        id="new"
        words=${words}
        update=${(/** @type {Partial<Words>} */ change) => setWords((known) => ({ ...known, ...change }))}
        rows=${4}
      />
      <${QuestionFields} questions=${from?.questions ?? []} />
      <${LimitFields} id="new" seats=${from?.seats ?? 0} two=${from?.two_to_remove ?? false} />
      <p class="answer refused">${problem} ${problem && done > 0 && t('host-created-some', { made: done, count })}</p>
      <div class="row wrap">
        <button type="submit" class=${`btn fill${busy ? ' busy' : ''}`}>
          ${count > 1 ? t('host-new-go-several', { count }) : t('host-new-go')}
        </button>
        <button type="button" class="btn plain" onClick=${goBack}>${t('host-new-cancel')}</button>
      </div>
    </form>
  </main>`
}
