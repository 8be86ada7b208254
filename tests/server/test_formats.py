"""Formats of rooms: picked, copied, written, refused; over the API, in the room, after a restart, in a backup."""

import asyncio
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from protocol.formats import Format
from protocol.views import MeetingState
from rooms.format import read
from server import backup, disclosure
from server.database import DATABASE, DataNewer
from server.formats import FORMATS, TEXTS, chosen
from server.journal import StorageFailed
from server.stored import RoomRow, read_room, read_rooms
from tests.server.evening import Evening, Guest, evening
from tests.server.running import house, running
from tests.server.test_http import Answer, Asker, ask, served

__all__ = ["ask", "served"]

OWN_TEXT = """
name = "council"
title = "Kamis"

[[phases]]
name = "opening"
order = "chosen"

[[phases]]
name = "sharing"
turn = 240
title = "Bagi cerita"
"""
OWN = read(OWN_TEXT)
WRONG = {"name": "council", "phases": [{"name": "opening", "turn": 5}, {"floor": "silence", "name": "opening"}]}
TOLD = [
    {"at": "phases[0].turn", "code": "range", "why": "it must be from 10 to 21600", "low": 10, "high": 21600},
]


def plain(form: Format) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(form))
    return found


# Over the API


def test_the_formats_that_come_with_it_are_listed_and_shown(ask: Asker) -> None:
    listed = ask.host("GET", "/api/formats").json["formats"]
    assert [form["name"] for form in listed] == [
        *("simple", "listening-space", "council", "equal-time", "discussion", "support-circle", "open-floor")
    ]
    assert [msgspec.convert(form, Format) for form in listed] == list(FORMATS.values())
    for name, text in TEXTS.items():
        found = ask.host("GET", f"/api/formats/{name}")
        assert (found.headers["Content-Type"], found.body.decode()) == ("text/plain; charset=utf-8", text)
    assert ask.host("GET", "/api/formats/opera").json == {"code": "not-found"}


@pytest.mark.parametrize("path", ["/api/formats", "/api/formats/simple", "/api/rooms/x/format"])
def test_without_the_right_token_there_is_nothing(ask: Asker, path: str) -> None:
    assert ask("GET", path).json == {"code": "unauthorized"}
    assert ask("POST", "/api/formats", {"format": "simple"}).json == {"code": "unauthorized"}


def test_what_somebody_wrote_is_looked_at_and_changes_nothing(ask: Asker) -> None:
    for body in ({"format_toml": OWN_TEXT}, {"format": plain(OWN)}):
        looked = ask.host("POST", "/api/formats", body)
        assert (looked.status, msgspec.convert(looked.json["format"], Format)) == (200, OWN)
    nothing: dict[str, Any]
    for nothing in ({}, {"format": "simple", "format_toml": OWN_TEXT}, {"format": 3}, {"formats": []}):
        assert ask.host("POST", "/api/formats", nothing).json == {"code": "malformed"}
    assert ask.host("POST", "/api/formats", {"format": "opera"}).json == {"code": "format-unknown"}
    assert ask.host("GET", "/api/rooms").json == {"rooms": []}


def refused(answer: Answer) -> Any:
    assert (answer.status, answer.json["code"]) == (400, "format")
    return answer.json["detail"]


def test_a_wrong_format_makes_no_room_and_says_everything(ask: Asker) -> None:
    for path in ("/api/rooms", "/api/formats"):
        title = {"title": "x"} if path == "/api/rooms" else {}
        assert refused(ask.host("POST", path, title | {"format": WRONG})) == TOLD
        [syntax] = refused(ask.host("POST", path, title | {"format_toml": 'name = "x'}))
        assert (syntax["at"], syntax["code"], syntax["line"]) == ("", "syntax", 1)
        fits = WRONG | {"phases": [{}, {"floor": "silence"}]}
        assert [fault["code"] for fault in refused(ask.host("POST", path, title | {"format": fits}))] == [
            *("same-name", "needs-box")
        ]
        assert refused(ask.host("POST", path, title | {"format": {}}))
    assert ask.host("GET", "/api/rooms").json == {"rooms": []}


