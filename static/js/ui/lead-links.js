/** The room's links, for those who lead: hand on, renew, revoke; and personal invites. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask, AskTwice } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { askLinks, forgetLinks, known } from './lead-ask.js'
import { CopyLink, inOrder, isOwn, KINDS, Lengths, linkFacts, linkName } from './lead-link.js'
import { anotherLeads } from './lead-removal.js'
import { called } from './room-words.js'
import { Sheet } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Link} Link */
/** @typedef {import('../protocol.js').You} You */

const CONTROL = 'links'

/** @param {{ view: LeadView, you: You }} props */
export function LinksSheet({ view, you }) {
  const [hours, setHours] = useState(0)
  const { links, made } = known.value
  const last = [view.lately?.at(-1), ...Object.keys(view.people)].join() // somebody may have changed them, or come by one
  useEffect(() => void askLinks(CONTROL, { type: 'list-links' }), [last])
  useEffect(() => forgetLinks, [])
  return html`<${Sheet} title=${t('link-title')}>
    <p class="muted small">${t('link-text')}</p>
    <${Refusal} control=${CONTROL} />
    ${
      links === null
        ? html`<p key="coming" class="muted">${t('page-moment')}</p>`
        : html`<${Lengths} key="lengths" hours=${hours} choose=${setHours} />
            <${Making} key="making" you=${you} hours=${hours} />
            <ul key="links" class="link-list">
              ${inOrder(links, made).map((link) => {
                const row = { link, view, you, hours, fresh: link.id === made }
                return html`<${Row} key=${link.id} ...${row} />`
              })}
              ${KINDS.filter((kind) => !links.some(({ id }) => id === kind)).map(
                (kind) => html`<${Revoked} key=${kind} kind=${kind} you=${you} hours=${hours} />`,
              )}
            </ul>`
    }
  <//>`
}

/** @param {{ you: You, hours: number }} props */
function Making({ you, hours }) {
  const roles =
    you.role === 'host' ? /** @type {const} */ (['participant', 'facilitator']) : /** @type {const} */ (['participant'])
  return html`<div class="acts making">
    ${roles.map(
      (role) =>
        html`<${Ask}
          key=${role}
          control="make link"
          command=${{ type: 'make-invite', role, hours }}
          by=${askLinks}
          label=${t(role === 'participant' ? 'link-make' : 'link-make-lead')}
          icon="plus"
          done=${() => say(t('link-made'))}
        />`,
    )}
    <${Refusal} control="make link" />
  </div>`
}

/** @param {{ link: Link, view: LeadView, you: You, hours: number, fresh: boolean }} props */
function Row({ link, view, you, hours, fresh }) {
  const name = linkName(link)
  const who = link.seat === undefined ? '' : called(nameOf(view, link.seat))
  const control = `link ${link.id}`
  // Revoking removes who came by it: then two have to agree, as with removing.
  const two =
    view.two_to_remove && you.role !== 'host' && (link.people ?? 0) > 0 && anotherLeads({ view, you, about: '' })
  return html`<li class=${`link${fresh ? ' made' : ''}`}>
    <strong>${name}</strong>
    <span class="muted tiny">${linkFacts(link, { who })}</span>
    ${fresh && html`<span key="made" class="chip on"><${Icon} name="check" size="s" />${t(isOwn(link.id) ? 'link-new' : 'link-made')}</span>`}
    ${
      you.role !== 'host' && link.role !== 'participant'
        ? html`<span key="hidden" class="muted tiny">${t('link-hidden')}</span>`
        : html`${link.url && html`<${CopyLink} key="copy" name=${name} url=${link.url} />`}
            <div key="acts" class="pair">
              <${AskTwice}
                control=${control}
                command=${{ type: 'renew-link', link: link.id, hours }}
                by=${askLinks}
                label=${t('link-renew')}
                sure=${t('link-renew-sure')}
                about=${name}
                className="btn sm"
                done=${() => say(t('link-renewed'))}
              />
              ${
                !two &&
                html`<${AskTwice}
                  key="revoke"
                  control=${control}
                  command=${{ type: 'revoke-link', link: link.id }}
                  by=${askLinks}
                  label=${t('link-revoke')}
                  sure=${t('link-revoke-sure', { count: link.people ?? 0 })}
                  about=${name}
                  className="btn sm care"
                  done=${() => say(t('link-revoked-said'))}
                />`
              }
            </div>
            ${two && html`<p key="two" class="muted tiny">${t('link-two')}</p>`}
            <${Refusal} key="refusal" control=${control} />`
    }
  </li>`
}

/** One of the room's own links that was revoked: renewing it opens the room by it again. @param {{ kind: typeof KINDS[number], you: You, hours: number }} props */
function Revoked({ kind, you, hours }) {
  const name = t(`link-${kind}`)
  const control = `link ${kind}`
  return html`<li class="link">
    <strong>${name}</strong>
    <span class="muted tiny">${t('link-revoked')}</span>
    ${
      (kind === 'participant' || you.role === 'host') &&
      html`<div key="acts" class="pair">
          <${Ask}
            control=${control}
            command=${{ type: 'renew-link', link: kind, hours }}
            by=${askLinks}
            label=${t('link-open-again')}
            about=${name}
            className="btn sm"
            done=${() => say(t('link-renewed'))}
          />
        </div>
        <${Refusal} key="refusal" control=${control} />`
    }
  </li>`
}
