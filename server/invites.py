"""The links of a room, as its row has them: what each opens, and the row after one was made, renewed or revoked.

A link is `participant`, `facilitator` or `host`, the room's own, or a personal invite, `invite-3`, made for one person.
What a seat came by is a link and its generation, `invite-3.2`: its *descent*. Renewing a link gives it another
generation; revoking it ends everybody of its descent. An invite that is revoked is gone from the row, and its number
is never used again; a link of the room itself stays closed until it is renewed.

Nothing here looks at a clock: `now` and `until` are wall time, in seconds.
"""

from collections.abc import Iterable, Mapping, Set

import msgspec

from protocol.errors import Code, Rejected
from protocol.views import Role
from rooms.state import Seat
from server.stored import RoomRow

KINDS = {"participant": Role.PARTICIPANT, "facilitator": Role.FACILITATOR, "host": Role.HOST}  # every room has these
MOST = 200  # personal invites that a room can have


def role_of(row: RoomRow, link: str) -> Role:
    """What the link makes of those who come by it. `Rejected` when there is no such link."""
    if link in KINDS:
        return KINDS[link]
    if link not in row.invites:
        raise Rejected(Code.NO_LINK)
    return Role(row.invites[link])


def personal(link: str) -> bool:
    """Whether it is for one person."""
    return link not in KINDS


def opening(row: RoomRow, now: float) -> dict[str, int]:
    """The links that open the room now, with their generations."""
    return {
        link: generation
        for link, generation in row.generations.items()
        if link not in row.closed and not expired(row, link, now)
    }


def expired(row: RoomRow, link: str, now: float) -> bool:
    return link in row.until and now >= row.until[link]


# Who came by a link


def descent(row: RoomRow, link: str) -> str:
    """What a seat is said to have come by."""
    return f"{link}.{row.generations[link]}"


def link_of(descent: str) -> str:
    """Without the generation."""
    return descent.rpartition(".")[0]


def parts(descent: str) -> tuple[str, int]:
    """`invite-3.2` -> `invite-3`, 2."""
    link, _, generation = descent.rpartition(".")
    return link, int(generation)


def dead(row: RoomRow, descent: str) -> bool:
    """Whether whoever came by it has to go, and has no way back."""
    link, generation = parts(descent)
    newest = row.generations.get(link)
    return newest is None or not row.ended.get(link, 0) < generation <= newest


def waits(row: RoomRow, descent: str, now: float) -> bool:
    """Whether somebody who came by it may go on waiting at the door: by what opens the room still."""
    link, generation = parts(descent)
    return opening(row, now).get(link) == generation


def outcasts(row: RoomRow, seats: Mapping[str, Seat]) -> tuple[frozenset[str], frozenset[str]]:
    """Descents among these seats: those of whom everybody goes, and those of whom only the waiting do."""
    known = {seat.link for seat in seats.values() if seat.link}  # what an earlier version wrote has none
    gone = frozenset(descent for descent in known if dead(row, descent))
    old = {descent for descent in known - gone if row.generations[link_of(descent)] != parts(descent)[1]}
    return gone, frozenset(seat.link for seat in seats.values() if seat.link in old and not seat.admitted)


# Made, renewed, revoked


def made(row: RoomRow, role: Role, until: float | None, now: float, used: Set[str]) -> tuple[RoomRow, str]:
    """The row with one more personal invite, and which it is. Where there is no room for it, those that have expired
    go, but for the `used` ones; `Rejected` when there are none."""
    if len(row.invites) >= MOST:
        row = without(row, [link for link in row.invites if expired(row, link, now) and link not in used])
    if len(row.invites) >= MOST:
        raise Rejected(Code.LINKS_FULL)
    number = row.invite_count + 1
    link = f"invite-{number}"
    # Numbers are not used twice; but where a backup was restored, it may have forgotten some. All generations that
    # there were before it are below the present ones of the room's own links.
    generation = max(row.generations[kind] for kind in KINDS)
    row = msgspec.structs.replace(
        row,
        invites={**row.invites, link: role.value},
        invite_count=number,
        generations={**row.generations, link: generation},
        ended={**row.ended, link: generation - 1},
    )
    return _lasting(row, link, until), link


def renewed(row: RoomRow, link: str, until: float | None) -> RoomRow:
    """Another secret; a link that was closed opens again. `Rejected` when there is no such link."""
    if link not in row.generations:
        raise Rejected(Code.NO_LINK)
    generations = {**row.generations, link: row.generations[link] + 1}
    closed = tuple(other for other in row.closed if other != link)
    return _lasting(msgspec.structs.replace(row, generations=generations, closed=closed), link, until)


def revoked(row: RoomRow, link: str) -> RoomRow:
    """It opens nothing, and everybody who came by it goes. `Rejected` when there is no such link, or no more."""
    if link not in row.generations or link in row.closed:
        raise Rejected(Code.NO_LINK)
    if personal(link):
        return without(row, [link])
    row = msgspec.structs.replace(
        row, ended={**row.ended, link: row.generations[link]}, closed=tuple(sorted({*row.closed, link}))
    )
    return _lasting(row, link, None)


def without(row: RoomRow, links: Iterable[str]) -> RoomRow:
    """The row without these personal invites, for good; the same row when it has none of them."""
    gone = {link for link in links if link in row.invites}
    if not gone:
        return row
    return msgspec.structs.replace(
        row,
        invites={link: role for link, role in row.invites.items() if link not in gone},
        generations={link: generation for link, generation in row.generations.items() if link not in gone},
        until={link: until for link, until in row.until.items() if link not in gone},
        ended={link: ended for link, ended in row.ended.items() if link not in gone},
    )


def _lasting(row: RoomRow, link: str, until: float | None) -> RoomRow:
    others = {other: moment for other, moment in row.until.items() if other != link}
    return msgspec.structs.replace(row, until=others if until is None else {**others, link: until})
