"""Part of a meeting is erased while it goes on: what stays is written anew, and of the rest no byte is left."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from server.database import DATABASE, connect
from server.journal import Chain, Journal
from server.stored import VERSION
from tests.server.test_journal import appended, bodies, journal_of, room
from tests.server.test_journal_erase import found, reading
from tests.server.test_journal_faults import child_of, let_go, line


def replaced(
    journal: Journal, chain: Chain, *events: tuple[float, bytes]
) -> tuple[asyncio.Future[bool], asyncio.Future[bool]]:
    """Whether it is done, and whether what was there before is gone."""
    loop = asyncio.get_running_loop()
    done, gone = loop.create_future(), loop.create_future()
    journal.replace(chain, events, done.set_result, gone.set_result)
    return done, gone


async def two_meetings(journal: Journal) -> tuple[Chain, Chain]:
    await journal.save_room(room("r"))
    for meeting in ("m", "other"):
        await journal.begin(meeting, "r", 1.0)
    return Chain("m", 0), Chain("other", 0)


async def test_what_was_there_is_gone_and_the_meeting_goes_on(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        chain, other = await two_meetings(journal)
        for n in range(300):
            journal.append(chain, [(float(n), b"CANARY" * (n % 40))], lambda ok: None)
            journal.append(other, [(float(n), b"the others")], lambda ok: None)
        journal.mark("m", 299.5)
        done, gone = replaced(journal, chain, (300.0, b"what stays"))
        after = appended(journal, chain, (301.0, b"and goes on"))
        assert (await done, await after, await gone) == (True, True, True)
        assert await found(tmp_path, ["CANARY", "what stays"]) == {"what stays"}
        assert bodies(journal) == {"m": [b"what stays", b"and goes on"], "other": [b"the others"] * 300}
        assert {row.id: (row.mark, row.version) for row in journal.meetings()}["m"] == (299.5, VERSION)
    async with journal_of(tmp_path) as journal:
        assert bodies(journal)["m"] == [b"what stays", b"and goes on"]
        assert await appended(journal, Chain("m", 2), (302.0, b"later"))
        await journal.end("m")
        await journal.begin("m2", "r", 1.0)
        assert sorted(bodies(journal)) == ["m2", "other"]


async def test_several_in_one_commit(tmp_path: Path) -> None:
    async with journal_of(tmp_path) as journal:
        chain, other = await two_meetings(journal)
        waits = []
        for n in range(20):
            waits.append(appended(journal, chain, (1.0, b"CANARY %d" % n)))
            waits += replaced(journal, chain, (1.0, b"stays %d" % n))
            waits += replaced(journal, other, (1.0, b"also"))
        assert all(await asyncio.gather(*waits))
        assert bodies(journal) == {"m": [b"stays 19"], "other": [b"also"]}
        assert await found(tmp_path, ["CANARY", "stays 18", "stays 19"]) == {"stays 19"}


async def test_it_is_done_at_once_and_gone_when_nobody_reads_any_more(tmp_path: Path) -> None:
    async with journal_of(tmp_path, busy=0.05) as journal:
        chain, _ = await two_meetings(journal)
        assert await appended(journal, chain, (1.0, b"CANARY"))
        reader = await reading(tmp_path)
        done, gone = replaced(journal, chain, (2.0, b"what stays"))
        assert await done
        for n in range(10):
            assert await appended(journal, chain, (3.0, b"the meeting goes on %d" % n))
            assert not gone.done()
        assert journal.erasing == 1
        reader.kill()
        await reader.wait()
        assert await gone
        await journal.end("nobody's")
        assert journal.erasing == 0
        assert await found(tmp_path, ["CANARY", "what stays"]) == {"what stays"}


async def test_closed_while_somebody_reads_it_is_not_said_to_be_gone(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, busy=0.05)
    chain, _ = await two_meetings(journal)
    assert await appended(journal, chain, (1.0, b"CANARY"))
    reader = await reading(tmp_path)
    done, gone = replaced(journal, chain, (2.0, b"what stays"))
    await journal.close()
    assert (await done, await gone) == (True, False)
    reader.kill()
    await reader.wait()
    async with journal_of(tmp_path) as again:
        assert bodies(again)["m"] == [b"what stays"]
        assert await found(tmp_path, ["CANARY", "what stays"]) == {"what stays"}


async def test_a_disk_that_refuses_changes_nothing(tmp_path: Path) -> None:
    async with journal_of(tmp_path, busy=0.05) as journal:
        chain, _ = await two_meetings(journal)
        assert await appended(journal, chain, (1.0, b"before"))
        async with child_of("tests.server.test_journal_faults", "hold_lock", str(tmp_path)) as locking:
            assert await line(locking) == "locked"
            done, gone = replaced(journal, chain, (2.0, b"instead"))
            behind = appended(journal, chain, (3.0, b"behind it"))
            assert not await done
            assert not await behind
            await let_go(locking)
        await journal.end("nobody's")
        assert not gone.done()
        assert bodies(journal)["m"] == [b"before"]
        assert await appended(journal, Chain("m", 1), (4.0, b"after"))


@pytest.mark.parametrize("meeting", ["never-begun", "ended"])
async def test_there_must_be_a_meeting(tmp_path: Path, meeting: str) -> None:
    async with journal_of(tmp_path) as journal:
        await two_meetings(journal)
        await journal.begin("ended", "r", 1.0)
        await journal.end("ended")
        done, gone = replaced(journal, Chain(meeting, 3), (1.0, b"CANARY"))
        assert not await done
        assert not gone.done()
        assert await found(tmp_path, ["CANARY"]) == set()


async def test_a_rewrite_that_failed_and_is_there_after_all_stays(tmp_path: Path) -> None:
    """What it erased cannot be brought back; its room writes anew what it knows (see `Record`)."""
    async with journal_of(tmp_path, busy=0.05) as journal:
        chain, _ = await two_meetings(journal)
        assert await appended(journal, chain, (1.0, b"one"), (1.0, b"two"))
        with contextlib.closing(connect(tmp_path / DATABASE)) as db:  # as the last step of a failed commit leaves it
            db.execute("BEGIN")
            [(key,)] = db.execute("SELECT name FROM sqlite_schema WHERE name GLOB 'meeting_*' LIMIT 1").fetchall()
            db.execute(f"CREATE TABLE meeting_9 AS SELECT * FROM {key} WHERE n < 1")
            db.execute(f"DROP TABLE {key}")
            db.execute("COMMIT")
            async with child_of("tests.server.test_journal_faults", "hold_lock", str(tmp_path)) as locking:
                assert await line(locking) == "locked"
                assert not await appended(journal, chain, (2.0, b"from here on it connects anew"))
                await let_go(locking)
        assert not await appended(journal, Chain("m", 2), (2.0, b"no such place"))
        done, gone = replaced(journal, Chain("m", 2), (2.0, b"what it knows"))
        assert (await done, await gone) == (True, True)
        assert bodies(journal)["m"] == [b"what it knows"]


# Killed


async def rewriting(folder: Path) -> None:
    """A meeting that is written, and written anew, again and again. Tells what was acknowledged, at once."""
    journal = Journal.open(folder)
    await journal.save_room(room("r"))
    await journal.begin("m", "r", 1.0)
    [row] = journal.meetings()
    lap = int(row.events[0][1].split()[1]) + 1 if row.events else 0
    chain = Chain("m", len(row.events))
    while True:
        for _ in range(30):
            journal.append(chain, [(1.0, f"of-{lap}-end ".encode() * 50)], lambda ok: None)
        done, gone = replaced(journal, chain, (2.0, f"stays {lap} end".encode()))
        assert await done
        os.write(1, f"done {lap}\n".encode())
        assert await gone
        os.write(1, f"gone {lap}\n".encode())
        lap += 1


async def test_killed_at_any_moment_what_was_said_to_be_gone_is_gone(tmp_path: Path) -> None:
    chance = random.Random(5)
    latest = -1
    for _ in range(8):
        told: list[str] = []
        async with child_of(__name__, "rewriting", str(tmp_path)) as running:
            assert running.stdout
            enough = chance.randint(1, 60)
            while len(told) < enough:
                told.append(await line(running))
            running.send_signal(signal.SIGKILL)
            told += (await running.stdout.read()).decode().split("\n")[:-1]
            assert await running.wait() == -signal.SIGKILL
        done, gone = ([int(said.split()[1]) for said in told if said.startswith(word)] for word in ("done", "gone"))
        latest = max([latest, *done])
        words = [f"of-{n}-end" for n in range(latest + 3)]
        assert not {f"of-{n}-end" for n in range(max(gone, default=-1) + 1)} & await found(tmp_path, words)
        async with journal_of(tmp_path) as journal:
            [row] = journal.meetings()
            stays = int(row.events[0][1].split()[1])
            assert stays >= latest
            assert await found(tmp_path, words) <= {f"of-{stays + 1}-end"}
            assert all(body.startswith(b"of-%d-end" % (stays + 1)) for _, body in row.events[1:])
        latest = stays


if __name__ == "__main__":
    asyncio.run({"rewriting": rewriting}[sys.argv[1]](Path(sys.argv[2])))
