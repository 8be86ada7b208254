/** The dock: where you stand, the large button, and a few tools. An offer takes its place, with the button where it was. */

import { html } from '../../vendor/preact.js'
import { audible, floorNow, leads, may, meaning } from '../meaning.js'
import { t } from '../words.js'
import { Ask, LARGE, LargeButton } from './button.js'
import { pressed } from './button-press.js'
import { Status, TOOL } from './dock-status.js'
import { Icon } from './icons.js'
import { nowShown } from './room-words.js'
import { open } from './sheet.js'
import { leading, practice } from './sheets.js'
import { soundingNow } from './sound-now.js'
import { Opens, speaks, Tools } from './tools.js'

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
      : [(leads(you) && !speaks(view, you) && leading.here()?.LeadTools) || Tools, 4]
  return html`<section class=${`dock${offered ? ' offer' : ''}`} aria-label=${t('room-dock')}>
    ${offered && html`<h2 key="head" class="serif">${t('offer-title')}</h2>`}
    ${
      online &&
      audible(floor) &&
      may(you, 'send-signal') &&
      practice.here() &&
      html`<${practice.here()?.Signals} key=${`signals ${floor.id}`} view=${view} floor=${floor} />`
    }
    <${Status} key="stat" view=${view} you=${you} online=${online} floor=${floor} offered=${offered} />
    <div key="big" class=${means.beside ? `split ${means.beside}` : 'whole'}>
      <${LargeButton} key="large" means=${means} />
      ${means.beside === 'kinds' && html`<${KindsArrow} key="kinds" tone=${means.tone} />`}
      ${
        means.beside === 'done' &&
        html`<${Ask}
          key="done"
          control=${TOOL}
          command=${{ type: 'finish-turn', turn: you.turn }}
          label=${t('button-finish')}
          className="big quiet"
        />`
      }
      ${
        means.beside === 'enough' &&
        html`<${Ask}
          key="enough"
          control=${TOOL}
          command=${{ ...means.command, fine: false }}
          label=${t('button-enough')}
          icon=${you.answered_time === false ? 'check' : 'still'}
          className="big soft"
          fresh=${true}
          chosen=${you.answered_time === false}
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
    <div key="under" class=${`tools of-${columns}`}>
      <${tools} view=${view} you=${you} floor=${floor} means=${means} />
    </div>
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

const OfflineTools = () =>
  html`<${Opens} name="people" icon="people" label=${t('tool-people')} />
    <${Opens} name="agreement" icon="note" label=${t('tool-agreement')} />
    <${Opens} name="leave" icon="leave" label=${t('tool-leave')} />`
