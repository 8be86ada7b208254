/** What is read from the signals of sound: for the large button, and how loud it is. */

import { html } from '../../vendor/preact.js'
import { sound } from '../media/state.js'

/** @typedef {import('../meaning.js').Sounding} Sounding */

/** @returns {Sounding} */
export function soundingNow() {
  const off = sound.server.value === 'off'
  return { voice: !off && sound.way.value === 'voice', off, link: sound.link.value, mic: sound.mic.value }
}

/** How loud the own microphone is, in five calm steps, 0 to 4. */
export const loudnessStep = () => Math.min(4, Math.ceil(sound.loudness.value * 5 - 0.25))

/** Four bars that move with the own voice; decoration beside the words. */
export const Bars = () =>
  html`<span class="bars" data-step=${loudnessStep()} aria-hidden="true"><i></i><i></i><i></i><i></i></span>`

/** The ring around whoever speaks: how loud, as the server hears it. @param {{ seat: string, leads: boolean }} props */
export function VoiceRing({ seat, leads }) {
  return html`<span
    class=${`voice${leads ? ' leads' : ''}`}
    data-step=${sound.levels.value[seat] ?? 0}
    aria-hidden="true"
  ></span>`
}
