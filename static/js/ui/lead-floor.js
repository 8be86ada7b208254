/** What stands above the queue while the floor moves in another way: the voices of an open floor, a round, a break. */

import { html } from '../../vendor/preact.js'
import { hereCount, may, nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { structured } from './lead-facts.js'
import { everybody } from './people.js'
import { phaseTitle } from './phase.js'
import { called, nowShown } from './room-words.js'
import { Disc } from './seat.js'
import { open } from './sheet.js'
import { minutesAndSeconds, secondsLeft } from './time.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').Turn} Turn */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You }} Lead */

/** @param {Lead} props */
export function FloorPart({ view, you }) {
  if (view.hold === 'break') return html`<${Break} view=${view} you=${you} />`
  if (view.policy.floor === 'open' && view.meeting === 'open') return html`<${Voices} view=${view} you=${you} />`
  if (view.round) return html`<${Round} view=${view} you=${you} round=${view.round} />`
  return Object.keys(view.turns).length > 1 ? html`<${Voices} view=${view} you=${you} />` : null
}

/** Who speaks, each with an end of their own; and the way back. @param {Lead} props */
function Voices({ view, you }) {
  const open_ = view.policy.floor === 'open'
  const back = open_ ? structured(view) : undefined
  const ids = Object.keys(view.turns)
  const free = open_ ? Math.max(0, (view.policy.voices ?? 1) - ids.length) : 0
  return html`<div class="floor-part voices">
    <header class="head">
      <h3 class="small">
        ${open_ ? t('lead-voices', { count: ids.length, of: view.policy.voices ?? 1 }) : t('lead-turns')}
      </h3>
      ${
        back &&
        may(you, 'set-phase') &&
        html`<${Ask}
          key="back"
          control="phase"
          command=${{ type: 'set-phase', phase: back.name }}
          label=${t('lead-structure', { phase: phaseTitle(back) })}
          icon="right"
          className="btn plain sm onward"
        />`
      }
    </header>
    <ul class="rows">
      ${ids.map((id) => html`<${Voice} key=${id} id=${id} turn=${view.turns[id]} view=${view} you=${you} />`)}
      ${Array.from({ length: free }, (_, i) => html`<li key=${i} class="free"><${Disc} number=${0} empty /><span class="muted small">${t('lead-voice-free')}</span></li>`)}
    </ul>
    <${Refusal} control="voices" />
  </div>`
}

/** @param {Lead & { id: string, turn: Turn }} props */
function Voice({ id, turn, view, you }) {
  const person = view.people[turn.seat]
  const name = called(nameOf(view, turn.seat))
  const left = secondsLeft(turn, nowShown())
  const clock = left === Infinity ? '' : minutesAndSeconds(left)
  return html`<li>
    <${Disc} number=${person?.number ?? 0} name=${person?.name} role=${person?.role} present=${person?.present} />
    <div class="grow">
      <strong>${called(person?.name)}</strong>
      <span class="muted tiny num"
        >${[t(`lead-turn-${turn.state}`), turn.state === 'grace' ? '' : clock].filter(Boolean).join(' · ')}</span
      >
    </div>
    ${
      may(you, 'end-turn') &&
      html`<${Ask}
        key="end"
        control="voices"
        command=${{ type: 'end-turn', turn: id }}
        label=${t(turn.state === 'offered' ? 'tool-take-back' : 'lead-voice-end')}
        about=${name}
      />`
    }
  </li>`
}

/** Who may still be asked, in the order of being asked. Who passed is not marked. @param {Lead & { round: import('../protocol.js').Round }} props */
function Round({ view, you, round }) {
  const again = round.sweep === 2
  return html`<div class="floor-part round">
    <header class="head">
      <h3 class="small">
        ${t(again ? 'lead-round-again' : 'lead-round')} <span class="count num">${round.waiting.length}</span>
      </h3>
    </header>
    <${Chips} seats=${round.waiting} view=${view} you=${you} />
  </div>`
}

const FEW = 12 // names; of more it is told how many

/** People by name, in this order, who open. @param {Lead & { seats: string[] }} props */
export function Chips({ seats, view, you }) {
  if (seats.length === 0) return html`<p class="muted small">${t('lead-nobody')}</p>`
  return html`<ul class="chips">
    ${seats.slice(0, FEW).map((seat) => html`<${Chip} key=${seat} seat=${seat} view=${view} you=${you} />`)}
    ${seats.length > FEW && html`<li key="more" class="muted tiny">${t('lead-not-spoken-more', { more: seats.length - FEW })}</li>`}
  </ul>`
}

/** Somebody by name, who opens. @param {Lead & { seat: string }} props */
function Chip({ seat, view, you }) {
  const person = view.people[seat]
  return html`<li>
    <button type="button" class="whom" onClick=${() => open('person', seat)}>
      <${Disc} number=${person?.number ?? 0} name=${person?.name} role=${person?.role} present=${person?.present} />
      <span>${seat === you.seat ? t('people-you') : called(nameOf(view, seat))}</span>
      ${person && !person.present && html`<span key="lost" class="muted tiny">${t('people-lost')}</span>`}
    </button>
  </li>`
}

/** Who is not back yet; nobody is late. @param {Lead} props */
function Break({ view, you }) {
  const ready = new Set(view.ready ?? [])
  const away = everybody(view, you).filter((seat) => view.people[seat]?.present && !ready.has(seat))
  const left = (view.hold_until ?? 0) - nowShown()
  const back = hereCount(view) - away.length
  return html`<div class="floor-part break">
    <header class="head">
      <h3 class="small">${t('lead-break', { back, of: hereCount(view) })}</h3>
      <span class="small num"
        >${left > 0 ? t('lead-break-left', { left: minutesAndSeconds(left) }) : t('lead-break-over')}</span
      >
    </header>
    ${
      away.length === 0
        ? html`<p key="all" class="muted small">${t('lead-break-all')}</p>`
        : html`<p key="away" class="muted tiny">${t('lead-break-away')}</p>
            <${Chips} key="who" seats=${away} view=${view} you=${you} />`
    }
  </div>`
}
