/**
 * What is taken in when all is quiet, for the time without a network: help, and the worker that keeps it (`/sw.js`).
 * Fetching this module is asking for it.
 *
 * It is fetched 20 s after the page: whoever comes in for the first time has a thin line for themselves, and what they
 * need first is no byte larger. On an address that is not secure there is no worker; help is taken in all the same.
 */

import { uponExit } from './exit.js'
import { fetchSignposts } from './ui/help.js'
import { loadWords } from './words.js'

/** @typedef {{ createPolicy: (name: string, rules: object) => { createScriptURL: (address: string) => string } }} Factory */

const WORKER = '/sw.js'

/** The one address that this page ever runs a script from by name; the server's policy allows no other such rule. */
function address() {
  const { trustedTypes } = /** @type {{ trustedTypes?: Factory }} */ (/** @type {unknown} */ (globalThis))
  return trustedTypes?.createPolicy('worker', { createScriptURL: () => WORKER }).createScriptURL(WORKER) ?? WORKER
}

async function keep() {
  const found = await navigator.serviceWorker.register(address(), { scope: '/' })
  // The page may not be under it: reloaded past it, or opened before it was there.
  uponExit(() => (found.active ?? found.waiting ?? found.installing)?.postMessage('forget'))
}

if ('serviceWorker' in navigator) keep().catch(() => undefined) // a browser that keeps nothing: private windows, settings
loadWords('help').catch(() => undefined)
fetch(new URL('../css/help.css', import.meta.url)).catch(() => undefined)
void fetchSignposts()
