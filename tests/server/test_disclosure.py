"""What the server could hand over: everything that it has, to whoever has its data folder, and to nobody else."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from server.control import SOCKET
from tests.server.media.circles import sound, sounding
from tests.server.running import house, running
from tests.server.test_cli import lingkar

FROM = "127.0.0.77"


def disclosed(data: Path, id: str) -> Any:
    said = lingkar("disclose", id, "--data", str(data))
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


async def test_everything_about_a_meeting_from_memory_and_disk(tmp_path: Path) -> None:
    data = tmp_path / ("deep" * 30) / "data"  # longer than the name of a socket may be
    with running(data) as server:
        async with house(server, FROM) as home:
            room, (_, budi) = await home.meeting("Ada Amsel", "Budi Birkhuhn", questions=["Who sent you?"])
            await budi.do("raise-hand", note="note-Falke")
            secrets = [link.rpartition("#")[2] for link in room.links.values()]
            assert stat.S_IMODE((data / SOCKET).stat().st_mode) == 0o600

            found = disclosed(data, room.id)
            meeting = found["memory"]["meeting"]
            names = {name["text"] for name in found["memory"]["live"]["names"].values()}
            assert names == {"Ada Amsel", "Budi Birkhuhn"}
            assert "note-Falke" in found["memory"]["live"]["notes"].values()
            assert set(found["memory"]["connections"].values()) == {FROM}
            [stored] = found["disk"]
            assert stored["meeting"] == meeting
            assert {event["type"] for event in stored["events"]} >= {"seat-taken", "hand-raised"}
            assert not any(secret in json.dumps(found) for secret in (*secrets, server.token))
            assert disclosed(data, meeting)["memory"]["kept"]["seats"] == found["memory"]["kept"]["seats"]

            server.kill()
            left = disclosed(data, meeting)
            assert left["memory"] == {}
            assert left["disk"][0]["events"][: len(stored["events"])] == stored["events"]
            assert "Amsel" not in json.dumps(left) and "Falke" not in json.dumps(left) and FROM not in json.dumps(left)


async def test_it_is_all_that_was_planted_and_nothing_that_opens_anything(tmp_path: Path) -> None:
    async with sounding(tmp_path / "data") as near, house(near.server, FROM) as home:
        data = home.data
        room, people = await home.meeting(
            "Ada Amsel", "Budi Birkhuhn", "Citra Dohle", "Dewi Elster", two_to_remove=True, questions=["Who sent you?"]
        )
        ada, budi, citra, dewi = people
        second = await home.seated(room, ada, "Bima Falke", "facilitator")
        waiting = await home.waiting(room, "Eka Gimpel")
        handset = await sound(budi)
        await waiting.do("answer-door", answers=["answer-Habicht"])
        await ada.do("tell-waiting", seat=waiting.seat, text="words-Ibis")
        await budi.do("raise-hand", note="note-Kauz")
        await ada.do("remove", seat=citra.seat, reason="reason-Lerche")
        await second.do("remove", seat=citra.seat, reason="reason-Milan")
        await ada.do("remove", seat=dewi.seat, reason="proposal-Nandu")
        way = await budi.emit("ask", {"type": "move"})
        made = await ada.emit("ask", {"type": "make-invite"})
        [invite] = [link for link in made["links"] if link["id"] == made["made"]]
        await citra.closed.wait()
        await waiting.pull()
        await ada.until(lambda me: not me.view["waiting"][waiting.seat]["present"])
        found = disclosed(data, room.id)
        printed, memory = json.dumps(found), found["memory"]

        there = ["Amsel", "Birkhuhn", "Dohle", "Elster", "Falke", "Gimpel", "answer-Habicht", "words-Ibis", "note-Kauz"]
        there += ["proposal-Nandu", "Who sent you?", made["made"], citra.seat, FROM]
        assert [text for text in there if text not in printed] == []
        tokens = [person.resume or "" for person in (*people, second, waiting)]
        secrets = [link.rpartition("#")[2] for link in (*room.links.values(), invite["url"], way["url"])]
        gone = ["reason-Lerche", "reason-Milan", *tokens, *secrets, secrets[-1].lstrip("~"), home.server.token]
        assert [text for text in gone if text in printed] == []
        assert [
            name for name in ("Amsel", "Dohle", FROM, "note-") if name in json.dumps([found["disk"], found["room"]])
        ] == []

        assert memory["moves"] == 1
        assert memory["sound"] == {budi.seat: ["127.0.0.1"]}
        assert memory["connections"].keys() == {ada.seat, budi.seat, dewi.seat, second.seat}
        places = {place["place"]: place for place in memory["places"]}
        assert places.keys() == {FROM}
        assert places[FROM]["lines"] == 4
        assert memory["live"]["gone"][citra.seat]["name"]["text"] == "Citra Dohle"
        assert {act["done"] for act in memory["live"]["acts"].values()} >= {"admitted", "removed", "invited"}
        [row] = found["room"]
        assert row["invites"] == {made["made"]: "participant"}
        assert row["generations"].keys() == {"participant", "facilitator", "host", made["made"]}
        await handset.close()

        home.server.kill()
        left = disclosed(data, room.id)
        assert (left["memory"], left["room"]) == ({}, [row])
        assert [text for text in there[:10] if text in json.dumps(left)] == []


async def test_a_room_without_a_meeting_is_known_as_its_host_made_it(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            room = await home.room("Thursday")
            running_now = disclosed(home.data, room.id)
            server.kill()
            for found in (running_now, disclosed(home.data, room.id)):
                assert found["disk"] == []
                assert [row["title"] for row in found["room"]] == ["Thursday"]


@pytest.mark.parametrize("id", ["nothing", "../rooms", "", "m0/..", "a b"])
def test_what_is_not_there_is_said(tmp_path: Path, id: str) -> None:
    with running(tmp_path / "data"):
        said = lingkar("disclose", id, "--data", str(tmp_path / "data"))
        assert (said.returncode, said.stdout) == (1, "")
        assert said.stderr == f"lingkar: there is no meeting or room {id!r} in {tmp_path / 'data'}.\n"
