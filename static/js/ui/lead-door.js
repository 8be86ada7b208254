/** The door, for those who may let people in: one named person at a time. */

import { html, useRef } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { may, nameOf } from '../meaning.js'
import { ordinal, t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { Held } from './lead-queue.js'
import { Removed } from './lead-removed.js'
import { useBlank, useFrozen } from './queue-frozen.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { open } from './sheet.js'
import { waitingFor } from './time.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Waiting} Waiting */
/** @typedef {import('../protocol.js').You} You */

/** Who waits, in the order of coming. @param {LeadView} view */
export const atTheDoor = (view) =>
  Object.entries(view.waiting ?? {})
    .sort(([, a], [, b]) => a.since - b.since)
    .map(([seat]) => seat)

/** The room has a limit, and every seat is taken. @param {LeadView} view */
export const isFull = (view) => (view.seats ?? 0) > 0 && (view.taken ?? 0) >= (view.seats ?? 0)

/** What the holder of that seat is called, who is in or waits. @param {LeadView} view @param {string} seat */
export const holder = (view, seat) => called(nameOf(view, seat) || shortName(view.waiting?.[seat]?.name ?? ''))

/** @param {{ view: LeadView, you: You }} props */
export function DoorPanel({ view, you }) {
  const waiting = view.waiting ?? {}
  const list = useFrozen(atTheDoor(view))
  const known = useRef(waiting)
  known.current = { ...known.current, ...waiting }
  const count = Object.keys(waiting).length
  return html`<section class="panel door-panel" aria-labelledby="lead-door-title">
    <header class="head">
      <h2 id="lead-door-title" tabindex="-1">${t('door-title')} <span class="count num">${count}</span></h2>
      ${isFull(view) && html`<span key="full" class="chip">${t('door-full')}</span>`}
      ${view.locked && html`<span key="locked" class="chip"><${Icon} name="lock" size="s" />${t('door-locked')}</span>`}
    </header>
    ${list.shown.length === 0 && html`<p key="empty" class="empty muted small">${t('door-empty')}</p>`}
    <ul class="rows door" ...${list.on}>
      ${list.shown.map((seat) => {
        const person = known.current[seat]
        const row = { seat, person, view, you, gone: list.gone.has(seat) }
        return person && html`<${Row} key=${seat} ...${row} />`
      })}
    </ul>
    <${Held} more=${list.more} still=${list.still} />
    <${Foot} view=${view} you=${you} count=${count} />
    <${Removed} view=${view} you=${you} />
  </section>`
}

/** What is done about all who wait, or would come. @param {{ view: LeadView, you: You, count: number }} props */
function Foot({ view, you, count }) {
  const key = view.locked ? 'unlock' : 'lock'
  return html`<div class="door-foot">
    ${
      may(you, 'tell-waiting') &&
      html`<button
        key="tell"
        type="button"
        class="btn plain sm"
        aria-disabled=${count === 0 ? 'true' : undefined}
        onClick=${() => count > 0 && open('tell')}
      >
        <${Icon} name="note" /><span>${t('door-tell-all')}</span>
      </button>`
    }
    ${
      may(you, `${key}-door`) &&
      html`<${Ask}
        key="lock"
        control="lock"
        command=${{ type: `${key}-door` }}
        label=${t(`door-${key}`)}
        icon="lock"
        className="btn plain sm"
        done=${() => say(t(`door-${key}-said`))}
      />`
    }
    <${Refusal} control="lock" />
  </div>`
}

/** @param {{ seat: string, person: Waiting, view: LeadView, you: You, gone: boolean }} props */
function Row({ seat, person, view, you, gone }) {
  const kept = useBlank(gone)
  if (gone) return html`<li class="blank" ...${kept}></li>`
  const name = called(shortName(person.name ?? ''))
  return html`<li class=${person.again === undefined ? '' : 'asked'} ...${kept}>
    <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
    <div class="grow">
      <button type="button" class="named" onClick=${() => open('door', seat)}>${called(person.name)}</button>
      <span class="muted tiny num">${doorFacts(person)}</span>
      <${Again} view=${view} person=${person} />
      ${person.told && html`<span key="told" class="muted tiny">${t('door-told', { text: person.told })}</span>`}
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
              label=${t(person.again === undefined ? 'door-admit' : 'door-again-yes')}
              about=${name}
            />`
      }
    </div>
  </li>`
}

/** By whose personal invite somebody came who waits now. @param {{ view: LeadView, person: Waiting }} props */
export function Again({ view, person }) {
  if (person.again === undefined) return null
  const lost = view.people[person.again]?.present === false
  return html`<span class="again tiny">
    <${Icon} name="people" size="s" />
    ${t(lost ? 'door-again-lost' : 'door-again', { name: holder(view, person.again) })}
  </span>`
}

/** Role, presence, how long, and whether the agreement is read. @param {Waiting} person */
export function doorFacts(person) {
  const line = person.line ?? 0
  const parts = [
    person.role !== 'participant' && t(`role-${person.role}`),
    line > 0 && t('door-line', { place: ordinal(line) }),
    tell(waitingFor(person.since, nowShown())),
    t(person.agreed ? 'door-agreed' : 'door-reading'),
    !person.present && t('people-lost'),
    (person.answers ?? []).some(Boolean) && t('door-answered'),
  ]
  return parts.filter(Boolean).join(' · ')
}
