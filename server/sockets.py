"""The one funnel: what comes over Socket.IO becomes a command of a seat in a room, or a coded refusal."""

import asyncio
from collections.abc import Coroutine
from typing import Any, NamedTuple

import msgspec

from protocol.asked import Move
from protocol.commands import Command, Leave, UndoRemoval
from protocol.errors import Code, Rejected
from protocol.message import VERSION
from protocol.replies import Answered, Auth, Formats, Links, Way
from protocol.replies import Refused as Refusal
from protocol.signals import Offer
from protocol.views import Role
from rooms.names import clean
from server import asking, entries, invites
from server.crowd import Crowd, Person
from server.directory import Directory
from server.line import Line, Refused
from server.links import Keys, holder
from server.live_room import LiveRoom
from server.media.sound import Sound
from server.metrics import Metrics
from server.moving import Mover
from server.room import Room


class Place(NamedTuple):
    """Where a connection leads. Identity comes from here, never from a message."""

    room: Room
    live: LiveRoom
    seat: str
    crowd: Crowd
    has: Person  # left of what this seat may do


def _place(room: Room, live: LiveRoom, seat: str) -> Place:
    return Place(room, live, seat, room.crowd, room.crowd.of(seat, _now()))


def _now() -> float:
    return asyncio.get_running_loop().time()


class _Asked(msgspec.Struct):
    """Only there because msgspec remembers how to read a struct, and works out a bare union anew each time (30 µs)."""

    command: Command