def test_a_room_has_a_format_by_name_or_one_of_its_own(ask: Asker) -> None:
    made = ask.host("POST", "/api/rooms", {"title": "x", "format": "council"}).json
    path = f"/api/rooms/{made['id']}"
    assert made["format"] == "council"
    assert "own_format" not in made
    assert ask.host("GET", f"{path}/format").body.decode() == TEXTS["council"]

    changed = ask.host("PATCH", path, {"format": plain(OWN)}).json
    assert (changed["format"], changed["own_format"]) == ("council", plain(OWN))
    assert read(ask.host("GET", f"{path}/format").body.decode()) == OWN
    assert ask.host("PATCH", path, {"title": "y"}).json["own_format"] == plain(OWN)

    before = ask.host("GET", path).json
    assert refused(ask.host("PATCH", path, {"title": "z", "format": WRONG})) == TOLD
    assert ask.host("PATCH", path, {"title": "z", "format": "opera"}).json == {"code": "format-unknown"}
    assert ask.host("GET", path).json == before

    back = ask.host("PATCH", path, {"format": plain(FORMATS["council"])}).json  # it is none of its own any more
    assert "own_format" not in back
    toml = ask.host("PATCH", path, {"format_toml": OWN_TEXT}).json
    assert toml["own_format"] == plain(OWN)
    assert "own_format" not in ask.host("PATCH", path, {"format": "simple"}).json
    ask.host("DELETE", path)


# In the room


def told(guest: Guest, key: int) -> Any:
    assert guest.heard
    return guest.answers[key]


def last_deed(guest: Guest) -> tuple[str, str]:
    act = guest.view["acts"][guest.view["lately"][-1]]
    return act["done"], act.get("who", "")


