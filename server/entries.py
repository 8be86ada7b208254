"""Who comes in by which link, and what those who lead, or a host from outside, do with the links of a room.

What changes is stored with the room first, and then happens in the meeting: after a crash in between it happens with
the start (see `Room.put_out`).
"""

from msgspec import UNSET

from protocol.errors import Code, Rejected
from protocol.replies import Dates, Link
from protocol.views import Deed, MeetingState, Role
from rooms import asks
from rooms.state import Seat
from server import dates, invites
from server.invites import KINDS
from server.journal import RoomRow
from server.room import Room
from server.schedule import doors_open

HOUR = 3600.0

# Coming in


def opened_by(room: Room, secret: str) -> str | None:
    """The link with that secret, if it opens the room now."""
    generations = invites.opening(room.row, room.ground.wall())
    link = room.ground.keys.link_of(room.id, generations, secret)
    return None if link in room.barred else link


class Early(Rejected):
    """The link is right, but the doors are shut; when they open."""

    def __init__(self, opens: Dates) -> None:
        super().__init__(Code.EARLY)
        self.dates = opens


def check_doors(room: Room, role: Role) -> None:
    """`Early`, for a participant outside the planned hours of a room, while no meeting has been opened there."""
    now, row = room.ground.wall(), room.row
    if role is not Role.PARTICIPANT or row.schedule is None or doors_open(row.schedule, now):
        return
    if room.live.state.kept.meeting is not MeetingState.OPEN:
        raise Early(dates.ahead(row, row.schedule, now))


def may_return(room: Room, seat: Seat, token: str = "") -> bool:
    """Whether this seat can be taken again; `token`: what the resume token descends from.

    A link that expired, or was renewed, takes the place of nobody who was let in; who waits by it waits no more.
    """
    descents = {descent for descent in (seat.link, token) if descent}
    if any(invites.dead(room.row, descent) for descent in descents):
        return False
    return seat.admitted or all(invites.waits(room.row, descent, room.ground.wall()) for descent in descents)


# The list


def urls(room: Room) -> dict[str, str]:
    """The room's own links that open it, with their secrets: for a terminal or the host's own page."""
    opening = invites.opening(room.row, room.ground.wall())
    return {kind: url(room, kind) for kind in ("host", "facilitator", "participant") if kind in opening}


def url(room: Room, link: str) -> str:
    secret = room.ground.keys.secret(room.id, link, room.row.generations[link])
    return f"{room.ground.url()}/r/{room.id}#{secret}"


def listed(room: Room, role: Role | None) -> list[Link]:
    """The links that are there, as somebody of this role sees them; None: a host from outside, who sees of a meeting
    nothing but numbers, and so not whether the person of an invite is here."""
    row = room.row
    there = [link for link in (*KINDS, *row.invites) if link not in row.closed and link not in room.barred]
    opening = invites.opening(row, room.ground.wall())
    came: dict[str, list[str]] = {}
    for id, seat in sorted(room.live.state.kept.seats.items(), key=lambda item: not item[1].admitted):
        came.setdefault(invites.link_of(seat.link), []).append(id)

    def shown(link: str) -> Link:
        own = invites.personal(link)
        here = came.get(link, []) if role is not None or not own else []
        return Link(
            id=link,
            role=invites.role_of(row, link),
            url=url(room, link) if link in opening and _may_hand_on(row, role, link) else UNSET,
            until=row.until.get(link, UNSET),
            people=len(here),
            seat=here[0] if own and here else UNSET,
        )

    return [shown(link) for link in there]


def _may_hand_on(row: RoomRow, role: Role | None, link: str) -> bool:
    """Who facilitates invites participants; a host invites everybody."""
    return role is None or role is Role.HOST or invites.role_of(row, link) is Role.PARTICIPANT


# Made, renewed, revoked


async def make(room: Room, role: Role, hours: float, by: str = "") -> str:
    """A personal invite; which one it is. `Rejected`, `StorageFailed`."""
    now = room.ground.wall()
    until, made = _until(now, hours), ""

    def change(row: RoomRow) -> RoomRow:
        nonlocal made
        _asks_still(room, by)
        used = {invites.link_of(seat.link) for seat in room.live.state.kept.seats.values()}
        row, made = invites.made(row, role, until, now, used)
        return row

    await room.rewrite(change)
    _tell(room, frozenset(), False, Deed.INVITED, by)
    return made


async def renew(room: Room, link: str, hours: float, by: str = "") -> None:
    """The old secret opens nothing any more, and who waits by it goes. `Rejected`, `StorageFailed`."""
    until = _until(room.ground.wall(), hours)

    def change(row: RoomRow) -> RoomRow:
        _asks_still(room, by, link)
        return invites.renewed(row, link, until)

    await room.rewrite(change)
    _, old = invites.outcasts(room.row, room.live.state.kept.seats)
    _tell(room, old, False, Deed.LINK_RENEWED, by)


async def revoke(room: Room, link: str, by: str = "") -> None:
    """It opens nothing any more, and everybody who came by it goes. `Rejected`, `StorageFailed`."""

    def change(row: RoomRow) -> RoomRow:
        _asks_still(room, by, link)
        return invites.revoked(row, link)

    await room.rewrite(change)
    gone, _ = invites.outcasts(room.row, room.live.state.kept.seats)
    _tell(room, gone, True, Deed.LINK_REVOKED, by)


def _asks_still(room: Room, by: str, link: str = "") -> None:
    """Changes wait for one another: who asked for this one may have no seat by now, or the link no future."""
    if by and by not in room.live.state.kept.seats:
        raise Rejected(Code.NO_SEAT)
    if link in room.barred:
        raise Rejected(Code.NO_LINK)


def _tell(room: Room, links: frozenset[str], inside: bool, deed: Deed, by: str) -> None:
    by = by if by in room.live.state.kept.seats else ""  # who asked may be gone by now, and forgotten
    room.live.unlink(asks.Unlink(links, inside=inside, deed=deed, by=by))


def _until(now: float, hours: float) -> float | None:
    return float(round(now + hours * HOUR)) if hours else None
