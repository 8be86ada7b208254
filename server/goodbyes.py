"""The last word to somebody whose seat has ended: why, and what the server still knows of them.

What is said is read from the meeting as it is then, so that it cannot differ from what `lingkar disclose` would print.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import UnsetType

from protocol.errors import Bye, Known
from protocol.replies import Dates, Goodbye
from rooms.events import Event, MeetingClosed, Parting, Rebuilt, SeatEnded, SeatHandedOver
from rooms.state import Live, RoomState
from server.frames import encode
from server.links import holder
from server.outbox import Effect, Farewell

Token = Callable[[str, str, str], str]  # of a seat, for a name, descending from a link

_BYE = {
    Parting.LEFT: Bye.LEFT,
    Parting.REMOVED: Bye.REMOVED,
    Parting.DECLINED: Bye.DECLINED,
    Parting.GONE: Bye.LEFT,
    Parting.UNLINKED: Bye.REVOKED,
}


def goodbyes(
    before: RoomState,
    after: RoomState,
    events: Sequence[Event],
    reason: str,
    token: Token,
    next_dates: Callable[[], Dates | UnsetType],
) -> dict[str, Goodbye]:
    """By seat, what everybody is told whose seat these events have ended. `reason` is for who was removed or declined;
    `token` makes the resume token for those who had another seat all along; `next_dates` says when the room
    meets again."""
    erased = any(isinstance(event, Rebuilt) for event in events)
    byes: dict[str, Goodbye] = {}
    for event in events:
        match event:
            case SeatEnded(seat=seat, how=Parting.YOURS):
                byes[seat] = _yours(before, after, seat, events, token)
            case SeatEnded(seat=seat, how=how):
                told = reason if how in (Parting.REMOVED, Parting.DECLINED) else ""
                byes[seat] = Goodbye(code=_BYE[how], reason=told, knows=_knows(before, after, seat, stored=not erased))
            case MeetingClosed():
                following = next_dates()
                for seat in before.kept.seats:
                    known = _knows(before, after, seat, stored=False)
                    byes[seat] = Goodbye(code=Bye.CLOSED, knows=known, next=following)
    return byes


def not_stored_yet(state: RoomState, seat: str) -> Goodbye:
    """To somebody whose link was revoked, on a disk that could not take that the seat ends: it is all there still."""
    return Goodbye(code=Bye.REVOKED, knows=_knows(state, state, seat, stored=True))


def not_yet_erased(last: Sequence[Effect], byes: Mapping[str, Goodbye]) -> list[Effect]:
    """The same last words, as long as the disk has not given up what it has."""
    return [
        one._replace(frame=encode("bye", _with_seat(byes[one.seat])))
        if isinstance(one, Farewell) and one.seat in byes
        else one
        for one in last
    ]


def _with_seat(bye: Goodbye) -> Goodbye:
    return msgspec.structs.replace(bye, knows=[known for known in Known if known in {*bye.knows, Known.SEAT}])


def _yours(before: RoomState, after: RoomState, seat: str, events: Sequence[Event], token: Token) -> Goodbye:
    [own] = [event for event in events if isinstance(event, SeatHandedOver)]
    return Goodbye(
        code=Bye.YOURS,
        resume=token(holder(own.seat, after.kept.seats[own.seat]), before.live.names[seat].text, own.link),
    )


def _knows(before: RoomState, after: RoomState, seat: str, stored: bool) -> list[Known]:
    """The room, the address and the counts are known in any case, until an operator removes the room, some minutes
    have gone, and the server stops."""
    asked = {
        Known.ROOM: True,
        Known.INVITE: before.kept.seats[seat].personal,
        Known.SEAT: stored,
        Known.NAME: _named(after.live, seat),
        Known.ADDRESS: True,
        Known.COUNTS: True,
    }
    return [known for known in Known if asked[known]]


def _named(live: Live, seat: str) -> bool:
    """Whether memory has the name: the seat is there still, or to undo a removal, or in what those who lead did."""
    return seat in live.names or seat in live.gone or any(seat in (act.seat, act.by) for act in live.acts.values())
