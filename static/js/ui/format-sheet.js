/** The room's format, for those who lead: another one, or one's own copy, changed here; and what happens with it now. */

import { html, signal, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { ask } from '../connection.js'
import { phaseName } from '../phase-names.js'
import { t } from '../words.js'
import { press, pressed, Refusal } from './button-press.js'
import { begun, choiceFor, faulted, refused, told } from './format-choice.js'
import { same } from './format-model.js'
import { FormatPick } from './format-pick.js'
import { consequence } from './format-then.js'
import { nameOf, ownNameOf } from './format-words.js'
import { Sheet } from './sheet.js'
import { Discard } from './twice.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Formats} Formats */
/** @typedef {import('./format-choice.js').Choice} Choice */

const CONTROL = 'format'
const ID = 'room-format'

/** The formats as they were told last. */
const known = signal(/** @type {Formats | null} */ (null))

/** @param {any} asked */
async function travel(asked) {
  const answer = await ask(asked)
  if (answer.ok && 'formats' in answer) known.value = answer
  return answer
}

/** @param {Formats} formats */
const start = ({ current, own }) => begun(current.name, own ? current : null)

/** What the server said about a format it refused, as a list. @param {unknown} detail */
function listed(detail) {
  try {
    return JSON.parse(String(detail))
  } catch {
    return []
  }
}

/** @param {{ view: LeadView }} props */
export function FormatSheet({ view }) {
  const choice = choiceFor(ID)
  const formats = known.value
  const last = view.lately?.at(-1) // somebody else may have changed it
  useEffect(() => {
    void press(CONTROL, { type: 'list-formats' }, travel).then(() => {
      if (known.peek() && !choice.peek().touched) choice.value = start(/** @type {Formats} */ (known.peek()))
    })
  }, [last])
  return html`<${Sheet} title=${t('edit-room-title')}>
    ${formats ? html`<${Choosing} key="choosing" view=${view} formats=${formats} choice=${choice} />` : html`<p key="coming" class="muted">${t('page-moment')}</p>`}
    <${Refusal} control=${CONTROL} />
  <//>`
}

/** @param {{ view: LeadView, formats: Formats, choice: import('../../vendor/preact.js').Signal<Choice> }} props */
function Choosing({ view, formats, choice }) {
  const [done, setDone] = useState(false)
  const update = (/** @type {Choice} */ next) => {
    setDone(false)
    choice.value = next
  }
  const now = choice.value
  const { format } = told(now)
  const whole = typeof format === 'string' ? formats.formats.find(({ name }) => name === format) : format
  const unchanged = Boolean(whole) && same(/** @type {any} */ (whole), formats.current)

  async function save() {
    const { format: wanted, wrong } = told(choice.peek())
    if (wanted === null) {
      update(faulted(choice.peek(), wrong))
      say(t('edit-wrong-title', { count: wrong.length }))
      focusOnFaults()
      return
    }
    const command = { type: 'set-format', ...(typeof wanted === 'string' ? { name: wanted } : { format: wanted }) }
    const ok = await press(CONTROL, command, async (asked) => {
      const answer = /** @type {any} */ (await travel(asked))
      if (!answer.ok && answer.code === 'bad-format') choice.value = refused(choice.peek(), listed(answer.detail))
      return answer
    })
    if (!ok) {
      if (choice.peek().wrong.length) focusOnFaults()
      return
    }
    if (known.peek()) update(start(/** @type {Formats} */ (known.peek())))
    setDone(true)
    say(t('edit-room-done'))
  }

  function discard() {
    update(start(formats))
    document.getElementById('sheet-title')?.focus()
  }

  const then = unchanged || !whole ? null : consequence(view, whole)
  const state = pressed(CONTROL)
  return html`<p class="small">
      ${t('edit-room-now', { name: formats.own ? ownNameOf(formats.current) : nameOf(formats.current) })}
    </p>
    <${FormatPick} id=${ID} choice=${now} update=${update} formats=${formats.formats} />
    <div class="format-foot">
      <p class="small" id="format-then">
        ${done ? t('edit-room-done') : unchanged ? t('edit-room-same') : then && t(then.key, { name: phaseName(then.phase) })}
      </p>
      <div class="row wrap">
        <button
          type="button"
          class=${`btn fill${state ? ' busy' : ''}`}
          aria-describedby="format-then"
          aria-disabled=${unchanged ? 'true' : undefined}
          onClick=${() => !unchanged && save()}
        >
          ${t(state === 'slow' ? 'page-moment' : 'edit-room-save')}
        </button>
        ${now.touched && html`<${Discard} key="discard" act=${discard} />`}
      </div>
    </div>`
}

const focusOnFaults = () => requestAnimationFrame(() => document.getElementById(`${ID}-edit-faults`)?.focus())
