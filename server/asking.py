"""The event `ask`: what people ask for that is no act in the meeting, from its message to its answer."""

import asyncio

import msgspec

from protocol.asked import Asked, ListFormats, MakeInvite, Move, RenewLink, RevokeLink, SetFormat
from protocol.errors import Code, Rejected
from protocol.replies import Formats, Links, Refused, Way
from protocol.views import Role
from rooms.format import Fault, FormatWrong, built
from rooms.state import Seat, attends, leads
from server import entries, invites, reform
from server.formats import FORMATS
from server.journal import StorageFailed
from server.moving import SECONDS, Mover, drawn
from server.room import Room


class _Asked(msgspec.Struct):
    """See `server.sockets`: msgspec remembers how to read a struct."""

    asked: Asked


class GiveFormat(msgspec.Struct):
    """`set-format` with a format that nobody has looked at yet: what is wrong with it is answered, not struck."""

    format: object


def read(data: object) -> Asked | GiveFormat:
    """`msgspec.ValidationError` when it is none of them."""
    if isinstance(data, dict) and data.get("type") == "set-format" and "format" in data:
        read({key: value for key, value in data.items() if key != "format"})
        return GiveFormat(data["format"])
    return msgspec.convert({"asked": data}, _Asked).asked


async def answer(room: Room, meeting: str, seat: str, asked: Asked | GiveFormat) -> Links | Way | Formats | Refused:
    """What this seat of that meeting hears."""
    try:
        me = room.live.state.kept.seats.get(seat)
        if me is None or room.live.meeting != meeting:
            raise Rejected(Code.NO_SEAT)
        if isinstance(asked, Move):
            return await _way(room, meeting, seat, me.handed)
        _permit(room, seat, me, asked)
        if isinstance(asked, ListFormats | SetFormat | GiveFormat):
            return await _formats(room, seat, asked)
        made = await _done(room, seat, asked)
        return Links(links=entries.listed(room, me.role), made=made)
    except Rejected as no:
        return Refused(code=no.code)
    except FormatWrong as wrong:
        return Refused(code=Code.BAD_FORMAT, detail=msgspec.json.encode(wrong.faults).decode())
    except StorageFailed:
        return Refused(code=Code.NOT_NOW)


def _permit(room: Room, seat: str, me: Seat, asked: Asked | GiveFormat) -> None:
    """Links and formats are for those who lead and are inside; of who comes in leading, only a host decides."""
    if not me.inside or me.reading:
        raise Rejected(Code.NOT_AGREED if me.admitted else Code.NOT_ADMITTED)
    if not leads(me.role):
        raise Rejected(Code.FORBIDDEN)
    match asked:
        case MakeInvite(role):
            wanted = role
        case RenewLink(link) | RevokeLink(link):
            wanted = invites.role_of(room.row, link)
        case _:
            return
    if me.role is not Role.HOST and wanted is not Role.PARTICIPANT:
        raise Rejected(Code.FORBIDDEN)
    if isinstance(asked, RevokeLink) and me.role is not Role.HOST and _takes_two(room, asked.link, seat):
        raise Rejected(Code.FORBIDDEN)


def _takes_two(room: Room, link: str, by: str) -> bool:
    """Whether revoking it would remove people, where that takes two and another one who leads is here (as with
    `remove`)."""
    state = room.live.state
    others = [(id, state.kept.seats[id]) for id in state.kept.circle if id != by]
    came = any(invites.link_of(seat.link) == link for _, seat in others)
    asked = any(leads(seat.role) and not seat.acting and attends(state, id) for id, seat in others)
    return state.plan.two_to_remove and came and asked


async def _done(room: Room, seat: str, asked: Asked) -> str:
    match asked:
        case MakeInvite(role, hours):
            return await entries.make(room, role, hours, seat)
        case RenewLink(link, hours):
            await entries.renew(room, link, hours, seat)
            return link
        case RevokeLink(link):
            await entries.revoke(room, link, seat)
    return ""


async def _formats(room: Room, seat: str, asked: ListFormats | SetFormat | GiveFormat) -> Formats:
    """Those that there are, and the room's own, as it is then."""
    match asked:
        case GiveFormat(given):
            await reform.set_format(room, built(given), seat)
        case SetFormat(name):
            if name not in FORMATS:
                raise FormatWrong([Fault("name", "unknown", "there is no format of that name")])
            await reform.set_format(room, FORMATS[name], seat)
    return Formats(list(FORMATS.values()), room.rules().format, own=room.row.own_format is not None)


async def _way(room: Room, meeting: str, seat: str, handed: int) -> Way:
    """Drawn beside the loop: others are not kept waiting."""
    code = room.ways.make(Mover(meeting, seat, handed), asyncio.get_running_loop().time())
    url = f"{room.ground.url()}/r/{room.id}#~{code}"
    size, path = await asyncio.to_thread(drawn, url)
    return Way(url=url, size=size, path=path, seconds=SECONDS)
