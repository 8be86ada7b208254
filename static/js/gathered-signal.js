/** What people show to whoever speaks. Pure. */

/** @typedef {import('./protocol.js').SilentSignal} SilentSignal */

/**
 * What is shown to whoever speaks, gathered into one word: what most show, and help before *with you*.
 * @param {import('./protocol.js').You} you
 * @returns {{ signal: SilentSignal, count: number } | null}
 */
export function gatheredSignal(you) {
  const shown = /** @type {[SilentSignal, number][]} */ (Object.entries(you.signals ?? {}))
  const weight = (/** @type {[SilentSignal, number]} */ [signal, count]) => count + (signal === 'with-you' ? 0 : 1000)
  const [first] = shown.filter(([, count]) => count > 0).sort((a, b) => weight(b) - weight(a))
  return first ? { signal: first[0], count: first[1] } : null
}
