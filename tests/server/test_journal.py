"""The journal on a good day: what is kept, in which order it is told, and who fails with whom."""

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.database import connect
from server.journal import Chain, Journal, MeetingRow, RoomRow, StorageFailed


def room(name: str, **changed: Any) -> RoomRow:
    plan: dict[str, Any] = {
        "id": name,
        "title": "Kamis malam 🌿",
        "format": "simple",
        "policy": "stays-in-the-room",
        "text": "Kita saling mendengarkan.",
        "version": 1,
        "questions": ("Bagaimana kabarmu?",),
        "generations": {"host": 1, "facilitator": 1, "participant": 3},
        "created": 1700000000.5,
    }
    return RoomRow(**(plan | changed))


@contextlib.asynccontextmanager
async def journal_of(folder: Path, busy: float = 5.0) -> AsyncIterator[Journal]:
    journal = Journal.open(folder, busy=busy)
    try:
        yield journal
    finally:
        await journal.close()


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    """With room `r` and meetings `m0` to `m4` begun."""
    async with journal_of(tmp_path) as journal:
        await journal.save_room(room("r"))
        await asyncio.gather(*(journal.begin(f"m{i}", "r", 5.0) for i in range(5)))
        yield journal


def appended(journal: Journal, chain: Chain, *events: tuple[float, bytes]) -> asyncio.Future[bool]:
    future = asyncio.get_running_loop().create_future()
    journal.append(chain, events, future.set_result)
    return future


def bodies(journal: Journal) -> dict[str, list[bytes]]:
    return {row.id: [body for _, body in row.events] for row in journal.meetings()}


def modes(folder: Path) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}


# What is kept


async def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        assert (journal.rooms(), journal.meetings()) == ([], [])
        await journal.save_room(room("new", created=2.0))
        await journal.save_room(room("old", created=1.0, questions=(), text=""))
        await journal.begin("m2", "old", 1700000009.25)
        await journal.begin("m1", "new", 1700000001.0)
        assert await appended(journal, Chain("m2", 0), (0.125, b"one"), (0.125, b"\x00\xff"), (1e6, b""))
    async with journal_of(tmp_path) as journal:
        assert journal.rooms() == [room("old", created=1.0, questions=(), text=""), room("new", created=2.0)]
        assert journal.meetings() == [
            MeetingRow(id="m1", room="new", started=1700000001.0, mark=0.0, events=[]),
            MeetingRow(
                id="m2",
                room="old",
                started=1700000009.25,
                mark=0.0,
                events=[(0.125, b"one"), (0.125, b"\x00\xff"), (1e6, b"")],
            ),
        ]


