"""All of them together in one room, from the first arrival until everybody has left."""

import asyncio
from collections.abc import Sequence

import aiohttp

from server.demo import acts, hosting
from server.demo.line import TurnedAway
from server.demo.people import gathering, leader
from server.demo.person import Person, Place
from server.media.private import new_certificate


class Meeting:
    """The links of a room. Without the facilitator's nobody leads but those who come by themselves."""

    def __init__(
        self, participant: str, facilitator: str = "", *, people: int, pace: float = 1.0, seed: int = 1,
        silent: bool = False,
    ) -> None:  # fmt: skip
        self._links = participant, facilitator
        self._people, self._pace, self._seed, self._silent = people, pace, seed, silent

    async def run(self, stop: asyncio.Event, seconds: float = 0.0) -> str:
        """Until it is stopped, the time is over (0: no end), or nobody is there any more; then a sentence for that.

        Raises `TurnedAway` when the link opens nothing.
        """
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            everybody = self._gather(session)
            lives = [asyncio.create_task(person.live()) for person in everybody]
            try:
                return await _until(stop, seconds, lives)
            finally:
                await _go(everybody, lives)

    def _gather(self, session: aiohttp.ClientSession) -> Sequence[Person]:
        """Whoever leads comes first, and so leaves last."""
        certificate = None if self._silent else new_certificate()
        link, leading = self._links
        place = Place(session, link, self._pace, self._seed, certificate)
        people = [Person(place, who, acts.wishes) for who in gathering(self._people, self._seed)]
        if leading:
            people.insert(0, Person(place._replace(link=leading), leader(self._seed), hosting.wishes))
        return people


async def _until(stop: asyncio.Event, seconds: float, lives: Sequence[asyncio.Task[None]]) -> str:
    """Why it is over. Somebody who is turned away while others are in is only one less; a bug ends it."""
    ends = asyncio.create_task(stop.wait())
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds if seconds else None
    waits = set(lives)
    try:
        while waits and not stop.is_set():
            left = None if deadline is None else deadline - loop.time()
            if left is not None and left <= 0:
                break
            await asyncio.wait({ends, *waits}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            for life in [life for life in waits if life.done()]:
                waits.remove(life)
                if not isinstance(life.exception(), TurnedAway | None):
                    life.result()
    finally:
        ends.cancel()
    if not waits:
        if all(life.exception() for life in lives):
            lives[0].result()
        return "Nobody is in the room any more."
    return ""


async def _go(everybody: Sequence[Person], lives: Sequence[asyncio.Task[None]]) -> None:
    """Everybody leaves, whoever leads last."""
    await asyncio.gather(*(person.leave() for person in everybody[1:]))
    await asyncio.gather(*(person.leave() for person in everybody[:1]))
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
