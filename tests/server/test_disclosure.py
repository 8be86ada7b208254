"""What the server could hand over: everything that it has, to whoever has its data folder, and to nobody else."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from server.disclosure import SOCKET
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


@pytest.mark.parametrize("id", ["nothing", "../rooms", "", "m0/..", "a b"])
def test_what_is_not_there_is_said(tmp_path: Path, id: str) -> None:
    with running(tmp_path / "data"):
        said = lingkar("disclose", id, "--data", str(tmp_path / "data"))
        assert (said.returncode, said.stdout) == (1, "")
        assert said.stderr == f"lingkar: there is no meeting or room {id!r} in {tmp_path / 'data'}.\n"
