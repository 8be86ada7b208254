/** The queue for those who hold it: offer, move, lower, close. Rows never jump under a hand. */

import { html, useRef, useState } from '../../vendor/preact.js'
import { may, nameOf, voices } from '../meaning.js'
import { t } from '../words.js'
import { Ask, AskTwice } from './button.js'
import { press, Refusal } from './button-press.js'
import { Icon } from './icons.js'
import { Chips, FloorPart } from './lead-floor.js'
import { answers, unheard } from './lead-facts.js'
import { TimePart } from './lead-time.js'
import { everybody } from './people.js'
import { useBlank, useFrozen } from './queue-frozen.js'
import { useSlide } from './queue-slide.js'
import { Why } from './queue.js'
import { called } from './room-words.js'
import { Disc } from './seat.js'
import { Sheet, close, open } from './sheet.js'

/** @typedef {import('../protocol.js').Hand} Hand */
/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: LeadView, you: You }} Lead */

/** Which hand is being dragged, and before which one it would stand (`''` for the end). @typedef {{ hand: string, before: string } | null} Drag */

/** @param {Lead} props */
export function QueuePanel({ view, you }) {
  const list = useFrozen(view.queue, { version: view.queue_version })
  const rows = useRef(/** @type {HTMLElement | null} */ (null))
  useSlide(rows, list.shown)
  const [drag, setDrag] = useState(/** @type {Drag} */ (null))
  const hands = useRef(view.hands)
  hands.current = { ...hands.current, ...view.hands }
  const drop = () => {
    if (drag && drag.hand !== drag.before)
      void press('queue', { type: 'move-hand', hand: drag.hand, before: drag.before, queue: list.version })
    setDrag(null)
  }
  return html`<section class="panel queue-panel" aria-labelledby="lead-queue-title">
    <header class="head">
      <h2 id="lead-queue-title" tabindex="-1">
        ${t('queue-title')} <span class="count num">${view.queue.length}</span>
      </h2>
      ${!view.queue_open && html`<span key="closed" class="chip">${t('queue-closed')}</span>`}
      <${OrderNow} view=${view} you=${you} />
    </header>
    <${FloorPart} view=${view} you=${you} />
    ${list.shown.length === 0 && html`<p key="empty" class="empty muted small">${t('queue-empty')}</p>`}
    <ol
      class="rows"
      ref=${rows}
      ...${list.on}
      onDragOver=${(/** @type {DragEvent} */ event) => drag && event.preventDefault()}
      onDrop=${drop}
    >
      ${list.shown.map((id, i) => {
        const hand = hands.current[id]
        if (!hand) return null
        const row = { id, hand, place: i + 1, gone: list.gone.has(id), view, you, drag, setDrag }
        return html`<${Row} key=${id} ...${row} />`
      })}
    </ol>
    <${Held} more=${list.more} still=${list.still} />
    <${Refusal} control="queue" />
    <${Foot} view=${view} you=${you} version=${list.version} />
    <${NotSpoken} view=${view} you=${you} />
    <${TimePart} view=${view} you=${you} />
  </section>`
}

/** How the queue is ordered now, and the way to another order. @param {Lead} props */
function OrderNow({ view, you }) {
  const name = t(`order-${view.policy.order ?? 'first-come'}`)
  if (!may(you, 'set-order')) return html`<span class="tiny muted">${name}</span>`
  return html`<button type="button" class="btn plain sm order-now" onClick=${() => open('order')}>
    <span><span class="vh">${t('lead-order-open')} </span>${name}</span><${Icon} name="down" size="s" />
  </button>`
}

/** Its line is always there, so that nothing moves when it speaks. @param {{ more: number, still: boolean }} props */
export const Held = ({ more, still }) =>
  html`<p class=${`held-line tiny${still && more > 0 ? ' on' : ''}`}>
    ${still && more > 0 ? html`<${Icon} name="pause" size="s" /><span>${t('lead-held', { more })}</span>` : null}
  </p>`

