/** The tools of those who lead, under the large button. */

import { html } from '../../vendor/preact.js'
import { may, nameOf, processOnly } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { TOOL } from './dock-status.js'
import { called } from './room-words.js'

/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').You} You */

/** @param {{ view: CircleView, you: You, floor: Floor }} props */
export const LeadTools = ({ view, you, floor }) =>
  html`<span key="pause" class="slot"><${PauseTool} view=${view} you=${you} floor=${floor} /></span>
    <span key="end" class="slot"><${EndTool} you=${you} floor=${floor} /></span>
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

/** Ends the turn, or takes the offer back; while there is neither, everybody's bell. @param {{ you: You, floor: Floor }} props */
function EndTool({ you, floor }) {
  if (!floor.turn || floor.state === 'open')
    return (
      may(you, 'ring-bell') &&
      html`<${Ask}
        key="bell"
        control=${TOOL}
        command=${{ type: 'ring-bell' }}
        label=${t('tool-bell')}
        icon="bell"
        className="tool"
      />`
    )
  if (!may(you, 'end-turn') || floor.state === 'grace' || floor.state === 'over') return null // then it stands beside the large button
  return html`<${Ask}
    key="end"
    control=${TOOL}
    command=${{ type: 'end-turn', turn: floor.id }}
    label=${t(floor.state === 'offered' ? 'tool-take-back' : 'tool-end')}
    icon="right"
    className="tool"
  />`
}

/** Stops the turn and its clock; between turns, puts the last speaker back. @param {{ view: CircleView, you: You, floor: Floor }} props */
function PauseTool({ view, you, floor }) {
  const last = view.last
  if (last && may(you, 'undo-end') && (!floor.turn || floor.state === 'offered' || floor.state === 'open'))
    return html`<${Ask}
      key="undo"
      control=${TOOL}
      command=${{ type: 'undo-end', turn: last.turn }}
      label=${t('tool-give-back')}
      about=${t('tool-give-back-whose', { name: called(nameOf(view, last.seat)) })}
      icon="reply"
      className="tool"
    />`
  if (floor.state === 'open') return null // each voice has its own end, above the queue
  const stands = ['paused', 'back', 'silent'].includes(floor.state)
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

/** My own hand; in a round that comes to me, letting it pass me by. @param {{ view: CircleView, you: You }} props */
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
  if (may(you, 'pass-round'))
    return html`<${Ask}
      key="pass"
      control=${TOOL}
      command=${{ type: 'pass-round' }}
      label=${t('tool-pass-round')}
      icon="later"
      className="tool"
    />`
  if (!may(you, 'raise-hand')) return null
  const command = processOnly(view) ? { type: 'raise-hand', kind: 'process' } : { type: 'raise-hand' }
  return html`<${Ask}
    key="up"
    control=${TOOL}
    command=${command}
    label=${t('tool-my-hand')}
    icon="hand"
    className="tool"
  />`
}
