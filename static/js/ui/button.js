/** Buttons that ask the server for something: the large one, small ones, and those that want two presses. */

import { html, useEffect, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { reconnectNow } from '../connection.js'
import { openMicrophone } from '../media/index.js'
import { t } from '../words.js'
import { press, pressed } from './button-press.js'
import { Icon } from './icons.js'
import { justMoved } from './room-focus.js'
import { tell } from './room-words.js'

/** @typedef {import('../meaning.js').Meaning} Meaning */
/** @typedef {import('../protocol.js').Command} Command */

/** The name of the large button among the controls that can be pressed. */
export const LARGE = 'large'
const REST = 600 // ms; after its meaning changed, a tap does nothing

/**
 * Rests for a moment whenever `key` changes, so that a tap that was meant for what stood there before does nothing.
 * @param {string} key
 * @param {boolean} [fresh] something else stood in its place a moment ago
 * @returns {() => boolean} whether it rests now
 */
function useRest(key, fresh = false) {
  const last = useRef(fresh ? '' : key)
  const until = useRef(0)
  const [, wake] = useState(0)
  if (last.current !== key) {
    last.current = key
    until.current = performance.now() + REST
  }
  useEffect(() => {
    const left = until.current - performance.now()
    if (left <= 0) return undefined
    const timer = setTimeout(() => wake((count) => count + 1), left + 1)
    return () => clearTimeout(timer)
  }, [key])
  return () => performance.now() < until.current
}

/**
 * What a tap means is what was shown when the finger, or the key, went down.
 * @template T
 * @param {T} shown what a tap would do now
 * @param {() => boolean} resting
 * @param {(aim: T) => void} act
 */
function useAim(shown, resting, act) {
  /** @type {import('../../vendor/preact.js').RefObject<{ aim: T, rests: boolean } | null>} */
  const held = useRef(null)
  const hold = (rests = resting()) => void (held.current = { aim: shown, rests })
  const drop = () => void (held.current = null)
  return {
    onPointerDown: () => hold(),
    onPointerLeave: (/** @type {PointerEvent} */ event) => event.pointerType === 'mouse' && drop(), // a finger leaves before its click comes
    onPointerCancel: drop,
    onKeyDown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      if (event.repeat) event.preventDefault()
      else hold(resting() || justMoved(REST)) // focus that has just come here by itself was not aimed
    },
    onClick: () => {
      const { aim, rests } = held.current ?? { aim: shown, rests: resting() }
      drop()
      if (!rests) act(aim)
    },
  }
}

/** @param {Meaning} aim */
function act(aim) {
  if (aim.does === 'reconnect') reconnectNow()
  else if (aim.does === 'microphone') void openMicrophone()
  else if (aim.command) void press(LARGE, aim.command)
}

/**
 * The one large button: always the same element in the same place; label, line and tone change.
 * @param {{ means: Meaning }} props
 */
export function LargeButton({ means }) {
  const resting = useRest(means.key)
  const aiming = useAim(means, resting, act)
  const state = pressed(LARGE)
  const idle = !means.command && !means.does
  const sub = state === 'slow' ? t('page-moment') : means.sub && tell(means.sub)
  const calm = idle || resting() || state !== undefined
  return html`<button
    type="button"
    id="large"
    class=${`big ${means.tone}${idle ? ' idle' : ''}${resting() ? ' resting' : ''}${state ? ' busy' : ''}`}
    aria-disabled=${calm ? 'true' : 'false'}
    aria-pressed=${means.chosen === undefined ? undefined : String(means.chosen)}
    data-means=${means.key}
    ...${aiming}
  >
    <${Icon} name=${means.icon} size="l" />
    <span><b>${tell(means.label)}</b>${sub ? html`<span class="comma">,</span><small>${sub}</small>` : null}</span>
  </button>`
}

/** @typedef {{ control: string, command: Command | import('../protocol.js').Asked, about?: string, icon?: string, className?: string, done?: () => void, by?: (control: string, command: any) => Promise<boolean>, rest?: string, fresh?: boolean, chosen?: boolean }} Asking */

/**
 * A button with one command. `control` is its name among all controls; `by` sends it; it rests when `rest` changes, and, with
 * `fresh`, when it comes; `chosen` is for one of several answers.
 * @param {Asking & { label: string }} props
 */
export function Ask({
  control,
  command,
  label,
  about = '',
  icon,
  className = 'btn',
  done,
  by = press,
  rest = command.type,
  fresh,
  chosen,
}) {
  const resting = useRest(rest, fresh)
  const aiming = useAim(command, resting, (aim) => void by(control, aim).then((ok) => ok && done?.()))
  const state = pressed(control)
  return html`<button
    type="button"
    class=${`${className}${resting() ? ' resting' : ''}${state ? ' busy' : ''}`}
    aria-disabled=${state || resting() ? 'true' : undefined}
    aria-pressed=${chosen === undefined ? undefined : String(chosen)}
    ...${aiming}
  >
    ${icon && html`<${Icon} name=${icon} />`}
    <span>${state === 'slow' ? t('page-moment') : label}${about && html`<span class="vh"> ${about}</span>`}</span>
  </button>`
}

/**
 * A button for what cannot be taken back: the first press asks, the second does it. Looking elsewhere takes it back.
 * @param {Asking & { label: string, sure: string }} props
 */
export function AskTwice({ control, command, label, sure, about = '', icon, className = 'btn', done, by = press }) {
  const [asked, setAsked] = useState(false)
  const resting = useRest(asked ? 'sure' : 'ask')
  const aiming = useAim({ asked, command }, resting, (aim) => {
    setAsked(!aim.asked)
    if (!aim.asked) say(sure) // a name that changes under the focus is not read by itself
    if (aim.asked) void by(control, aim.command).then((ok) => ok && done?.())
  })
  const state = pressed(control)
  return html`<button
    type="button"
    class=${`${className}${asked ? ' sure' : ''}${resting() ? ' resting' : ''}${state ? ' busy' : ''}`}
    aria-disabled=${state || resting() ? 'true' : undefined}
    onBlur=${() => setAsked(false)}
    ...${aiming}
  >
    ${icon && html`<${Icon} name=${icon} />`}
    <span>${asked ? sure : label}${about && html`<span class="vh"> ${about}</span>`}</span>
  </button>`
}
