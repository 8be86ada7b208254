/**
 * Places that somebody can turn to for help, as whoever runs the server wrote them down. The same list for everybody:
 * what is asked for names no room. Nothing is opened or called but by a tap.
 */

import { html, signal, useEffect } from '../../vendor/preact.js'
import { language, t } from '../words.js'
import { draw, Icon } from './icons.js'
import { Sheet, sheet } from './sheet.js'

draw({
  bubble: 'M4.5 5.5h15v10h-8l-4 3.5v-3.5h-3Z',
  phone: 'M6.5 4.5h3l1.5 4-2 1.5a11 11 0 0 0 5 5l1.5-2 4 1.5v3a2 2 0 0 1-2 2A13.5 13.5 0 0 1 4.5 6.5a2 2 0 0 1 2-2Z',
})

/** @typedef {{ name: string, what: string, where: string, hours: string }} Words */
/** @typedef {{ telephone: string, text: string, web: string, words: {[language: string]: Words} }} Signpost */
/** @typedef {{ checked: string | null, signposts: Signpost[] }} Listed `checked`: the day of the last look, ISO */

/** What the server said last; null before. @type {import('../../vendor/preact.js').Signal<Listed | null>} */
const listed = signal(null)
const failed = signal(false)

/** Asks for the list; the worker answers with the last one when there is no network. Never rejects. */
export async function fetchSignposts() {
  try {
    const response = await fetch('/signposts.json', { credentials: 'omit', cache: 'no-store' })
    if (!response.ok) throw new Error(String(response.status))
    listed.value = await response.json()
    failed.value = false
  } catch {
    failed.value = listed.peek() === null // an older list is better than none
  }
}

/** The day in this language: "1 November 2026". @param {string} day ISO */
const dated = (day) =>
  new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : language.value, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(day))

/** Only what can be dialled. @param {string} number */
const digits = (number) => number.replace(/[^+0-9]/gu, '')

/** @param {{ href: string, icon: string, label: string, away?: boolean }} props `away`: another page, in a tab of its own */
const Way = ({ href, icon, label, away = false }) =>
  html`<a class="btn way" href=${href} rel="noreferrer noopener" target=${away ? '_blank' : undefined}>
    <${Icon} name=${icon} /><span>${label}</span>
  </a>`

/** @param {{ post: Signpost }} props */
function Post({ post }) {
  const { telephone, text, web, words } = post
  const said = words[language.value] ?? Object.values(words)[0]
  return html`<li class="card post">
    <h3>${said?.name}</h3>
    <p class="muted small">${said?.where}</p>
    <p>${said?.what}</p>
    ${said?.hours && html`<p class="small hours"><${Icon} name="clock" size="s" /><span>${said.hours}</span></p>`}
    <p class="ways-on">
      ${telephone && html`<${Way} key="call" href=${`tel:${digits(telephone)}`} icon="phone" label=${t('help-call', { number: telephone })} />`}
      ${text && html`<${Way} key="text" href=${`sms:${digits(text)}`} icon="bubble" label=${t('help-text', { number: text })} />`}
      ${web && html`<${Way} key="web" href=${web} icon="right" label=${t('help-web', { host: new URL(web).host })} away=${true} />`}
    </p>
  </li>`
}

export function HelpSheet() {
  useEffect(() => void fetchSignposts(), [])
  const { checked = null, signposts = [] } = listed.value ?? {}
  return html`<${Sheet} title=${t('page-help')}>
    <div class="help">
      ${signposts.length > 0 && html`<p key="lead">${t('help-lead')}</p>`}
      ${checked && html`<p key="checked" class="muted small">${t('help-checked', { date: dated(checked) })}</p>`}
      <ul key="posts">
        ${signposts.map((post, n) => html`<${Post} key=${n} post=${post} />`)}
      </ul>
      ${listed.value === null && !failed.value && html`<p key="moment" class="muted">${t('page-moment')}</p>`}
      ${
        failed.value &&
        html`<p key="failed" class="notice" role="status">
          <${Icon} name="offline" />
          <span>
            ${t('help-failed')}${' '}
            <button type="button" class="linkish" onClick=${fetchSignposts}>${t('later-again')}</button>
          </span>
        </p>`
      }
      ${listed.value && signposts.length === 0 && html`<p key="none">${t('help-none')}</p>`}
      ${(listed.value || failed.value) && signposts.length === 0 && html`<p key="always">${t('help-always')}</p>`}
      <p key="trace" class="muted small">${t('help-trace')}</p>
    </div>
  <//>`
}

/** For pages that have no other sheets: help, when it is wanted. */
export const HelpHere = () => (sheet.value?.name === 'help' ? html`<${HelpSheet} />` : null)
