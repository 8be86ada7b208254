/** A press on its way to the server: what is under way, and what was refused, by the control that was pressed. */

import { html, signal } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { closeMicrophone, fadeMicrophone, openMicrophone } from '../media/index.js'
import { sound } from '../media/state.js'
import { room, send } from '../store.js'
import { refusedWords } from '../words.js'

/** @typedef {import('../protocol.js').Command} Command */

const SLOW = 3000 // ms until the control says that it takes a moment

/** @type {import('../../vendor/preact.js').Signal<Record<string, 'sent' | 'slow'>>} */
const underWay = signal({})
/** The control whose press was refused last, and why. @type {import('../../vendor/preact.js').Signal<{ control: string, code: string } | null>} */
const refusal = signal(null)

/** @param {string} control @param {'sent' | 'slow' | null} how */
function mark(control, how) {
  const { [control]: _, ...others } = underWay.value
  underWay.value = how ? { ...others, [control]: how } : others
}

/**
 * This command begins my own turn, or goes on with it: the only ones whose tap opens my microphone.
 * @param {Command} command
 */
const opens = (command) =>
  sound.way.peek() === 'voice' &&
  sound.mic.peek() === 'closed' &&
  (command.type === 'accept-floor' ||
    command.type === 'take-floor' ||
    (command.type === 'resume-turn' && command.turn === room.you.peek()?.turn))

/**
 * Sends a command, and opens or closes the microphone with it: opening begins within the tap; closing comes before the
 * turn ends, so that the last word fades.
 * @param {Command} command
 */
async function sendAloud(command) {
  const ends = command.type === 'finish-turn' || command.type === 'give-floor'
  const begins = opens(command)
  if (ends) await fadeMicrophone()
  if (begins) void openMicrophone()
  const reply = await send(command)
  if (ends || (begins && !reply.ok)) void closeMicrophone()
  return reply
}

/**
 * Sends a command for a control. While it is under way, further presses of the same control do nothing.
 * A command that was aimed at something that has gone by says nothing: the page already shows why.
 * @param {string} control
 * @param {any} command
 * @param {(command: any) => Promise<{ ok: true } | { ok: false, code: string }>} [travel] how it is sent
 * @returns {Promise<boolean>} whether it was done
 */
export async function press(control, command, travel = sendAloud) {
  if (control in underWay.peek()) return false
  refusal.value = null
  mark(control, 'sent')
  const timer = setTimeout(() => mark(control, 'slow'), SLOW)
  const reply = await travel(command)
  clearTimeout(timer)
  mark(control, null)
  if (!reply.ok && reply.code !== 'stale') {
    refusal.value = { control, code: reply.code }
    say(refusedWords(reply.code))
  }
  return reply.ok
}

/** How a control's press stands: `sent`, `slow` or nothing. @param {string} control */
export const pressed = (control) => underWay.value[control]

/** The sentence for a refused press, or nothing. @param {string} control */
export const refusedSentence = (control) => (refusal.value?.control === control ? refusedWords(refusal.value.code) : '')

/** The sentence beside a control whose press was refused. @param {{ control: string }} props */
export function Refusal({ control }) {
  const sentence = refusedSentence(control)
  return sentence ? html`<p class="refused">${sentence}</p>` : null
}
