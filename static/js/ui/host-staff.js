/** Staffing a room: who leads it now, and invites for those who shall. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'
import { linksOf, makeInvite } from './host-api.js'
import { Qr } from './host-qr.js'
import { leadWords, problemWords } from './host-words.js'
import { Icon } from './icons.js'
import { CopyLink, isOwn, linkFacts, linkName } from './lead-link.js'

/** @typedef {import('./host-api.js').HostRoom} HostRoom */
/** @typedef {import('./host-api.js').Link} Link */

const HOURS = 12 // an invite that nobody used is dead the next day

/**
 * A button that makes a personal invite, and the invite where the button is: to copy, or to be read by a camera.
 * @param {{ room: HostRoom, hold?: (open: boolean) => void, care?: boolean }} props `hold`: told while an invite is shown
 */
export function SendFacilitator({ room, hold = () => undefined, care = false }) {
  const [link, setLink] = useState(/** @type {Link | null} */ (null))
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null))
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null))

  useEffect(() => {
    if (link) panel.current?.querySelector('button')?.focus()
  }, [link])

  async function send() {
    if (busy) return
    setBusy(true)
    hold(true)
    const outcome = await makeInvite(room.id, { role: 'facilitator', hours: HOURS })
    setBusy(false)
    setProblem(outcome.ok ? '' : outcome.code)
    const made = outcome.ok ? outcome.links.find(({ id }) => id === outcome.made) : undefined
    if (!made) return hold(false)
    setLink(made)
    say(t('host-sent'))
  }

  function done() {
    setLink(null)
    hold(false)
    requestAnimationFrame(() => button.current?.focus())
  }

  if (!link?.url)
    return html`<div key="send" class="stack">
      <button ref=${button} type="button" class=${`btn${care ? ' care' : ''}${busy ? ' busy' : ''}`} onClick=${send}>
        <${Icon} name="people" />${t('host-send')}<span class="vh"> ${room.title}</span>
      </button>
      ${problem && html`<p key="problem" class="refused">${problemWords(problem)}</p>`}
    </div>`
  const name = linkName(link)
  return html`<div key="sent" ref=${panel} class="sent">
    <p class="small">${t('host-sent')} ${t('host-sent-text')}</p>
    <${CopyLink} name=${name} url=${link.url} />
    <${Qr} room=${room.id} link=${link.id} url=${link.url} name=${name} />
    <button type="button" class="btn sm" onClick=${done}><${Icon} name="check" />${t('host-sent-done')}</button>
  </div>`
}

/** Who leads, who is invited, and one more. @param {{ room: HostRoom }} props */
export function Staff({ room }) {
  const [links, setLinks] = useState(/** @type {Link[]} */ ([]))
  const [open, setOpen] = useState('')
  const looked = `${room.leads.length} ${room.present} ${open}`
  useEffect(() => {
    let here = true
    linksOf(room.id).then((outcome) => here && outcome.ok && setLinks(outcome.links))
    return () => void (here = false)
  }, [room.id, looked])
  const invites = links.filter(({ id, role, url }) => !isOwn(id) && role !== 'participant' && url)
  const count = room.facilitators
  return html`<section class="card staff" aria-labelledby="staff">
    <h2 id="staff">${t('host-staff')}</h2>
    <p class=${count ? '' : 'waits'}>
      ${count ? t('host-staff-now', { count, names: leadWords(room) }) : t('host-staff-none')}
    </p>
    <${SendFacilitator} room=${room} hold=${(/** @type {boolean} */ held) => setOpen(held ? 'new' : '')} />
    ${
      open !== 'new' &&
      invites.length > 0 &&
      html`<p key="title" class="muted small">${t('host-staff-invites', { count: invites.length })}</p>
        <ul key="invites" class="link-list" aria-label=${t('host-staff-invites', { count: invites.length })}>
          ${invites.map((link) => html`<${Invite} key=${link.id} room=${room} link=${link} open=${open === link.id} toggle=${setOpen} />`)}
        </ul>`
    }
  </section>`
}

/** @param {{ room: HostRoom, link: Link, open: boolean, toggle: (id: string) => void }} props */
function Invite({ room, link, open, toggle }) {
  const name = linkName(link)
  return html`<li class="link">
    <div class="row between">
      <strong>${name}</strong>
      <button type="button" class="btn sm" aria-expanded=${open} onClick=${() => toggle(open ? '' : link.id)}>
        <${Icon} name=${open ? 'up' : 'down'} />${t(open ? 'host-invite-hide' : 'host-invite-show')}<span class="vh">
          ${name}</span
        >
      </button>
    </div>
    <span class="muted tiny">${linkFacts(link, { outside: true })}</span>
    ${
      open &&
      html`<${CopyLink} key="copy" name=${name} url=${link.url} />
        <${Qr} key="qr" room=${room.id} link=${link.id} url=${link.url} name=${name} />`
    }
  </li>`
}
