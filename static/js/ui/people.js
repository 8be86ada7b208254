/** Who is here, and one person's sheet. */

import { html } from '../../vendor/preact.js'
import { sound } from '../media/state.js'
import { hearers, hereCount, may } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { called, tell } from './room-words.js'
import { Disc } from './seat.js'
import { Sheet, close, open } from './sheet.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Person} Person */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: CircleView, you: You, about: string }} About */

/** Everybody with a seat: in circle order from me on, then those who have been away for long. @param {CircleView} view @param {You} you */
export function everybody(view, you) {
  const at = Math.max(0, view.circle.indexOf(you.seat))
  const order = [...view.circle.slice(at), ...view.circle.slice(0, at)].filter((seat) => seat in view.people)
  const others = Object.keys(view.people).filter((seat) => !order.includes(seat))
  return [...order, ...others]
}

/** Role, presence, place and turns in one line. @param {CircleView} view @param {string} seat */
export function personFacts(view, seat) {
  const person = view.people[seat]
  if (!person) return ''
  const place = view.queue.findIndex((id) => view.hands[id]?.seat === seat) + 1
  const turns = person.turns ?? 0
  const parts = [
    person.role !== 'participant' && t(`role-${person.role}`),
    view.successors?.includes(seat) && t('role-successor'),
    !person.present && t('people-lost'),
    place > 0 && tell({ key: 'people-place', args: { place } }),
    turns > 0 && t('people-turns', { count: turns }),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** Whether sound reaches this person now; nothing where the server has none. @param {{ person: Person }} props */
export const Hears = ({ person }) =>
  sound.server.value !== 'off' &&
  html`<span class=${`hears tiny${person.hears ? '' : ' muted'}`}>
    <${Icon}
      name=${person.hears ? 'ear' : 'speaker-off'}
      size="s"
    />${t(person.hears ? 'people-hears' : 'people-no-sound')}
  </span>`

/** How many hear whoever speaks, and of how many; me, when it is I who speak. @param {CircleView} view @param {You} you */
function hearing(view, you) {
  const speaker = view.turns[view.floor]?.seat
  const of = hereCount(view) - (speaker !== undefined && view.people[speaker]?.present ? 1 : 0)
  return t(speaker === you.seat ? 'people-hear-you' : 'people-hear', { count: hearers(view, speaker), of })
}

/** @param {About} props */
export function PeopleSheet({ view, you }) {
  return html`<${Sheet} title=${t('people-title', { count: hereCount(view) })}>
    ${sound.server.value !== 'off' && html`<p key="hear" class="muted small">${hearing(view, you)}</p>`}
    <ul key="all" class="rows people">
      ${everybody(view, you).map((seat) => {
        const person = /** @type {Person} */ (view.people[seat])
        return html`<li key=${seat}>
          <button type="button" class="whom" onClick=${() => open('person', seat)}>
            <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
            <span class="grow">
              <strong
                >${called(person.name)}${seat === you.seat && html` <span class="muted">(${t('people-me')})</span>`}</strong
              >
              <span class="muted tiny">${personFacts(view, seat)}</span>
            </span>
            <${Hears} person=${person} />
          </button>
        </li>`
      })}
    </ul>
    <button key="lately" type="button" class="btn wide" onClick=${() => open('lately')}>
      <${Icon} name="clock" /><span>${t('people-lately')}</span>
    </button>
  <//>`
}

/** @param {About & { acts?: unknown }} props `acts`: what can be done about others, by those who lead */
export function PersonSheet({ view, you, about, acts }) {
  const person = view.people[about]
  if (!person) return html`<${Sheet} title=${t('people-left')}><p class="muted">${t('people-left-text')}</p><//>`
  const me = about === you.seat
  return html`<${Sheet} title=${called(person.name) + (me ? ` (${t('people-me')})` : '')}>
    <div class="portrait">
      <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
      <div>
        <p class="muted small">${personFacts(view, about) || t(me ? 'people-here-you' : 'people-here')}</p>
        <${Hears} person=${person} />
      </div>
    </div>
    ${(me || acts) && html`<${me ? OwnActs : acts} view=${view} you=${you} about=${about} />`}
  <//>`
}

/** Taking over, and not. @param {About} props */
function OwnActs({ view, you, about }) {
  const named = view.successors?.includes(about)
  if (!named && !may(you, 'step-down')) return null
  const control = `person ${about}`
  return html`<p key="text" class="small">${t(named ? 'people-successor-text' : 'people-acting-text')}</p>
    <div key="acts" class="acts">
      <${Ask}
        control=${control}
        command=${named ? { type: 'unname-successor', seat: about } : { type: 'step-down' }}
        label=${t(named ? 'people-not-me' : 'people-step-down')}
        icon="reply"
        done=${close}
      />
    </div>
    <${Refusal} key="refusal" control=${control} />`
}
