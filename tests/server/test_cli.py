"""The command line: a server started, asked and stopped as people do it, and every plain sentence when it cannot be."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from rooms.format import read
from server.__main__ import main
from server.formats import TEXTS
from server.remote import Server, Unanswered
from tests.serving import COMMAND, HOME, Served, clean_environment, serving


def lingkar(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=HOME,
        env=clean_environment() | (env or {}),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lingkar") / "data"


@pytest.fixture(scope="module")
def served(data: Path) -> Iterator[Served]:
    with serving(data) as server:
        yield server


def test_the_start_says_where_it_is_in_three_lines(served: Served) -> None:
    assert served.said == [
        f"Lingkar is running at {served.url} (listening on 127.0.0.1, port {served.port}).",
        f"Host page, for you alone: {served.url}/host#{served.token}",
        "Ctrl-C stops it; whoever is in a meeting keeps their place until it is back.",
    ]
    assert served.url == f"http://localhost:{served.port}"


def test_rooms_are_made_listed_and_closed(served: Served, data: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    assert lingkar("room", "list", *where).stdout == "There is no room yet.\n"

    made = lingkar(
        "room", "create", "Lingkar Rabu", "--agreement", "Kita pelan-pelan.", "--question", "Dari mana?", *where
    )
    assert made.returncode == 0, made.stderr
    heading, *links = made.stdout.splitlines()
    [room] = re.findall(r"^Lingkar Rabu \((\S+)\)$", heading)
    assert [line.split()[0] for line in links] == ["host", "facilitator", "participant"]
    assert all(re.fullmatch(rf"{served.url}/r/{room}#\S{{22,}}", line.split()[1]) for line in links)

    listed = lingkar("room", "list", *where)
    assert re.fullmatch(rf"{room}  doors  0 present, 0 waiting, 0 hands  Lingkar Rabu\n", listed.stdout)

    closed = lingkar("room", "close", room, *where)
    assert (closed.returncode, closed.stdout) == (0, f"Closed {room}; its links are dead.\n")
    again = lingkar("room", "close", room, *where)
    assert (again.returncode, again.stdout, again.stderr) == (1, "", "lingkar: there is no such room.\n")
    assert lingkar("room", "list", *where).stdout == "There is no room yet.\n"


def test_links_are_made_listed_renewed_and_revoked(served: Served, data: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    made = lingkar("room", "create", "Kamis", "--seats", "12", "--two-to-remove", *where)
    [room] = re.findall(r"^Kamis \((\S+)\)$", made.stdout, re.MULTILINE)
    address = rf"{served.url}/r/{room}#[a-z2-7]{{26}}"

    invite = lingkar("link", "make", room, "--hours", "1.5", *where)
    line = rf"invite-1     participant  until \d{{4}}-\d\d-\d\d \d\d:\d\d  {address}\n"
    assert re.fullmatch(line, invite.stdout), invite.stderr
    assert re.fullmatch(
        rf"invite-2     host         {address}\n", lingkar("link", "make", room, "--role", "host", *where).stdout
    )
    renewed = lingkar("link", "renew", room, "invite-1", *where)
    assert re.fullmatch(rf"invite-1     participant  {address}\n", renewed.stdout)
    assert renewed.stdout.split()[-1] != invite.stdout.split()[-1]
    revoked = lingkar("link", "revoke", room, "participant", *where)
    assert revoked.stdout == "Revoked participant: it opens nothing any more, and whoever came by it is out.\n"
    listed = lingkar("link", "list", room, *where).stdout.splitlines()
    assert [one.split()[0] for one in listed] == ["facilitator", "host", "invite-1", "invite-2"]
    assert all(re.search(rf"{address}$", one) for one in listed)

    again = lingkar("link", "revoke", room, "participant", *where)
    assert (again.returncode, again.stdout, again.stderr) == (1, "", "lingkar: the room has no such link.\n")
    lingkar("room", "close", room, *where)


def test_something_is_announced_listed_and_taken_down(served: Served, data: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    assert lingkar("announce", *where).stdout == "Nothing is shown.\n"
    made = [lingkar("room", "create", title, *where).stdout.split("(")[1][:10] for title in ("Rabu", "Kamis")]
    told = lingkar("announce", "Lima menit lagi.", *where)
    assert told.stdout == "Shown for ten minutes to 0 people in 2 rooms.\n", told.stderr
    assert lingkar("announce", "Kita mulai.", "--room", made[0], *where).stdout.endswith(" in 1 room.\n")
    shown = json.loads(lingkar("announce", "--json", *where).stdout)["announcements"]
    assert [(one["text"], one["rooms"]) for one in shown] == [("Kita mulai.", made[:1]), ("Lima menit lagi.", made[1:])]
    assert lingkar("announce", *where).stdout.splitlines()[0] == "0 min, to 0 people in 1 room: Kita mulai."
    down = lingkar("announce", "--take-down", *where)
    assert down.stdout.splitlines() == ["Taken down: Kita mulai.", "Taken down: Lima menit lagi."]
    assert lingkar("announce", *where).stdout == "Nothing is shown.\n"
    for room in made:
        lingkar("room", "close", room, *where)


def test_the_links_of_a_room_are_where_people_look_for_them(served: Served, data: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    made = lingkar("room", "create", "Jumat", *where).stdout.splitlines()
    room = made[0].removeprefix("Jumat (").removesuffix(")")
    printed = lingkar("room", "links", room, *where)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert {line.split()[-1] for line in printed.stdout.splitlines()} == {line.split()[-1] for line in made[1:]}
    assert printed.stdout == lingkar("link", "list", room, *where).stdout
    lingkar("room", "close", room, *where)


def test_a_room_is_planned_and_its_calendar_printed(served: Served, data: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    plan = ("--starts", "2030-03-21T19:30", "--zone", "Europe/Berlin", "--minutes", "90")
    made = lingkar(
        "room", "create", "Sabtu", *plan, "--repeat", "two-weeks", "--count", "3", *where
    ).stdout.splitlines()
    [room] = re.findall(r"^Sabtu \((\S+)\)$", made[0])
    said = [
        "From 2030-03-21 19:30 (Europe/Berlin), every two weeks 3 times, 90 min; the doors open 15 min before.",
        "  Thu 2030-03-21 19:30 CET, doors 19:15",
        "  Thu 2030-04-04 19:30 CEST, doors 19:15",
        "  Thu 2030-04-18 19:30 CEST, doors 19:15",
    ]
    assert made[-4:] == said
    assert lingkar("room", "schedule", room, *where).stdout.splitlines() == said
    changed = lingkar(
        "room", "schedule", room, *plan, "--doors", "5", "--repeat", "week", "--until", "2030-04-04",
        "--except", "2030-03-28", "--json", *where,
    )  # fmt: skip
    facts = json.loads(changed.stdout)
    assert facts["schedule"]["repeat"] == {"every": "week", "until": "2030-04-04", "except": ["2030-03-28"]}
    assert [one["doors"] for one in facts["next_meetings"]] == ["2030-03-21T18:25:00Z", "2030-04-04T17:25:00Z"]

    [entry] = Calendar.from_ical(lingkar("room", "calendar", room, *where).stdout).walk("VEVENT")
    assert (str(entry["SUMMARY"]), entry["RRULE"].to_ical()) == ("Sabtu", b"FREQ=WEEKLY;UNTIL=20300404T173000Z")
    asked = json.loads(lingkar("room", "calendar", room, "--json", *where).stdout)
    assert asked["id"] == room
    assert "BEGIN:VEVENT\r\n" in asked["calendar"]
    twice = lingkar("room", "schedule", room, *plan, "--repeat", "week", "--also", "MO", "--also", "FR", *where)
    assert "every week also on MO, FR, 90 min" in twice.stdout
    assert "  Fri 2030-03-22 19:30 CET, doors 19:15\n  Mon 2030-03-25" in twice.stdout

    gone = lingkar("room", "schedule", room, "--none", *where)
    assert gone.stdout == f"Sabtu ({room}) has no schedule: its doors are always there.\n"
    none = lingkar("room", "calendar", room, *where)
    assert (none.returncode, none.stdout, none.stderr) == (1, "", "lingkar: that room has no schedule.\n")
    unknown = "zone is no time zone that the server knows; they are written as Asia/Jakarta."
    refusals = {
        f"the schedule cannot be like this: {unknown}": (*plan, "--zone", "Berlin"),
        "a schedule needs --starts, --zone and --minutes.": ("--zone", "Europe/Berlin"),
        "--also, --until, --count and --except need --repeat.": (*plan, "--count", "3"),
        "give a schedule or --none, not both.": (*plan, "--none"),
    }
    for sentence, flags in refusals.items():
        assert lingkar("room", "schedule", room, *flags, *where).stderr == f"lingkar: {sentence}\n"
    lingkar("room", "close", room, *where)


def test_the_address_and_the_token_can_come_from_the_environment(served: Served) -> None:
    listed = lingkar("room", "list", env={"LINGKAR_URL": served.url, "LINGKAR_HOST_TOKEN": served.token})
    assert (listed.returncode, listed.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["room", "create", " "], "a title has 1 to 80 visible characters."),
        (["room", "create", "x" * 81], "a title has 1 to 80 visible characters."),
        (["room", "create", "a\u202eb"], "a title has 1 to 80 visible characters."),
        (["room", "create", "x", "--format", "opera"], "the server does not know that format."),
        (
            ["room", "create", "x", *["--question", "?a"] * 4],
            "there may be three questions at most, of 1 to 200 visible characters each.",
        ),
        (
            ["room", "create", "x", "--agreement", "x" * 10_001],
            "the agreement's text is too long or has hidden characters.",
        ),
        (["room", "close", "../../healthz"], "there is no such room."),
        (["room", "links", "nowhere"], "there is no such room."),
        (["announce", "x", "--room", "nowhere"], "there is no such room."),
        (["announce", "x" * 301], "an announcement has 1 to 300 characters, and no hidden ones."),
        (["announce", "--take-down", "--room", "x"], "--room goes with a text."),
        (["room", "format", "nowhere"], "there is no such room."),
        (["room", "format", "nowhere", "council"], "there is no such room."),
        (["room", "create", "x", "--seats", "301"], "a room has seats for 1 to 300 participants, or 0 for no limit."),
        (["room", "create", "x", "--format", "opera/../simple"], "the server does not know that format."),
        (["link", "list", "nowhere"], "there is no such room."),
        (["link", "make", "nowhere", "--hours", "2"], "there is no such room."),
        (["link", "revoke", "nowhere", "../../x"], "there is no such room."),
    ],
)
def test_what_the_server_refuses_is_said_plainly(
    arguments: list[str], sentence: str, served: Served, data: Path
) -> None:
    asked = lingkar(*arguments, "--url", served.url, "--data", str(data))
    assert (asked.returncode, asked.stdout, asked.stderr) == (1, "", f"lingkar: {sentence}\n")


def test_a_wrong_token_opens_nothing(served: Served) -> None:
    asked = lingkar("room", "list", "--url", served.url, env={"LINGKAR_HOST_TOKEN": "not-the-right-token"})
    assert (asked.returncode, asked.stderr) == (1, "lingkar: the host token is not the one of that server.\n")


def test_a_server_that_is_not_there(unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    asked = lingkar("room", "list", "--url", url, env={"LINGKAR_HOST_TOKEN": "a-token-long-enough"})
    assert (asked.returncode, asked.stderr) == (
        1,
        f"lingkar: no Lingkar server answers at {url} (Connection refused).\n",
    )


def test_the_host_link_can_be_asked_for_again(served: Served, data: Path) -> None:
    asked = lingkar("host-link", "--data", str(data), "--port", str(served.port))
    assert asked.stdout == f"{served.url}/host#{served.token}\n"


def test_without_a_key_there_is_no_host_link_and_none_is_made(tmp_path: Path) -> None:
    asked = lingkar("host-link", "--data", str(tmp_path / "nowhere"))
    assert asked.returncode == 2
    assert asked.stderr.startswith(f"lingkar: there is no key in {tmp_path / 'nowhere'}: give --data or ")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_key_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    asked = lingkar("host-link", "--data", str(tmp_path))
    assert asked.returncode == 1
    assert asked.stderr.startswith("lingkar: ")
    assert "Traceback" not in asked.stderr


def test_a_token_of_ones_own_is_used_and_not_printed_into_a_pipe(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", str(tmp_path / "data")],
        cwd=HOME,
        env=clean_environment() | {"LINGKAR_HOST_TOKEN": "a-token-of-my-own-choice"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline(), process.stdout.readline()]
    url = re.findall(r"http://\S+", said[0])[0]
    assert lingkar("room", "list", "--url", url, env={"LINGKAR_HOST_TOKEN": "a-token-of-my-own-choice"}).returncode == 0
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=30)
    assert (process.returncode, rest) == (0, "")
    assert said[1].startswith("Ctrl-C")
    assert "a-token-of-my-own-choice" not in said[0]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_quietly(by: int, tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server:
        assert server.stop(by) == (0, "")


def test_two_servers_on_one_data_folder_are_refused(served: Served, data: Path) -> None:
    second = lingkar("serve", "--port", "0", "--data", str(data))
    assert second.returncode == 1
    assert re.fullmatch(r"lingkar: .+\n", second.stderr)


def test_a_port_that_is_taken_is_said_plainly(served: Served, tmp_path: Path) -> None:
    second = lingkar("serve", "--port", str(served.port), "--data", str(tmp_path / "data"))
    assert (second.returncode, second.stdout) == (1, "")
    assert re.fullmatch(r"lingkar: it cannot start: .*in use.*\n", second.stderr, re.IGNORECASE)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sing"],
        ["room"],
        ["room", "open"],
        ["room", "create"],
        ["room", "format"],
        ["room", "agreement"],
        ["room", "agreement", "x", "--policy", "none"],
        ["room", "links"],
        ["serve", "--x"],
        ["serve", "--json"],
        ["completion"],
        ["doctor", "now"],
        ["link"],
        ["link", "list"],
        ["link", "renew", "room"],
        ["link", "make", "room", "--hours", "x"],
        ["link", "make", "room", "--role", "owner"],
        ["format"],
        ["format", "check"],
        ["format", "show"],
        ["format", "check", "no/such/file.toml"],
        ["format", "check", "."],
        ["format", "check", "/dev/zero"],
        ["format", "check", "a\0b"],
        ["room", "create", "x", "--format", "no-such-file.toml"],
    ],
)
def test_what_is_not_a_command_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments, {})
    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert re.fullmatch(r"lingkar: .+\n", printed.err)
    assert printed.out == ""


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"], {})
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("serve", "host-link", "room", "format", "link", "doctor"))


# For programs


def told(*arguments: str) -> Any:
    """The one document that a command prints with `--json`."""
    asked = lingkar(*arguments, "--json")
    assert (asked.returncode, asked.stderr) == (0, "")
    return json.loads(asked.stdout)


def test_programs_are_told_in_json(served: Served, data: Path, tmp_path: Path) -> None:
    """What the lines say, and no link or token that they do not have."""
    where = ("--url", served.url, "--data", str(data))
    assert told("room", "list", *where) == {"rooms": []}
    room = told("room", "create", "Sabtu", "--question", "Dari mana?", *where)
    assert room["title"] == "Sabtu"
    assert room["questions"] == ["Dari mana?"]
    assert room["links"].keys() == {"host", "facilitator", "participant"}
    numbers = {"present": 0, "waiting": 0, "hands": 0}
    listed = {"id": room["id"], "title": "Sabtu", "format": "simple", "state": "doors", **numbers}
    assert told("room", "list", *where) == {"rooms": [listed]}
    links = [{"id": kind, "role": kind, "url": url} for kind, url in room["links"].items()]
    for command in (("room", "links"), ("link", "list")):
        assert sorted(told(*command, room["id"], *where)["links"], key=str) == sorted(links, key=str)

    invite = told("link", "make", room["id"], "--hours", "2", *where)
    assert invite.keys() == {"id", "role", "url", "until"}
    assert (invite["id"], invite["role"]) == ("invite-1", "participant")
    renewed = told("link", "renew", room["id"], "invite-1", *where)
    assert renewed["url"] != invite["url"]
    assert told("link", "revoke", room["id"], "invite-1", *where) == {"revoked": "invite-1"}

    assert told("room", "format", room["id"], "council", *where) == {"id": room["id"], "format": "council"}
    form = told("room", "format", room["id"], *where)
    assert (form["id"], form["format"], form["toml"]) == (room["id"], "council", TEXTS["council"])
    words = tmp_path / "words.txt"
    words.write_text("Kita pelan-pelan.\n", encoding="utf-8")
    assert told("room", "agreement", room["id"], *where)["text"] == ""
    changed = told("room", "agreement", room["id"], "--text-file", str(words), "--policy", "full-disclosure", *where)
    now = {"version": 2, "policy": "full-disclosure", "text": "Kita pelan-pelan."}
    assert {key: changed[key] for key in now} == now
    assert [version["version"] for version in changed["versions"]] == [2, 1]
    assert told("host-link", "--data", str(data), "--port", str(served.port)) == {
        "host_link": f"{served.url}/host#{served.token}"
    }
    copy = tmp_path / "rooms.json"
    assert told("backup", str(copy), "--data", str(data)) == {"rooms": 1, "file": str(copy)}
    assert told("restore", str(copy), "--data", str(tmp_path / "new")) == {"rooms": 1, "file": str(copy)}
    assert told("disclose", room["id"], "--data", str(data)).keys() == {"disk", "room", "memory", "note"}
    assert told("room", "close", room["id"], *where) == {"closed": room["id"]}


def test_programs_are_told_of_formats(draft: Path) -> None:
    listed = told("format", "list")["formats"]
    assert [one["name"] for one in listed] == list(TEXTS)
    shown = told("format", "show", "council")
    assert [phase["name"] for phase in shown["whole"]["phases"]] == listed[list(TEXTS).index("council")]["phases"]
    assert shown["toml"] == TEXTS["council"]
    checked = lingkar("format", "check", "--json", "rooms/formats/simple.toml", str(draft))
    assert (checked.returncode, checked.stderr) == (1, "")
    fine, wrong = json.loads(checked.stdout)["files"]
    assert fine == {"file": "rooms/formats/simple.toml", "faults": []}
    assert [(one["line"], one["at"]) for one in wrong["faults"]] == [(4, "phases[0].turn"), (5, "phases[0].floor")]
    assert wrong["faults"][0]["text"] == "line 4: phase 1, turn: it must be from 10 to 21600"


@pytest.mark.parametrize(
    "arguments",
    [
        ["room", "create", " "],
        ["room", "links", "nowhere"],
        ["link", "revoke", "nowhere", "host"],
        ["room", "format", "nowhere"],
        ["disclose", "nowhere"],
    ],
)
def test_what_cannot_be_done_prints_no_document(arguments: list[str], served: Served, data: Path) -> None:
    """So that no program takes part of a refusal for a link: a sentence and a status, as for people."""
    address = [] if arguments[0] == "disclose" else ["--url", served.url]
    plain = lingkar(*arguments, *address, "--data", str(data))
    asked = lingkar(*arguments, *address, "--data", str(data), "--json")
    assert (asked.returncode, asked.stdout, asked.stderr) == (1, "", plain.stderr)
    assert re.fullmatch(r"lingkar: .+\n", asked.stderr)


# Formats


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A file with two mistakes."""
    file = tmp_path / "kamis.toml"
    file.write_text('name = "kamis"\n\n[[phases]]\nturn = 5\nfloor = "rond"\n', encoding="utf-8")
    return file


