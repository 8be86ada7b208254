"""What leaves a room, in order, and only once what caused it is durable."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from server.frames import Frame
from server.line import Line


class Deliver(NamedTuple):
    """One frame, encoded once, to everyone who gets it."""

    lines: Sequence[Line]
    frame: Frame


class Answer(NamedTuple):
    """The acknowledgement of a command."""

    line: Line
    packet_id: int | None
    payload: object


class Farewell(NamedTuple):
    """A last word; then the connection ends."""

    seat: str
    line: Line
    frame: Frame


class Call(NamedTuple):
    """Something of ours that may only happen then."""

    what: Callable[[], None]


Effect = Deliver | Answer | Farewell | Call


class Outbox:
    """Effects wait under the number of the write that they depend on. Those that are held, for something to be erased
    by that write, have no place in the order."""

    def __init__(self) -> None:
        self._entries: deque[tuple[int, Sequence[Effect]]] = deque()
        self._held: dict[int, Sequence[Effect]] = {}
        self._opened = 0

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, ticket: int, effects: Sequence[Effect]) -> None:
        """Behind everything put before; at once when nothing waits and the write is done."""
        if ticket <= self._opened and not self._entries:
            _carry_out(effects)
        else:
            self._entries.append((ticket, effects))

    def open(self, ticket: int) -> None:
        """All writes up to this one are durable."""
        self._opened = ticket
        while self._entries and self._entries[0][0] <= ticket:
            _carry_out(self._entries.popleft()[1])

    def hold(self, ticket: int, effects: Sequence[Effect]) -> None:
        """Until what this write erases is gone."""
        self._held[ticket] = effects

    def release(self, ticket: int, instead: Sequence[Effect] | None = None) -> None:
        """It is gone, or waited for long enough; then others leave `instead`."""
        held = self._held.pop(ticket, None)
        if held is not None:
            _carry_out(held if instead is None else instead)

    def fail(self, ticket: int) -> list[Effect]:
        """A write failed: nothing that waits may leave any more. Returns what waited; opens up to `ticket`."""
        waited = [effect for _, effects in self._entries for effect in effects]
        for number in [number for number in self._held if number > self._opened]:
            waited += self._held.pop(number)
        self._entries.clear()
        self._opened = ticket
        return waited


def _carry_out(effects: Sequence[Effect]) -> None:
    for effect in effects:
        match effect:
            case Deliver(lines, frame):
                for line in lines:
                    line.send(frame)
            case Answer(line, packet_id, payload):
                if packet_id is not None:
                    line.ack(packet_id, payload)
            case Farewell(_, line, frame):
                line.close(frame)
            case Call(what):
                what()
