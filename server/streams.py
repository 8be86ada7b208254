"""What the people in one meeting are sent: a stream per sight, a private part per person.

`show` compares the state with what was shown last and says who gets what. A change is encoded once per sight.
"""

from collections.abc import Mapping, Sequence, Set

import msgspec

from protocol.errors import Bye
from protocol.patch import diff
from protocol.replies import Goodbye, Patch
from protocol.views import You
from rooms.privates import Privates
from rooms.state import RoomState, Seat
from rooms.view import Seen, Sight, see, sight_of
from server.frames import Frame, encode
from server.line import Line
from server.outbox import Deliver, Effect, Farewell

_encoder = msgspec.msgpack.Encoder()


class _Stream:
    """Everybody with the same sight."""

    def __init__(self) -> None:
        self.seq = 0
        self.lines: dict[str, Line] = {}
        self.encoded: msgspec.Raw | None = None  # the whole view at `seq`, made when somebody needs it


class Streams:
    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}  # by seat: at most one live connection each
        self._streams = {sight: _Stream() for sight in Sight}
        self._sights: dict[str, Sight] = {}
        self._placed: Mapping[str, Seat] | None = None  # everyone who is connected is in the stream that these ask for
        self._seen: Seen | None = None
        self._privates: Privates | None = None
        self._you: dict[str, You] = {}
        self._tokens: dict[str, str] = {}  # resume tokens that go out with the first snapshot ...
        self._told: set[str] = set()  # ... and have

    def connect(self, seat: str, line: Line, token: str | None = None) -> Line | None:
        """A seat's connection; returns the one that it had before."""
        before = self.disconnect(seat)
        self.lines[seat] = line
        self._placed = None
        if token is not None:
            self._tokens[seat] = token
        return before

    def disconnect(self, seat: str) -> Line | None:
        sight = self._sights.pop(seat, None)
        if sight is not None:
            del self._streams[sight].lines[seat]
        self._you.pop(seat, None)
        self._tokens.pop(seat, None)
        self._told.discard(seat)
        return self.lines.pop(seat, None)

    def seq(self, seat: str) -> int:
        """Where the seat's stream stands."""
        sight = self._sights.get(seat)
        return self._streams[sight].seq if sight else 0

    def show(self, state: RoomState, now: float, byes: Mapping[str, Goodbye]) -> tuple[list[Effect], list[Effect]]:
        """What everyone is to be sent, and the last words of those whose seat has ended."""
        parting: list[Effect] = []
        moved: Sequence[str] = []
        if self._placed is not state.kept.seats:
            parting, moved = self._part(state, byes), self._move(state)
            self._placed = state.kept.seats
        effects = self._patches(state, bool(moved))
        effects += self._parts(state, set(moved))
        effects += [Deliver((self.lines[seat],), self._snapshot(seat, now)) for seat in moved]
        return effects, parting

    def hint(self, frame: Frame) -> None:
        """To everyone in the room, and nobody at the door; whoever is slow does without."""
        for sight, stream in self._streams.items():
            if sight is not Sight.DOOR:
                for line in stream.lines.values():
                    line.hint(frame)

    def again(self, seat: str, now: float) -> list[Effect]:
        """The snapshot once more, for somebody who missed a patch."""
        if seat not in self._sights:
            return []
        return [Deliver((self.lines[seat],), self._snapshot(seat, now))]

    def start_over(self, missed: Set[Line]) -> None:
        """What was to be sent is lost: everyone gets a snapshot with the next `show`. Not so at the door, where nothing
        may be heard of what happens inside, unless it was lost for that very person."""
        self._seen = self._privates = self._placed = None
        for seat, line in self.lines.items():
            sight = self._sights.get(seat)
            if sight is not None and (sight is not Sight.DOOR or line in missed):
                del self._streams[sight].lines[seat], self._sights[seat]
                self._you.pop(seat, None)
                self._told.discard(seat)

    def _part(self, state: RoomState, byes: Mapping[str, Goodbye]) -> list[Effect]:
        parting: list[Effect] = []
        for seat in [seat for seat in self.lines if seat not in state.kept.seats]:
            line = self.lines[seat]
            self.disconnect(seat)
            parting.append(Farewell(seat, line, encode("bye", byes.get(seat, Goodbye(code=Bye.CLOSED)))))
        return parting

    def _move(self, state: RoomState) -> Sequence[str]:
        """Whoever sees another part of the meeting than before leaves one stream for another."""
        moved = []
        for seat, line in self.lines.items():
            sight, before = sight_of(state, seat), self._sights.get(seat)
            if sight is not before:
                if before is not None:
                    del self._streams[before].lines[seat]
                self._sights[seat] = sight
                self._streams[sight].lines[seat] = line
                self._you.pop(seat, None)
                moved.append(seat)
        return moved

    def _patches(self, state: RoomState, moved: bool) -> list[Effect]:
        """To those who were in a stream before; who moved gets a snapshot, which counts the patch in."""
        effects: list[Effect] = []
        before, self._seen = self._seen, see(state, self._seen)
        for sight, stream in self._streams.items():
            patch = diff(before.view(sight), self._seen.view(sight)) if before else None
            stream.seq += bool(patch)
            if patch or before is None:
                stream.encoded = None
            lines = stream.lines
            old = [lines[seat] for seat in lines if seat in self._you] if moved else list(lines.values())
            if patch and old:
                effects.append(Deliver(old, encode("patch", Patch(seq=stream.seq, patch=patch))))
        return effects

    def _parts(self, state: RoomState, moved: Set[str]) -> list[Effect]:
        """The private parts that have changed; whoever moved gets theirs with the snapshot."""
        effects: list[Effect] = []
        before, self._privates = self._privates, Privates(state)
        others = self.lines.keys() if before is None else self._privates.others(before)
        for seat in [seat for seat in self.lines if seat in others and seat not in moved]:
            you = self._privates.of(seat)
            if you != self._you.get(seat):
                self._you[seat] = you
                effects.append(Deliver((self.lines[seat],), encode("you", you)))
        return effects

    def _snapshot(self, seat: str, now: float) -> Frame:
        assert self._seen is not None and self._privates is not None
        sight = self._sights[seat]
        stream = self._streams[sight]
        if stream.encoded is None:
            stream.encoded = msgspec.Raw(_encoder.encode(self._seen.view(sight)))
        you = self._you[seat] = self._privates.of(seat)
        if seat in self._tokens and seat not in self._told:
            self._told.add(seat)
            you = msgspec.structs.replace(you, resume=self._tokens[seat])
        # the age of a meeting is something that happens in it: at the door every clock stands at 0
        shown_now = 0.0 if sight is Sight.DOOR else now
        return encode("snapshot", {"seq": stream.seq, "now": shown_now, "you": you, "view": stream.encoded})
