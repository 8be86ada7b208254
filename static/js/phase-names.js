/** How a phase and a format are called: their own title, else the page's words for a common name, else the name itself. */

import { hasWords, t } from './words.js'

/** The key of the words for a phase's name: a second one of a kind (`silence-2`) has the words of the first. @param {string} name */
export const phaseKey = (name) => `phase-${name.replace(/-\d+$/u, '')}`

/** @param {{ name?: string, title?: string }} phase */
export const phaseName = ({ name = 'sharing', title = '' }) => title || common(phaseKey(name)) || spelled(name)

/**
 * The key of the page's own prompt for a phase of a format, if there is one.
 * @param {string} format its name @param {string} phase its name
 */
export const promptKey = (format, phase) => {
  const bare = phaseKey(phase).slice('phase-'.length)
  return [`prompt-${format}-${bare}`, `prompt-${bare}`].find(hasWords)
}

/** @param {{ name: string, title?: string }} format */
export const formatName = ({ name, title = '' }) => title || common(`format-${name}`) || spelled(name)

/** @param {string} key */
const common = (key) => (hasWords(key) ? t(key) : '')

/** `after-tea` -> `After tea`: somebody's own name without a title. @param {string} name */
function spelled(name) {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
