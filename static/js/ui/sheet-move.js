/** A way to this seat for another device: a picture to scan, a link to open there; once, and for two minutes. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { ask } from '../connection.js'
import { refusedWords, t } from '../words.js'
import { Icon } from './icons.js'
import { Sheet } from './sheet.js'
import { minutesAndSeconds } from './time.js'

/** @typedef {import('../protocol.js').Way & { until: number }} Way `until` by this page's clock, in seconds */

const second = () => performance.now() / 1000

export function MoveSheet() {
  const [way, setWay] = useState(/** @type {Way | null} */ (null))
  const [refused, setRefused] = useState('')
  const [now, setNow] = useState(second)

  async function make() {
    const answer = await ask({ type: 'move' })
    setNow(second())
    if (answer.ok && 'path' in answer) {
      setWay({ ...answer, until: second() + answer.seconds })
      setRefused('')
    } else {
      setRefused(answer.ok ? 'internal' : answer.code)
    }
  }
  useEffect(() => {
    void make()
    const timer = setInterval(() => setNow(second()), 1000)
    return () => clearInterval(timer)
  }, [])
  const over = way !== null && way.until <= now
  useEffect(() => {
    if (over) say(t('move-over'))
  }, [over])
  useEffect(() => {
    if (refused) say(refusedWords(refused))
  }, [refused])

  const again = html`<button key="again" type="button" class="btn wide fill" onClick=${make}>${t('move-new')}</button>`
  return html`<${Sheet} title=${t('menu-move')}>
    <p key="lead" class="muted small">${t('move-lead')}</p>
    ${
      refused
        ? html`<p key="refused" class="refused">${refusedWords(refused)}</p>
            ${again}`
        : over
          ? html`<p key="over">${t('move-over')}</p>
              ${again}`
          : way && html`<${Shown} key=${way.url} way=${way} left=${way.until - now} />`
    }
  <//>`
}

/** @param {{ way: Way, left: number }} props */
function Shown({ way: { url, size, path }, left }) {
  const [copied, setCopied] = useState(false)
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      setCopied(true)
      say(t('move-copied'))
    } catch {
      field.current?.select() // not allowed here: it is marked, to be copied by hand
    }
  }
  return html`<div class="moving">
    <svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${t('move-qr')} shape-rendering="crispEdges">
      <rect width=${size} height=${size} />
      <path d=${path} />
    </svg>
    <p class="small">${t('move-scan')}</p>
    <p class="small"><strong>${t('move-secret')}</strong></p>
    <label class="stack">
      <span class="muted small">${t('move-link')}</span>
      <input ref=${field} class="field" readonly value=${url} onFocus=${() => field.current?.select()} />
    </label>
    <button type="button" class="btn wide" onClick=${copy}>
      <${Icon} name=${copied ? 'check' : 'note'} />${t(copied ? 'move-copied' : 'move-copy')}
    </button>
    <p class="muted small num">${t('move-left', { left: minutesAndSeconds(Math.max(0, left)) })}</p>
  </div>`
}
