"""The one funnel: what comes over Socket.IO becomes a command of a seat in a room, or a coded refusal."""

import asyncio
from typing import NamedTuple

import msgspec

from protocol.commands import Command
from protocol.errors import Code, Rejected
from protocol.message import VERSION
from protocol.replies import Answered, Auth
from protocol.replies import Refused as Refusal
from protocol.signals import Offer
from rooms.names import clean
from server.directory import KINDS, Directory, Room
from server.guard import Budget
from server.line import Line, Refused
from server.links import Keys
from server.live_room import LiveRoom
from server.media.sound import Sound
from server.metrics import Metrics

OFFERS = 6  # that one connection may make at once; a browser makes one, and another when its network changes
OFFER_RATE = 0.2  # per second after those


class Place(NamedTuple):
    """Where a connection leads. Identity comes from here, never from a message."""

    live: LiveRoom
    seat: str
    offers: Budget


def _offers() -> Budget:
    return Budget(OFFER_RATE, OFFERS, asyncio.get_running_loop().time())


class _Asked(msgspec.Struct):
    """Only there because msgspec remembers how to read a struct, and works out a bare union anew each time (30 µs)."""

    command: Command


class Sockets:
    """The `Door` of the wire."""

    def __init__(self, rooms: Directory, keys: Keys, metrics: Metrics, sound: Sound) -> None:
        self._rooms, self._keys, self._metrics, self._sound = rooms, keys, metrics, sound

    def connected(self, line: Line, auth: object) -> None:
        try:
            line.door = self._enter(line, auth)
        except Rejected as no:
            self._metrics.connections.labels(no.code).inc()
            raise Refused(no.code) from None
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
        if isinstance(auth.resume, str):
            return self._come_back(line, room, auth.resume, auth.name)
        return self._come_in(line, room, auth.secret if isinstance(auth.secret, str) else "", auth.name)

    def _come_in(self, line: Line, room: Room, secret: str, name: str) -> Place:
        generations = room.row.generations
        kind = self._keys.kind_of(room.id, generations, secret)
        if kind is None:
            raise Rejected(Code.NO_ENTRY)
        name = clean(name)
        live = room.live

        def token(seat: str) -> str:
            return self._keys.resume(room.id, live.meeting, seat, name, (kind, generations[kind]))

        return Place(live, live.join(line, KINDS[kind], name, token), _offers())

    def _come_back(self, line: Line, room: Room, token: str, name: str) -> Place:
        """Every check of the first time once more: the link it descends from, the meeting, the seat, the name."""
        said = self._keys.read_resume(token)
        live = room.live
        if said is None or (said.room, said.meeting) != (room.id, live.meeting):
            raise Rejected(Code.NO_ENTRY)
        if room.row.generations.get(said.kind) != said.generation:
            raise Rejected(Code.NO_ENTRY)
        name = clean(name)
        if not said.is_for(name):
            raise Rejected(Code.NO_ENTRY)
        live.resume(line, said.seat, name)
        return Place(live, said.seat, _offers())

    def received(self, line: Line, event: str, data: object, packet_id: int | None) -> None:
        place = line.door
        assert isinstance(place, Place)
        if event == "resync":
            place.live.resync(place.seat)
        elif event == "signal":
            if packet_id is not None:  # an offer that wants no answer is none
                self._signal(line, place, data, packet_id)
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
        with self._metrics.decide.time():
            refused = place.live.handle(place.seat, line, command, packet_id)
        self._metrics.commands.labels(refused or "ok").inc()

    def _signal(self, line: Line, place: Place, data: object, packet_id: int) -> None:
        try:
            if not place.offers.take(asyncio.get_running_loop().time()):
                raise Rejected(Code.TOO_FAST)
            offer = msgspec.convert(data, Offer)
            line.ack(packet_id, Answered(sdp=self._sound.answer(place.live.meeting, place.seat, offer.sdp)))
        except msgspec.ValidationError:
            line.ack(packet_id, Refusal(code=Code.MALFORMED))
            line.strike()
        except Rejected as no:
            line.ack(packet_id, Refusal(code=no.code))

    def gone(self, line: Line) -> None:
        if isinstance(line.door, Place):
            line.door.live.drop(line.door.seat, line)
