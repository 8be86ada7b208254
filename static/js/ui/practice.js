/** What is fetched when the meeting begins: the agenda, why the order is as it is, and to whom the talking piece is passed: what unfolds for everybody. */

import { html } from '../../vendor/preact.js'
import { may, nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask, AskTwice } from './button.js'
import { Refusal } from './button-press.js'
import { everybody } from './people.js'
import { nextStep, phaseTitle, promptNow, stepNow } from './phase.js'
import { called, nowShown } from './room-words.js'
import { Disc } from './seat.js'
import { Sheet, close, open } from './sheet.js'
import { minutesAndSeconds } from './time.js'

export { gatheredSignal } from '../gathered-signal.js'
export { bell, more, phaseShown } from './practice-told.js'
export { Signals } from './signals.js'
export { places } from './tools-more.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Step} Step */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: CircleView, you: You }} Place */

const SHORT = 90 // letters; a longer prompt is shown whole on the agenda's sheet

/** The phase, where there are several; all of them unfold at a tap. @param {{ view: CircleView }} props */
export function Phase({ view }) {
  const [agenda, step] = [view.agenda ?? [], stepNow(view)]
  if (agenda.length < 2 || !step) return t(view.queue_open ? 'room-state-open' : 'room-state-queue-closed')
  const args = { name: phaseTitle(step), n: agenda.indexOf(step) + 1, of: agenda.length }
  return html`<button type="button" class="linkish" onClick=${() => open('agenda')}>
    <span>${t('room-state-phase', args)}</span>
  </button>`
}

/** What everybody is asked or told in this phase. @param {{ view: CircleView }} props */
export function Prompt({ view }) {
  const text = promptNow(view)
  if (!text) return null
  if (text.length <= SHORT) return html`<p class="prompt">${text}</p>`
  return html`<button type="button" class="prompt long" onClick=${() => open('agenda')}><span>${text}</span></button>`
}

/** @param {Place} props */
export function AgendaSheet({ view, you }) {
  const prompt = promptNow(view)
  const next = nextStep(view)
  return html`<${Sheet} title=${view.format_title || t('agenda-title')}>
    ${prompt && html`<p key="prompt" class="prompt">${prompt}</p>`}
    <ol key="steps" class="rows agenda">
      ${(view.agenda ?? []).map(
        (step) =>
          html`<li
            key=${step.name}
            class=${step.name === view.phase ? 'now' : ''}
            aria-current=${step.name === view.phase ? 'step' : undefined}
          >
            <span class="grow">
              <strong>${phaseTitle(step)}</strong>
              <span class="muted tiny">${step.name === view.phase ? since(view, step) : planned(step)}</span>
            </span>
          </li>`,
      )}
    </ol>
    ${(view.extra ?? 0) > 0 && html`<p key="extra" class="small">${t('agenda-extra', { left: minutesAndSeconds(view.extra ?? 0) })}</p>`}
    ${
      next &&
      may(you, 'set-phase') &&
      html`<${view.round || view.policy.floor === 'open' ? AskTwice : Ask}
          key="next"
          control="agenda"
          command=${{ type: 'set-phase', phase: next.name }}
          label=${t('agenda-move-on', { name: phaseTitle(next) })}
          sure=${t('agenda-move-sure', { name: phaseTitle(next) })}
          icon="right"
          className="btn wide"
          rest=${next.name}
          done=${close}
        /><${Refusal} key="refusal" control="agenda" />`
    }
  <//>`
}

/** How long it is planned to be, or nothing. @param {Step} step */
const planned = ({ box = 0 }) => (box > 0 ? t('agenda-box', { minutes: Math.max(1, Math.round(box / 60)) }) : '')

/** How long it has been, of how long it was planned; nobody is blamed for what is longer. @param {CircleView} view @param {Step} step */
function since(view, step) {
  const [box, gone] = [Math.round((step.box ?? 0) / 60), Math.floor((nowShown() - (view.phase_since ?? 0)) / 60)]
  if (view.meeting === 'doors') return planned(step)
  if (box < 1) return t('agenda-now')
  return t(gone < box ? 'agenda-spent' : 'agenda-longer', { gone: Math.max(0, gone), minutes: box })
}

/** Why everybody stands where they stand, and how another order can be had. @param {Place} props */
export function OrderWhySheet({ view }) {
  const order = view.round ? 'round' : (view.policy.order ?? 'first-come')
  const title = t(view.round ? 'round-why-title' : `order-${order}`)
  return html`<${Sheet} title=${title}>
    <p>${t(`order-why-${order}`)}</p>
    <p>${t(view.round ? 'order-why-pass' : 'order-why-kept')}</p>
    <p>${t('order-why-process')}</p>
    <p class="muted">${t('order-why-other')}</p>
  <//>`
}

/** To whom I can pass the piece: in a round, who is yet to come. @param {Place} props */
export function GiveSheet({ view, you }) {
  const all = view.round ? view.round.waiting : everybody(view, you)
  const seats = all.filter((seat) => seat !== you.seat && view.people[seat]?.present)
  const turn = you.turn
  return html`<${Sheet} title=${t('give-title')}>
    <p key="lead" class="muted small">${t('give-lead')}</p>
    ${seats.length === 0 && html`<p key="nobody">${t('give-nobody')}</p>`}
    <ul key="all" class="rows people">
      ${
        turn !== undefined &&
        may(you, 'give-floor') &&
        seats.map((seat) => {
          const person = /** @type {import('../protocol.js').Person} */ (view.people[seat])
          return html`<li key=${seat}>
            <${Disc} number=${person.number} name=${person.name} role=${person.role} />
            <span class="grow"><strong>${called(person.name)}</strong></span>
            <${Ask}
              control="give"
              command=${{ type: 'give-floor', turn, seat }}
              label=${t('give-to')}
              about=${called(nameOf(view, seat))}
              icon="give"
              done=${close}
            />
          </li>`
        })
      }
    </ul>
    <${Refusal} key="refusal" control="give" />
  <//>`
}
