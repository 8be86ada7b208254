"""Canaries: nothing that people say, are called or come from, and no secret, is in any file or in what is printed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import msgpack
import pytest

from tests.server.person import TurnedAway
from tests.server.running import House, Room, Running, house, running

FROM = "127.0.0.77"  # where people come from; no other thing has this address
TOKEN = "host-token-Zeisig-0123456789"
NAMES = ["Amsel Eins", "Birkhuhn Zwei", "Dohle Drei", "Elster Vier"]
WORDS = ["note-Falke", "answer-Gimpel", "reason-Habicht", "reason-Ibis", "type-Kauz", "path-Lerche", "malformed-Milan"]


def kept(data: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, raw: with free pages, log and whatever else."""
    for path in sorted(data.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def found(canaries: list[str], data: Path, *said: str) -> list[tuple[str, str]]:
    """Which canary is where, in the ways that programs write text."""
    texts = [("output", text.encode()) for text in said]
    return [
        (canary, where)
        for where, content in [*kept(data), *texts]
        for canary in canaries
        if any(canary.encode(way).lower() in content.lower() for way in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


async def test_nothing_of_people_is_kept_or_printed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    loud = {"PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1"}
    with running(data, env=loud, token=TOKEN) as server:
        async with house(server, FROM) as home:
            room = await home.room("Title-Nachtigall", questions=["Who sent you?"], agreement={"text": "Text-Orpheus"})
            secrets = [link.rpartition("#")[2] for link in room.links.values()]
            tokens = await an_evening(home, room)
            canaries = [*NAMES, *WORDS, *secrets, *tokens, TOKEN, FROM]
            assert found(canaries, data, server.said) == []
            server.kill()
            assert found(canaries, data, server.said) == []

            home.server = Running(data, env=loud, token=TOKEN)
            lead = await home.person().connect({"v": 1, "room": room.id, "resume": tokens[0], "name": NAMES[0]})
            assert found(canaries, data, server.said, home.server.said) == []
            seats = list(lead.view["people"])
            assert {seat for seat, _ in found(seats, data)} == set(seats)  # the search finds what is there
            await lead.do("close-meeting")
            home.server.terminate()
            assert home.server.end() == 0
            assert found([*canaries, *seats], data, server.said, home.server.said) == []
    hosts = ["Title-Nachtigall", "Text-Orpheus"]  # a host's own words are kept
    assert {name for name, _ in found(hosts, data)} == set(hosts)


async def an_evening(home: House, room: Room) -> list[str]:
    """Everything that people can say, right and wrong; the resume tokens, the facilitator's first."""
    lead = await home.leading(room, NAMES[0])
    speaker = await home.seated(room, lead, NAMES[1])
    removed = await home.seated(room, lead, NAMES[2])
    waiting = await home.waiting(room, NAMES[3])
    await lead.do("open-meeting")
    await waiting.do("answer-door", answers=["answer-Gimpel"])
    await speaker.do("raise-hand", note="note-Falke")
    await lead.do("call-on", seat=speaker.seat)
    await lead.do("remove", seat=removed.seat, reason="reason-Habicht")
    await lead.ask("remove", seat="nobody", reason="reason-Ibis")
    await speaker.emit("command", {"type": "type-Kauz", "note": "note-Falke"})
    await speaker.emit("malformed-Milan", {"note": "note-Falke"})
    await speaker.socket.send_bytes(b"\xc1malformed-Milan")
    await speaker.socket.send_bytes(msgpack.packb({"type": 9, "nsp": "/malformed-Milan"}))
    for auth in (
        {"v": 1, "room": room.id, "secret": "malformed-Milan", "name": NAMES[1]},
        {"v": 1, "room": "malformed-Milan", "secret": "malformed-Milan", "name": NAMES[1]},
        {"v": 1, "room": room.id, "resume": "malformed-Milan", "name": NAMES[1]},
        {"v": 1, "room": room.id, "resume": lead.resume, "name": NAMES[1]},
        {"v": 1, "room": room.id, "name": {"malformed-Milan": NAMES[1]}},
    ):
        with pytest.raises(TurnedAway):
            await home.person().connect(auth)
    await over_http(home)
    await waiting.pull()
    await lead.until(lambda me: not me.view["waiting"][waiting.seat]["present"])
    return [person.resume or "" for person in (lead, speaker, removed, waiting)]


async def over_http(home: House) -> None:
    """Requests that a log might tell about."""
    for path in ("/r/path-Lerche", "/path-Lerche", "/host?secret=path-Lerche", "/socket.io/?EIO=4&name=path-Lerche"):
        async with home.session.get(home.server.url + path) as answer:
            await answer.read()
    headers = {"Authorization": "Bearer path-Lerche", "Origin": "http://path-Lerche.test", "Referer": "path-Lerche"}
    async with home.session.post(f"{home.server.url}/api/rooms", data=b"path-Lerche", headers=headers) as answer:
        assert answer.status == 401
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await home.session.ws_connect(f"{home.server.url}/socket.io/?EIO=4&transport=websocket", headers=headers)
    port = int(home.server.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(FROM, 0))
    writer.write(b"path-Lerche \x00\xff this is not HTTP\r\n\r\n")
    await reader.read()
    writer.close()
    await writer.wait_closed()