async def test_a_meeting_goes_on_with_a_new_chain_after_reopening(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        await journal.save_room(room("r"))
        await journal.begin("m", "r", 1.0)
        assert await appended(journal, Chain("m", 0), (1.0, b"a"), (2.0, b"b"))
    async with journal_of(tmp_path) as journal:
        assert await appended(journal, Chain("m", 2), (3.0, b"c"))
        assert bodies(journal) == {"m": [b"a", b"b", b"c"]}


async def test_a_room_that_is_saved_again_is_changed(journal: Journal) -> None:
    await journal.save_room(room("r", title="Jumat", generations={"host": 2}))
    assert [(row.title, row.generations) for row in journal.rooms()] == [("Jumat", {"host": 2})]
    assert len(journal.meetings()) == 5


async def test_a_deleted_room_takes_its_meetings_with_it_and_no_other(journal: Journal) -> None:
    others = [room(f"other{i}") for i in range(100)]
    await asyncio.gather(*(journal.save_room(row) for row in others))
    await journal.begin("mo", "other7", 1.0)
    await journal.delete_room("r")
    await journal.delete_room("r")
    assert sorted(journal.rooms(), key=lambda row: row.id) == sorted(others, key=lambda row: row.id)
    assert [row.id for row in journal.meetings()] == ["mo"]
    await journal.save_room(room("r"))
    await journal.begin("m1", "r", 1.0)
    assert await appended(journal, Chain("m1", 0), (1.0, b"again"))


async def test_an_ended_meeting_is_gone_and_takes_no_more(journal: Journal) -> None:
    chain = Chain("m1", 0)
    assert await appended(journal, chain, (1.0, b"x"))
    await journal.end("m1")
    await journal.end("m1")
    await journal.end("never-begun")
    assert sorted(bodies(journal)) == ["m0", "m2", "m3", "m4"]
    assert not await appended(journal, chain, (2.0, b"late"))
    await journal.begin("m9", "r", 9.0)
    assert await appended(journal, Chain("m9", 0), (1.0, b"fresh"))
    assert bodies(journal)["m9"] == [b"fresh"]


async def test_beginning_twice_is_beginning_once(journal: Journal) -> None:
    assert await appended(journal, Chain("m1", 0), (1.0, b"x"))
    await journal.begin("m1", "r", 5.0)
    assert bodies(journal)["m1"] == [b"x"]


async def test_a_meeting_needs_its_room(journal: Journal) -> None:
    await journal.save_room(room("r2"))
    for meeting, where in (("mx", "nowhere"), ("m1", "r2")):
        with pytest.raises(StorageFailed):
            await journal.begin(meeting, where, 1.0)
    assert {row.room for row in journal.meetings()} == {"r"}


async def test_marks_only_go_forward_and_last(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        await journal.save_room(room("r"))
        await journal.begin("m", "r", 1.0)
        for at, latest in ((2.0, 2.0), (8.5, 8.5), (4.0, 8.5), (math.nan, 8.5)):
            journal.mark("m", at)
            await appended(journal, Chain("m", 0))  # its place in the order is after the mark's
            assert [row.mark for row in journal.meetings()] == [latest]
        journal.mark("unknown", 99.0)
        journal.mark("m", 9.5)  # closing writes it
    async with journal_of(tmp_path) as journal:
        assert [row.mark for row in journal.meetings()] == [9.5]


async def test_a_commit_is_on_the_disk_and_not_in_a_cache(journal: Journal, tmp_path: Path) -> None:
    with contextlib.closing(connect(tmp_path / "lingkar.db")) as db:
        wanted = {"synchronous": 2, "secure_delete": 1, "temp_store": 2, "journal_mode": "wal"}
        assert {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


async def test_only_the_owner_may_read_the_files(journal: Journal, tmp_path: Path) -> None:
    assert modes(tmp_path) == dict.fromkeys(("lock", "lingkar.db", "lingkar.db-wal", "lingkar.db-shm"), "0o600")


# In which order it is told


async def test_many_rooms_share_commits_and_each_hears_in_order(journal: Journal) -> None:
    chains = [Chain(f"m{i}", 0) for i in range(5)]
    heard: list[tuple[str, int, bool]] = []
    before = journal.commits
    for n in range(2000):
        for chain in chains:
            journal.append(chain, [(float(n), b"%d" % n)], lambda ok, c=chain, n=n: heard.append((c.meeting, n, ok)))  # type: ignore[misc]
    assert not heard, "never from inside append"
    assert journal.pending > 0
    await journal.end("m-none")  # comes after all of them
    for chain in chains:
        assert [entry[1:] for entry in heard if entry[0] == chain.meeting] == [(n, True) for n in range(2000)]
    assert bodies(journal) == {f"m{i}": [b"%d" % n for n in range(2000)] for i in range(5)}
    assert journal.commits - before < 100  # 10,000 appends
    assert (journal.pending, journal.behind) == (0, 0.0)


async def test_what_is_asked_in_one_breath_is_done_in_that_order(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        told: list[str] = []
        asked: dict[str, asyncio.Future[Any]] = {
            "saved": journal.save_room(room("r")),
            "begun": journal.begin("m", "r", 1.0),
            "first": appended(journal, Chain("m", 0), (1.0, b"x")),
            "ended": journal.end("m"),
            "late": appended(journal, Chain("m", 1), (1.0, b"y")),
        }
        for name, future in asked.items():
            future.add_done_callback(lambda _, name=name: told.append(name))  # type: ignore[misc]
        await asyncio.wait(asked.values())
        assert sorted(told) == sorted(asked)
        assert told.index("saved") < told.index("begun") < told.index("first") < told.index("ended")
        assert asked["first"].result()
        assert not asked["late"].result()
        assert journal.meetings() == []


async def test_an_append_of_nothing_waits_for_its_turn(journal: Journal) -> None:
    chain = Chain("m0", 0)
    order: list[str] = []
    journal.append(chain, [(1.0, b"x")], lambda ok: order.append(f"first {ok}"))
    journal.append(chain, [], lambda ok: order.append(f"nothing {ok}"))
    assert await appended(journal, chain, (1.0, b"y"))
    assert order == ["first True", "nothing True"]
    assert bodies(journal)["m0"] == [b"x", b"y"]


async def test_one_that_raises_when_told_does_not_keep_others_from_hearing(journal: Journal) -> None:
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    def raises(ok: bool) -> None:
        raise LookupError

    chain = Chain("m0", 0)
    journal.append(chain, [(1.0, b"x")], raises)
    assert await appended(journal, chain, (2.0, b"y"))
    assert [type(context["exception"]) for context in reported] == [LookupError]


async def test_who_gave_up_waiting_does_no_harm(journal: Journal) -> None:
    journal.save_room(room("r2")).cancel()
    assert await appended(journal, Chain("m0", 0), (1.0, b"x"))
    assert len(journal.rooms()) == 2


# Who fails with whom


async def test_one_that_can_never_be_written_fails_its_own_chain_and_nobody_else(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad, other = Chain("m0", 0), Chain("m1", 0), Chain("m2", 0)
    wrong: Any = object()
    asked = [
        appended(journal, good, (1.0, b"g0")),
        appended(journal, bad, (1.0, b"b0")),
        appended(journal, bad, (2.0, b"CANARY: half of it"), (2.0, wrong)),
        appended(journal, good, (2.0, b"g1")),
        appended(journal, bad, (3.0, b"b2")),
        appended(journal, bad),
        appended(journal, other, (math.nan, b"no time")),
        appended(journal, other, (1.0, b"on nothing")),
        appended(journal, good, (3.0, b"g2")),
    ]
    assert await asyncio.gather(*asked) == [True, True, False, True, False, False, False, False, True]
    assert bodies(journal) == {"m0": [b"g0", b"g1", b"g2"], "m1": [b"b0"], "m2": [], "m3": [], "m4": []}
    assert not await appended(journal, bad, (4.0, b"b3")), "a chain that failed stays failed"
    assert await appended(journal, Chain("m1", 1), (4.0, b"b1"))
    assert bodies(journal)["m1"] == [b"b0", b"b1"]
    assert "CANARY" not in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.ERROR], "one line of a sort per minute"
    assert journal.failures == 0, "no commit failed as a whole"


@pytest.mark.parametrize("n", [0, 1, 3, -1, 2**70])
async def test_events_only_go_where_the_next_ones_belong(journal: Journal, n: int) -> None:
    """Never over others, never behind a gap: what was acknowledged cannot be overwritten."""
    assert await appended(journal, Chain("m0", 0), (1.0, b"a"), (1.0, b"b"))
    assert not await appended(journal, Chain("m0", n), (1.0, b"wrong"))
    assert bodies(journal)["m0"] == [b"a", b"b"]


async def test_events_need_a_meeting_that_has_begun(journal: Journal) -> None:
    assert not await appended(journal, Chain("nobody's", 0), (1.0, b"x"))
    assert not await appended(journal, Chain('m0"; DROP TABLE room; --', 0), (1.0, b"x"))
    assert len(journal.meetings()) == 5


# Closing


async def test_closing_writes_what_is_queued_and_later_ones_fail_in_order(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    await journal.save_room(room("r"))
    await journal.begin("m", "r", 1.0)
    chain = Chain("m", 0)
    heard: list[tuple[int, bool]] = []
    for n in range(3000):
        journal.append(chain, [(1.0, b"%d" % n)], lambda ok, n=n: heard.append((n, ok)))  # type: ignore[misc]
    await asyncio.gather(journal.close(), journal.close())
    await journal.close()
    late = appended(journal, chain, (1.0, b"late"))
    with pytest.raises(StorageFailed):
        await journal.save_room(room("r2"))
    journal.mark("m", 1.0)
    assert not await late
    assert heard == [(n, True) for n in range(3000)]
    assert not (tmp_path / "lingkar.db-wal").exists()
    async with journal_of(tmp_path) as again:
        assert bodies(again) == {"m": [b"%d" % n for n in range(3000)]}
        assert len(again.rooms()) == 1
