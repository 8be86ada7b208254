/** Says what changed, as it changes. */

import { effect } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { sound } from '../media/state.js'
import { leads } from '../meaning.js'
import { moment, said } from '../said.js'
import { yourTurn } from '../sounds.js'
import { isCircle, picture, room, watch } from '../store.js'
import { hasWords } from '../words.js'
import { called, tell } from './room-words.js'
import { close } from './sheet.js'
import { practice } from './sheets.js'
import { soundingNow } from './sound-now.js'

/** @typedef {import('../said.js').Moment} Moment */

const SOON = 1500 // ms; for so long it is waited for what is fetched when the meeting begins, and is said then

/** Listens to the room and the clock; the function that is returned stops it. */
export function tellChanges() {
  /** @type {Moment | null} */
  let told = null
  let since = 0 // when it was first waited for
  const comes = () => {
    if (!['away', 'coming'].includes(practice.state.value)) return false
    since ||= performance.now()
    return performance.now() - since < SOON
  }
  const look = () => {
    const sounds = { ...soundingNow(), trouble: sound.trouble.value, plays: sound.plays.value }
    const { view, you, connection, now } = picture()
    if (!isCircle(view) || !you || room.phase.peek() === 'gone') return // a goodbye is no lost connection
    if (view.meeting === 'open' && comes()) return
    const part = practice.here()
    const after = moment(told, view, you, connection, now, sounds, part?.phaseShown(view))
    for (const sentence of said(told, after, part?.more).map(restarting))
      if (hasWords(sentence.key)) say(spoken(sentence), { urgent: sentence.urgent, about: sentence.about })
    if (offeredNow(told, after)) makeRoom(after, part?.more.heard(view))
    else if (part?.more.rings(told, after)) part.bell()
    told = after
  }
  const quiet = effect(look) // whenever the sound changes
  const stop = watch(look)
  const timer = setInterval(look, 1000) // the last seconds of a turn come by the clock alone
  return () => {
    stop()
    quiet()
    clearInterval(timer)
  }
}

/** @param {import('../said.js').Sentence} sentence */
const spoken = ({ key, args = {} }) =>
  tell({ key, args: 'whom' in args ? { ...args, whom: called(String(args.whom)) } : args })

/** The server said why the line breaks. @param {import('../said.js').Sentence} sentence */
const restarting = (sentence) =>
  sentence.key === 'said-lost' && room.restarting.peek() ? { ...sentence, key: 'join-restarting' } : sentence

/** @param {Moment | null} before @param {Moment} after */
const offeredNow = (before, after) =>
  after.own?.state === 'offered' && !(before?.own?.state === 'offered' && before.own.id === after.own.id)

/** An offer stands in the dock: what covers it closes, unless it is something that is being written by those who lead. @param {Moment} now @param {boolean} [voiced] */
function makeRoom({ you }, voiced) {
  yourTurn(voiced)
  if (!leads(you)) close()
}
