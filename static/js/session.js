// What this tab remembers: one entry in sessionStorage (room, secret, name, resume token; how one is here with sound, and
// with which devices), and nothing else anywhere. It is gone when the person leaves, the meeting closes, or by quick exit.

/**
 * `move`: the one-time code by which a seat comes from another device. `removed`: the server said so; the token is kept
 * in case it is undone. `early`: the doors were not open yet, and this tab waits for them.
 * @typedef {{room: string, secret?: string, move?: string, name?: string, resume?: string, removed?: boolean, early?: boolean, reloaded?: boolean} & Sound} Session
 */
/** @typedef {{way?: import('./media/state.js').Way, microphone?: string, speaker?: string}} Sound */

const ENTRY = 'lingkar'

/** @type {Session} */
let session = { room: '' }

/** @returns {Session | null} */
function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(ENTRY) ?? 'null')
  } catch {
    return null // storage forbidden, or not ours: start anew
  }
}

/** What this tab knows about its seat. */
export const current = () => session

/**
 * Reads the address once, when the page opens: `/r/<room>#<secret>`, or `#~<code>` of a seat that comes from another
 * device. A fragment that names another link than the one remembered starts anew; without a fragment (a reload after it was taken away) the remembered one counts.
 *
 * @param {{pathname: string, hash: string}} address
 */
export function arrive(address) {
  const place = decodeURIComponent(address.pathname.split('/')[2] ?? '')
  const secret = address.hash.slice(1).split('.')[0] // what follows a dot is a key, never sent
  const before = stored()
  if (secret.startsWith('~')) {
    hideLink() // it opens this seat, once: nobody should see it, or find it in the history
    remember({ room: place, move: secret.slice(1) }) // also for a reload before it was used
    return session
  }
  const same = before?.room === place && (!secret || before?.secret === secret)
  session = same && before ? before : { room: place }
  if (secret) session.secret = secret
  return session
}

/** @param {Partial<Session>} change */
export function remember(change) {
  session = { ...session, ...change }
  try {
    sessionStorage.setItem(ENTRY, JSON.stringify(session))
  } catch {
    // storage forbidden: it lasts as long as this page
  }
}

/** Forgets everything and takes the link out of the address bar and its history entry. */
export function forget() {
  session = { room: session.room }
  try {
    sessionStorage.removeItem(ENTRY)
  } catch {
    // there was nothing to forget
  }
  hideLink()
}

/**
 * Takes the secret out of the address bar; a reload then uses the remembered one.
 *
 * A participant's link stays in the bar while they are here: it leads to the lobby only, and people do need it there:
 * a link opened inside a chat app is moved to a real browser by its address, a lost page is opened again from it, a
 * friend is shown it. A facilitator's or host's link opens the door by itself, so it must not be readable on a shared
 * screen: it goes as soon as its holder is in.
 */
export function hideLink() {
  if (location.hash) history.replaceState(null, '', location.pathname)
}
