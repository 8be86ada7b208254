/** What a host announced from outside: in a place that was there already, until it is put away. Fetched when there is something. */

import { html, signal, useEffect, useLayoutEffect, useRef } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { nowShown } from './room-words.js'
import { Sheet, close, open } from './sheet.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Announcement} Announcement */
/** @typedef {{ view: CircleView }} Props */

const BEGINNING = 5 // s at the start of a turn in which nothing else is said

/** Where there is no line over the circle (see room.css), it stands in the bar. */
const low = matchMedia('(max-height: 48rem) and (max-width: 63.99rem)')
const isLow = signal(low.matches)
low.addEventListener('change', () => void (isLow.value = low.matches))

/** Which one this person has put away. */
const away = signal('')
let said = ''

/** @param {CircleView} view @returns {'bar' | 'stage' | ''} */
export function place({ announcement }) {
  if (!announcement || announcement.id === away.value) return ''
  return isLow.value ? 'bar' : 'stage'
}

/** Said once, and not over the first words of whoever begins. @param {CircleView} view */
function useSaid(view) {
  const { id, text } = /** @type {Announcement} */ (view.announcement)
  const begun = Object.values(view.turns).flatMap(({ state, ends_at, budget }) =>
    state === 'speaking' && ends_at !== undefined ? [ends_at - budget] : [],
  )
  const latest = Math.max(...begun, -BEGINNING)
  useEffect(() => {
    if (said === id) return
    const tell = () => (void (said = id), say(t('announced-said', { text })))
    const timer = setTimeout(tell, 1000 * Math.max(0, latest + BEGINNING - nowShown()))
    return () => clearTimeout(timer)
  }, [id, latest])
}

/** When it goes while the focus is on it, that goes to the heading of the page. */
function useKeptFocus() {
  const root = useRef(/** @type {HTMLElement | null} */ (null))
  useLayoutEffect(() => {
    const element = root.current
    return () => {
      if (!element?.contains(document.activeElement)) return
      requestAnimationFrame(() => document.querySelector('h1')?.focus({ preventScroll: true }))
    }
  }, [])
  return root
}

/** Over the circle: as much as there is place for. @param {Props} props */
export function Announced({ view }) {
  const { id, text } = /** @type {Announcement} */ (view.announcement)
  const root = useKeptFocus()
  useSaid(view)
  return html`<div class="announced" ref=${root}>
    <button type="button" class="linkish" onClick=${() => open('announcement')}>
      <span><strong>${t('announced-from')}</strong> ${text}</span>
    </button>
    <button type="button" class="btn plain icon" onClick=${() => void (away.value = id)}>
      <${Icon} name="close" /><span class="vh">${t('announced-away')}</span>
    </button>
  </div>`
}

/** In the bar: its beginning. @param {Props} props */
export function Line({ view }) {
  const { text } = /** @type {Announcement} */ (view.announcement)
  const root = useKeptFocus()
  useSaid(view)
  return html`<button type="button" class="linkish announced-line" ref=${root} onClick=${() => open('announcement')}>
    <span><strong>${t('announced-from')}</strong> ${text}</span>
  </button>`
}

/** All of it. @param {Props} props */
export function AnnouncementSheet({ view: { announcement } }) {
  const put = () => (void (away.value = announcement?.id ?? ''), close())
  return html`<${Sheet} title=${t('announced-title')}>
    <p class="announced-text">${announcement?.text ?? t('announced-gone')}</p>
    <p class="muted small">${t('announced-whom')}</p>
    ${announcement && html`<button key="away" type="button" class="btn wide" onClick=${put}>${t('announced-away')}</button>`}
  <//>`
}
