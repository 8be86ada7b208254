/** Asking the server for something from a button: busy while it is under way, one sentence when it is refused. */

import { html, useCallback, useRef, useState } from '../../vendor/preact.js'
import { say } from '../announce.js'
import { send } from '../store.js'
import { refusedWords, t } from '../words.js'

const SLOW = 3000 // ms until it is said that it takes a moment

/** @typedef {{busy: boolean, slow: boolean, refused: string}} Asking */
/** @typedef {Asking & {ask: (command: import('../store.js').Command, refused?: (code: string) => void) => Promise<boolean>}} Asker */

const CALM = { busy: false, slow: false, refused: '' }

/** One command at a time. `ask` tells whether it was done; `refused` hears why it was not. @returns {Asker} */
export function useAsk() {
  const [asking, show] = useState(/** @type {Asking} */ (CALM))
  const underWay = useRef(false)
  const ask = useCallback(
    /** @type {Asker['ask']} */ (
      async (command, refused) => {
        if (underWay.current) return false
        underWay.current = true
        show({ ...CALM, busy: true })
        const slow = setTimeout(() => show({ busy: true, slow: true, refused: '' }), SLOW)
        const reply = await send(command)
        clearTimeout(slow)
        underWay.current = false
        show({ ...CALM, refused: reply.ok ? '' : reply.code })
        if (!reply.ok) say(refusedWords(reply.code))
        if (!reply.ok) refused?.(reply.code)
        return reply.ok
      }
    ),
    [],
  )
  return { ...asking, ask }
}

/** The line beside a control: nothing, "one moment…", or why it did not work. @param {{asking: Asking, id?: string}} props */
export const Answer = ({ asking, id }) =>
  html`<p class="answer refused" id=${id}>
    ${asking.refused ? refusedWords(asking.refused) : asking.slow ? t('page-moment') : ''}
  </p>`
