/** How days and times are written. */

import { language } from './words.js'

/** As the reader writes them at home, where they read the language of their home; else as they are read in most of the world. */
export const locale = () =>
  navigator.languages.find((each) => each.toLowerCase().startsWith(language.value)) ??
  (language.value === 'en' ? 'en-GB' : language.value)
