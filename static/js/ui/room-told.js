/** Says what changed, as it changes. */

import { effect } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { sound } from '../media/state.js'
import { leads } from '../meaning.js'
import { moment, said } from '../said.js'
import { yourTurn } from '../sounds.js'
import { isCircle, picture, room, watch } from '../store.js'
import { tell } from './room-words.js'
import { close } from './sheet.js'
import { soundingNow } from './sound-now.js'

/** @typedef {import('../said.js').Moment} Moment */

/** Listens to the room and the clock; the function that is returned stops it. */
export function tellChanges() {
  /** @type {Moment | null} */
  let told = null
  const look = () => {
    const sounds = { ...soundingNow(), trouble: sound.trouble.value, plays: sound.plays.value }
    const { view, you, connection, now } = picture()
    if (!isCircle(view) || !you || room.phase.peek() === 'gone') return // a goodbye is no lost connection
    const after = moment(told, view, you, connection, now, sounds)
    for (const sentence of said(told, after).map(restarting))
      say(tell(sentence), { urgent: sentence.urgent, about: sentence.about })
    if (offeredNow(told, after)) makeRoom(after)
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

/** The server said why the line breaks. @param {import('../said.js').Sentence} sentence */
const restarting = (sentence) =>
  sentence.key === 'said-lost' && room.restarting.peek() ? { ...sentence, key: 'join-restarting' } : sentence

/** @param {Moment | null} before @param {Moment} after */
const offeredNow = (before, after) =>
  after.floor.mine &&
  after.floor.state === 'offered' &&
  !(before?.floor.state === 'offered' && before.floor.id === after.floor.id)

/** An offer stands in the dock: what covers it closes, unless it is something that is being written by those who lead. @param {Moment} now */
function makeRoom({ you }) {
  yourTurn()
  if (!leads(you)) close()
}
