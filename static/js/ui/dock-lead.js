/** The tools of those who lead, under the large button. */

import { html } from '../../vendor/preact.js'
import { may } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { TOOL } from './dock-status.js'

/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').You} You */

/** @param {{ view: CircleView, you: You, floor: Floor }} props */
export const LeadTools = ({ view, you, floor }) =>
  html`<span key="pause" class="slot"><${PauseTool} you=${you} floor=${floor} /></span>
    <span key="end" class="slot">
      ${
        floor.turn &&
        floor.state !== 'grace' &&
        floor.state !== 'over' && // then it stands beside the large button
        may(you, 'end-turn') &&
        html`<${Ask}
          control=${TOOL}
          command=${{ type: 'end-turn', turn: floor.id }}
          label=${t(floor.state === 'offered' ? 'tool-take-back' : 'tool-end')}
          icon="right"
          className="tool"
        />`
      }
    </span>
    <span key="mine" class="slot"><${MyHand} view=${view} you=${you} /></span>
    <span key="room" class="slot">
      ${
        may(you, 'pause-room') &&
        html`<${Ask}
          control=${TOOL}
          command=${{ type: 'pause-room' }}
          label=${t('tool-pause-room')}
          icon="still"
          className="tool"
        />`
      }
    </span>`

/** @param {{ you: You, floor: Floor }} props */
function PauseTool({ you, floor }) {
  const stands = floor.state === 'paused' || floor.state === 'back'
  if (floor.turn && stands && may(you, 'resume-turn'))
    return html`<${Ask}
      key="resume"
      control=${TOOL}
      command=${{ type: 'resume-turn', turn: floor.id }}
      label=${t('tool-resume')}
      icon="play"
      className="tool"
    />`
  if (floor.turn && may(you, 'pause-turn'))
    return html`<${Ask}
      key="pause"
      control=${TOOL}
      command=${{ type: 'pause-turn', turn: floor.id }}
      label=${t('tool-pause')}
      icon="pause"
      className="tool"
    />`
  return null
}

/** @param {{ view: CircleView, you: You }} props */
function MyHand({ view, you }) {
  if (you.hand !== undefined && may(you, 'lower-hand'))
    return html`<${Ask}
      key="down"
      control=${TOOL}
      command=${{ type: 'lower-hand', hand: you.hand }}
      label=${t('tool-lower')}
      icon="hand-down"
      className="tool"
    />`
  if (!may(you, 'raise-hand')) return null
  const command = view.queue_open ? { type: 'raise-hand' } : { type: 'raise-hand', kind: 'process' }
  return html`<${Ask}
    key="up"
    control=${TOOL}
    command=${command}
    label=${t('tool-my-hand')}
    icon="hand"
    className="tool"
  />`
}
