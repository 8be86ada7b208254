/** The tools of whoever listens, and of whoever speaks, once the meeting has begun. */

import { html } from '../../vendor/preact.js'
import { audible, may, nameOf } from '../meaning.js'
import { t } from '../words.js'
import { draw } from './icons.js'
import { called } from './room-words.js'
import { SignalsTool } from './signals.js'
import { Agreement, Does, HandTool, Leave, Opens, People, speaks } from './tools.js'

/** @typedef {import('./tools.js').About} About */
/** @typedef {import('./tools.js').CircleView} CircleView */
/** @typedef {import('./tools.js').You} You */

draw({ hush: 'M19.5 14.2A8 8 0 1 1 9.8 4.5a6.5 6.5 0 0 0 9.7 9.7Z' })

/** What stands in the four places. @param {About} props */
export const places = ({ view, you }) =>
  speaks(view, you) ? [Hush, Time, GiveOrQuestion, Last] : [First, Bell, HandTool, Last]

// Whoever listens

/** @param {About} props */
function First({ view, you, floor }) {
  if (view.last?.seat === you.seat && may(you, 'undo-end'))
    return html`<${Does}
      key="undo"
      command=${{ type: 'undo-end', turn: view.last.turn }}
      icon="reply"
      label=${t('tool-undo')}
    />`
  if (audible(floor) && may(you, 'send-signal')) return html`<${SignalsTool} key="signals" />`
  return html`<${People} key="people" />`
}

/** @param {About} props */
function Bell({ view, you }) {
  if (!view.policy.bell) return html`<${Agreement} key="agreement" />`
  if (!may(you, 'ring-bell')) return null
  return html`<${Does} key="bell" command=${{ type: 'ring-bell' }} icon="bell" label=${t('tool-bell')} />`
}

// Whoever speaks

/** @param {About} props */
function Hush({ view, you }) {
  if (may(you, 'hold-silence') && you.turn !== undefined)
    return html`<${Does}
      key="hush"
      command=${{ type: 'hold-silence', turn: you.turn }}
      icon="hush"
      label=${t('tool-hush')}
    />`
  if (view.policy.hush) return null
  return html`<${People} key="people" />`
}

/** More time, where the group can give it, once the warning has come; else the bell. @param {About} props */
function Time(props) {
  const { view, you, floor } = props
  if (!view.policy.consent) return html`<${Bell} ...${props} />`
  const near = ['warning', 'grace', 'over'].includes(floor.state)
  if (!near || !may(you, 'ask-time') || you.turn === undefined) return null
  return html`<${Does}
    key="time"
    command=${{ type: 'ask-time', turn: you.turn }}
    icon="clock"
    label=${t('tool-ask-time')}
  />`
}

/** @param {About} props */
function GiveOrQuestion({ view, you }) {
  if (!view.policy.give) return html`<${Question} view=${view} you=${you} />`
  if (!may(you, 'give-floor')) return null
  return html`<${Opens} key="give" name="give" icon="give" label=${t('tool-give')} />`
}

/** The first one who would like to ask something, now. @param {{ view: CircleView, you: You }} props */
function Question({ view, you }) {
  const hand = view.queue.find((id) => view.hands[id]?.kind === 'question' && view.people[view.hands[id].seat]?.present)
  if (hand === undefined || you.turn === undefined || !may(you, 'allow-question')) return null
  return html`<${Does}
    key=${hand}
    command=${{ type: 'allow-question', turn: you.turn, hand }}
    icon="ask"
    label=${t('tool-question')}
    about=${called(nameOf(view, view.hands[hand].seat))}
  />`
}

/** @param {About} props */
function Last({ view, you }) {
  const question = view.policy.give && speaks(view, you) && Question({ view, you })
  if (question) return question
  if (may(you, 'pause-room'))
    return html`<${Does} key="pause" command=${{ type: 'pause-room' }} icon="still" label=${t('tool-pause-room')} />`
  return html`<${Leave} key="leave" />`
}
