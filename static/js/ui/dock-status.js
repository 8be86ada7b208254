/** The line above the large button: at the left the microphone or the sound, at the right who hears, or who is here. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { tryAgain, wakePlayback } from '../media/index.js'
import { sound } from '../media/state.js'
import { actsAboutMe, actWords, audible, hearers, hereCount, may, MOMENT, shares, until } from '../meaning.js'
import { meetingNow } from '../store.js'
import { ordinal, t } from '../words.js'
import { Ask, LARGE } from './button.js'
import { refusedSentence } from './button-press.js'
import { Icon } from './icons.js'
import { nowShown, tell } from './room-words.js'
import { open } from './sheet.js'
import { Bars, soundingNow } from './sound-now.js'

/** @typedef {import('../meaning.js').Floor} Floor */
/** @typedef {import('../protocol.js').CircleView | import('../protocol.js').LeadView} CircleView a view with a circle in it */
/** @typedef {import('../protocol.js').Turn} Turn */
/** @typedef {import('../protocol.js').You} You */

/** The name of the small controls of the dock, among those that can be pressed. */
export const TOOL = 'tool'
const SHOWN = 20 // seconds; for so long it stands there what those who lead did about me
const GENTLE = 20_000 // ms after which an unanswered offer says that it may also be later

/** @param {{ view: CircleView, you: You, online: boolean, floor: Floor, offered: boolean }} props */
export function Status({ view, you, online, floor, offered }) {
  const refused = refusedSentence(LARGE) || refusedSentence(TOOL)
  const act = actsAboutMe(view, you, nowShown() - SHOWN).findLast((id) => stands(view.acts?.[id]?.done, you, floor))
  const left = refused
    ? html`<span key="refused" class="refused">${refused}</span>`
    : offered
      ? html`<${Gentle} key=${`gentle ${floor.id}`} until=${floor.turn?.ends_at} calm=${calmly(view, you)} />`
      : online
        ? act && sound.mic.value === 'closed'
          ? html`<${Line} key=${act} icon="info" words=${tell(actWords(view, you, act))} />`
          : html`<${Sounds} key="sounds" mine=${floor.mine && shares(floor)} />`
        : html`<${Line}
            key="kept"
            icon="offline"
            words=${you.place === undefined ? t('stat-kept') : t('stat-kept-place', { place: ordinal(you.place) })}
          />`
  return html`<div class="stat">
    <span class="standing">${left}</span>
    ${
      offered && may(you, 'hold-offer')
        ? html`<${Moment} key="moment" floor=${floor} />`
        : online &&
          html`<button key="people" type="button" class="linkish" onClick=${() => open('people')}>
            ${whoHears(view, floor)}
          </button>`
    }
  </div>`
}

/**
 * What was done to me is still so; and it is not seen elsewhere anyway, as a turn that stands still is.
 * @param {import('../protocol.js').Deed | undefined} deed @param {You} you @param {Floor} floor
 */
function stands(deed, you, floor) {
  if (deed === 'hand-lowered' || deed === 'all-lowered') return you.hand === undefined && !floor.mine
  if (deed === 'hand-moved' || deed === 'hand-added') return you.hand !== undefined
  return deed === 'turn-extended' && floor.mine && (floor.state === 'speaking' || floor.state === 'warning')
}

/** What is said beside an offer at first. @param {CircleView} view @param {You} you */
const calmly = (view, you) =>
  !view.round || you.hand !== undefined ? 'offer-calm' : view.round.again ? 'offer-round' : 'offer-round-later'

/** Who hears whoever speaks, or me before I begin; where nobody has sound, and between turns, who is here. @param {CircleView} view @param {Floor} floor */
function whoHears(view, floor) {
  const count = hearers(view, floor.turn?.seat)
  const matters = audible(floor) || (floor.mine && floor.state === 'offered')
  const open = floor.mine && sound.mic.value === 'open'
  return matters && (count > 0 || open) ? t('stat-hear', { count }) : t('room-here', { count: hereCount(view) })
}

