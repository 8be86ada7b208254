/** When a room meets, for who came before its doors open, or was in a meeting that has just ended; and a calendar file. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { connect, leaveForGood } from '../connection.js'
import { askAgainIn, calendarFile, doorsOf } from '../dates.js'
import { locale } from '../locale.js'
import { current, forget } from '../session.js'
import { t } from '../words.js'
import { Icon } from './icons.js'

/** @typedef {import('../protocol.js').Dates} DatesHeard */

const CLOCK = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit' })

/** Day and time; the year when it is another one. @param {number} seconds since 1970 @param {string} [timeZone] the reader's own when left out */
function moment(seconds, timeZone) {
  const at = new Date(seconds * 1000)
  const year = at.getFullYear() === new Date().getFullYear() ? undefined : 'numeric'
  const day = /** @type {const} */ ({ weekday: 'long', day: 'numeric', month: 'long' })
  return new Intl.DateTimeFormat(locale(), { ...day, year, ...CLOCK, timeZone }).format(at)
}

/** By the clock of the group, where it shows another time than the reader's. @param {number} seconds @param {string} zone */
function elsewhere(seconds, zone) {
  try {
    const there = moment(seconds, zone)
    return there === moment(seconds) ? '' : t('dates-zone', { zone: zone.replaceAll('_', ' '), when: there })
  } catch {
    return '' // a zone that this browser does not know
  }
}

/** Comes back by itself: at the doors, now and then before, and when the page or the network wakes. @param {DatesHeard} next @param {boolean} early */
function useDoors(next, early) {
  useEffect(() => {
    if (!early) return
    const timer = setTimeout(connect, askAgainIn(next, Math.random()) * 1000)
    const wake = () => document.visibilityState === 'visible' && connect()
    document.addEventListener('visibilitychange', wake)
    window.addEventListener('online', wake)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
      window.removeEventListener('online', wake)
    }
  }, [next, early])
}

/** @param {{ next: DatesHeard, early: boolean }} props `early`: before the doors; else after a meeting */
export function Dates({ next, early }) {
  useDoors(next, early)
  const [start] = next.starts
  const at = early ? doorsOf(next) : start
  const sentence = at === undefined ? t('dates-none') : t(early ? 'dates-opens' : 'dates-next', { when: moment(at) })
  useEffect(() => say(sentence), [sentence])
  const time = () => new Intl.DateTimeFormat(locale(), CLOCK).format(start * 1000)
  const there = at === undefined ? '' : elsewhere(at, next.zone)
  return html`<p><strong>${sentence}</strong></p>
    ${there && html`<p key="there" class="muted small">${there}</p>`}
    ${early && at !== undefined && next.doors > 0 && html`<p key="begins" class="small">${t('dates-begins', { time: time() })}</p>`}
    ${early && at !== undefined && html`<p key="waits" class="muted small">${t('dates-waits')}</p>`}
    ${at !== undefined && html`<${Calendar} key="calendar" next=${next} />`}
    ${
      early &&
      html`<div key="leave" class="act">
        <button type="button" class="btn wide" onClick=${leave}><${Icon} name="leave" />${t('dates-leave')}</button>
      </div>`
    }`
}

/** No seat is given up: there is none. This tab forgets the link, and shows the front page. */
function leave() {
  leaveForGood()
  forget()
  location.replace('/')
}

/** The link that opens this room, with its key where there is one; empty once this tab has forgotten it. */
function linkHere() {
  const { room, secret } = current()
  return secret ? `${location.origin}/r/${encodeURIComponent(room)}#${location.hash.slice(1) || secret}` : ''
}

/** @param {{ next: DatesHeard }} props */
function Calendar({ next }) {
  const [all, setAll] = useState(true)
  const [linked, setLinked] = useState(false)
  const [answer, setAnswer] = useState('')
  const count = next.starts.length

  function save() {
    const text = calendarFile(next, { all, link: linked ? linkHere() : '', now: Date.now() / 1000 })
    const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
    Object.assign(document.createElement('a'), { href: url, download: 'lingkar.ics' }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    setAnswer(t('dates-saved'))
    say(t('dates-saved'))
  }

  return html`<details class="keeps dates">
    <summary>${t('dates-calendar')}</summary>
    <p class="small">${t('dates-calendar-text')}</p>
    ${count > 1 && html`<${Tick} key="all" on=${all} set=${setAll} label=${t('dates-all', { count })} />`}
    ${
      linkHere() &&
      html`<${Tick} key="link" on=${linked} set=${setLinked} label=${t('dates-link')} about=${t('dates-link-text')} />`
    }
    <button type="button" class="btn wide" onClick=${save}>${t('dates-save')}</button>
    <p class="answer small">${answer}</p>
  </details>`
}

/** @param {{ on: boolean, set: (on: boolean) => void, label: string, about?: string }} props */
const Tick = ({ on, set, label, about }) =>
  html`<label>
    <input
      type="checkbox"
      checked=${on}
      onChange=${(/** @type {{currentTarget: HTMLInputElement}} */ event) => set(event.currentTarget.checked)}
    />
    <span>${label}${about && html` <small class="muted">${about}</small>`}</span>
  </label>`
