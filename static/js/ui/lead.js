/** The panels of those who lead: door, agenda and people at the left, queue at the right; on a phone one at a time, by tabs. */

import { html, useState } from '../../vendor/preact.js'
import { hereCount } from '../meaning.js'
import { t } from '../words.js'
import { Icon } from './icons.js'
import { AgendaPanel } from './lead-agenda.js'
import { atTheDoor, DoorPanel } from './lead-door.js'
import { Held, QueuePanel } from './lead-queue.js'
import { Proposals } from './lead-removal.js'
import { everybody, Hears, personFacts } from './people.js'
import { useFrozen } from './queue-frozen.js'
import { called } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { open } from './sheet.js'

/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {'queue' | 'door' | 'people' | 'agenda'} Tab */

/** @param {{ view: LeadView, you: You }} props */
export function Panels({ view, you }) {
  const [tab, setTab] = useState(/** @type {Tab} */ ('queue'))
  /** @type {[Tab, number | null, string][]} */
  const tabs = [
    ['queue', view.queue.length, t('queue-title')],
    ['door', atTheDoor(view).length, t('door-tab')],
    ['people', hereCount(view), t('people-tab')],
    ['agenda', null, t('agenda-tab')],
  ]
  return html`<div class="cols" data-tab=${tab}>
    <${Proposals} view=${view} you=${you} />
    <${Reading} view=${view} />
    <nav class="tabs" aria-label=${t('lead-tabs')}>
      ${tabs.map(
        ([name, count, label]) =>
          html`<button
            key=${name}
            type="button"
            class="tab"
            aria-pressed=${tab === name ? 'true' : 'false'}
            onClick=${() => setTab(name)}
          >
            <span>${label}</span>${
              count !== null &&
              html`<span key="count" class=${`tally num${name === 'door' && count > 0 ? ' waits' : ''}`}
                >${count}</span
              >`
            }
          </button>`,
      )}
    </nav>
    <section class="left-side" aria-label=${t('lead-left')}>
      <${DoorPanel} view=${view} you=${you} />
      <${AgendaPanel} view=${view} you=${you} />
      <${PeoplePanel} view=${view} you=${you} />
    </section>
    <section class="right-side" aria-label=${t('lead-right')}><${QueuePanel} view=${view} you=${you} /></section>
  </div>`
}

/** Who is asked again about the agreement, and is not back yet. @param {{ view: LeadView }} props */
function Reading({ view }) {
  const names = (view.reading ?? []).map((seat) => called(shortName(view.people[seat]?.name ?? '')))
  if (names.length === 0) return null
  return html`<div class="proposals">
    <p class="notice">
      <${Icon} name="note" /><span>${t('lead-reading', { count: names.length, names: names.join(', ') })}</span>
    </p>
  </div>`
}

/** @param {{ view: LeadView, you: You }} props */
function PeoplePanel({ view, you }) {
  const list = useFrozen(everybody(view, you))
  const seats = view.seats ?? 0
  return html`<section class="panel people-panel" aria-labelledby="lead-people-title">
    <header class="head">
      <h2 id="lead-people-title" tabindex="-1">${t('people-tab')} <span class="count num">${hereCount(view)}</span></h2>
      ${seats > 0 && html`<span key="seats" class="tiny muted num">${t('lead-seats', { taken: view.taken ?? 0, seats })}</span>`}
    </header>
    <ul class="rows people" ...${list.on}>
      ${list.shown.map((seat) => {
        const person = view.people[seat]
        if (!person) return html`<li key=${seat} class="blank"></li>`
        return html`<li key=${seat}>
          <button type="button" class="whom" onClick=${() => open('person', seat)}>
            <${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />
            <span class="grow">
              <strong
                >${called(person.name)}${seat === you.seat && html` <span class="muted">(${t('people-me')})</span>`}</strong
              >
              <span class="muted tiny">${personFacts(view, seat) || t('lead-no-turn')}</span>
              <${Hears} person=${person} />
            </span>
            <${Icon} name="right" size="s" />
          </button>
        </li>`
      })}
    </ul>
    <${Held} more=${list.more} still=${list.still} />
    <button type="button" class="btn plain sm tell-all" onClick=${() => open('lately')}>
      <${Icon} name="clock" /><span>${t('people-lately')}</span>
    </button>
  </section>`
}
