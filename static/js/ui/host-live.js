/** The board's numbers as they change, while somebody looks at the page. */

import { eventsOf } from '../host-events.js'
import { board, forgotten, look, numbered } from './host-api.js'

const SILENCE = 45_000 // ms: the server says something every 15 s
const WAITS = [1000, 2000, 4000, 8000, 15_000] // ms until the next try
const STEP = 5000 // ms between two readings of the clock

/**
 * Listens until the line ends; true when something was heard.
 * @param {AbortSignal} enough
 */
async function listen(enough) {
  const mine = new AbortController()
  const end = () => mine.abort()
  enough.addEventListener('abort', end)
  let watch = setTimeout(end, SILENCE)
  let heard = false
  try {
    const response = await fetch('/api/board', {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${board.token.peek()}` },
      cache: 'no-store',
      signal: mine.signal,
    })
    if (response.status === 401) forgotten()
    if (!response.ok || !response.body) return false
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return heard
      clearTimeout(watch)
      watch = setTimeout(end, SILENCE)
      const { events, rest } = eventsOf(text + value)
      text = rest
      heard = true
      board.heard.value = Date.now()
      const latest = events.at(-1)
      if (latest) numbered(JSON.parse(latest).rooms)
    }
  } catch {
    return heard // cut, or ended by ourselves
  } finally {
    clearTimeout(watch)
    mine.abort()
    enough.removeEventListener('abort', end)
  }
}

/** @param {number} ms @param {AbortSignal} enough */
const pause = (ms, enough) =>
  new Promise((go) => {
    const timer = setTimeout(go, ms)
    enough.addEventListener('abort', () => {
      clearTimeout(timer)
      go(undefined)
    })
  })

/** One look, then every change; again whenever the line ends, later each time. @param {AbortSignal} enough */
async function follow(enough) {
  for (let tries = 0; !enough.aborted; tries += 1) {
    await look()
    if (enough.aborted || !board.token.peek()) return
    if (!board.trouble.peek() && (await listen(enough))) tries = 0
    const wait = WAITS[Math.min(tries, WAITS.length - 1)]
    await pause(wait * (0.75 + Math.random() / 2), enough)
  }
}

/** @type {AbortController | null} */
let going = null

/** Begins anew: the page was opened, is seen again, is online again, has another token. */
export function watch() {
  going?.abort()
  going = null
  if (document.visibilityState !== 'visible' || !board.token.peek()) return
  going = new AbortController()
  void follow(going.signal)
}

/** Watches while somebody looks at the page. */
export function keepWatching() {
  setInterval(() => {
    if (document.visibilityState === 'visible') board.now.value = performance.now()
  }, STEP)
  document.addEventListener('visibilitychange', watch)
  window.addEventListener('online', watch)
  window.addEventListener('pagehide', () => going?.abort())
  watch()
}
