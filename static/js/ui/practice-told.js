/** How the practice is told: in words, and by the bell. Part of what is fetched when the meeting begins. */

import { phaseTitle, promptNow, stepNow } from './phase.js'

export { bell } from '../bell.js'
export * as more from '../said-practice.js'

/** What the phase is called on this page, and what is asked in it. @param {import('./phase.js').CircleView} view */
export const phaseShown = (view) => ({ phase: phaseTitle(stepNow(view)), prompt: promptNow(view) })
