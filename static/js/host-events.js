/** Server-sent events, read by hand: `EventSource` could not send the host's token. Pure. */

/**
 * The events that are complete, and what is left for the next piece. Comments keep the line open and say nothing.
 * @param {string} text
 */
export function eventsOf(text) {
  const parts = text.split('\n\n')
  const rest = parts.pop() ?? ''
  const data = (/** @type {string} */ part) =>
    part
      .split('\n')
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice('data:'.length).trimStart())
      .join('\n')
  return { events: parts.map(data).filter(Boolean), rest }
}
