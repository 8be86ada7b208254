/** Sheets of those who lead about the whole room: how the queue is ordered, what everybody reads, silence, bell and break. */

import { html, useState } from '../../vendor/preact.js'
import { may, nameOf, shares } from '../meaning.js'
import { floorNow } from '../meaning.js'
import { meetingNow } from '../store.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { phaseTitle, promptNow, stepNow } from './phase.js'
import { called } from './room-words.js'
import { Sheet, close } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You }} Lead */

/** @type {import('../protocol.js').Order[]} */
const ORDERS = ['fair', 'first-come', 'circle', 'chosen']

/** Another order of the queue; nobody falls out of it. @param {Lead} props */
export function OrderSheet({ view, you }) {
  const now = view.policy.order ?? 'first-come'
  return html`<${Sheet} title=${t('lead-order-title')}>
    <p class="muted small">${t('lead-order-text')}</p>
    <ul class="rows orders">
      ${ORDERS.map(
        (order) =>
          html`<li key=${order} aria-current=${order === now ? 'true' : undefined}>
            <div class="grow">
              <strong>${t(`order-${order}`)}</strong><span class="muted small">${t(`lead-order-${order}`)}</span>
            </div>
            ${
              order === now
                ? html`<span key="now" class="chip">${t('lead-order-now')}</span>`
                : may(you, 'set-order') &&
                  html`<${Ask}
                    key="set"
                    control="order"
                    command=${{ type: 'set-order', order }}
                    label=${t('lead-order-set')}
                    about=${t(`order-${order}`)}
                    done=${close}
                  />`
            }
          </li>`,
      )}
    </ul>
    <${Refusal} control="order" />
  <//>`
}

/** What everybody reads while the phase lasts. @param {Lead} props */
export function PromptSheet({ view }) {
  const [text, setText] = useState(promptNow(view))
  return html`<${Sheet} title=${t('lead-prompt-title')}>
    <p class="muted small">${t('lead-prompt-text', { phase: phaseTitle(stepNow(view)) })}</p>
    <textarea
      class="field"
      maxlength="300"
      rows="4"
      aria-label=${t('lead-prompt-title')}
      value=${text}
      onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ event) => setText(event.currentTarget.value)}
    ></textarea>
    <div class="acts stack">
      <${Ask}
        control="prompt"
        command=${{ type: 'set-prompt', prompt: text.trim() }}
        label=${t('lead-prompt-show')}
        className="btn wide fill"
        done=${close}
      />
      <${Ask}
        control="prompt"
        command=${{ type: 'set-prompt', prompt: '' }}
        label=${t('lead-prompt-own')}
        className="btn wide"
        done=${close}
      />
    </div>
    <${Refusal} control="prompt" />
  <//>`
}

const SILENCES = [1, 3, 5] // minutes
const BREAKS = [5, 10, 15]

/** Everything stands still for a while. @param {Lead} props */
export function StillsSheet({ view, you }) {
  const floor = floorNow(view, you, meetingNow())
  const name = floor.turn && shares(floor) ? called(nameOf(view, floor.turn.seat)) : ''
  return html`<${Sheet} title=${t('lead-stills-title')}>
    ${name && html`<p key="whose" class="muted small">${t('lead-stills-text', { name })}</p>`}
    ${
      may(you, 'ring-bell') &&
      html`<${Group} key="bell" title=${t('lead-bell')} text=${t('lead-bell-text')}>
        <${Ask} control="still" command=${{ type: 'ring-bell' }} label=${t('lead-bell-ring')} done=${close} />
      <//>`
    }
    ${
      may(you, 'begin-silence') &&
      html`<${Group} key="silence" title=${t('lead-silence')} text=${t('lead-silence-text')}>
        ${SILENCES.map((minutes) => html`<${Still} key=${minutes} type="begin-silence" minutes=${minutes} about=${t('lead-silence')} />`)}
      <//>`
    }
    ${
      may(you, 'begin-break') &&
      html`<${Group} key="break" title=${t('lead-break-title')} text=${t('lead-break-text')}>
        ${BREAKS.map((minutes) => html`<${Still} key=${minutes} type="begin-break" minutes=${minutes} about=${t('lead-break-title')} />`)}
      <//>`
    }
    <${Refusal} control="still" />
  <//>`
}

/** @param {{ title: string, text: string, children: unknown }} props */
const Group = ({ title, text, children }) =>
  html`<section class="still-group">
    <h3 class="small">${title}</h3>
    <p class="muted small">${text}</p>
    <div class="choices">${children}</div>
  </section>`

/** @param {{ type: 'begin-silence' | 'begin-break', minutes: number, about: string }} props */
const Still = ({ type, minutes, about }) =>
  html`<${Ask}
    control="still"
    command=${{ type, seconds: minutes * 60 }}
    label=${t('agenda-minutes', { minutes })}
    about=${about}
    done=${close}
  />`
