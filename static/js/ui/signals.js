/** Silent signals to whoever has the floor: they unfold over the queue, which does not move for them. */

import { html, signal, useEffect, useState } from '../../vendor/preact.js'
import { nameOf } from '../meaning.js'
import { t } from '../words.js'
import { Ask } from './button.js'
import { Refusal } from './button-press.js'
import { draw, Icon } from './icons.js'
import { called } from './room-words.js'

/** @typedef {import('../protocol.js').SilentSignal} SilentSignal */

draw({
  louder: 'M4 9.5v5h3.5L12.5 19V5L7.5 9.5H4ZM18 9v6M15 12h6',
  signal:
    'M12 19.5C7 16.2 4 13.4 4 9.9A4 4 0 0 1 8 6c1.7 0 3.2 1 4 2.5C12.8 7 14.3 6 16 6a4 4 0 0 1 4 3.9c0 3.5-3 6.3-8 9.6Z',
  slower: 'M3.5 17h17M5.5 17a6 6 0 0 1 12 0M17.5 14.5l1-3a1.8 1.8 0 0 1 3 .5',
  wave: 'M3.5 9c2-2 4-2 6 0s4 2 6 0 3.5-2 5 0M3.5 15c2-2 4-2 6 0s4 2 6 0 3.5-2 5 0',
})

/** @type {[SilentSignal, string][]} */
const ALL = [
  ['with-you', 'signal'],
  ['louder', 'louder'],
  ['slower', 'slower'],
  ['unclear', 'wave'],
]
const SHOWN = 20_000 // ms that a signal is seen by whoever speaks

const unfolded = signal(false)

export const SignalsTool = () =>
  html`<button
    type="button"
    class=${`tool${unfolded.value ? ' on' : ''}`}
    aria-expanded=${String(unfolded.value)}
    aria-controls="signals"
    onClick=${() => void (unfolded.value = !unfolded.value)}
  >
    <${Icon} name="signal" /><span>${t('tool-signals')}</span>
  </button>`

/** For one turn: it folds with the turn. @param {{ view: import('../meaning.js').CircleView, floor: import('../meaning.js').Floor }} props */
export function Signals({ view, floor }) {
  const [chosen, setChosen] = useState(/** @type {SilentSignal | ''} */ (''))
  const fold = () => void (unfolded.value = false)
  useEffect(() => fold, [])
  useEffect(() => {
    const timer = setTimeout(() => setChosen(''), SHOWN)
    return () => clearTimeout(timer)
  }, [chosen])
  if (!unfolded.value || !floor.turn) return null
  const name = called(nameOf(view, floor.turn.seat))
  return html`<div class="signals" id="signals" role="group" aria-labelledby="signals-for">
    <p class="stat">
      <span id="signals-for">${t('signals-for', { name })}</span>
      <button type="button" class="linkish" onClick=${fold}>${t('room-close')}</button>
    </p>
    <div class="tools">
      ${ALL.map(
        ([each, icon]) =>
          html`<${Ask}
            key=${each}
            control="signal"
            command=${{ type: 'send-signal', signal: each }}
            label=${t(`signal-${each}`)}
            icon=${icon}
            className="tool"
            chosen=${chosen === each}
            done=${() => setChosen(each)}
          />`,
      )}
    </div>
    <${Refusal} control="signal" />
  </div>`
}