def test_a_format_is_shown_copied_checked_and_used(served: Served, data: Path, tmp_path: Path) -> None:
    names = [line.split()[0] for line in lingkar("format", "list").stdout.splitlines()]
    assert names == list(TEXTS)
    for name in names:
        assert lingkar("format", "show", name).stdout == TEXTS[name]
    mine = tmp_path / "kamis.toml"
    mine.write_text(TEXTS["council"].replace("turn = 240", "turn = 200"), encoding="utf-8")
    checked = lingkar("format", "check", str(mine))
    assert (checked.returncode, checked.stdout) == (0, f"{mine}: fine (8 phases, 114 minutes planned)\n")

    where = ("--url", served.url, "--data", str(data))
    made = lingkar("room", "create", "Kamis", "--format", str(mine), *where)
    [room] = re.findall(r"^Kamis \((\S+)\)$", made.stdout, re.MULTILINE)
    assert '"turn": 200' in lingkar("disclose", room, "--data", str(data)).stdout
    assert read(lingkar("room", "format", room, *where).stdout) == read(mine.read_text(encoding="utf-8"))
    said = lingkar("room", "format", room, "open-floor", *where).stdout
    assert said == f"Kamis ({room}) has the format open-floor from now on.\n"
    assert lingkar("room", "format", room, *where).stdout == TEXTS["open-floor"]
    assert lingkar("room", "format", room, "opera", *where).stderr == "lingkar: the server does not know that format.\n"
    lingkar("room", "close", room, *where)


