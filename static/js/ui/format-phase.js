/** One phase in the editor: a line with its place, and all its fields when it is unfolded. */

import { html } from '../../vendor/preact.js'
import { phaseName } from '../phase-names.js'
import { t } from '../words.js'
import { PhaseField } from './format-fields.js'
import { fieldsOf, formatOf } from './format-model.js'
import { phaseFacts, wrongThere } from './format-words.js'
import { Icon } from './icons.js'

/** @typedef {import('./format-model.js').Typed} Typed */
/** @typedef {import('./format-model.js').Wrong} Wrong */

/** The facts of a phase as far as they can be read. @param {Typed} phase */
const facts = (phase) => phaseFacts(formatOf({ name: 'draft', title: '', phases: [phase] }).format.phases[0])

/**
 * @param {{ id: string, format: string, phase: Typed, place: number, count: number, open: boolean, wrong: Wrong[],
 *   change: (change: Partial<Typed>) => void, unfold: () => void, move: (by: -1 | 1) => void, remove: () => void }} props
 */
export function PhaseRow({ id, format, phase, place, count, open, wrong, change, unfold, move, remove }) {
  const name = phaseName(phase)
  /** @param {KeyboardEvent} event */
  const arrows = (event) => {
    const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by) return
    event.preventDefault()
    move(/** @type {-1 | 1} */ (by))
  }
  const faults = wrong.length > 0 && t('edit-faults', { count: wrong.length })
  return html`<li class=${`edit-phase${open ? ' open' : ''}`}>
    <div class="line-up">
      <button
        type="button"
        id=${`${id}-open`}
        class="unfolds"
        aria-expanded=${open}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick=${unfold}
        onKeyDown=${arrows}
      >
        <${Icon} name=${open ? 'up' : 'down'} size="s" />
        <span>
          <strong>${t('edit-place', { place, name })}</strong>
          <span class="muted tiny">${facts(phase)}</span>
          ${faults && html`<span key="faults" class="refused"><${Icon} name="info" size="s" />${faults}</span>`}
        </span>
      </button>
      <div class="row">
        <${Mover} id=${`${id}-up`} icon="up" label=${t('edit-up', { name })} off=${place === 1} act=${() => move(-1)} />
        <${Mover}
          id=${`${id}-down`}
          icon="down"
          label=${t('edit-down', { name })}
          off=${place === count}
          act=${() => move(1)}
        />
        <${Mover}
          id=${`${id}-gone`}
          icon="close"
          label=${t('edit-remove', { name })}
          off=${count === 1}
          act=${remove}
        />
      </div>
    </div>
    ${open && html`<${Fields} key="fields" id=${id} format=${format} phase=${phase} wrong=${wrong} change=${change} />`}
  </li>`
}

/** At the end of its way it stays where it is, and does nothing. @param {{ id: string, icon: string, label: string, off: boolean, act: () => void }} props */
const Mover = ({ id, icon, label, off, act }) =>
  html`<button
    type="button"
    id=${id}
    class="btn plain icon"
    aria-disabled=${off ? 'true' : undefined}
    onClick=${() => !off && act()}
  >
    <${Icon} name=${icon} /><span class="vh">${label}</span>
  </button>`

/** @param {{ id: string, format: string, phase: Typed, wrong: Wrong[], change: (change: Partial<Typed>) => void }} props */
function Fields({ id, format, phase, wrong, change }) {
  const { main, rare } = fieldsOf(phase)
  const shown = new Set([...main, ...rare])
  const elsewhere = wrong.filter(({ field }) => !shown.has(field))
  const one = (/** @type {string} */ field) => {
    const mine = wrong.filter((each) => each.field === field)
    return html`<${PhaseField}
      key=${field}
      id=${`${id}-${field}`}
      field=${field}
      format=${format}
      phase=${phase}
      wrong=${mine}
      change=${change}
    />`
  }
  const rareWrong = wrong.some(({ field }) => rare.includes(field))
  return html`<div class="edit-fields" role="group" aria-label=${phaseName(phase)}>
    ${elsewhere.map((each) => html`<p key=${each.field + each.code} class="refused broad">${wrongThere(each)}</p>`)}
    ${main.map(one)}
    <details class="broad" key="rare" open=${rareWrong || undefined}>
      <summary>${t('edit-rare')}</summary>
      <div class="edit-fields">${rare.map(one)}</div>
    </details>
  </div>`
}
