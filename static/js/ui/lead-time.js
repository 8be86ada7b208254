/** The time of turns, for those who keep it: how long they are, what is past it, and giving everybody the same. */

import { html } from '../../vendor/preact.js'
import { may, MORE, nameOf, until } from '../meaning.js'
import { meetingNow } from '../store.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { late, toGive } from './lead-facts.js'
import { called, nowShown } from './room-words.js'
import { minutesAndSeconds } from './time.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You }} Lead */

/** @param {Lead} props */
export function TimePart({ view, you }) {
  const { turn } = view.policy
  const extra = view.extra ?? 0
  const past = late(view, nowShown())
  return html`<div class="time-part">
    <h3 class="tiny" id="lead-time-title">${t('lead-time')}</h3>
    <p class="small num">
      ${t('lead-time-turn', { length: minutesAndSeconds(turn) })}${
        extra > 0 && html` <span key="extra">${t('lead-time-extra', { extra: minutesAndSeconds(extra) })}</span>`
      }
    </p>
    ${
      past.length > 0 &&
      html`<ul key="late" class="late">
        ${past.map(
          ({ id, seat, past: seconds }) =>
            html`<li key=${id} class="small num">
              ${t('lead-time-late', { name: called(nameOf(view, seat)), past: minutesAndSeconds(seconds) })}
            </li>`,
        )}
      </ul>`
    }
    ${view.asking && html`<${Asked} key="asking" view=${view} you=${you} turn=${view.asking.turn} />`}
    <${Equal} view=${view} you=${you} />
    <${Refusal} control="time" />
  </div>`
}

/** The group is asked: that it is, never how many said what. @param {Lead & { turn: string }} props */
function Asked({ view, you, turn: id }) {
  const turn = view.turns[id]
  if (!turn) return null
  return html`<div class="asked-time">
    <p class="small">${t('lead-time-asked', { name: called(nameOf(view, turn.seat)) })}</p>
    ${
      may(you, 'extend-turn') &&
      html`<${Ask}
        key="more"
        control="time"
        command=${{ type: 'extend-turn', turn: id, until: until(turn, meetingNow(), MORE) }}
        label=${t('button-more')}
        className="btn plain sm"
      />`
    }
  </div>`
}

/** @param {Lead} props */
function Equal({ view, you }) {
  const more = toGive(view)
  if (more === 0 || !may(you, 'equalise')) return null
  return html`<div class="equal">
    <p class="small num">${t('lead-equal-text', { more: minutesAndSeconds(more) })}</p>
    <${Ask} control="time" command=${{ type: 'equalise', extra: more }} label=${t('lead-equal')} className="btn" />
  </div>`
}