def test_an_agreement_is_shown_and_changed(served: Served, data: Path, tmp_path: Path) -> None:
    where = ("--url", served.url, "--data", str(data))
    made = lingkar("room", "create", "Kamis", "--agreement", "Kita pelan-pelan.", *where)
    [room] = re.findall(r"^Kamis \((\S+)\)$", made.stdout, re.MULTILINE)
    first = r"Version 1  stays-in-the-room  since \S+\+00:00"
    assert re.fullmatch(first + r"\n\nKita pelan-pelan\.\n", lingkar("room", "agreement", room, *where).stdout)
    words = tmp_path / "words.txt"
    words.write_text("Kita pelan-pelan.\nTidak merekam.\n", encoding="utf-8")
    said = lingkar("room", "agreement", room, "--text-file", str(words), *where).stdout
    second = r"Version 2  stays-in-the-room  since \S+\n\nKita pelan-pelan\.\nTidak merekam\.\n"
    assert re.fullmatch(second + rf"\nBefore:\n{first}\n", said)
    words.write_bytes(b"\xff")
    asked = lingkar("room", "agreement", room, "--text-file", str(words), *where)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr == f"lingkar: {words} is not text in UTF-8.\n"
    lingkar("room", "close", room, *where)


def test_all_that_is_wrong_in_a_file_is_said_with_its_lines(draft: Path, served: Served, data: Path) -> None:
    reasons = [
        "line 4: phase 1, turn: it must be from 10 to 21600",
        "line 5: phase 1, floor: it is one of queue, round, open, silence, break; did you mean round?",
    ]
    checked = lingkar("format", "check", "rooms/formats/simple.toml", str(draft))
    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "rooms/formats/simple.toml: fine (1 phase)",
        *(f"{draft}: {reason}" for reason in reasons),
    ]
    where = ("--url", served.url, "--data", str(data))
    made = lingkar("room", "create", "Kamis", "--format", str(draft), *where)
    lines = [f"lingkar: {draft} is no format that could run:", *(f"  {reason}" for reason in reasons)]
    assert (made.returncode, made.stdout, made.stderr.splitlines()) == (1, "", lines)
    assert lingkar("room", "list", *where).stdout == "There is no room yet.\n"


def test_what_another_server_finds_wrong_is_said_as_well(served: Served, data: Path) -> None:
    """One of another version may know other reasons."""
    there = Server(served.url, served.token)
    with pytest.raises(Unanswered, match=r"no format that could run:\n  line 1: phases: it must be there"):
        there.ask("POST", "/api/formats", {"format_toml": 'name = "x"'})


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["format", "show", "opera"], 1, "there is no format 'opera': it is one of simple, listening-space, "),
        (["format", "check", "/dev/zero"], 2, "/dev/zero is longer than a format can be: 64 KiB."),
        (["format", "check", "tests/browser"], 2, "tests/browser cannot be read: Is a directory."),
    ],
)
def test_what_cannot_be_shown_or_read(arguments: list[str], status: int, sentence: str) -> None:
    asked = lingkar(*arguments)
    assert (asked.returncode, asked.stdout) == (status, "")
    assert asked.stderr.startswith(f"lingkar: {sentence}")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "photo.toml").write_bytes(b"\x89PNG\xff\xfe")
    asked = lingkar("format", "check", str(tmp_path / "photo.toml"))
    assert (asked.returncode, asked.stderr) == (2, f"lingkar: {tmp_path / 'photo.toml'} is not text in UTF-8.\n")
