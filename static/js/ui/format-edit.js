/** The editor of one's own format: what it is called, its phases, and phases to add. */

import { html, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { phaseName } from '../phase-names.js'
import { t } from '../words.js'
import { added, changed, entitled, moved, phasesOf, putBack, removed } from './format-choice.js'
import { described, Labelled } from './format-fields.js'
import { MOST_PHASES, ready } from './format-model.js'
import { PhaseRow } from './format-phase.js'
import { nameOf, phaseFacts, wrongThere } from './format-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./format-choice.js').Choice} Choice */
/** @typedef {import('./format-model.js').Format} Format */

/** When what was pressed has moved, or is gone. @param {string} id */
const focusOn = (id) => requestAnimationFrame(() => document.getElementById(id)?.focus())

/** @param {{ id: string, choice: Choice, update: (choice: Choice) => void, formats: readonly Format[] }} props */
export function FormatEditor({ id, choice, update, formats }) {
  const [open, setOpen] = useState(/** @type {ReadonlySet<number>} */ (new Set()))
  const { draft, wrong } = choice
  if (!draft) return null
  const { phases } = draft
  const idOf = (/** @type {number} */ key) => `${id}-${key}`
  /** @param {number} key @param {boolean} to */
  const fold = (key, to) => setOpen(new Set(to ? [...open, key] : [...open].filter((each) => each !== key)))

  /** @param {number} key @param {-1 | 1} by @param {number} place from 0 */
  function move(key, by, place) {
    const next = moved(choice, key, by)
    if (next === choice) return
    const focused = document.activeElement?.id ?? ''
    update(next)
    say(t('edit-moved', { name: phaseName(phases[place]), place: place + by + 1, count: phases.length }), { about: id })
    if (focused) focusOn(focused) // whoever moves takes the focus along
  }

  /** The neighbour gets the focus. @param {number} place from 0 */
  function remove(place) {
    const [gone, neighbour] = [phases[place], phases[place + 1] ?? phases[place - 1]]
    update(removed(choice, gone.key))
    say(t('edit-removed', { name: phaseName(gone) }))
    focusOn(`${idOf(neighbour.key)}-open`)
  }

  function restore() {
    const back = choice.removed?.phase
    if (!back) return
    update(putBack(choice))
    say(t('edit-put-back-said', { name: phaseName(back) }))
    focusOn(`${idOf(back.key)}-open`)
  }

  /** @param {import('./format-model.js').Phase} phase */
  function add(phase) {
    const next = added(choice, phase)
    const last = phasesOf(next).at(-1)
    if (next === choice || !last) return
    update(next)
    fold(last.key, true)
    say(t('edit-added', { name: phaseName(last), place: phasesOf(next).length }))
    focusOn(`${idOf(last.key)}-open`)
  }

  const ofFormat = (/** @type {string} */ field) => wrong.filter((each) => each.key === 0 && each.field === field)
  return html`<div class="format-edit" role="group" aria-label=${t('edit-own')}>
    ${wrong.length > 0 && html`<${Faults} key="faults" id=${id} choice=${choice} unfold=${(/** @type {number} */ key) => fold(key, true)} />`}
    <${Labelled}
      id=${`${id}-title`}
      label=${t('edit-format-title')}
      hint=${t('edit-format-title-hint')}
      wrong=${[...ofFormat('title'), ...ofFormat('name')]}
    >
      <input
        class="field"
        ...${described(`${id}-title`, ofFormat('title'))}
        value=${draft.title}
        maxlength="60"
        autocomplete="off"
        placeholder=${nameOf({ name: draft.name })}
        onInput=${(/** @type {import('./format-fields.js').Typing} */ event) =>
          update(entitled(choice, 'title', event.currentTarget.value))}
      />
    <//>
    <div role="group" aria-labelledby=${`${id}-phases`} class="stack">
      <p id=${`${id}-phases`}><strong>${t('edit-phases')}</strong></p>
      <ol class="edit-phases">
        ${phases.map(
          (phase, place) =>
            html`<${PhaseRow}
              key=${phase.key}
              id=${idOf(phase.key)}
              format=${draft.name}
              phase=${phase}
              place=${place + 1}
              count=${phases.length}
              open=${open.has(phase.key)}
              wrong=${wrong.filter((each) => each.key === phase.key)}
              change=${(/** @type {Partial<import('./format-model.js').Typed>} */ change) =>
                update(changed(choice, phase.key, change))}
              unfold=${() => fold(phase.key, !open.has(phase.key))}
              move=${(/** @type {-1 | 1} */ by) => move(phase.key, by, place)}
              remove=${() => remove(place)}
            />`,
        )}
      </ol>
      ${
        choice.removed &&
        html`<p key="removed" class="row wrap small">
          <span>${t('edit-removed', { name: phaseName(choice.removed.phase) })}</span>
          <button type="button" class="btn sm" onClick=${restore}>${t('edit-put-back')}</button>
        </p>`
      }
      ${
        phases.length < MOST_PHASES
          ? html`<${Adding} key="add" id=${id} formats=${formats} add=${add} />`
          : html`<p key="full" class="muted small">${t('edit-full', { count: MOST_PHASES })}</p>`
      }
    </div>
  </div>`
}

/** @param {{ id: string, formats: readonly Format[], add: (phase: import('./format-model.js').Phase) => void }} props */
function Adding({ id, formats, add }) {
  const [wanted, want] = useState(0)
  const phases = ready(formats)
  const choose = (/** @type {import('./format-fields.js').Typing} */ event) => want(Number(event.currentTarget.value))
  return html`<div class="adding">
    <label for=${`${id}-add`} class="small">${t('edit-add-which')}</label>
    <div class="row wrap">
      <select class="field" id=${`${id}-add`} value=${wanted} onChange=${choose}>
        ${phases.map(
          (phase, place) =>
            html`<option key=${phase.name} value=${place}>${phaseName(phase)} (${phaseFacts(phase)})</option>`,
        )}
      </select>
      <button type="button" class="btn" onClick=${() => add(phases[wanted] ?? phases[0])}>
        <${Icon} name="plus" />${t('edit-add')}
      </button>
    </div>
  </div>`
}

/** All that does not fit, and the way to it. @param {{ id: string, choice: Choice, unfold: (key: number) => void }} props */
function Faults({ id, choice, unfold }) {
  const { wrong } = choice
  /** @param {import('./format-model.js').Wrong} each */
  function show({ key, field }) {
    if (key) unfold(key)
    const near = key ? `${id}-${key}` : id
    requestAnimationFrame(() => {
      const found = document.getElementById(`${near}-${field}`)
      const target = found ?? document.getElementById(key ? `${near}-open` : `${id}-title`)
      const folded = target?.closest('details')
      if (folded) folded.open = true
      target?.focus()
    })
  }
  const placeOf = (/** @type {number} */ key) => phasesOf(choice).find((phase) => phase.key === key)
  return html`<div class="notice faults" id=${`${id}-faults`} tabindex="-1">
    <${Icon} name="info" />
    <div>
      <p>${t('edit-wrong-title', { count: wrong.length })}</p>
      <ul>
        ${wrong.map(
          (each) =>
            html`<li key=${[each.key, each.field, each.code, each.why].join()}>
              <button type="button" class="linkish" onClick=${() => show(each)}>
                ${wrongThere(each, placeOf(each.key))}
              </button>
            </li>`,
        )}
      </ul>
    </div>
  </div>`
}
