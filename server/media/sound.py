"""Sound as the rest of the server knows it: there from the beginning, also where there is none.

Nothing here imports the media libraries; they are loaded beside a server that runs already. What meetings say until
then is kept, and said again when sound is on.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from protocol.errors import Code, Rejected
from rooms.audio import audible, listeners
from rooms.state import RoomState
from server.guard import trace

if TYPE_CHECKING:
    from server.media.rooms import Media

log = logging.getLogger("lingkar.media")

State = Literal["starting", "on", "off"]


class Fan(NamedTuple):
    """Whose voice goes to whom."""

    audible: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()

    def both(self, other: "Fan") -> "Fan":
        return Fan(self.audible & other.audible, self.listeners & other.listeners)


class Ears(Protocol):
    """A meeting, as sound knows it."""

    def sound_reaches(self, seats: frozenset[str]) -> None: ...

    def level(self, seat: str, step: int) -> None: ...


class Sound:
    def __init__(self, addresses: Sequence[str] = (), number: int = 0, *, wanted: bool = True) -> None:
        """`addresses` are those that browsers are told (all of this machine's when empty), `number` the UDP port."""
        self.state: State = "starting" if wanted else "off"
        self.number = number  # that was really bound, when sound is on
        self.why = ""  # there is no sound although it is wanted: a plain sentence
        self._addresses = addresses
        self._media: Media | None = None
        self._fans: dict[str, Fan] = {}
        self._ears: dict[str, Ears] = {}

    async def start(self, *, quiet: bool = False) -> None:
        """Load, bind, try out. Says in one plain line why there is no sound, unless `quiet`; never raises."""
        if self.state == "off":
            return
        self.why = await self._begin()
        if self.why:
            if not quiet:
                log.warning("there is no sound: %s", self.why)
            self.state = "off"
            return
        assert self._media is not None
        for meeting, fan in self._fans.items():
            self._media.obey(meeting, *fan)
        self.state = "on"

    async def _begin(self) -> str:
        try:
            await asyncio.to_thread(importlib.import_module, "server.media.selftest")
            from server.media.port import open_port
            from server.media.rooms import Media
            from server.media.selftest import wrong_with

            port = open_port(self.number, self._addresses)
        except ImportError:
            return "the media libraries are not installed, or not the ones that this version needs"
        except OSError as no:
            return f"the media port could not be bound: {no.strerror or 'no such address'}"
        except Exception as bug:
            log.error("a bug, in starting sound: %s", trace(bug))
            return "it could not be started"
        media = self._media = Media(port, self)
        self.number = port.number
        why = await wrong_with(media, port)
        if why:
            self._media = None
            await media.close()
        return why

    async def close(self) -> None:
        self.state = "off"
        media, self._media = self._media, None
        if media is not None:
            await media.close()

    def knock(self) -> dict[str, str] | None:
        """What somebody on this machine needs to try the port out (see server/media/knock.py); None without sound."""
        if self._media is None or self.state != "on":
            return None
        from server.media.knock import admit

        return admit(self._media)

    @property
    def peers(self) -> int:
        return self._media.peers if self._media is not None else 0

    def hosts(self, meeting: str) -> dict[str, list[str]]:
        """The addresses that sound of this meeting comes from and goes to, by seat."""
        return self._media.hosts(meeting) if self._media is not None else {}

    def fan(self, meeting: str) -> Fan:
        """Who is heard by whom there, as far as it was told."""
        return self._fans.get(meeting, Fan())

    def answer(self, meeting: str, seat: str, offer: str) -> str:
        """SDP for the offer of somebody in this meeting; `Rejected` in every other case."""
        if self._media is None or self.state != "on":
            raise Rejected(Code.NO_AUDIO)
        try:
            return self._media.answer(meeting, seat, offer)
        except Rejected:
            raise
        except Exception as bug:
            log.error("a bug, in answering an offer: %s", trace(bug))
            raise Rejected(Code.INTERNAL) from None

    def obey(self, meeting: str, fan: Fan) -> None:
        """This is so from now on."""
        if fan.listeners:
            self._fans[meeting] = fan
        else:
            self._fans.pop(meeting, None)
        if self._media is not None:
            self._media.obey(meeting, *fan)

    def attend(self, meeting: str, ears: Ears | None) -> None:
        """Who is told what happens there; None when the meeting has ended."""
        if ears is None:
            self._ears.pop(meeting, None)
        else:
            self._ears[meeting] = ears

    def connected(self, meeting: str, seats: frozenset[str]) -> None:
        ears = self._ears.get(meeting)
        if ears is not None:
            ears.sound_reaches(seats)

    def level(self, meeting: str, seat: str, step: int) -> None:
        ears = self._ears.get(meeting)
        if ears is not None:
            ears.level(seat, step)

    def gone(self, meeting: str, seat: str) -> None:
        """The seat's connection is another one now: whoever had sound over the former has it no longer."""
        if self._media is not None:
            self._media.gone(meeting, seat)


class Hearing:
    """One meeting's side: what is no longer so ends at once, what is newly so begins when it is durable."""

    def __init__(self, meeting: str, sound: Sound | None, ears: Ears) -> None:
        self._meeting, self._sound = meeting, sound
        if sound is not None:
            sound.attend(meeting, ears)
        self._now = self._promised = self._open = Fan()
        self._seen: tuple[object, object, object] | None = None  # what `_now` was made of

    def close(self, state: RoomState) -> None:
        """Told of every new state."""
        seen = (state.kept.turns, state.kept.circle, state.live.presence)
        if self._seen is None or any(new is not old for new, old in zip(seen, self._seen, strict=True)):
            self._seen = seen
            self._now = Fan() if state.kept.closed else Fan(audible(state), listeners(state))
            self._promised = self._promised.both(self._now)  # what ended has to be promised anew
            self._make(self._open.both(self._now))

    def to_open(self) -> Callable[[], None] | None:
        """What may only happen when the state that was last told is durable."""
        if self._now == self._promised:
            return None
        self._promised = self._now
        return partial(self._opened, self._now)

    def start_over(self, state: RoomState) -> None:
        """What waited will not happen: this state is durable."""
        self.close(state)
        self._promised = self._now
        self._make(self._now)

    def gone(self, seat: str) -> None:
        if self._sound is not None:
            self._sound.gone(self._meeting, seat)

    def over(self) -> None:
        """Nothing of this meeting is told or wanted any more."""
        self._now = self._promised = Fan()
        self._make(Fan())
        if self._sound is not None:
            self._sound.attend(self._meeting, None)

    def _opened(self, fan: Fan) -> None:
        self._make(fan.both(self._now))

    def _make(self, fan: Fan) -> None:
        if fan != self._open:
            self._open = fan
            if self._sound is not None:
                self._sound.obey(self._meeting, fan)
