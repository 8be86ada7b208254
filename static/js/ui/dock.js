/** The dock: where you stand, the large button, and a few tools. An offer takes its place, with the button where it was. */

import { html } from '../../vendor/preact.js'
import { floorNow, leads, may, meaning, theOneBehind } from '../meaning.js'
import { t } from '../words.js'
import { Ask, LARGE, LargeButton } from './button.js'
import { pressed } from './button-press.js'
import { Status, TOOL } from './dock-status.js'
import { Icon } from './icons.js'
import { nowShown } from './room-words.js'
import { open } from './sheet.js'
import { leading } from './sheets.js'
import { soundingNow } from './sound-now.js'

/** @typedef {import('../meaning.js').Connection} Connection */
/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../meaning.js').Meaning} Meaning */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').LeadView} LeadView */
/** @typedef {import('../protocol.js').You} You */
/** @typedef {{ view: CircleView, you: You, connection: Connection }} Place */

/** @param {Place} props */
export function Dock({ view, you, connection }) {
  const now = nowShown()
  const floor = floorNow(view, you, now)
  const sounds = soundingNow()
  const closing = pressed(LARGE) !== undefined && sounds.mic === 'closed' // by the press itself: the label stays
  const means = meaning(view, you, connection, now, closing ? { ...sounds, mic: 'opening' } : sounds)
  const online = connection === 'on'
  const offered = online && floor.mine && floor.state === 'offered'
  const [tools, columns] = offered
    ? [OfferTools, 2]
    : !online
      ? [OfflineTools, 3]
      : [(leads(you) && leading.here()?.LeadTools) || Tools, 4]
  return html`<section class=${`dock${offered ? ' offer' : ''}`} aria-label=${t('room-dock')}>
    ${offered && html`<h2 key="head" class="serif">${t('offer-title')}</h2>`}
    <${Status} key="stat" view=${view} you=${you} online=${online} floor=${floor} offered=${offered} />
    <div key="big" class=${means.beside ? `split ${means.beside}` : 'whole'}>
      <${LargeButton} key="large" means=${means} />
      ${means.beside === 'kinds' && html`<${KindsArrow} key="kinds" tone=${means.tone} />`}
      ${
        means.beside === 'done' &&
        html`<${Ask}
          key="done"
          control=${TOOL}
          command=${{ type: 'finish-turn', turn: floor.id }}
          label=${t('button-finish')}
          className="big quiet"
        />`
      }
      ${
        means.beside === 'end' &&
        html`<${Ask}
          key="end"
          control=${TOOL}
          command=${{ type: 'end-turn', turn: floor.id }}
          label=${t('tool-end')}
          className="big quiet"
        />`
      }
    </div>
    <div key="under" class=${`tools of-${columns}`}><${tools} view=${view} you=${you} floor=${floor} /></div>
  </section>`
}

/** @param {{ tone: string }} props */
const KindsArrow = ({ tone }) =>
  html`<button type="button" class=${`big ${tone}`} onClick=${() => open('kinds')}>
    <${Icon} name="down" /><span class="vh">${t('button-kinds')}</span>
  </button>`

/** @param {{ you: You, floor: Floor }} props */
const OfferTools = ({ you, floor }) =>
  may(you, 'pass-floor') &&
  html`<${Ask}
      key="later"
      control=${TOOL}
      command=${{ type: 'pass-floor', turn: floor.id, later: true }}
      label=${t('offer-later')}
      icon="later"
      className="btn half"
    />
    <${Ask}
      key="pass"
      control=${TOOL}
      command=${{ type: 'pass-floor', turn: floor.id }}
      label=${t('offer-pass')}
      icon="right"
      className="btn half"
    />`

/** @param {{ name: import('./sheet.js').SheetName, icon: string, label: string }} props */
const Opens = ({ name, icon, label }) =>
  html`<button type="button" class="tool" onClick=${() => open(name)}>
    <${Icon} name=${icon} /><span>${label}</span>
  </button>`

const OfflineTools = () =>
  html`<${Opens} name="people" icon="people" label=${t('tool-people')} />
    <${Opens} name="agreement" icon="note" label=${t('tool-agreement')} />
    <${Opens} name="leave" icon="leave" label=${t('tool-leave')} />`

/** @param {{ view: CircleView, you: You }} props */
const Tools = ({ view, you }) =>
  html`<${Opens} name="people" icon="people" label=${t('tool-people')} />
    <${Opens} name="agreement" icon="note" label=${t('tool-agreement')} />
    <span key="hand" class="slot"><${HandTool} view=${view} you=${you} /></span>
    <${Opens} name="leave" icon="leave" label=${t('tool-leave')} />`

/** What else can be done with the own hand: whichever the large button does not say. @param {{ view: CircleView, you: You }} props */
function HandTool({ view, you }) {
  const hand = you.hand
  if (hand === undefined) return null
  const behind = theOneBehind(view, hand)
  if (!you.next && behind && may(you, 'defer-hand'))
    return html`<${Ask}
      key="defer"
      control=${TOOL}
      command=${{ type: 'defer-hand', hand, after: behind }}
      label=${t('tool-defer')}
      icon="later"
      className="tool"
    />`
  if (you.next && may(you, 'lower-hand'))
    return html`<${Ask}
      key="lower"
      control=${TOOL}
      command=${{ type: 'lower-hand', hand }}
      label=${t('tool-lower')}
      icon="hand-down"
      className="tool"
    />`
  return null
}
