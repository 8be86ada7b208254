"""A room's row is changed, and its meeting goes on by it: about another agreement everybody is asked again, the format
changes only where nobody would lose a turn or a place."""

from collections.abc import Callable

import msgspec

from protocol.errors import Code, Rejected
from protocol.formats import Format
from rooms import asks, core
from server.formats import FORMATS, chosen
from server.room import Room
from server.stored import RoomRow


async def rewrite(room: Room, change: Callable[[RoomRow], RoomRow], by: str = "") -> None:
    """The row as it is from now on; what of it people see shows at once. `by`: the seat that asked, empty for a host
    from outside. `StorageFailed`, `Rejected` with `WOULD_LOSE`, or whatever `change` raises, leaves it as it was."""
    before = after = room.row

    def checked(row: RoomRow) -> RoomRow:
        nonlocal before, after
        before, after = row, change(row)
        if _format(after) != _format(row):
            _ask(room, _format(after), by)
        return after

    await room.rewrite(checked)
    try:
        room.live.replan(room.rules(), by)
    except Rejected:  # the meeting went on while the row was written
        old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
        back = {name: value for name, value in old.items() if value != new[name]}
        await room.rewrite(lambda row: msgspec.structs.replace(row, **back))
        raise


async def set_format(room: Room, form: Format, by: str) -> None:
    """Somebody who leads changes the format. As `rewrite`."""

    def change(row: RoomRow) -> RoomRow:
        if by not in room.live.state.kept.seats:
            raise Rejected(Code.NO_SEAT)
        return msgspec.structs.replace(row, format=form.name, own_format=own(form))

    await rewrite(room, change, by)


def own(form: Format) -> Format | None:
    """What a row keeps of a format beside its name: nothing when it comes with the server."""
    return None if FORMATS.get(form.name) == form else form


def _format(row: RoomRow) -> Format:
    return chosen(row.format, row.own_format)


def _ask(room: Room, form: Format, by: str) -> None:
    live = room.live
    core.decide(live.state, core.SERVER_SEAT, asks.Reform(form, by), live.now)
