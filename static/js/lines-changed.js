// What is different between two texts, line by line; pure. Empty lines and spaces around a line count for nothing.

/** One line, or several of the same kind that follow one another. @typedef {{ kind: 'same' | 'added' | 'removed', lines: string[] }} Part */

const LARGEST = 1_000_000 // pairs of lines that are compared; beyond that, everything in between counts as new

/** @param {string} text */
const linesOf = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/**
 * What was removed comes before what was added in its place.
 * @param {string} before @param {string} after @returns {Part[]}
 */
export function changedLines(before, after) {
  const [old, now] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  const most = Math.min(old.length, now.length) - head
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
  /** @type {Part[]} */
  const parts = []
  const add = (/** @type {Part['kind']} */ kind, /** @type {string[]} */ lines) => {
    const last = parts.at(-1)
    if (last?.kind === kind) last.lines.push(...lines)
    else if (lines.length) parts.push({ kind, lines: [...lines] })
  }
  add('same', old.slice(0, head))
  for (const { kind, line } of steps(old.slice(head, old.length - tail), now.slice(head, now.length - tail)))
    add(kind, [line])
  add('same', old.slice(old.length - tail))
  return parts
}

/** The longest common lines stay; the others go or come. @param {string[]} old @param {string[]} now */
function steps(old, now) {
  /** @type {{ kind: Part['kind'], line: string }[]} */
  const found = []
  const common = old.length * now.length <= LARGEST ? lengths(old, now) : null
  let [at, to] = [0, 0]
  while (at < old.length || to < now.length) {
    if (common && at < old.length && to < now.length && old[at] === now[to]) {
      found.push({ kind: 'same', line: old[at] })
      at += 1
      to += 1
    } else if (at < old.length && (!common || to >= now.length || common[at + 1][to] >= common[at][to + 1])) {
      found.push({ kind: 'removed', line: old[at] })
      at += 1
    } else {
      found.push({ kind: 'added', line: now[to] })
      to += 1
    }
  }
  return found
}

/** How many lines are common from there on, for each pair of places. @param {string[]} old @param {string[]} now */
function lengths(old, now) {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let at = old.length - 1; at >= 0; at -= 1)
    for (let to = now.length - 1; to >= 0; to -= 1)
      table[at][to] = old[at] === now[to] ? table[at + 1][to + 1] + 1 : Math.max(table[at + 1][to], table[at][to + 1])
  return table
}