class Sockets:
    """The `Door` of the wire."""

    def __init__(self, rooms: Directory, keys: Keys, metrics: Metrics, sound: Sound) -> None:
        self._rooms, self._keys, self._metrics, self._sound = rooms, keys, metrics, sound
        self._asking: set[asyncio.Task[None]] = set()

    def connected(self, line: Line, auth: object) -> None:
        try:
            line.door = self._enter(line, auth)
        except Rejected as no:
            self._metrics.connections.labels(no.code).inc()
            raise Refused(no.code, no.dates if isinstance(no, entries.Early) else None) from None
        self._metrics.connections.labels("ok").inc()

    def _enter(self, line: Line, given: object) -> Place:
        if isinstance(given, dict) and given.get("v") != VERSION:
            raise Rejected(Code.RELOAD)
        try:
            auth = msgspec.convert(given, Auth)
        except msgspec.ValidationError:
            raise Rejected(Code.MALFORMED) from None
        room = self._rooms.find(auth.room)
        if room is None:
            raise Rejected(Code.NO_ENTRY)
        if isinstance(auth.move, str):
            return self._move_in(line, room, auth.move)
        if isinstance(auth.resume, str):
            return self._come_back(line, room, auth.resume, auth.name)
        return self._come_in(line, room, auth.secret if isinstance(auth.secret, str) else "", auth.name)

    def _come_in(self, line: Line, room: Room, secret: str, name: str) -> Place:
        link, live = entries.opened_by(room, secret), room.live
        if link is None:
            raise Rejected(Code.NO_ENTRY)
        role, descent = invites.role_of(room.row, link), invites.descent(room.row, link)
        personal = invites.personal(link)
        entries.check_doors(room, role)
        try:
            name = clean(name)
        except Rejected:
            if live.full(role, descent, personal=personal):  # a name tells nobody what the link itself does not
                raise Rejected(Code.NO_ENTRY) from None
            raise
        if not room.crowd.comes(descent, _now()):
            raise Rejected(Code.TOO_FAST)
        if role is Role.PARTICIPANT and not room.crowd.waits(line.place, room.waiting()):
            raise Rejected(Code.TOO_FAST)
        seat = live.join(line, role, name, descent, personal=personal)
        if not live.state.kept.seats[seat].admitted:
            room.crowd.stands(seat, line.place)
        return _place(room, live, seat)

    def _come_back(self, line: Line, room: Room, token: str, name: str) -> Place:
        """Every check of the first time once more: the link it descends from, the meeting, the seat, the name."""
        said = self._keys.read_resume(token)
        live = room.live
        if said is None or (said.room, said.meeting) != (room.id, live.meeting):
            lost = said is not None and said.room == room.id and said.meeting in self._rooms.lost
            raise Rejected(Code.LOST if said is not None and lost and said.is_for(clean(name)) else Code.NO_ENTRY)
        id = said.seat.partition(".")[0]
        seat = live.state.kept.seats.get(id)
        if seat is None or said.seat != holder(id, seat) or not entries.may_return(room, seat, said.descent):
            raise Rejected(Code.NO_ENTRY)
        name = clean(name)
        if not said.is_for(name):
            raise Rejected(Code.NO_ENTRY)
        if not room.crowd.of(said.seat, _now()).returns.take(_now()):
            raise Rejected(Code.TOO_FAST)
        live.resume(line, id, name)
        return _place(room, live, id)

    def _move_in(self, line: Line, room: Room, code: str) -> Place:
        """The seat comes to this device, once; and every check once more."""
        mover = room.ways.take(code, _now())
        live = room.live
        if mover is None or mover.meeting != live.meeting:
            raise Rejected(Code.NO_ENTRY)
        seat = live.state.kept.seats.get(mover.seat)
        if seat is None or mover.handed != seat.handed or not entries.may_return(room, seat):
            raise Rejected(Code.NO_ENTRY)
        live.move(line, mover.seat)
        return _place(room, live, mover.seat)

    def received(self, line: Line, event: str, data: object, packet_id: int | None) -> None:
        place = line.door
        assert isinstance(place, Place)
        if event == "resync":
            place.live.resync(place.seat)
        elif event == "signal":
            if packet_id is not None:  # an offer that wants no answer is none
                self._signal(line, place, data, packet_id)
        elif event == "ask":
            if packet_id is not None:  # likewise
                self._ask(line, place, data, packet_id)
        else:
            self._command(line, place, data, packet_id)

    def _command(self, line: Line, place: Place, data: object, packet_id: int | None) -> None:
        try:
            command = msgspec.convert({"command": data}, _Asked).command
        except msgspec.ValidationError:
            self._metrics.commands.labels(Code.MALFORMED).inc()
            if packet_id is not None:
                line.ack(packet_id, Refusal(code=Code.MALFORMED))
            line.strike()
            return
        if not place.crowd.acts(_now()):
            self._metrics.commands.labels(Code.TOO_FAST).inc()
            if packet_id is not None:
                line.ack(packet_id, Refusal(code=Code.TOO_FAST))
            return
        with self._metrics.decide.time():
            refused = place.live.handle(place.seat, line, command, packet_id)
        if refused is None and isinstance(command, UndoRemoval):
            place.room.put_out()  # of links that were revoked meanwhile: there is no way back
        elif refused is None and isinstance(command, Leave):
            place.room.ways.end(Mover(place.live.meeting, place.seat))
        self._metrics.commands.labels(refused or "ok").inc()

    def _signal(self, line: Line, place: Place, data: object, packet_id: int) -> None:
        try:
            if not place.has.offers.take(_now()):
                raise Rejected(Code.TOO_FAST)
            offer = msgspec.convert(data, Offer)
            line.ack(packet_id, Answered(sdp=self._sound.answer(place.live.meeting, place.seat, offer.sdp)))
        except msgspec.ValidationError:
            line.ack(packet_id, Refusal(code=Code.MALFORMED))
            line.strike()
        except Rejected as no:
            line.ack(packet_id, Refusal(code=no.code))

    def _ask(self, line: Line, place: Place, data: object, packet_id: int) -> None:
        def say(found: Links | Way | Formats | Refusal) -> None:
            self._metrics.asks.labels(found.code if isinstance(found, Refusal) else "ok").inc()
            line.ack(packet_id, found)

        try:
            asked = asking.read(data)
        except msgspec.ValidationError:
            say(Refusal(code=Code.MALFORMED))
            line.strike()
            return
        budget = place.has.moves if isinstance(asked, Move) else place.has.asks
        if not budget.take(_now()):
            return say(Refusal(code=Code.TOO_FAST))

        async def answer() -> None:
            try:
                say(await asking.answer(place.room, place.live.meeting, place.seat, asked))
            except Exception as bug:
                line.report("asked", bug)
                say(Refusal(code=Code.INTERNAL))

        self._later(answer())

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Some of what is asked for waits for the disk."""
        task = asyncio.get_running_loop().create_task(work)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def gone(self, line: Line) -> None:
        if isinstance(line.door, Place):
            line.door.live.drop(line.door.seat, line)
