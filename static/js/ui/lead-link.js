/** One link as it is shown to those who may hand it on: what it is, until when, and a field to copy it from. */

import { html, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { language, t } from '../words.js'

/** @typedef {import('../protocol.js').Link} Link */

/** The room's own links; everything else is a personal invite. */
export const KINDS = /** @type {const} */ (['participant', 'facilitator', 'host'])

/** @param {string} id */
export const isOwn = (id) => KINDS.some((kind) => kind === id)

/** What has just been made comes first, then the room's own links, then the invites, the latest first. @param {Link[]} links @param {string} made */
export function inOrder(links, made) {
  const own = links.filter(({ id }) => id !== made && isOwn(id))
  const invites = links.filter(({ id }) => id !== made && !isOwn(id))
  return [...links.filter(({ id }) => id === made), ...own, ...invites.reverse()]
}

/** How long a new link opens the room, in hours; 0: until it is revoked. */
export const LENGTHS = [0, 12, 24, 168, 720]

/** `invite-3` -> 3; nothing for a link of the room. @param {string} id */
const numberOf = (id) => Number(/^invite-(\d+)$/u.exec(id)?.[1] ?? 0)

/** What it is called. @param {{ id: string, role: string }} link */
export function linkName({ id, role }) {
  const n = numberOf(id)
  if (n === 0) return t(`link-${id}`)
  return role === 'participant' ? t('link-invite', { n }) : t('link-invite-lead', { n, role: t(`link-role-${role}`) })
}

/** Day and time in the reader's own zone. @param {number} seconds since 1970 */
const moment = (seconds) =>
  new Intl.DateTimeFormat(language.value, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(seconds * 1000)

/** Its time is over: it opens nothing, until it is renewed. @param {Link} link */
const expired = ({ until }) => until !== undefined && until * 1000 <= Date.now()

/**
 * Where it leads, who came by it, until when.
 * @param {Link} link
 * @param {{ who?: string, outside?: boolean }} [how] `who`: whose seat it is; `outside`: a host is not told who came by an invite
 */
export function linkFacts(link, { who = '', outside = false } = {}) {
  const { id, people = 0, until = 0 } = link
  return [
    t(isOwn(id) ? `link-about-${id}` : 'link-about-invite'),
    who ? t('link-who', { name: who }) : isOwn(id) || !outside ? t('link-people', { count: people }) : '',
    until > 0 && t(expired(link) ? 'link-expired' : 'link-until', { when: moment(until) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** In a field of its own, so that it can be copied by hand where the clipboard is closed. @param {{ name: string, url: string }} props */
export function CopyLink({ name, url }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  const [copied, setCopied] = useState('')

  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
    } catch {
      field.current?.select() // not allowed here: the selected text is one keypress away
      return
    }
    setCopied(url)
    say(t('link-copied'))
  }

  return html`<div class="copy-link">
    <input ref=${field} class="field" readonly value=${url} aria-label=${name} />
    <button type="button" class="btn" onClick=${copy}>
      ${t(copied && copied === url ? 'link-copied' : 'link-copy')}<span class="vh">: ${name}</span>
    </button>
  </div>`
}

/** How long what is made or renewed now opens the room. @param {{ hours: number, choose: (hours: number) => void }} props */
export const Lengths = ({ hours, choose }) =>
  html`<label class="stack lengths">
    <span class="small">${t('link-hours')}</span>
    <select
      class="field"
      onChange=${(/** @type {Event & { currentTarget: HTMLSelectElement }} */ event) => choose(Number(event.currentTarget.value))}
    >
      ${LENGTHS.map(
        (each) =>
          html`<option key=${each} value=${each} selected=${each === hours}>${t(`link-hours-${each}`)}</option>`,
      )}
    </select>
  </label>`
