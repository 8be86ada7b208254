/** A button whose first press asks and whose second does it; looking elsewhere takes it back. */

import { html, useEffect, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { t } from '../words.js'

const REST = 600 // ms; the second press is another one than the first

/** @param {{ label: string, sure: string, about: string, act: () => void, care?: boolean }} props */
export function Twice({ label, sure, about, act, care = false }) {
  const [asked, setAsked] = useState(false)
  const [rests, setRests] = useState(false)
  useEffect(() => {
    if (!rests) return undefined
    const timer = setTimeout(() => setRests(false), REST)
    return () => clearTimeout(timer)
  }, [rests])
  const press = () => {
    if (rests) return
    setAsked(!asked)
    setRests(!asked)
    if (asked) act()
    else say(sure)
  }
  return html`<button
    type="button"
    class=${`btn sm${care ? ' care' : ''}${asked ? ' sure' : ''}${rests ? ' resting' : ''}`}
    onBlur=${() => setAsked(false)}
    onClick=${press}
  >
    <span>${asked ? sure : label}<span class="vh"> ${about}</span></span>
  </button>`
}

/** Puts back what a form began with. @param {{ act: () => void }} props */
export const Discard = ({ act }) =>
  html`<${Twice} label=${t('edit-room-discard')} sure=${t('edit-room-discard-sure')} about="" act=${act} />`