@evening
async def test_those_who_lead_see_and_set_the_format(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi", format="listening-space")
    asked = ada.emit("ask", {"type": "list-formats"})
    await server.settled()
    found = told(ada, asked)
    assert [form["name"] for form in found["formats"]] == list(FORMATS)
    assert (found["current"]["name"], found["own"], found["ok"]) == ("listening-space", False, True)
    assert ada.view["phase"] == "opening"

    asked = ada.emit("ask", {"type": "set-format", "format": plain(OWN)})
    await server.settled()
    found = told(ada, asked)
    assert (msgspec.convert(found["current"], Format), found["own"]) == (OWN, True)
    assert (budi.view["format"], budi.view["format_title"], budi.view["phase"]) == ("council", "Kamis", "opening")
    assert [step["name"] for step in budi.view["agenda"]] == ["opening", "sharing"]
    assert last_deed(budi) == ("format-changed", "Ada")
    assert (room.row.format, room.row.own_format) == ("council", OWN)

    asked = ada.emit("ask", {"type": "set-format", "name": "simple"})
    await server.settled()
    assert (told(ada, asked)["current"]["name"], room.row.own_format) == ("simple", None)
    assert budi.view["phase"] == "sharing"  # the one that was on is not in it

    for form in FORMATS.values():
        for title in ("", "Kamis"):
            mine = msgspec.structs.replace(form, title=title)
            asked = ada.emit("ask", {"type": "set-format", "format": plain(mine)})
            await server.at(server.time + 1)
            assert (told(ada, asked)["own"], room.rules().format) == (bool(title), mine)
            assert (budi.view["format"], budi.view.get("format_title", "")) == (form.name, title)
    assert ada.gaps == budi.gaps == 0


@evening
async def test_others_do_not(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    asked = [budi.emit("ask", {"type": "list-formats"})]
    asked += [budi.emit("ask", {"type": "set-format", **what}) for what in ({"name": "council"}, {"format": WRONG})]
    at_the_door = waiting.emit("ask", {"type": "set-format", "name": "council"})
    await server.settled()
    assert {told(budi, key)["code"] for key in asked} == {"forbidden"}
    assert told(waiting, at_the_door)["code"] == "not-admitted"
    assert room.row.format == "simple"
    assert "format-changed" not in [act["done"] for act in ada.view["acts"].values()]


@evening
async def test_what_could_not_run_is_refused_with_reasons_and_is_no_strike(server: Evening) -> None:
    room, (ada, _) = await server.meeting("Ada", "Budi")
    asked = {
        "range": ada.emit("ask", {"type": "set-format", "format": WRONG}),
        "type": ada.emit("ask", {"type": "set-format", "format": "council"}),
        "unknown": ada.emit("ask", {"type": "set-format", "name": "opera"}),
        "missing": ada.emit("ask", {"type": "set-format", "format": {}}),
    }
    await server.settled()
    for code, key in asked.items():
        answer = told(ada, key)
        assert (answer["ok"], answer["code"]) == (False, "bad-format")
        assert json.loads(answer["detail"])[0]["code"] == code
    strange: list[Any] = [
        *(None, 7, [], [[]], "x" * 30_000, {"name": 2**50, "phases": {}}),
        {"name": "x", "phases": [[]] * 500},
        {"name": "x", "phases": [{"turn": -1, "kinds": ["share"] * 9000}]},
        {"name": "x", "phases": [{f"q{n}": n for n in range(3000)}]},
    ]
    for given in strange:
        key = ada.emit("ask", {"type": "set-format", "format": given})
        await server.settled()
        assert told(ada, key)["code"] == "bad-format"
        assert json.loads(told(ada, key)["detail"])
    for garbage in ({"name": 3}, {"format": {}, "more": 1}, {"format": {}, "name": 7}):
        key = ada.emit("ask", {"type": "set-format", **garbage})
        await server.settled()
        assert told(ada, key)["code"] == "malformed"
    assert room.row.format == "simple"


@evening
async def test_nobody_loses_a_turn_by_it_wherever_it_is_asked_for(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand")
    await server.settled()
    budi.ask("accept-floor", turn=budi.turn)
    await server.settled()
    lost = ada.emit("ask", {"type": "set-format", "name": "council"})
    await server.settled()
    assert told(ada, lost)["code"] == "would-lose"
    with pytest.raises(Exception, match="would-lose"):
        await server.rooms.change(room, msgspec.structs.replace(room.plan, title="y", format="council"))
    assert (room.row.format, room.row.title) == ("simple", "Wednesday")
    longer = msgspec.structs.replace(OWN, phases=(msgspec.structs.replace(FORMATS["simple"].phases[0], turn=600),))
    kept = ada.emit("ask", {"type": "set-format", "format": plain(longer)})  # the same phase, and longer turns
    await server.settled()
    assert told(ada, kept)["ok"]
    assert budi.view["turns"][budi.turn]["state"] == "speaking"
    budi.ask("finish-turn", turn=budi.turn)
    await server.at(server.time + 5)
    now = ada.emit("ask", {"type": "set-format", "name": "council"})
    await server.settled()
    assert told(ada, now)["ok"]
    assert ada.view["phase"] == "opening"
    await server.rooms.change(room, msgspec.structs.replace(room.plan, format="open-floor"))
    assert budi.view["format"] == "open-floor"
    assert last_deed(budi) == ("format-changed", "")  # a host, from outside


async def test_a_host_hears_why_not_now(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        async with house(server) as home:
            room, (_, budi) = await home.meeting("Ada", "Budi")
            await budi.do("raise-hand")
            await budi.until(lambda me: me.you.get("turn"))
            await budi.do("accept-floor", turn=budi.you["turn"])
            path = f"/api/rooms/{room.id}"
            refused = await home.api("PATCH", path, {"title": "y", "format": "council"})
            assert refused == (409, {"code": "would-lose"})
            assert (await home.api("GET", path))[1]["format"] == "simple"
            await budi.do("finish-turn", turn=budi.you["turn"])
            assert (await home.api("PATCH", path, {"title": "y", "format": "council"}))[0] == 200
            await budi.until(lambda me: me.view["phase"] == "opening")


@evening
async def test_somebody_begins_to_speak_while_the_row_is_written(server: Evening) -> None:
    """The format was fine when it was asked for; then it would cut a turn: all of the change is taken back."""
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand")
    await server.settled()
    asked = ada.emit("ask", {"type": "set-format", "name": "council"})
    await no_further_than(room)
    budi.ask("accept-floor", turn=budi.turn)
    await server.settled()
    assert told(ada, asked)["code"] == "would-lose"
    assert (room.row.format, room.live.state.plan.format.name) == ("simple", "simple")
    assert budi.view["turns"][budi.turn]["state"] == "speaking"
    assert [row.format for row in server.journal.rooms()] == ["simple"]


async def no_further_than(room: Any) -> None:
    """Until its row is on its way to the disk."""
    while not room._changing.locked():
        await asyncio.sleep(0)


@evening
async def test_a_disk_that_refuses_changes_no_format(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    with server.unwritable():
        asked = ada.emit("ask", {"type": "set-format", "name": "council"})
        await server.settled()
        with pytest.raises(StorageFailed):
            await server.rooms.change(room, msgspec.structs.replace(room.plan, format="council"))
    assert told(ada, asked)["code"] == "not-now"
    assert (room.row.format, budi.view["format"]) == ("simple", "simple")


# Kept


@evening
async def test_an_own_format_is_there_after_a_restart(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi", format="council", own=OWN)
    ada.ask("set-phase", phase="sharing")
    await server.settled()
    assert budi.view["phase"] == "sharing"
    after = await server.crash(server.folder.with_name("after"))
    [again] = after.rooms.rooms()
    assert (again.plan, again.rules().format) == (room.plan, OWN)
    assert again.numbers().state is MeetingState.OPEN
    back = after.back(budi)
    await after.at(1)
    assert (back.view["phase"], back.view["format_title"]) == ("sharing", "Kamis")


@pytest.mark.parametrize("speaks", [False, True])
@pytest.mark.parametrize("there", ["opening", "check-in", "silence", "round", "responses", "after-room"])
def test_a_crash_between_the_row_and_the_meeting_leaves_everybody_in_place(
    there: str, speaks: bool, tmp_path: Path
) -> None:
    """The room has another format on the disk, and the meeting is in a phase that it does not have."""

    async def scene(server: Evening) -> None:
        room, (ada, budi) = await server.meeting("Ada", "Budi", format="council")
        ada.ask("set-phase", phase=there)
        await server.at(server.time + 3)
        if speaks and there == "after-room":
            ada.ask("take-floor")
        elif speaks and there in ("opening", "responses"):
            ada.ask("call-on", seat=ada.seat)
        await server.settled()
        if speaks and ada.you.get("turn") and there != "after-room":
            ada.ask("accept-floor", turn=ada.turn)
        await server.settled()
        assert budi.view["phase"] == there
        await server.journal.save_room(msgspec.structs.replace(room.row, format="simple"))
        after = await server.crash(server.folder.with_name("after"))
        people = [after.back(guest) for guest in (ada, budi)]
        await after.at(1)
        ada, budi = people
        assert (ada.view["phase"], ada.view["format"]) == ("sharing", "simple")
        assert [guest.seat for guest in people] == ada.view["circle"]
        assert ("turn" in ada.you) == (speaks and there != "silence")
        ada.ask("resume-room")
        budi.ask("raise-hand")
        await after.at(400)
        asked = ada.emit("ask", {"type": "set-format", "name": "council"})
        await after.settled()
        assert told(ada, asked).get("code") == ("would-lose" if speaks and there != "silence" else None)
        assert ada.gaps == budi.gaps == 0

    play = evening(scene)
    play(tmp_path)


@evening
async def test_it_is_in_a_backup_and_in_what_is_disclosed(server: Evening) -> None:
    room = await server.room(format="council", own=OWN)
    file, elsewhere = server.folder.with_name("backup.json"), server.folder.with_name("elsewhere")
    backup.write(server.folder, file)
    backup.restore(elsewhere, file)
    [row] = read_rooms(elsewhere / DATABASE)
    assert (row.id, row.format, row.own_format) == (room.id, "council", OWN)
    found = disclosure.ask(elsewhere, room.id)
    assert json.loads(json.dumps(found))["room"][0]["own_format"] == plain(OWN)


@evening
async def test_a_backup_of_before_is_still_one_and_one_of_later_is_said_to_be(server: Evening) -> None:
    room = await server.room(format="council", own=OWN)
    file, elsewhere = server.folder.with_name("backup.json"), server.folder.with_name("elsewhere")
    backup.write(server.folder, file)
    document = json.loads(file.read_text())

    def again(version: int, rows: list[Any]) -> None:
        whole = {"lingkar_backup": version, "rooms": rows, "sha256": backup.digest(rows)}
        file.write_text(json.dumps(whole))

    before = {name: value for name, value in document["rooms"][0].items() if name != "own_format"}
    again(1, [before])
    assert backup.restore(elsewhere, file) == 1
    [row] = read_rooms(elsewhere / DATABASE)
    assert (row.id, row.own_format) == (room.id, None)

    newer = plain(OWN) | {"phases": [{"choir": True}]}
    again(2, [before | {"own_format": newer}])
    with pytest.raises(backup.BackupRefused, match="a room with a format of its own, which this version"):
        backup.restore(elsewhere, file)
    for rows in ([3], [{"id": "x"}], [before | {"seats": "many"}]):
        again(2, rows)
        with pytest.raises(backup.BackupRefused, match="is not a backup"):
            backup.restore(elsewhere, file)
    again(4, [before])
    with pytest.raises(backup.BackupRefused, match="newer version"):
        backup.restore(elsewhere, file)


def test_rows_of_before_and_of_later() -> None:
    row = RoomRow(
        id="abc", title="x", format="simple", policy="stays-in-the-room", text="", version=1, questions=(),
        generations={}, created=1.0,
    )  # fmt: skip
    body = msgspec.to_builtins(row)
    body.pop("own_format")
    assert read_room(msgspec.json.encode(body)) == row
    with pytest.raises(DataNewer, match="The room abc has a format that this version does not know"):
        read_room(msgspec.json.encode(body | {"own_format": plain(OWN) | {"choir": 1}}))
    with pytest.raises(msgspec.ValidationError):
        read_room(msgspec.json.encode(body | {"seats": "many"}))
    assert chosen("opera", OWN) == OWN
    with pytest.raises(KeyError):
        chosen("opera", None)


def test_every_file_is_known_by_its_name() -> None:
    files = Path(__file__).parent.parent.parent / "rooms" / "formats"
    assert set(TEXTS) == {file.stem for file in files.glob("*.toml")} == set(FORMATS)
    assert next(iter(FORMATS)) == "simple"