/** @param {Lead & { id: string, hand: Hand, place: number, gone: boolean, drag: Drag, setDrag: (drag: Drag) => void }} props */
function Row({ id, hand, place, gone, view, you, drag, setDrag }) {
  const person = view.people[hand.seat]
  const blank = gone || !person
  const kept = useBlank(blank)
  if (blank) return html`<li class="blank" data-row=${id} ...${kept}></li>`
  const name = called(nameOf(view, hand.seat))
  const movable = may(you, 'move-hand')
  const busy = voices(view) >= (view.policy.floor === 'open' ? (view.policy.voices ?? 1) : 1) // who is called comes next
  const asks = answers(view, you, hand)
  return html`<li
    ...${kept}
    class=${`${drag?.before === id ? 'target' : ''}${drag?.hand === id ? ' dragged' : ''}`}
    data-row=${id}
    draggable=${movable}
    onDragStart=${(/** @type {DragEvent} */ event) => {
      event.dataTransfer?.setData('text/plain', '') // Firefox drags nothing without it
      setDrag({ hand: id, before: id })
    }}
    onDragEnter=${() => drag && setDrag({ ...drag, before: id })}
    onDragEnd=${() => setDrag(null)}
  >
    <span class="grip" aria-hidden="true">${movable && html`<${Icon} name="drag" />`}</span>
    <span class="k num">${place}</span>
    <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
    <div class="grow">
      <strong>${called(person.name)}</strong>
      <span class="muted tiny"
        ><${Why} hand=${hand} />${!person.present && ` · ${t('people-lost')}`}${hand.note && ` · “${hand.note}”`}</span
      >
      <${Refusal} control=${`row ${id}`} />
    </div>
    <div class="acts">
      ${
        asks !== undefined &&
        html`<${Ask}
          key="allow"
          control=${`row ${id}`}
          command=${{ type: 'allow-question', turn: asks, hand: id }}
          label=${t('lead-allow')}
          about=${name}
        />`
      }
      ${
        asks === undefined &&
        may(you, 'call-on') &&
        hand.seat !== you.seat &&
        !(busy && hand.reason === 'called') &&
        html`<${Ask}
          key="offer"
          control=${`row ${id}`}
          command=${{ type: 'call-on', seat: hand.seat, floor: view.floor }}
          label=${t(busy ? 'lead-call-next' : 'lead-offer')}
          about=${name}
        />`
      }
      <button key="more" type="button" class="btn plain icon" onClick=${() => open('hand', id)}>
        <${Icon} name="more" /><span class="vh">${t('lead-hand-menu', { name })}</span>
      </button>
    </div>
  </li>`
}

/** @param {Lead & { version: number }} props */
function Foot({ view, you, version }) {
  const open_ = view.queue_open
  return html`<div class="foot">
    ${
      may(you, open_ ? 'close-queue' : 'reopen-queue') &&
      html`<${Ask}
        key="gate"
        control="gate"
        command=${{ type: open_ ? 'close-queue' : 'reopen-queue' }}
        label=${t(open_ ? 'lead-close-queue' : 'lead-reopen-queue')}
      />`
    }
    ${
      may(you, 'add-hand') &&
      html`<button key="add" type="button" class="btn" onClick=${() => open('add')}>
        <${Icon} name="plus" /><span>${t('lead-add-hand')}</span>
      </button>`
    }
    ${
      may(you, 'lower-all') &&
      view.queue.length > 0 &&
      html`<${AskTwice}
        key="all"
        control="gate"
        command=${{ type: 'lower-all', queue: version }}
        label=${t('lead-lower-all')}
        sure=${t('lead-lower-all-sure')}
        className="btn plain sm"
      />`
    }
    <${Refusal} control="gate" />
  </div>`
}

