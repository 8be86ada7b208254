/** The links of one room on the host page: copy, make, renew, revoke. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { linksOf, makeInvite, renewLink, revokeLink } from './host-api.js'
import { problemWords } from './host-words.js'
import { Icon } from './icons.js'
import { CopyLink, inOrder, isOwn, KINDS, Lengths, linkFacts, linkName } from './lead-link.js'
import { Twice } from './twice.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('./host-api.js').Link} Link */
/** @typedef {import('./host-api.js').LinksOutcome} LinksOutcome */
/** @typedef {(work: Promise<LinksOutcome>, words: string) => Promise<void>} Change */

const ROLES = /** @type {const} */ (['participant', 'facilitator'])
/** @param {{ room: HostRoom }} props */
export function RoomLinks({ room }) {
  const [links, setLinks] = useState(/** @type {Link[] | null} */ (null))
  const [made, setMade] = useState('')
  const [hours, setHours] = useState(0)
  const [problem, setProblem] = useState('')
  const here = useRef(true)

  /** @type {Change} */
  async function change(work, words) {
    const outcome = await work
    if (!here.current) return
    setProblem(outcome.ok ? '' : outcome.code)
    if (outcome.ok) setLinks(outcome.links)
    if (outcome.ok && words) setMade(outcome.made)
    const told = outcome.ok ? words : problemWords(outcome.code)
    if (told) say(told)
  }
  useEffect(() => {
    here.current = true
    return () => void (here.current = false)
  }, [])
  const looked = `${room.present} ${room.waiting} ${Object.values(room.links).join(' ')}` // who came by which link changes, too
  useEffect(() => void change(linksOf(room.id), ''), [room.id, looked])

  return html`<div class="links">
    <p class="muted small">${t('host-links-about')}</p>
    <p class="refused">${problem && problemWords(problem)}</p>
    ${
      links &&
      html`<${Lengths} key="lengths" hours=${hours} choose=${setHours} />
        <div key="make" class="pair">
          ${ROLES.map(
            (role) =>
              html`<button
                key=${role}
                type="button"
                class="btn sm"
                onClick=${() => change(makeInvite(room.id, { role, hours }), t('link-made'))}
              >
                <${Icon} name="plus" />${t(role === 'participant' ? 'link-make' : 'link-make-lead')}
              </button>`,
          )}
        </div>
        <ul key="list" class="link-list" aria-label=${t('host-links')}>
          ${KINDS.filter((kind) => !links.some(({ id }) => id === kind)).map(
            (kind) => html`<${Revoked} key=${kind} room=${room.id} kind=${kind} hours=${hours} change=${change} />`,
          )}
          ${inOrder(links, made).map((link) => {
            const row = { room: room.id, link, hours, change, fresh: link.id === made }
            return html`<${Row} key=${link.id} ...${row} />`
          })}
        </ul>`
    }
  </div>`
}

/** @param {{ room: string, link: Link, hours: number, fresh: boolean, change: Change }} props */
function Row({ room, link, hours, fresh, change }) {
  const name = linkName(link)
  return html`<li class=${`link${fresh ? ' made' : ''}`}>
    <strong>${name}</strong>
    <span class="muted tiny">${linkFacts(link, { outside: true })}</span>
    ${fresh && html`<span key="made" class="chip on"><${Icon} name="check" size="s" />${t(isOwn(link.id) ? 'link-new' : 'link-made')}</span>`}
    ${link.url && html`<${CopyLink} key="copy" name=${name} url=${link.url} />`}
    <div class="pair">
      <${Twice}
        label=${t('link-renew')}
        sure=${t('link-renew-sure')}
        about=${name}
        act=${() => change(renewLink(room, link.id, { hours }), t('link-renewed'))}
      />
      <${Twice}
        label=${t('link-revoke')}
        sure=${isOwn(link.id) ? t('link-revoke-sure', { count: link.people ?? 0 }) : t('link-revoke-outside')}
        about=${name}
        act=${() => change(revokeLink(room, link.id), t('link-revoked-said'))}
        care
      />
    </div>
  </li>`
}

/** One of the room's own links that was revoked. @param {{ room: string, kind: typeof KINDS[number], hours: number, change: Change }} props */
function Revoked({ room, kind, hours, change }) {
  const name = t(`link-${kind}`)
  return html`<li class="link">
    <strong>${name}</strong>
    <span class="muted tiny">${t('link-revoked')}</span>
    <div class="pair">
      <button type="button" class="btn sm" onClick=${() => change(renewLink(room, kind, { hours }), t('link-renewed'))}>
        ${t('link-open-again')}<span class="vh"> ${name}</span>
      </button>
    </div>
  </li>`
}
