/** Sheets: what unfolds over the room, one at a time. A dialog: focus stays inside, Escape closes it, focus comes back. */

import { html, signal, useLayoutEffect, useRef } from '../../vendor/preact.js'
import { t } from '../words.js'
import { Icon } from './icons.js'

/** @typedef {keyof typeof import('./sheets.js').SHEETS} SheetName */

/** Which sheet is open, and about whom: a seat, or a hand. @type {import('../../vendor/preact.js').Signal<{ name: SheetName, about: string } | null>} */
export const sheet = signal(null)

/** @param {SheetName} name @param {string} [about] */
export const open = (name, about = '') => void (sheet.value = { name, about })

export const close = () => void (sheet.value = null)

/** @param {{ title: string, children: unknown }} props */
export function Sheet({ title, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
  const mine = useRef(/** @type {object | null} */ (sheet.peek()))
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    element?.querySelector('h2')?.focus()
    return () => {
      mine.current = {} // closing is told late: by then another sheet may be open
      element?.close() // focus goes back to where it came from
    }
  }, [])
  const closed = () => sheet.peek() === mine.current && close()
  /** A tap beside the sheet closes it. @param {MouseEvent} event */
  const beside = (event) => event.target === dialog.current && close()
  return html`<dialog ref=${dialog} class="sheet" aria-labelledby="sheet-title" onClose=${closed} onClick=${beside}>
    <div class="inside">
      <div class="top">
        <h2 id="sheet-title" class="serif" tabindex="-1">${title}</h2>
        <button type="button" class="btn plain icon" onClick=${close}>
          <${Icon} name="close" /><span class="vh">${t('room-close')}</span>
        </button>
      </div>
      ${children}
    </div>
  </dialog>`
}
