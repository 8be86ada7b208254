"""Backups: rooms come back, links do not, meetings never were in it."""

import contextlib
import json
import stat
from pathlib import Path

import msgspec
import pytest

from server import backup, entries
from server.backup import BackupRefused
from server.database import DATABASE, DataFolderInUse, connect, prepare
from server.invites import KINDS
from server.links import Keys
from server.schedule import Schedule
from server.stored import RoomRow, read_meetings, read_rooms, save_room
from tests.server.evening import Evening, evening
from tests.server.test_cli import lingkar


@evening
async def test_rooms_come_back_with_new_links_and_without_meetings(server: Evening) -> None:
    room, people = await server.meeting("Ada", "Budi", questions=("Who sent you?",), text="We listen.")
    links = entries.urls(room)
    file = server.folder.with_name("backup.json")
    assert backup.write(server.folder, file) == 1  # while the server runs
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert "We listen." in text and "Who sent you?" in text
    assert not any(word in text for word in ("Ada", "Budi", people[0].seat, room.live.meeting))
    assert not any(link.rpartition("#")[2] in text for link in links.values())

    elsewhere = server.folder.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "key").write_bytes((server.folder / "key").read_bytes())
    assert backup.restore(elsewhere, file) == 1
    [row] = read_rooms(elsewhere / DATABASE)
    assert (row.id, row.text, row.questions) == (room.id, "We listen.", ("Who sent you?",))
    keys = Keys.open(elsewhere)
    for kind, generation in row.generations.items():
        assert keys.link_of(room.id, row.generations, links[kind].rpartition("#")[2]) is None
        assert generation > room.row.generations[kind]


@evening
async def test_a_link_that_was_revoked_after_the_backup_stays_dead(server: Evening) -> None:
    room = await server.room()
    file = server.folder.with_name("backup.json")
    backup.write(server.folder, file)
    since = {kind: generation + 7 for kind, generation in room.row.generations.items()}  # rotated seven times
    elsewhere = server.folder.with_name("elsewhere")
    backup.restore(elsewhere, file)
    [row] = read_rooms(elsewhere / DATABASE)
    assert all(row.generations[kind] > since[kind] for kind in since)


@evening
async def test_what_is_not_in_the_backup_stays_and_what_went_on_is_erased(server: Evening) -> None:
    first, _ = await server.meeting("Ada")
    file = server.folder.with_name("backup.json")
    backup.write(server.folder, file)
    second = await server.room()
    with pytest.raises(DataFolderInUse):
        backup.restore(server.folder, file)
    await server.rooms.stop()
    await server.journal.close()
    assert backup.restore(server.folder, file) == 1
    rows = read_rooms(server.folder / DATABASE)
    assert [row.id for row in rows] == [first.id, second.id]
    assert read_meetings(server.folder / DATABASE) == []
    for row, room in zip(rows, (first, second), strict=True):
        assert all(row.generations[kind] > room.row.generations[kind] for kind in row.generations)


def broken(whole: str) -> list[str]:
    document = json.loads(whole)
    return [
        "",
        "{}",
        whole[: len(whole) // 2],
        json.dumps({**document, "rooms": []}),
        json.dumps({**document, "lingkar_backup": 4}),
        json.dumps({**document, "more": 1}),
        "[" * 5000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ]


@evening
async def test_half_a_backup_or_another_file_changes_nothing(server: Evening) -> None:
    await server.room()
    file = server.folder.with_name("backup.json")
    backup.write(server.folder, file)
    elsewhere = server.folder.with_name("elsewhere")
    for text in broken(file.read_text()):
        wrong = server.folder.with_name("wrong.json")
        wrong.write_text(text)
        with pytest.raises(BackupRefused):
            backup.restore(elsewhere, wrong)
    assert not elsewhere.exists()
    with pytest.raises(BackupRefused):
        backup.write(server.folder, file)  # nothing is written over
    with pytest.raises(BackupRefused):
        backup.write(elsewhere, server.folder.with_name("other.json"))


@evening
async def test_a_room_that_this_program_cannot_run_is_not_put_back(server: Evening) -> None:
    await server.room()
    await server.room()
    file, elsewhere = server.folder.with_name("backup.json"), server.folder.with_name("elsewhere")
    backup.write(server.folder, file)
    whole = file.read_text()
    for field, value in (("format", "opera"), ("policy", "everything-is-told")):
        document = json.loads(whole)
        document["rooms"][1][field] = value
        rows = [msgspec.convert(row, RoomRow) for row in document["rooms"]]
        file.write_text(json.dumps({**document, "sha256": backup.digest(rows)}))
        with pytest.raises(BackupRefused, match=f"a room with '{value}', which this version .* does not know"):
            backup.restore(elsewhere, file)
        assert not elsewhere.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"zone": "Asia/Atlantis"}, "by a clock (Asia/Atlantis) that is not known here."),
        ({"moon": "full"}, "has a schedule that this version does not know: use the newer one."),
    ],
)
def test_a_room_whose_schedule_this_machine_cannot_keep(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    """Neither started with nor put back: its doors would open at a time that nobody planned."""
    (tmp_path / "data").mkdir()
    path = prepare(tmp_path / "data")
    row = RoomRow(
        id="abc", title="Wednesday", format="simple", policy="stays-in-the-room", text="", version=1, questions=(),
        generations=dict.fromkeys(KINDS, 1), created=1.0, schedule=Schedule("UTC", "2026-11-24T19:30", 60),
    )  # fmt: skip
    plain = msgspec.to_builtins(row)
    plain["schedule"] |= changed
    with contextlib.closing(connect(path)) as db:
        save_room("abc", msgspec.json.encode(plain), db, {})
    started = lingkar("serve", "--port", "0", "--data", str(tmp_path / "data"))
    assert started.returncode == 1
    assert started.stderr.startswith("lingkar: The room abc ")
    assert said in started.stderr
    file = tmp_path / "backup.json"
    file.write_text(json.dumps({"lingkar_backup": 3, "rooms": [plain], "sha256": backup.digest([plain])}))
    with pytest.raises(BackupRefused, match=r"a room with a schedule .*which this version"):
        backup.restore(tmp_path / "elsewhere", file)


def test_a_server_does_not_start_with_a_room_that_it_cannot_run(tmp_path: Path) -> None:
    path = prepare(tmp_path)
    row = RoomRow(
        id="abc", title="Wednesday", format="opera", policy="stays-in-the-room", text="", version=1, questions=(),
        generations=dict.fromkeys(KINDS, 1), created=1.0,
    )  # fmt: skip
    with contextlib.closing(connect(path)) as db:
        save_room("abc", msgspec.json.encode(row), db, {})
    said = lingkar("serve", "--port", "0", "--data", str(tmp_path))
    sentence = "lingkar: The room abc has a format that this version does not know: use the newer one.\n"
    assert (said.returncode, said.stderr) == (1, sentence)


def test_from_the_command_line(tmp_path: Path) -> None:
    nothing = lingkar("backup", str(tmp_path / "b.json"), "--data", str(tmp_path / "none"))
    assert (nothing.returncode, nothing.stderr) == (1, f"lingkar: There is no database in {tmp_path / 'none'}.\n")
    missing = lingkar("restore", str(tmp_path / "b.json"), "--data", str(tmp_path / "none"))
    assert missing.stderr == f"lingkar: The backup {tmp_path / 'b.json'} cannot be read: No such file or directory.\n"
