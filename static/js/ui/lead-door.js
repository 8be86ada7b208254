/** The door, for those who may let people in: one named person at a time. */

import { html, useRef } from '../../vendor/preact.js'
import { may } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { Held } from './lead-queue.js'
import { useBlank, useFrozen } from './queue-frozen.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { Sheet, close, open } from './sheet.js'
import { waitingFor } from './time.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Waiting} Waiting */
/** @typedef {import('../protocol.js').You} You */

/** Who waits, in the order of coming. @param {LeadView} view */
export const atTheDoor = (view) =>
  Object.entries(view.waiting ?? {})
    .sort(([, a], [, b]) => a.since - b.since)
    .map(([seat]) => seat)

/** @param {{ view: LeadView, you: You }} props */
export function DoorPanel({ view, you }) {
  const waiting = view.waiting ?? {}
  const list = useFrozen(atTheDoor(view))
  const known = useRef(waiting)
  known.current = { ...known.current, ...waiting }
  return html`<section class="panel door-panel" aria-labelledby="lead-door-title">
    <header class="head">
      <h2 id="lead-door-title" tabindex="-1">
        ${t('door-title')} <span class="count num">${Object.keys(waiting).length}</span>
      </h2>
    </header>
    ${list.shown.length === 0 && html`<p key="empty" class="empty muted small">${t('door-empty')}</p>`}
    <ul class="rows door" ...${list.on}>
      ${list.shown.map((seat) => {
        const person = known.current[seat]
        return (
          person && html`<${Row} key=${seat} seat=${seat} person=${person} you=${you} gone=${list.gone.has(seat)} />`
        )
      })}
    </ul>
    <${Held} more=${list.more} still=${list.still} />
  </section>`
}

/** @param {{ seat: string, person: Waiting, you: You, gone: boolean }} props */
function Row({ seat, person, you, gone }) {
  const kept = useBlank(gone)
  if (gone) return html`<li class="blank" ...${kept}></li>`
  const name = called(shortName(person.name ?? ''))
  return html`<li ...${kept}>
    <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
    <div class="grow">
      <button type="button" class="named" onClick=${() => open('door', seat)}>${called(person.name)}</button>
      <span class="muted tiny num">${doorFacts(person)}</span>
      ${person.lookalike && html`<span class="chip care"><${Icon} name="info" size="s" />${t('door-lookalike')}</span>`}
      <${Refusal} control=${`door ${seat}`} />
    </div>
    <div class="acts">
      ${
        person.admitted
          ? html`<span key="in" class="chip"><${Icon} name="check" size="s" />${t('door-admitted')}</span>`
          : may(you, 'admit') &&
            !person.lookalike &&
            html`<${Ask}
              key="admit"
              control=${`door ${seat}`}
              command=${{ type: 'admit', seat }}
              label=${t('door-admit')}
              about=${name}
            />`
      }
    </div>
  </li>`
}

/** Role, presence, how long, and whether the agreement is read. @param {Waiting} person */
function doorFacts(person) {
  const parts = [
    person.role !== 'participant' && t(`role-${person.role}`),
    tell(waitingFor(person.since, nowShown())),
    t(person.agreed ? 'door-agreed' : 'door-reading'),
    !person.present && t('people-lost'),
    (person.answers ?? []).some(Boolean) && t('door-answered'),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** What somebody at the door answered; let them in, or not. @param {{ view: LeadView, you: You, about: string }} props */
export function DoorSheet({ view, you, about }) {
  const person = view.waiting?.[about]
  if (!person) return html`<${Sheet} title=${t('door-gone')}><p class="muted">${t('door-gone-text')}</p><//>`
  const name = called(shortName(person.name ?? ''))
  const answers = person.answers ?? []
  return html`<${Sheet} title=${called(person.name)}>
    <div class="portrait">
      <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
      <p class="muted small">${doorFacts(person)}</p>
    </div>
    ${person.lookalike && html`<p class="notice care"><${Icon} name="info" /><span>${t('door-lookalike-text')}</span></p>`}
    ${
      (view.questions ?? []).length > 0 &&
      html`<dl class="answers">
        ${(view.questions ?? []).map(
          (question, i) =>
            html`<div key=${i}>
              <dt class="small muted">${question}</dt>
              <dd>${answers[i] ? answers[i] : html`<span class="muted">${t('door-no-answer')}</span>`}</dd>
            </div>`,
        )}
      </dl>`
    }
    <div class="acts stack">
      ${
        may(you, 'admit') &&
        !person.admitted &&
        !person.lookalike &&
        html`<${Ask}
          key="admit"
          control=${`door ${about}`}
          command=${{ type: 'admit', seat: about }}
          label=${t('door-admit-name', { name })}
          icon="door"
          className="btn wide fill"
          done=${close}
        />`
      }
      ${
        may(you, 'decline') &&
        html`<button key="decline" type="button" class="btn wide care" onClick=${() => open('decline', about)}>
          ${t('door-decline')}
        </button>`
      }
    </div>
    <${Refusal} control=${`door ${about}`} />
  <//>`
}
