/** What a seat looks like and is called: made from its number and the person's name, the same in every browser. Pure. */

/** Honorifics that are said before a name, in the languages that the product came from. They stay in front of a short name and give no initial. */
const HONORIFICS = new Set(
  'mbak mas pak bu bapak ibu kak kakak bang abang mbah om tante teh teteh aa akang uda uni cik koh ci dik adik mr mrs ms mx dr'.split(
    ' ',
  ),
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

/** @typedef {Record<string, { name?: string }>} Named */

/** @type {WeakMap<Named, Record<string, string>>} */
const told = new WeakMap()

/**
 * What people are called in one room, by seat: short, and told apart by a further initial where two would be called the same.
 * Nothing for somebody whose name is not known yet.
 * @param {Named} people
 * @returns {Record<string, string>}
 */
export function shortNames(people) {
  const known = told.get(people)
  if (known) return known
  const short = Object.entries(people).map(([seat, { name = '' }]) => ({ seat, name, own: shortName(name) }))
  const count = new Map()
  for (const { own } of short) count.set(own, (count.get(own) ?? 0) + 1)
  const names = Object.fromEntries(
    short.map(({ seat, name, own }) => [seat, count.get(own) > 1 ? longer(own, name) : own]),
  )
  told.set(people, names)
  return names
}

/** `Nadia Putri` among several called Nadia -> `Nadia P.`. @param {string} short @param {string} name */
function longer(short, name) {
  const next = words(name)[words(short).length]
  return next ? `${short} ${clusters(next, 1).toLocaleUpperCase()}.` : short
}

/**
 * Dye and pattern of a seat's cloth: 64 pairs before one comes again.
 * @param {number} number seats are counted from 0
 * @returns {{ dye: number, pattern: number }}
 */
export const cloth = (number) => ({ dye: number % 8, pattern: (number + 3 * Math.floor(number / 8)) % 8 })
