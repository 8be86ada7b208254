/** What happened lately: what those who lead did, for everybody to see. Fetched when somebody opens it. */

import { html } from '../../vendor/preact.js'
import { t } from '../words.js'
import { called, nowShown, tell } from './room-words.js'
import { Disc } from './seat.js'
import { shortName } from './seat-name.js'
import { Sheet } from './sheet.js'
import { waitingFor } from './time.js'

/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Act} Act */
/** @typedef {import('../protocol.js').You} You */

/** What a host may do from outside the room: then nobody's name stands there. */
const OUTSIDE = ['agreement-changed', 'announced', 'invited', 'link-renewed', 'link-revoked']

/** @param {Act} act @param {You} you */
function who({ by, who: name = '', done }, you) {
  if (by === undefined) return OUTSIDE.includes(done) ? t('lately-host') : called('')
  return by === you.seat ? t('people-you') : called(shortName(name))
}

/** One act as a sentence. @param {Act} act @param {You} you */
export const deed = (act, you) =>
  t(`lately-${act.done}`, { who: who(act, you), whom: called(shortName(act.whom ?? '')) })

/** Whoever did it, while they are here. @param {{ view: CircleView, seat: string | undefined }} props */
function Doer({ view, seat = '' }) {
  const person = view.people[seat]
  return person
    ? html`<${Disc} number=${person.number} name=${person.name} role=${person.role} present=${person.present} />`
    : html`<${Disc} number=${0} empty />`
}

/** @param {{ view: CircleView, you: You }} props */
export function LatelySheet({ view, you }) {
  const acts = [...(view.lately ?? [])].reverse().flatMap((id) => {
    const act = view.acts?.[id]
    return act ? [{ id, act }] : []
  })
  return html`<${Sheet} title=${t('lately-title')}>
    <p class="muted small">${t('lately-text')}</p>
    ${acts.length === 0 && html`<p key="none">${t('lately-none')}</p>`}
    <ol class="rows">
      ${acts.map(
        ({ id, act }) =>
          html`<li key=${id}>
            <${Doer} view=${view} seat=${act.by} />
            <span class="grow">
              <span>${deed(act, you)}</span>
              ${act.done === 'announced' && act.at === view.announcement?.at && html`<em>${view.announcement.text}</em>`}
              <span class="muted tiny num">${tell(waitingFor(act.at, nowShown()))}</span>
            </span>
          </li>`,
      )}
    </ol>
  <//>`
}