/** People who have neither spoken nor a hand up: seen by those who lead, marked for nobody else. @param {Lead} props */
function NotSpoken({ view, you }) {
  const silent = unheard(view)
  return html`<div class="not-spoken">
    <h3 class="tiny">${t('lead-not-spoken')}</h3>
    <${Chips} seats=${everybody(view, you).filter((seat) => silent.has(seat))} view=${view} you=${you} />
  </div>`
}

/** What can be done with one hand. @param {Lead & { about: string }} props */
export function HandSheet({ view, you, about }) {
  const version = useRef(view.queue_version).current // the order that was on the screen
  const order = useRef(view.queue).current
  const hand = view.hands[about]
  if (!hand) return html`<${Sheet} title=${t('lead-hand-gone')}><p class="muted">${t('lead-hand-gone-text')}</p><//>`
  const name = called(nameOf(view, hand.seat))
  const asks = answers(view, you, hand)
  const at = order.indexOf(about)
  const control = `row ${about}`
  /** To stand before that one, or at the end. @param {string} key @param {string} icon @param {string | undefined} before @param {string} label */
  const move = (key, icon, before, label) =>
    html`<${Ask}
      key=${key}
      control=${control}
      command=${{ type: 'move-hand', hand: about, before, queue: version }}
      label=${label}
      icon=${icon}
      className="btn wide"
      done=${close}
    />`
  return html`<${Sheet} title=${t('lead-hand-title', { name })}>
    ${hand.note && html`<p class="note">“${hand.note}”</p>`}
    <div class="acts stack">
      ${
        asks !== undefined &&
        html`<${Ask}
          key="allow"
          control=${control}
          command=${{ type: 'allow-question', turn: asks, hand: about }}
          label=${t('lead-allow-now', { name: called(nameOf(view, view.turns[asks]?.seat ?? '')) })}
          icon="ask"
          className="btn wide"
          done=${close}
        />`
      }
      ${
        asks !== undefined &&
        may(you, 'call-on') &&
        html`<${Ask}
          key="call"
          control=${control}
          command=${{ type: 'call-on', seat: hand.seat, floor: view.floor }}
          label=${t('lead-call-on', { name })}
          icon="give"
          className="btn wide"
          done=${close}
        />`
      }
      ${may(you, 'move-hand') && at > 0 && move('up', 'up', order[at - 1], t('lead-move-up'))}
      ${may(you, 'move-hand') && at < order.length - 1 && move('down', 'down', order[at + 2], t('lead-move-down'))}
      ${may(you, 'move-hand') && at > 1 && move('front', 'reply', order[0], t('lead-move-front'))}
      ${
        may(you, 'lower-hand') &&
        html`<${Ask}
          key="lower"
          control=${control}
          command=${{ type: 'lower-hand', hand: about }}
          label=${t('lead-lower-hand', { name })}
          icon="hand-down"
          className="btn wide"
          done=${close}
        />`
      }
    </div>
    <${Refusal} control=${control} />
  <//>`
}

/** Whose hand to add. @param {Lead} props */
export function AddSheet({ view, you }) {
  const raised = new Set(view.queue.map((id) => view.hands[id]?.seat))
  const speaks = new Set(Object.values(view.turns).map(({ seat }) => seat))
  const people = everybody(view, you).filter((seat) => seat !== you.seat && !raised.has(seat) && !speaks.has(seat))
  return html`<${Sheet} title=${t('lead-add-title')}>
    ${people.length === 0 && html`<p class="muted">${t('lead-add-nobody')}</p>`}
    <ul class="rows people">
      ${people.map((seat) => {
        const person = view.people[seat]
        return html`<li key=${seat}>
          <${Disc} number=${person?.number ?? 0} name=${person?.name} role=${person?.role} present=${person?.present} />
          <div class="grow"><strong>${called(person?.name)}</strong><${Refusal} control=${`add ${seat}`} /></div>
          <${Ask}
            control=${`add ${seat}`}
            command=${{ type: 'add-hand', seat }}
            label=${t('lead-add')}
            about=${called(nameOf(view, seat))}
            done=${close}
          />
        </li>`
      })}
    </ul>
  <//>`
}
