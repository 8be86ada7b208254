/** What a seat looks like and is called: made from its number and the person's name, the same in every browser. Pure. */

/** Honorifics that are said before a name, in the languages that the product came from. They stay in front of a short name and give no initial. */
const HONORIFICS = new Set(
  'mbak mas pak bu bapak ibu kak kakak bang abang mbah om tante teh teteh aa akang uda uni cik koh ci dik adik mr mrs ms mx dr'.split(' '),
)

/** @param {string} word */
const isHonorific = (word) => HONORIFICS.has(word.toLocaleLowerCase().replace(/\.$/, ''))

/** @param {string} name */
const words = (name) => name.trim().split(/\s+/u).filter(Boolean)

/**
 * The first letters, whole letter clusters of any script.
 * @param {string} text
 * @param {number} count
 */
function clusters(text, count) {
  const parts = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)
  return Array.from(parts, (part) => part.segment)
    .slice(0, count)
    .join('')
}

/**
 * `Mbak Siti Nurhaliza` -> `SN`, `Wulan` -> `Wu`.
 * @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const all = words(name)
  const own = all.length > 1 && isHonorific(all[0] ?? '') ? all.slice(1) : all
  const [first = '', second = ''] = own
  if (!second) return clusters(first, 2)
  return clusters(first, 1).toLocaleUpperCase() + clusters(second, 1).toLocaleUpperCase()
}

/**
 * `Mbak Siti Nurhaliza` -> `Mbak Siti`, `Wulan Ayu` -> `Wulan`.
 * @param {string} name
 * @returns {string}
 */
export function shortName(name) {
  const [first = '', second = ''] = words(name)
  return isHonorific(first) && second ? `${first} ${second}` : first
}

/**
 * Dye and pattern of a seat's cloth: 64 pairs before one comes again.
 * @param {number} number seats are counted from 0
 * @returns {{ dye: number, pattern: number }}
 */
export const cloth = (number) => ({ dye: number % 8, pattern: (number + 3 * Math.floor(number / 8)) % 8 })