/** @param {{ icon: string, words: string }} props */
const Line = ({ icon, words }) => html`<${Icon} name=${icon} /><span>${words}</span>`

/** A line with one thing to do about it. @param {{ icon: string, words: string, act: string, does: () => unknown }} props */
const Acting = ({ icon, words, act, does }) =>
  html`<${Icon} name=${icon} /><span
      >${words} <button type="button" class="linkish" onClick=${() => void does()}>${act}</button></span
    >`

const settings = () => open('sound')

/** My microphone, and the sound: what is open, or not as it should be, comes first. @param {{ mine: boolean }} props */
function Sounds({ mine }) {
  const { voice, off, link, mic } = soundingNow()
  if (mic === 'open')
    return html`<span class="live" key="live"><${Icon} name="mic" /><span>${t('mic-open')}</span><${Bars} /></span>`
  if (mic === 'rests') return html`<${Line} key="rests" icon="mic-off" words=${t('mic-rests')} />`
  if (mic === 'opening') return html`<${Line} key="opening" icon="mic" words=${t('mic-opening')} />`
  if (mic === 'held')
    return html`<${Acting}
      key="held"
      icon="mic-off"
      words=${t('mic-held')}
      act=${t('sound-settings')}
      does=${settings}
    />`
  if (off) return html`<${Line} key="off" icon="speaker-off" words=${t('sound-off')} />`
  if (link === 'blocked')
    return html`<${Acting}
      key="blocked"
      icon="offline"
      words=${t('sound-blocked')}
      act=${t('sound-again')}
      does=${tryAgain}
    />`
  if (link === 'lost') return html`<${Line} key="lost" icon="offline" words=${t('sound-lost')} />`
  if (!sound.plays.value)
    return html`<${Acting}
      key="plays"
      icon="speaker-off"
      words=${t('sound-sleeps')}
      act=${t('sound-wake')}
      does=${wakePlayback}
    />`
  if (mine && voice && sound.trouble.value && sound.trouble.value !== 'no-speaker')
    return html`<${Acting}
      key="trouble"
      icon="mic-off"
      words=${t('mic-trouble')}
      act=${t('sound-settings')}
      does=${settings}
    />`
  const [icon, words] = voice
    ? ['mic-off', 'mic-closed']
    : mine
      ? ['mic-off', 'stat-unheard']
      : sound.way.value === 'listen'
        ? ['ear', 'stat-listening']
        : ['speaker-off', 'stat-silent']
  return html`<button type="button" class="stands" key="stands" onClick=${settings}>
    <${Line} icon=${icon} words=${t(words)} />
  </button>`
}

/**
 * No countdown is drawn; after a while one line says that later is fine, too. `until` tells that the offer was kept longer.
 * Whoever would begin without a microphone finds here how to have one.
 * @param {{ until: number | undefined, calm: string }} props
 */
function Gentle({ until: end, calm }) {
  const [late, setLate] = useState(false)
  const [first] = useState(end)
  useEffect(() => {
    setLate(false)
    const timer = setTimeout(() => setLate(true), GENTLE)
    return () => clearTimeout(timer)
  }, [end])
  const words = late && calm === 'offer-calm' ? 'offer-late' : end === first ? calm : 'offer-held'
  const { voice, off } = soundingNow()
  if (voice || off) return html`<span>${t(words)}</span>`
  return html`<span>
    ${words !== 'offer-calm' && `${t(words)} `}
    <button type="button" class="linkish" onClick=${settings}>${t('sound-use')}</button>
  </span>`
}

/** @param {{ floor: Floor }} props */
function Moment({ floor }) {
  const turn = /** @type {Turn} */ (floor.turn)
  return html`<${Ask}
    control=${TOOL}
    command=${{ type: 'hold-offer', turn: floor.id, until: until(turn, meetingNow(), MOMENT) }}
    label=${t('offer-moment')}
    className="linkish"
  />`
}
