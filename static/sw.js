// The worker that keeps help within reach when there is no network. It does three things and nothing else:
//
// - It keeps `KEPT`: the page that is shown without a network, with all it needs, and the operator's places for help.
// - When a page cannot be opened because there is no network, that page is shown in its place. Whatever the server
//   answers, an error too, is passed on as it is. No page is ever kept: rooms, the API and sockets are not touched.
// - It forgets. Quick exit says so, and everything above is gone: even that Lingkar was ever open here is nobody's matter.
//
// The server fills in the two values below; another build is another text, so browsers notice it by themselves. The new
// worker takes over at once. Pages that are open do not mind: what they need for help, they have taken before.
//
// It is registered late (js/offline.js): whoever comes in for the first time has the line for themselves.

const BUILD = '{{build}}'
const KEPT = ['{{kept}}']
const CACHE = `lingkar-${BUILD}`
const PAGE = '/offline'
const SIGNPOSTS = '/signposts.json'

let forgotten = false

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(keep())
})

async function keep() {
  const cache = await caches.open(CACHE)
  await cache.addAll(KEPT) // the browser's own cache has most of it already
}

self.addEventListener('activate', (event) => {
  event.waitUntil(begin())
})

async function begin() {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // Somebody left by quick exit while this was being fetched: then nothing stays.
  if (!open.some(({ url }) => url.startsWith(`${self.location.origin}/`))) return forget()
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
  await self.clients.claim()
}

self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(forget())
})

async function forget() {
  forgotten = true
  const unregistered = self.registration.unregister()
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)))
  await unregistered
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (forgotten || request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(PAGE)))
  else if (pathname === SIGNPOSTS) event.respondWith(newest(request))
  else if (KEPT.includes(pathname)) event.respondWith(kept(pathname).then((found) => found ?? fetch(request)))
})

/** @param {string} path @returns {Promise<Response | undefined>} */
async function kept(path) {
  return (await caches.open(CACHE)).match(path)
}

/** From the server; what it said last, when it cannot be reached. @param {Request} request */
async function newest(request) {
  try {
    const found = await fetch(request)
    if (found.ok && !forgotten) await (await caches.open(CACHE)).put(SIGNPOSTS, found.clone())
    return found
  } catch (error) {
    const before = forgotten ? undefined : await kept(SIGNPOSTS)
    if (before) return before
    throw error
  }
}
