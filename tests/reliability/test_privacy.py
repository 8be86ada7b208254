"""Canaries: nothing that people say, are called or come from, and no secret, is in any file, in what is printed, in the
metrics, in a backup; not after a disk that failed, a kill, an end, either. And `disclose` shows what memory has, to
whoever owns the data folder, and nothing that opens anything.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import msgpack
import pytest

from tests.server.person import Person, TurnedAway
from tests.server.running import House, Room, Running, house, running
from tests.server.test_cli import lingkar

FROM = "127.0.0.77"  # where people come from; no other thing has this address
TOKEN = "host-token-Zeisig-0123456789"
METRICS = "metrics-token-Zaunkoenig-0123456789"
NAMES = ["Amsel Eins", "Birkhuhn Zwei", "Dohle Drei", "Elster Vier", "Fink Fuenf", "Gans Sechs", "Huhn Sieben"]
SAID = [  # what those who lead see, or one person is told
    *("note-Falke", "answer-Gimpel", "words-Rabe", "proposal-Specht", "note-Taube", "prompt-Zilpzalp"),
    "announced-Pirol",
]
PASSING = [  # what is told to one person, is wrong, or is asked for in vain
    *("reason-Habicht", "reason-Ibis", "type-Kauz", "path-Lerche", "malformed-Milan", "words-Uhu", "answer-Wachtel"),
]
LOUD = {"PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1", "LINGKAR_METRICS_TOKEN": METRICS}


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
    with running(data, env=LOUD, token=TOKEN) as server:
        async with house(server, FROM) as home:
            room = await home.room("Title-Nachtigall", questions=["Who sent you?"], agreement={"text": "Text-Orpheus"})
            people, secrets = await an_evening(home, room)
            lead, speaker, erased = people[0], people[1], people[4]
            opens = [*secrets, *(person.resume or "" for person in people), TOKEN, METRICS]
            canaries = [*NAMES, *SAID, *PASSING, *opens, FROM]
            assert found(canaries, data, server.said, *await others(home, tmp_path / "one")) == []
            disclosed = lingkar("disclose", room.id, "--data", str(data)).stdout
            assert {text for text, _ in found([*NAMES[:6], *SAID, FROM], tmp_path / "none", disclosed)} == {
                *(*NAMES[:6], *SAID, FROM)
            }
            assert found([*opens, *PASSING, NAMES[6]], tmp_path / "none", disclosed) == []

            await on_a_full_disk(home, people)
            assert found(canaries, data, server.said) == []
            await erased.do("leave", erase=True)
            assert found([*canaries, erased.seat], data, server.said) == []
            disclosed = lingkar("disclose", room.id, "--data", str(data)).stdout
            assert found([erased.name, erased.seat, erased.resume or ""], tmp_path / "none", disclosed) == []
            server.kill()
            assert found([*canaries, erased.seat], data, server.said) == []
            disclosed = lingkar("disclose", room.id, "--data", str(data)).stdout
            assert found(canaries, tmp_path / "none", disclosed) == []

            home.server = again = Running(data, env=LOUD, token=TOKEN)
            lead = await home.person().come_back(lead)
            speaker = await home.person().come_back(speaker)
            assert found([*canaries, erased.seat], data, again.said, *await others(home, tmp_path / "two")) == []
            seats = list(lead.view["people"])
            assert {seat for seat, _ in found(seats, data)} == set(seats)  # the search finds what is there
            again.terminate()
            assert again.end() == 0
            assert found([*canaries, erased.seat], data, again.said) == []

            home.server = last = Running(data, env=LOUD, token=TOKEN)
            lead = await home.person().come_back(lead)
            await lead.do("close-meeting")
            await lead.closed.wait()
            last.terminate()
            assert last.end() == 0
            assert found([*canaries, *seats], data, server.said, again.said, last.said) == []
    hosts = ["Title-Nachtigall", "Text-Orpheus"]  # a host's own words are kept
    assert {name for name, _ in found(hosts, data)} == set(hosts)


async def an_evening(home: House, room: Room) -> tuple[list[Person], list[str]]:
    """Everything that people can say, right and wrong: who is inside, the facilitator first, and who is not; and all
    that opens something."""
    lead = await home.leading(room, NAMES[0])
    speaker = await home.seated(room, lead, NAMES[1])
    removed = await home.seated(room, lead, NAMES[2])
    waiting = await home.waiting(room, NAMES[3])
    leaving = await home.seated(room, lead, NAMES[4])
    second = await home.seated(room, lead, NAMES[5], "facilitator")
    await lead.do("open-meeting")
    await lead.do("set-prompt", prompt="prompt-Zilpzalp")
    assert (await home.api("POST", "/api/announcements", {"text": "announced-Pirol"}))[0] == 201
    await waiting.do("answer-door", answers=["answer-Wachtel"])
    await waiting.do("answer-door", answers=["answer-Gimpel"])
    await lead.do("tell-waiting", seat=waiting.seat, text="words-Uhu")
    await lead.do("tell-waiting", text="words-Rabe")
    await speaker.do("raise-hand", note="note-Falke")
    await leaving.do("raise-hand", note="note-Taube")
    await lead.do("call-on", seat=second.seat)
    await lead.do("remove", seat=removed.seat, reason="reason-Habicht")
    await lead.ask("remove", seat="nobody", reason="reason-Ibis")
    assert (await home.api("PATCH", f"/api/rooms/{room.id}", {"two_to_remove": True}))[0] == 200
    await lead.do("remove", seat=leaving.seat, reason="proposal-Specht")
    secrets = [link.rpartition("#")[2] for link in room.links.values()] + await ways(home, room, lead, speaker)
    await what_is_wrong(home, room, lead, speaker)
    await over_http(home)
    await waiting.pull()
    await lead.until(lambda me: not me.view["waiting"][waiting.seat]["present"])
    return [lead, speaker, removed, waiting, leaving, second], secrets


async def ways(home: House, room: Room, lead: Person, speaker: Person) -> list[str]:
    """The secrets of an invite that is used, revoked, renewed; and of moves, one of them used."""
    urls: list[str] = []
    for n in range(3):
        made = await lead.emit("ask", {"type": "make-invite", "hours": 1})
        urls.append(next(link["url"] for link in made["links"] if link["id"] == made["made"]))
        if n == 0:
            await (await home.person().join(urls[-1], NAMES[6])).do("leave")
        kind = ["renew-link", "revoke-link", "renew-link"][n]
        done = await lead.emit("ask", {"type": kind, "link": made["made"]})
        urls += [link["url"] for link in done["links"] if link["id"] == made["made"]]
    for person in (lead, speaker):
        urls.append((await person.emit("ask", {"type": "move"}))["url"].replace("#~", "#"))
    codes = [url.rpartition("#")[2] for url in urls]
    moved = await home.person().connect({"v": 1, "room": room.id, "name": "", "move": codes[-1]})
    assert (moved.seat, moved.you["name"]) == (speaker.seat, speaker.name)
    await home.person().come_back(speaker)  # and back again
    return [*codes, moved.resume or ""]


async def what_is_wrong(home: House, room: Room, lead: Person, speaker: Person) -> None:
    """What is not of the protocol, or opens nothing."""
    stranger = await home.person().join(room.links["participant"], NAMES[6])
    await stranger.emit("command", {"type": "type-Kauz", "note": "note-Falke"})
    await stranger.emit("ask", {"type": "type-Kauz", "link": "malformed-Milan"})
    await stranger.emit("malformed-Milan", {"note": "note-Falke"})
    await stranger.socket.send_bytes(b"\xc1malformed-Milan")
    await stranger.socket.send_bytes(msgpack.packb({"type": 9, "nsp": "/malformed-Milan"}))
    await stranger.do("leave")
    auths: list[dict[str, Any]] = [
        {"room": room.id, "secret": "malformed-Milan", "name": NAMES[1]},
        {"room": "malformed-Milan", "secret": "malformed-Milan", "name": NAMES[1]},
        {"room": room.id, "resume": "malformed-Milan", "name": NAMES[1]},
        {"room": room.id, "resume": lead.resume, "name": NAMES[1]},
        {"room": room.id, "move": "malformed-Milan", "name": NAMES[1]},
        {"room": room.id, "name": {"malformed-Milan": NAMES[1]}},
    ]
    for auth in auths:
        with pytest.raises(TurnedAway):
            await home.person().connect({"v": 1, **auth})


async def on_a_full_disk(home: House, people: list[Person]) -> None:
    """What could not be stored is not anywhere either."""
    with home.server.full_disk():
        for person in people[4:]:
            for command in ("leave", "raise-hand", "lower-hand"):
                assert not (await person.ask(command))["ok"]
    async with asyncio.timeout(20):
        while not (await people[0].ask("close-queue"))["ok"]:
            await asyncio.sleep(0.1)


async def others(home: House, backup: Path) -> list[str]:
    """What else can be had of a server: its metrics, its health, a backup, what is printed by it."""
    async with home.session.get(f"{home.server.url}/metrics", headers={"Authorization": f"Bearer {METRICS}"}) as answer:
        assert answer.status == 200
        metrics = await answer.text()
    async with home.session.get(f"{home.server.url}/healthz") as answer:
        health = await answer.text()
    said = await asyncio.to_thread(lingkar, "backup", str(backup), "--data", str(home.data))
    assert said.returncode == 0, said.stderr
    return [metrics, health, said.stdout, said.stderr, await asyncio.to_thread(backup.read_text)]


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
