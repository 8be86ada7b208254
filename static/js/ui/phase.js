/** Where the meeting stands in its agenda: the phase that is on, the one after it, and the words that are shown with it. */

import { phaseName, promptKey } from '../phase-names.js'
import { t } from '../words.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Step} Step */

/** The phase that is on. @param {CircleView} view @returns {Step | undefined} */
export const stepNow = (view) => view.agenda?.find(({ name }) => name === view.phase)

/** The very next one, if there is one. @param {CircleView} view @returns {Step | undefined} */
export function nextStep(view) {
  const at = view.agenda?.findIndex(({ name }) => name === view.phase) ?? -1
  return at < 0 ? undefined : view.agenda?.[at + 1]
}

/** How a phase is called. @param {Step | undefined} step */
export const phaseTitle = (step) => (step ? phaseName(step) : '')

/** What everybody is asked or told while the phase lasts: somebody's own words, else the page's; or nothing. @param {CircleView} view */
export function promptNow(view) {
  const key = promptKey(view.format, view.phase ?? '')
  return view.prompt || (key ? t(key) : '')
}
