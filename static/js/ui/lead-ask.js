/** The room's links, as those who lead are told them; and the presses that ask about them. */

import { signal } from '../../vendor/preact.js'
import { ask } from '../connection.js'
import { press } from './button-press.js'

/** @typedef {import('../protocol.js').Asked} Asked */
/** @typedef {import('../protocol.js').Link} Link */

/** The live links as they were told last, and which of them was made or renewed then. Never longer than a sheet is open. */
export const known = signal(/** @type {{ links: Link[] | null, made: string }} */ ({ links: null, made: '' }))

export const forgetLinks = () => void (known.value = { links: null, made: '' })

/** @param {Asked} asked */
async function travel(asked) {
  const answer = await ask(asked)
  const before = asked.type === 'list-links' ? known.peek().made : '' // looked at again: what was new is still new
  if (answer.ok && 'links' in answer) known.value = { links: answer.links, made: answer.made || before }
  return answer
}

/** Asks for a control, as `press` does for a command. @param {string} control @param {Asked} asked */
export const askLinks = (control, asked) => press(control, asked, travel)

/**
 * The same for renewing a link that keeps its end: a link that would have expired tonight still does.
 * @param {string} control @param {import('../protocol.js').RenewLink} asked
 */
export const renewAsItWas = (control, asked) =>
  press(control, asked, async () => {
    const now = await ask({ type: 'list-links' })
    if (!now.ok || !('links' in now)) return now
    const until = now.links.find(({ id }) => id === asked.link)?.until
    return travel({ ...asked, hours: until === undefined ? 0 : Math.max(0.1, (until - Date.now() / 1000) / 3600) })
  })
