/** Who was removed from this meeting: undone with one tap; and the link by which they still come as far as the door. */

import { html, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { may } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { renewAsItWas } from './lead-ask.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { waitingFor } from './time.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Removed} RemovedSeat */
/** @typedef {import('../protocol.js').Role} Role */
/** @typedef {import('../protocol.js').You} You */

/** @param {{ view: LeadView, you: You }} props */
export function Removed({ view, you }) {
  const [renewed, setRenewed] = useState(/** @type {string[]} */ ([])) // since whose removal their link is another one
  const removed = Object.entries(view.removed ?? {}).sort(([, a], [, b]) => b.at - a.at)
  if (removed.length === 0) return null
  const open = removed.filter(([seat, { personal }]) => !personal && !renewed.includes(seat))
  const kinds = [...new Set(open.map(([, { role = 'participant' }]) => role))]
  /** @param {Role} kind */
  const done = (kind) => {
    setRenewed([...renewed, ...open.flatMap(([seat, { role = 'participant' }]) => (role === kind ? [seat] : []))])
    say(t('door-renewed'))
  }
  return html`<div class="removed">
    <h3 class="tiny">${t('door-removed')}</h3>
    <ul class="rows">
      ${removed.map(([seat, person]) => html`<${Row} key=${seat} seat=${seat} person=${person} you=${you} />`)}
    </ul>
    ${
      open.length > 0
        ? html`<div key="renew" class="renew">
            <p class="small"><${Icon} name="info" size="s" /><span>${t('door-removed-look')}</span></p>
            ${kinds.map((kind) => html`<${Renew} key=${kind} kind=${kind} you=${you} done=${() => done(kind)} />`)}
          </div>`
        : renewed.length > 0 && html`<p key="renewed" class="small muted">${t('door-renewed')}</p>`
    }
  </div>`
}

/** The link they came by, once more. Who facilitates renews that of participants. @param {{ kind: Role, you: You, done: () => void }} props */
const Renew = ({ kind, you, done }) =>
  (kind === 'participant' || you.role === 'host') &&
  html`<${Ask}
      control=${`renew ${kind}`}
      command=${{ type: 'renew-link', link: kind }}
      by=${renewAsItWas}
      label=${kind === 'participant' ? t('door-renew') : t('door-renew-lead', { link: t(`link-${kind}`) })}
      className="btn sm"
      done=${done}
    />
    <${Refusal} control=${`renew ${kind}`} />`

/** @param {{ seat: string, person: RemovedSeat, you: You }} props */
function Row({ seat, person, you }) {
  const control = `removed ${seat}`
  const { role = 'participant', personal } = person
  const facts = [
    role !== 'participant' && t(`role-${role}`),
    tell(waitingFor(person.at, nowShown())),
    personal && t('door-removed-personal'),
  ]
  return html`<li>
    <${Disc} number=${person.number} name=${person.name} role=${role} />
    <div class="grow">
      <strong>${called(person.name)}</strong>
      <span class="muted tiny num">${facts.filter(Boolean).join(' · ')}</span>
      <${Refusal} control=${control} />
    </div>
    <div class="acts">
      ${
        may(you, 'undo-removal') &&
        html`<${Ask}
          key="undo"
          control=${control}
          command=${{ type: 'undo-removal', seat }}
          label=${t('door-undo')}
          about=${called(shortName(person.name ?? ''))}
        />`
      }
    </div>
  </li>`
}
