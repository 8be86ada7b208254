/** The fields of a phase: words, lengths, one of several, ticks. What is wrong with one stands under it. */

import { html } from '../../vendor/preact.js'
import { phaseName, promptKey } from '../phase-names.js'
import { t } from '../words.js'
import { FLOORS, moving, UNITS } from './format-model.js'
import { keyed, maybe, wrongWords } from './format-words.js'

/** @typedef {import('./format-model.js').Typed} Typed */
/** @typedef {import('./format-model.js').Wrong} Wrong */
/** `format`: its name. @typedef {{ id: string, field: string, format: string, phase: Typed, wrong: Wrong[], change: (change: Partial<Typed>) => void }} FieldProps */
/** @typedef {Event & { currentTarget: HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement }} Typing */

const BY_ITSELF = new Set(['round', 'silence', 'break'])

/** What can be chosen, where there is a choice. @type {Record<string, (phase: Typed) => readonly string[]>} */
const CHOICES = {
  floor: () => FLOORS,
  order: () => ['first-come', 'fair', 'chosen', 'circle'],
  responses: ({ floor }) => (floor === 'open' ? ['none', 'after'] : ['none', 'after', 'inside']),
  text: () => ['none', 'notes'],
  ending: () => ['soft', 'hard'],
  clock: () => ['soft', 'exact'],
  consent_silence: () => ['yes', 'no'],
  moves_on: ({ floor }) => (BY_ITSELF.has(floor) ? ['lead', 'anyone', 'itself'] : ['lead', 'anyone']),
}

const TICKS = new Set(['equal', 'asked', 'give', 'second_sweep', 'bell', 'automatic_offers'])
const LONGEST = /** @type {Record<string, number>} */ ({ title: 60, prompt: 300, name: 40 })

/** @param {FieldProps} props */
export function PhaseField(props) {
  const { field } = props
  if (field === 'kinds') return html`<${Kinds} ...${props} />`
  if (field in CHOICES) return html`<${OneOf} ...${props} />`
  if (TICKS.has(field)) return html`<${TickField} ...${props} />`
  return html`<${Line} ...${props} />`
}

/** The sentence under a field: what it means, and what is wrong with it. @param {{ id: string, hint: string, wrong: Wrong[] }} props */
const Under = ({ id, hint, wrong }) =>
  html`<div class="under" id=${`${id}-under`}>
    ${wrong.map((each) => html`<p key=${each.code + each.why} class="refused">${wrongWords(each)}</p>`)}
    ${hint && html`<p key="hint" class="muted tiny">${hint}</p>`}
  </div>`

/** @param {string} id @param {Wrong[]} wrong */
export const described = (id, wrong) => ({
  id,
  'aria-describedby': `${id}-under`,
  'aria-invalid': wrong.length ? 'true' : undefined,
})

/**
 * A field with its name above it and what there is to say below it.
 * @param {{ id: string, label: string, hint?: string, wrong: Wrong[], children: unknown, className?: string }} props
 */
export const Labelled = ({ id, label, hint = '', wrong, children, className = '' }) =>
  html`<div class=${`labelled ${className}`}>
    <label for=${id}>${label}</label>
    ${children}
    <${Under} id=${id} hint=${hint} wrong=${wrong} />
  </div>`

/** What is shown when nothing is written. @param {string} format @param {Typed} phase */
function promptHint(format, phase) {
  const key = promptKey(format, phase.name)
  return key ? t('edit-prompt-usual', { words: t(key) }) : t('edit-prompt-hint')
}

/** Words or a number, in one line or in a few. @param {FieldProps} props */
function Line({ id, field, format, phase, wrong, change }) {
  const name = /** @type {'title'} */ (field)
  const short = field in UNITS
  const own = {
    ...described(id, wrong),
    class: `field${short ? ' short' : ''}`,
    value: phase[name],
    maxlength: short ? 12 : LONGEST[field],
    autocomplete: 'off',
    inputmode: short ? (field === 'voices' ? 'numeric' : 'decimal') : undefined,
    placeholder: field === 'title' ? phaseName({ name: phase.name }) : undefined,
    onInput: (/** @type {Typing} */ event) => change({ [name]: event.currentTarget.value }),
  }
  return html`<${Labelled}
    id=${id}
    label=${t(`edit-${keyed(field)}`)}
    hint=${field === 'prompt' ? promptHint(format, phase) : maybe(`edit-${keyed(field)}-hint`)}
    wrong=${wrong}
    className=${short ? '' : 'broad'}
  >
    ${field === 'prompt' ? html`<textarea rows="2" ...${own}></textarea>` : html`<input ...${own} />`}
  <//>`
}

/** One of several, and what the one that is chosen means. @param {FieldProps} props */
function OneOf({ id, field, phase, wrong, change }) {
  const name = /** @type {'order'} */ (field)
  const options = CHOICES[field](phase)
  const now = options.includes(phase[name]) ? phase[name] : options[0]
  const choose = (/** @type {Typing} */ event) => {
    const value = /** @type {any} */ (event.currentTarget.value)
    change(field === 'floor' ? moving(phase, value) : { [name]: value })
  }
  const word = `edit-${keyed(field)}`
  return html`<${Labelled}
    id=${id}
    label=${t(word)}
    hint=${maybe(`${word}-${now}-text`)}
    wrong=${wrong}
    className="broad"
  >
    <select class="field" ...${described(id, wrong)} value=${now} onChange=${choose}>
      ${options.map((each) => html`<option key=${each} value=${each}>${t(`${word}-${each}`)}</option>`)}
    </select>
  <//>`
}

/** @param {FieldProps} props */
function TickField({ id, field, phase, wrong, change }) {
  const name = /** @type {'give'} */ (field)
  const word = `edit-${keyed(field)}`
  return html`<div class="labelled broad">
    <label class="tick">
      <input
        type="checkbox"
        ...${described(id, wrong)}
        checked=${phase[name]}
        onChange=${(/** @type {Typing} */ event) => change({ [name]: event.currentTarget.checked })}
      />
      <span>${t(word)}</span>
    </label>
    <${Under} id=${id} hint=${maybe(`${word}-hint`)} wrong=${wrong} />
  </div>`
}

/** What hands may be for; responses and questions only where there are any. @param {FieldProps} props */
function Kinds({ id, phase, wrong, change }) {
  const { responses, kinds } = phase
  const offered = /** @type {const} */ (['share', 'respond', 'question']).filter(
    (kind) => kind === 'share' || (responses !== 'none' && !(kind === 'question' && responses === 'inside')),
  )
  /** @param {Typing} event */
  const tick = ({ currentTarget: { checked, value } }) => {
    const others = kinds.filter((kind) => kind !== value)
    change({ kinds: checked ? [...others, /** @type {typeof kinds[number]} */ (value)] : others })
  }
  return html`<fieldset class="labelled broad" id=${id} tabindex="-1" aria-describedby=${`${id}-under`}>
    <legend>${t('edit-kinds')}</legend>
    <div class="ticks">
      ${offered.map(
        (kind) =>
          html`<label key=${kind} class="tick">
            <input type="checkbox" value=${kind} checked=${kinds.includes(kind)} onChange=${tick} />
            <span>${t(`edit-kinds-${kind}`)}</span>
          </label>`,
      )}
    </div>
    <${Under}
      id=${id}
      hint=${t(responses === 'inside' ? 'edit-kinds-hint-inside' : 'edit-kinds-hint')}
      wrong=${wrong}
    />
  </fieldset>`
}
