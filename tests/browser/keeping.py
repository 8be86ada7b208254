"""What a page takes in for the time without a network, when all is quiet; and what is left of it."""

import asyncio
from typing import Any

from playwright.async_api import Page

from tests.browser.visitor import PATIENCE, Visitor

# The very module that the page fetches after a while; and its worker is there and has the page under it.
TAKES_IN = """async () => {
  await import(document.querySelector('script[type=module]').src.replace(/\\/js\\/.*/, '/js/offline.js'))
  await navigator.serviceWorker.ready
}"""
UNDER_IT = "() => navigator.serviceWorker.controller?.state === 'activated'"

KEPT = """async () => {
  const names = await caches.keys()
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().map(({ url }) => url.slice(location.origin.length))
}"""

# Until nothing is: storage, caches and worker.
NOTHING_LEFT = """async () => {
  const workers = await navigator.serviceWorker.getRegistrations()
  return sessionStorage.length + localStorage.length + (await caches.keys()).length + workers.length === 0
}"""


async def takes_in(person: Visitor) -> None:
    """As after twenty seconds."""
    await person.page.evaluate(TAKES_IN)
    await until(person.page, UNDER_IT)


async def until(page: Page, script: str, arg: Any = None) -> None:
    """Until the function, which may have to wait for its answer, says yes."""
    async with asyncio.timeout(PATIENCE / 1000):
        while not await page.evaluate(script, arg):
            await asyncio.sleep(0.05)


async def kept(person: Visitor) -> list[str]:
    """Paths of everything that is in a cache of ours."""
    paths: list[str] = await person.page.evaluate(KEPT)
    return paths
