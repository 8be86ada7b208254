"""One simulated person: comes, does what they wish and may, loses the connection, comes back, leaves."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import aiohttp

from server.demo import line as lines
from server.demo.acts import DROP, Wish
from server.demo.line import Gone, Line, TurnedAway
from server.demo.microphone import Silent, speak
from server.demo.mind import Mind
from server.demo.people import Chance, Temper, chance
from server.demo.voice import Packet, speech
from server.media.private import Certificate

HEARD = ("speaking", "grace")
AWAY = 60.0  # seconds, at human pace, until somebody who left comes again
AGAIN = 2.0  # seconds until a lost connection is tried again
LATER = frozenset({"not-now", "too-fast"})  # another try may be answered otherwise
GOODBYE = 3.0  # seconds that leaving may take

Wishes = Callable[[Mapping[str, Any], Mapping[str, Any], Temper, Chance], list[Wish]]


class Place(NamedTuple):
    """Where they go, and how. `link` is `<origin>/r/<room>#<secret>`; without a certificate they make no sound."""

    session: aiohttp.ClientSession
    link: str
    pace: float
    seed: int
    certificate: Certificate | None

    @property
    def origin(self) -> str:
        return self.link.partition("/r/")[0]

    @property
    def room(self) -> str:
        return self.link.partition("/r/")[2].partition("#")[0]

    @property
    def secret(self) -> str:
        return self.link.partition("#")[2]


class Person:
    """`bye` is why they are gone; empty while they are not."""

    def __init__(self, place: Place, who: Temper, wishes: Wishes) -> None:
        self._place, self._who, self._wishes = place, who, wishes
        self._chance = chance(place.seed, who.name)
        self._mind, self._seat = Mind(place.pace), ""
        self._line: Line | None = None
        self._resume = ""
        self._sounding: tuple[str, asyncio.Task[None]] | None = None
        self._voice: Iterator[Packet] | None = None
        self._leaving = False
        self.bye = ""

    async def live(self) -> None:
        """Until they are sent away, or cancelled. Raises `TurnedAway` when they never got as far as the door."""
        await asyncio.sleep(self._who.arrives / self._place.pace)
        while self.bye in ("", "left", "yours") and not self._leaving:
            if self.bye == "left":
                self._resume = ""
                await asyncio.sleep(AWAY / self._place.pace)
            self.bye = ""
            away = AGAIN
            try:
                self._line = await lines.connect(self._place.session, self._place.origin, self._auth())
                away = await self._here(self._line)
            except TurnedAway as no:
                if str(no) not in LATER:
                    if not self._resume:
                        raise
                    self._resume = ""  # the seat is no more: by the link, then
            except (Gone, OSError):
                pass
            finally:
                await self._hang_up()
            if not self.bye:
                await asyncio.sleep(away)

    def _auth(self) -> Mapping[str, Any]:
        key = {"resume": self._resume} if self._resume else {"secret": self._place.secret}
        return {"v": 1, "room": self._place.room, "name": self._who.name, **key}

    async def _here(self, line: Line) -> float:
        """While the connection lasts; the seconds until it is tried again. A new seat begins anew."""
        if line.you["seat"] != self._seat:
            self._mind, self._seat = Mind(self._place.pace), str(line.you["seat"])
        while not line.over and not line.bye:
            self._resume = line.resume or self._resume  # it is told when it is new
            line.changed.clear()
            self._sound(line)
            wish, wait = self._mind.due(self._wishes(line.view, line.you, self._who, self._chance), line.now)
            if wish is None:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(line.changed.wait(), wait)
            elif wish.command["type"] == DROP:
                self._mind.did(wish, True, line.now)
                return float(wish.command["seconds"]) / self._place.pace
            else:
                self._mind.did(wish, await line.command(wish.command), line.now)
        self.bye, self._resume = line.bye, line.resume or self._resume
        return AGAIN

    def _sound(self, line: Line) -> None:
        """A microphone for each turn, from the offer to its end."""
        turn = str(line.you.get("turn", ""))
        if self._sounding is not None and self._sounding[0] != turn:
            self._sounding[1].cancel()
            self._sounding = None
        if turn and self._sounding is None and self._place.certificate is not None:
            self._sounding = turn, asyncio.create_task(self._speak(line, turn, self._place.certificate))

    async def _speak(self, line: Line, turn: str, certificate: Certificate) -> None:
        if self._voice is None:
            self._voice = speech(self._who.pitch, f"{self._place.seed} {self._who.name}")

        def heard() -> bool:
            return line.view.get("turns", {}).get(turn, {}).get("state") in HEARD and "hold" not in line.view

        with contextlib.suppress(Silent, Gone):
            await speak(line.sound, certificate, self._voice, heard)

    async def _hang_up(self) -> None:
        if self._sounding is not None:
            self._sounding[1].cancel()
            await asyncio.wait([self._sounding[1]])
            self._sounding = None
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def leave(self) -> None:
        """Properly, while `live` still runs; whoever is cut off just now comes back for it."""
        self._leaving = True
        with contextlib.suppress(Gone, TurnedAway, OSError, TimeoutError):
            async with asyncio.timeout(GOODBYE):
                if self._line is not None:
                    await self._line.command({"type": "leave"})
                elif self._resume:
                    line = await lines.connect(self._place.session, self._place.origin, self._auth())
                    await line.command({"type": "leave"})
                    await line.close()
