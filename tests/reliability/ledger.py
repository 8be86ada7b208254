"""What was acknowledged, and what was only asked for: to be compared with what is there after the server has died."""

from collections import Counter
from collections.abc import Awaitable, Hashable, Mapping
from typing import Any

import aiohttp

from tests.server.person import Gone, Person

DEAD = (Gone, OSError, aiohttp.ClientError, aiohttp.WSMessageTypeError)  # how it looks when the server is killed


class Ledger:
    """Facts by key. One that was asked for and not answered may have become so or not; every other one is as it was
    answered last. Only one person at a time asks about a key, but for those that all want the same."""

    def __init__(self) -> None:
        self.sure: dict[Hashable, object] = {}
        self.open: dict[Hashable, list[object]] = {}
        self.kinds: Counter[str] = Counter()  # how many acts of each kind were acknowledged

    async def ask(self, kind: str, key: Hashable, value: object, answer: Awaitable[bool]) -> bool:
        """Wait for the answer. False: it was refused. When the server dies meanwhile, the fact stays open."""
        self.open.setdefault(key, []).append(value)
        done = await answer
        self.open[key].remove(value)
        if done:
            self.sure[key] = value
            self.kinds[kind] += 1
        return done

    async def do(self, person: Person, type: str, key: Hashable, value: object, **fields: Any) -> bool:
        """A command."""
        return await self.ask(type, key, value, asked(person, type, fields))

    def settle(self, found: Mapping[Hashable, object]) -> list[str]:
        """After a restart: what should be otherwise. From now on things are as they were found."""
        wrong = [
            f"{key}: {value}, but {self.sure.get(key)} was acknowledged, {self.open.get(key, [])} was asked for"
            for key, value in found.items()
            if key in self.sure.keys() | self.open.keys()
            if value != self.sure.get(key) and value not in self.open.get(key, [])
        ]
        self.sure |= found
        self.open = {}
        return wrong

    def unsettled(self, key: Hashable) -> bool:
        """Whether it was asked for and not answered."""
        return bool(self.open.get(key))


async def asked(person: Person, type: str, fields: dict[str, Any]) -> bool:
    return bool((await person.ask(type, **fields))["ok"])
