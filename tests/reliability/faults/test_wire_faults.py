"""Socket.IO from people who mean no good, or whose program is broken, beside a room that goes on."""

import asyncio
from functools import partial
from typing import Any

import msgpack
import pytest

from tests.reliability.faults.beside import an_address, beside, speaks
from tests.server.person import EVENT, Gone, Person, TurnedAway
from tests.server.running import Running, house
from tests.server.test_guard_frames import BAD_DATA, NO_PACKETS, with_data

RESERVED = ["connect", "disconnect", "connect_error", "message", "snapshot", "patch", "bye", "*", "", "__class__"]


async def test_packets_that_are_none(server: Running) -> None:
    """Truncated, nested without end, odd ids, other namespaces, binary: the third ends the connection (1008)."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        for name, payload in NO_PACKETS.items():
            async with house(server, an_address()) as elsewhere:  # nobody who is struck out may come again at once
                person = await elsewhere.waiting(room, "Gita")
                for _ in range(3):
                    await person.socket.send_bytes(payload)
                await person.closed.wait()
                assert (person.socket.close_code, person.bye) == (1008, None), name
        await eka.do("close-queue")


async def test_data_that_has_no_place_in_the_protocol(server: Running) -> None:
    """Wrong shapes, bytes, keys that are no text, NaN, 2^64, lone surrogates, reserved names: a code each, and after
    the twentieth a goodbye."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        sent = [with_data(data) for data in BAD_DATA.values()]
        sent += [msgpack.packb({"type": EVENT, "nsp": "/", "id": 5, "data": [name, {}]}) for name in RESERVED]
        for start in range(0, len(sent), 19):
            person = await home.waiting(room, "Gita")
            some = sent[start : start + 19]
            for payload in some:
                await person.socket.send_bytes(payload)
            await person.until(partial(acknowledged, len(some)))
            assert person.frames("ack") == [{"ok": False, "code": "malformed"}] * len(some)
            for payload in sent[:20]:
                await person.socket.send_bytes(payload)
            await person.closed.wait()
            assert person.bye == {"code": "strikes"}
        await eka.do("close-queue")


def acknowledged(count: int, person: Person) -> bool:
    return len(person.frames("ack")) == count


async def test_the_same_command_twice(server: Running) -> None:
    """Sent again because an answer was lost: it is answered again, and has happened once."""
    async with beside(server) as home:
        room, (eka, fajar) = await home.meeting("Eka", "Fajar")
        waiting = await home.waiting(room, "Gita")
        assert await twice(waiting, "accept-agreement", version=1) == ["ok", "stale"]
        assert await twice(eka, "admit", seat=waiting.seat) == ["ok", "not-waiting"]
        assert await twice(fajar, "raise-hand") == ["ok", "hand-up"]
        await fajar.until(lambda me: me.you.get("turn"))
        turn = fajar.you["turn"]
        assert await twice(fajar, "accept-floor", turn=turn) == ["ok", "no-turn"]
        ends = eka.view["turns"][turn]["ends_at"] + 60
        assert await twice(eka, "extend-turn", turn=turn, until=ends) == ["ok", "ok"]
        assert eka.view["turns"][turn]["ends_at"] == ends
        assert await twice(fajar, "finish-turn", turn=turn) == ["ok", "stale"]
        assert await twice(eka, "remove", seat=fajar.seat, reason="") == ["ok", "no-seat"]


async def twice(person: Person, type: str, **fields: Any) -> list[str]:
    answers = [await person.ask(type, **fields) for _ in range(2)]
    return [answer.get("code", "ok") for answer in answers]


async def test_commands_out_of_order(server: Running) -> None:
    """Aimed at what is not yet, or no more: refused with a code; nothing changes."""
    async with beside(server) as home:
        room, (eka, fajar) = await home.meeting("Eka", "Fajar")
        waiting = await home.waiting(room, "Gita")
        assert (await waiting.ask("raise-hand"))["code"] == "not-admitted"
        for type in ("accept-floor", "pass-floor", "finish-turn", "pause-turn", "resume-turn", "end-turn"):
            assert not (await fajar.ask(type, turn="t1"))["ok"], type
        await fajar.do("raise-hand")
        await fajar.until(lambda me: me.you.get("turn"))
        turn = fajar.you["turn"]
        assert not (await fajar.ask("finish-turn", turn=turn))["ok"]  # only offered
        assert not (await eka.ask("resume-turn", turn=turn))["ok"]
        before = dict(eka.view)
        assert (await eka.ask("move-hand", hand="h1", queue=0))["code"] in ("stale", "no-hand")
        assert (await eka.ask("lower-all", queue=2**53))["code"] == "stale"
        assert eka.view == before


