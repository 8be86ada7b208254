/** A format, a phase and what does not fit in them, in the reader's words. */

import { formatName, phaseName } from '../phase-names.js'
import { hasWords, t } from '../words.js'
import { DEFAULTS, lengthText, planned, UNITS } from './format-model.js'

/** @typedef {import('./format-model.js').Format} Format */
/** @typedef {import('./format-model.js').Phase} Phase */
/** @typedef {import('./format-model.js').Wrong} Wrong */

/** `consent_for` -> `consent-for`: as keys are written. @param {string} field */
export const keyed = (field) => field.replaceAll('_', '-')

/** A sentence that not every field has. @param {string} key */
export const maybe = (key) => (hasWords(key) ? t(key) : '')

/** How long it is planned to be. @param {Format} format */
export function lengthWords(format) {
  const { minutes, open } = planned(format)
  if (minutes === 0) return t('edit-planned-open')
  return t(open ? 'edit-planned-more' : 'edit-planned', { count: minutes })
}

/** What it is, in one sentence; a host's own has none. @param {Format} format */
export const lineOf = ({ name }) => maybe(`format-${name}-text`)

/** How the floor moves, and how long that is. @param {Phase} phase */
export function phaseFacts(phase) {
  const floor = phase.floor ?? DEFAULTS.floor
  return [t(`edit-floor-${floor}`), timesOf(phase)].filter(Boolean).join(', ')
}

/** @param {Phase} phase */
function timesOf(phase) {
  const { floor, box, turn, equal } = { ...DEFAULTS, ...phase }
  const held = floor === 'silence' || floor === 'break'
  return [
    box > 0 && t('edit-minutes', { length: lengthText(box, 60) }),
    !held && !equal && t('edit-each', { length: lengthText(turn, 60) }),
    equal && t('edit-each-equal'),
  ]
    .filter(Boolean)
    .join(', ')
}

/** The phases of a format, each with its planned length, or else with how long a turn is. @param {Format} format */
export const agendaWords = ({ phases }) =>
  phases.map((phase) => {
    const { box, turn } = { ...DEFAULTS, ...phase }
    const times =
      box > 0 ? t('edit-minutes', { length: lengthText(box, 60) }) : t('edit-each', { length: lengthText(turn, 60) })
    return t('edit-agenda-step', { phase: phaseName(phase), times })
  })

/** @param {{ name: string, title?: string }} format */
export const nameOf = (format) => formatName(format)

/** The same of a copy that was changed; a title of its own says enough. @param {{ name: string, title?: string }} format */
export const ownNameOf = (format) => (format.title ? format.title : t('format-own-of', { name: formatName(format) }))

/** @param {Wrong} wrong */
const shownBounds = ({ field, low, high }) => {
  const unit = UNITS[/** @type {keyof typeof UNITS} */ (field)] ?? 1
  const shown = (/** @type {number | undefined} */ bound) => (bound === undefined ? '' : lengthText(bound, unit))
  return { low: shown(low), high: shown(high) }
}

/** What is wrong, as it stands beside its field. @param {Wrong} wrong */
export const wrongWords = (wrong) =>
  hasWords(`edit-wrong-${wrong.code}`)
    ? t(`edit-wrong-${wrong.code}`, shownBounds(wrong))
    : wrong.why || t('edit-wrong-other')

/** The same where the field is not beside it. @param {Wrong} wrong @param {{ name: string, title?: string }} [phase] */
export function wrongThere(wrong, phase) {
  const where = [phase ? phaseName(phase) : '', wrong.field && maybe(`edit-${keyed(wrong.field)}`)].filter(Boolean)
  return where.length ? t('edit-wrong-in', { where: where.join(' · '), why: wrongWords(wrong) }) : wrongWords(wrong)
}
