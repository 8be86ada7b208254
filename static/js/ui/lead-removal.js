/** Removing somebody, or not letting them in: the reason, and, where two have to agree, what waits for the other one. */

import { html, useEffect, useLayoutEffect, useRef, useState } from '../../vendor/preact.js'
import { leads, may, nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { called } from './room-words.js'
import { shortName } from './seat-name.js'
import { Sheet, close } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You, about: string }} About */

const REST = 600 // ms; what has just come under a finger that was aimed at something else does nothing

/** Somebody else who leads is here, and could agree: not the one it is about, nor who took over. @param {About} about */
export function anotherLeads({ view, you, about }) {
  const others = [you.seat, about, ...Object.values(view.acts ?? {}).map(({ done, by }) => done === 'led' && by)]
  return Object.entries(view.people).some(
    ([seat, { role, present }]) => role !== 'participant' && present && !others.includes(seat),
  )
}

/**
 * What waits for another one who leads, over the top of the circle, so that nothing moves for it.
 * @param {{ view: LeadView, you: You }} props
 */
export function Proposals({ view, you }) {
  const seats = Object.keys(view.proposals ?? {})
  if (seats.length === 0) return null
  return html`<section class="proposals" aria-label=${t('lead-proposals')}>
    ${seats.map((seat) => html`<${Proposal} key=${seat} view=${view} you=${you} about=${seat} />`)}
  </section>`
}

/** What had the focus goes with the card: then it goes to a heading, where a key does nothing. @param {HTMLElement | null} card */
const keepsFocus = (card) => () => {
  if (!card?.contains(document.activeElement)) return
  const heading = card.closest('dialog')?.querySelector('h2') ?? document.querySelector('h1')
  heading?.focus({ preventScroll: true })
}

/** One proposal: its reason, and both answers; who made it can take it back. @param {About & { done?: () => void }} props */
export function Proposal({ view, you, about, done }) {
  const [fresh, setFresh] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setFresh(false), REST)
    return () => clearTimeout(timer)
  }, [])
  const card = useRef(/** @type {HTMLElement | null} */ (null))
  useLayoutEffect(() => keepsFocus(card.current), [])
  const proposal = view.proposals?.[about]
  if (!proposal) return null
  const name = called(nameOf(view, about))
  const mine = proposal.by === you.seat
  const control = `proposal ${about}`
  const remove = { type: 'remove', seat: about, reason: '' }
  return html`<div
    ref=${card}
    class=${`notice proposal${fresh ? ' fresh' : ''}`}
    role="group"
    aria-label=${t('lead-proposal-about', { name })}
  >
    <div class="grow">
      <p>
        ${mine ? t('lead-proposal-mine', { name }) : t('lead-proposal', { name, who: called(nameOf(view, proposal.by)) })}
      </p>
      ${proposal.reason && html`<p key="reason" class="said-reason">“${proposal.reason}”</p>`}
      <p key="waits" class="tiny muted">${t(mine ? 'lead-proposal-waits' : 'lead-proposal-answer')}</p>
      <${Refusal} control=${control} />
    </div>
    <div class="acts">
      ${
        !mine &&
        may(you, 'remove') &&
        html`<${Ask}
          key="remove"
          control=${control}
          command=${remove}
          label=${t('lead-proposal-remove')}
          about=${name}
          className="btn care"
          done=${done}
        />`
      }
      ${
        may(you, 'keep-seat') &&
        html`<${Ask}
          key="keep"
          control=${control}
          command=${{ type: 'keep-seat', seat: about }}
          label=${t(mine ? 'lead-proposal-back' : 'lead-proposal-keep')}
          about=${name}
          done=${done}
        />`
      }
    </div>
  </div>`
}

/**
 * A reason, written to the person it is about: to remove somebody, or not to let them in.
 * @param {About & { kind: 'remove' | 'decline' }} props
 */
export function ReasonSheet({ view, you, about, kind }) {
  const [reason, setReason] = useState('')
  const name = called(nameOf(view, about) || shortName(view.waiting?.[about]?.name ?? ''))
  const removes = kind === 'remove'
  const two = removes && view.two_to_remove === true && anotherLeads({ view, you, about })
  const proposal = removes ? view.proposals?.[about] : undefined
  const control = `${kind} ${about}`
  if (!leads(you) || (removes && !(about in view.people)))
    return html`<${Sheet} title=${t('people-left')}><p class="muted">${t('people-left-text')}</p><//>`
  if (proposal)
    return html`<${Sheet} title=${t('lead-remove-title', { name })}>
      <${Proposal} view=${view} you=${you} about=${about} done=${close} />
    <//>`
  return html`<${Sheet} title=${t(removes ? 'lead-remove-title' : 'lead-decline-title', { name })}>
    <p class="muted small">
      ${two ? t('lead-propose-text', { name }) : t(removes ? 'lead-remove-text' : 'lead-decline-text')}
    </p>
    <label class="stack">
      <span class="small">${t(removes ? 'lead-reason' : 'lead-reason-free')}</span>
      <textarea
        class="field"
        maxlength="300"
        rows="3"
        value=${reason}
        onInput=${(/** @type {Event & { currentTarget: HTMLTextAreaElement }} */ event) => setReason(event.currentTarget.value)}
      ></textarea>
    </label>
    ${
      removes && reason.trim() === ''
        ? html`<button key="empty" type="button" class="btn wide" aria-disabled="true">
            ${t('lead-reason-first')}
          </button>`
        : html`<${Ask}
            key="send"
            control=${control}
            command=${{ type: kind, seat: about, reason: reason.trim() }}
            label=${t(two ? 'lead-propose-now' : removes ? 'lead-remove-now' : 'lead-decline-now', { name })}
            className="btn wide care"
            done=${close}
          />`
    }
    <${Refusal} control=${control} />
  <//>`
}