async def test_a_command_after_a_return_that_was_meant_before(server: Running) -> None:
    """Sent again after coming back: it names its turn, so it cannot hit the next one; the older connection is deaf."""
    async with beside(server) as home:
        _, (eka, fajar) = await home.meeting("Eka", "Fajar")
        await fajar.do("raise-hand")
        await fajar.until(lambda me: me.you.get("turn"))
        first = fajar.you["turn"]
        await fajar.do("accept-floor", turn=first)
        again = await home.person().come_back(fajar)
        await fajar.closed.wait()
        assert fajar.bye == {"code": "elsewhere"}
        with pytest.raises((Gone, ConnectionError)):
            await fajar.ask("finish-turn", turn=first)
        assert (await again.ask("accept-floor", turn=first))["code"] == "no-turn"
        await again.do("finish-turn", turn=first)
        await again.do("raise-hand")
        await again.until(lambda me: me.you.get("turn"))
        assert (await again.ask("finish-turn", turn=first))["code"] == "stale"
        assert await again.until(lambda me: me.you["turn"]) != first
        assert not eka.gaps


async def test_another_rooms_people_hands_and_turns(server: Running) -> None:
    """Whoever leads one room has no power in the next: nothing of it exists for them."""
    async with beside(server) as home:
        _, (eka, fajar, gita) = await home.meeting("Eka", "Fajar", "Gita")
        _, (hana,) = await home.meeting("Hana")
        await speaks(eka, fajar)
        await gita.do("raise-hand")
        await eka.until(lambda me: me.view["queue"])
        before, heard = dict(eka.view), len(eka.heard)
        for seat in (fajar.seat, gita.seat, eka.seat):
            for type in ("admit", "decline", "call-on", "remove", "add-hand", "name-successor"):
                answer = await hana.ask(type, seat=seat, **({"reason": ""} if type == "remove" else {}))
                assert answer == {"ok": False, "code": "no-seat"}, type
        hand, turn = gita.you["hand"], fajar.you["turn"]
        for type in ("end-turn", "pause-turn", "resume-turn"):
            assert (await hana.ask(type, turn=turn))["code"] in ("stale", "no-turn")
        assert (await hana.ask("lower-hand", hand=hand))["code"] in ("stale", "no-hand")
        with pytest.raises(TurnedAway, match="no-entry"):
            await home.person().come_back(fajar, room=hana.room)
        assert (eka.view, len(eka.heard)) == (before, heard)


async def test_first_words_that_are_none(server: Running) -> None:
    """Auth of every wrong shape: one code, and no seat."""
    wrong: list[Any] = [None, 5, "x", [], {}, {"v": 1}, {"v": 2**64 - 1}, {"v": float("nan")}, {"v": 1, "room": None}]
    wrong += [{"v": 1, "room": "x" * 60_000, "secret": "", "name": "A"}, {"v": 1, "room": "", "name": b"x"}]
    async with beside(server) as home:
        codes = set()
        for auth in wrong * 3:
            with pytest.raises(TurnedAway) as no:
                await home.person().connect(auth)
            codes.add(str(no.value))
        assert codes <= {"malformed", "reload", "no-entry"}


async def test_strangers_from_everywhere(server: Running) -> None:
    """Thirty addresses at once knock with wrong links: one answer for all, and whoever has a right one comes in."""
    async with beside(server) as home:
        room, (eka,) = await home.meeting("Eka")
        await asyncio.gather(*(knock_wrongly(server, room.id) for _ in range(30)))
        await home.seated(room, eka, "Fajar")


async def knock_wrongly(server: Running, room: str) -> None:
    async with house(server, an_address()) as strangers:
        for secret in ("", "x" * 22, "../../etc/passwd", "\0", "🌱"):
            with pytest.raises(TurnedAway, match="no-entry"):
                await strangers.person().connect({"v": 1, "room": room, "secret": secret, "name": "Zed"})


async def test_questions_that_are_none(server: Running) -> None:
    """Asked for links and ways by whoever may not, wrongly, or for what is not there: a code, and no link."""
    wrong: list[Any] = [None, {}, [], {"type": "make-invite", "role": "server"}, {"type": "make-invite", "hours": -1}]
    wrong += [{"type": "make-invite", "hours": 1e300}, {"type": "renew-link", "link": "x" * 25}, {"type": "command"}]
    async with beside(server) as home:
        room, (eka, fajar) = await home.meeting("Eka", "Fajar")
        waiting = await home.waiting(room, "Gita")
        for person in (eka, fajar, waiting):
            for data in wrong:
                assert await person.emit("ask", data) == {"ok": False, "code": "malformed"}, data
        for type in ("list-links", "make-invite"):
            assert (await fajar.emit("ask", {"type": type}))["code"] == "forbidden"
            assert (await waiting.emit("ask", {"type": type}))["code"] in ("not-agreed", "not-admitted")
        for type in ("renew-link", "revoke-link"):
            assert (await eka.emit("ask", {"type": type, "link": "invite-99"}))["code"] == "no-link"
            assert (await eka.emit("ask", {"type": type, "link": "host"}))["code"] == "forbidden"
        await waiting.tell("ask", {"type": "move"})  # nobody could be told the answer
        assert (await eka.emit("ask", {"type": "list-links"}))["ok"]
