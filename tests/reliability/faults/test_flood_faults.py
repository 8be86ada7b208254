"""Too much of what is allowed, beside a room that goes on."""

import asyncio
from typing import Any

from tests.reliability.faults.beside import beside, speaks
from tests.reliability.faults.raw import Wire, auth_of, frame, packed
from tests.server.person import EVENT, Person
from tests.server.running import House, Running

SECONDS = 3  # of a flood


async def test_two_hundred_events_a_second(server: Running) -> None:
    """All are answered; what is too much with `too-fast`. The others in the room are answered as ever."""
    async with beside(server) as home:
        _, (eka, loud, other) = await home.meeting("Eka", "Loud", "Other")
        flood = asyncio.create_task(pour(loud, {"type": "lower-hand"}))
        for _ in range(5):
            await other.do("raise-hand")
            await other.do("lower-hand")
        answers = await flood
        assert len(answers) == 200 * SECONDS
        assert {answer["code"] for answer in answers} == {"no-hand", "too-fast"}
        assert (loud.bye, loud.closed.is_set()) == (None, False)
        await eka.do("close-queue")
        await asyncio.gather(*(one.until(lambda me: not me.view["queue_open"]) for one in (eka, loud, other)))
        assert loud.view == other.view


async def test_i_need_support_two_hundred_times_a_second(server: Running) -> None:
    """A hand about the room goes up once; nobody else in the room is told more than that."""
    async with beside(server) as home:
        _, (eka, loud, speaker) = await home.meeting("Eka", "Loud", "Speaker")
        await speaks(eka, speaker)
        before = len(eka.frames("patch"))
        answers = await pour(loud, {"type": "raise-hand", "kind": "process"})
        assert [answer["ok"] for answer in answers].count(True) == 1
        assert {answer.get("code") for answer in answers} == {None, "hand-up", "too-fast"}
        assert len(eka.view["queue"]) == 1
        assert len(eka.frames("patch")) - before < 10


async def test_signals_bells_and_votes_two_hundred_times_a_second(server: Running) -> None:
    """From one seat each, all at once: one bell rings, and the speaker is told a few numbers; who listens hears of the
    bell, and goes on."""
    async with beside(server) as home:
        form = one_phase(consent=60, breath=3)
        _, people = await home.meeting("Eka", "Speaker", "Signals", "Bells", "Votes", "Other", format=form)
        eka, speaker, signals, bells, votes, other = people
        await speaks(eka, speaker)
        await speaker.until(lambda me: "ask-time" in me.you["may"])
        turn = speaker.you["turn"]
        told, before = len(speaker.frames("you")), len(other.frames("patch"))
        asked = asyncio.create_task(asking(speaker, turn))
        poured = await asyncio.gather(
            pour(signals, {"type": "send-signal", "signal": "louder"}),
            pour(bells, {"type": "ring-bell"}),
            pour(votes, {"type": "answer-time", "turn": turn, "fine": True}),
        )
        assert await asked
        for answers in poured:
            assert {answer.get("code") for answer in answers} <= {
                None,
                "too-fast",
                "rang",
                "not-asked",
                "no-turn",
                "held",
            }
            assert sum(answer.get("code") == "too-fast" for answer in answers) > 100 * SECONDS
        assert sum(answer["ok"] for answer in poured[1]) == 1
        await other.do("raise-hand", kind="process")
        assert [one.bye for one in people] == [None] * 6
        assert len(other.frames("patch")) - before < 30
        assert len(speaker.frames("you")) - told < 100 * SECONDS
        assert (signals.view, votes.view) == (other.view, other.view)


async def asking(speaker: Person, turn: str) -> bool:
    """Until the group is asked for more time; the bell may be first."""
    answer: dict[str, Any] = {"ok": False}
    async with asyncio.timeout(20):
        while not answer["ok"]:
            answer = await speaker.ask("ask-time", turn=turn)
            if not answer["ok"]:
                await speaker.ask("resume-turn", turn=turn)
                await asyncio.sleep(0.1)
    return True


def one_phase(**phase: Any) -> dict[str, Any]:
    """A format in which a turn is all warning."""
    lengths = {"turn": 30, "warning": 29, "grace": 30, "pause": 0}
    return {"name": "one", "phases": [{"name": "sharing", **lengths, **phase}]}


async def test_the_largest_formats_set_a_hundred_times_a_second(server: Running) -> None:
    """Twenty phases with as many words as fit, in turn with another one; then one that is set is the room's. Whoever
    does not lead sets none, and one that does not fit together is refused as fast."""
    async with beside(server) as home:
        room, (eka, loud, other) = await home.meeting("Eka", "Loud", "Other", format=one_phase(order="chosen"))
        full = {"title": "t" * 60, "prompt": "\N{KHMER LETTER KA}" * 300, "order": "chosen"}
        phases = [full | {"name": f"phase-{n}"} for n in range(20)]
        large = [{"name": "large", "title": title, "phases": phases} for title in ("One", "Two")]
        wrong = {"name": "large", "phases": [{"name": "same"}] * 20}
        floods = [
            pour(eka, *({"type": "set-format", "format": form} for form in large), event="ask", each=10),
            pour(loud, {"type": "set-format", "format": wrong}, event="ask", each=10),
        ]
        flood = asyncio.gather(*floods)
        for _ in range(5):
            await other.do("raise-hand")
            await other.do("lower-hand")
        done, refused = await flood
        assert {answer.get("code") for answer in done} <= {None, "too-fast", "not-now"}
        assert {answer["code"] for answer in refused} <= {"forbidden", "bad-format", "too-fast"}
        assert sum(answer["ok"] for answer in done) > 0
        _, shown = await home.api("GET", f"/api/rooms/{room.id}")
        title = shown["own_format"]["title"]
        assert shown["format"] == "large"
        await asyncio.gather(*(one.until(lambda me: me.view["format_title"] == title) for one in (eka, loud, other)))
        assert (len(other.view["agenda"]), len(other.view["prompt"])) == (20, 300)
        assert [one.bye for one in (eka, loud, other)] == [None] * 3


async def pour(
    person: Person, *commands: dict[str, Any], event: str = "command", each: int = 20
) -> list[dict[str, Any]]:
    """The same commands in turn 200 times a second for a while, or ten times `each`; all answers."""
    before, count = len(person.frames("ack")), 10 * SECONDS * each
    for n in range(count):
        await person.pack({"type": EVENT, "nsp": "/", "id": 99, "data": [event, commands[n % len(commands)]]})
        if n % each == each - 1:
            await asyncio.sleep(0.1)
    await person.until(lambda me: len(me.frames("ack")) - before == count, within=20)
    return person.frames("ack")[before:]


async def test_snapshots_asked_for_again_and_again(server: Running) -> None:
    """A few bytes do not fetch thousands: one in two seconds is answered."""
    async with beside(server) as home:
        _, (eka, _) = await home.meeting("Eka", "Fajar")
        before = len(eka.frames("snapshot"))
        for _ in range(50):
            await eka.tell("resync", None)
        await eka.do("close-queue")
        assert 1 <= len(eka.frames("snapshot")) - before <= 2


async def test_readers_who_stop(server: Running) -> None:
    """Ten of a room take nothing any more while much happens there: they are cut, what waited for them is let go."""
    async with beside(server) as home:
        room, (eka, fajar, speaker) = await home.meeting("Eka", "Fajar", "Speaker")
        await speaks(eka, speaker)
        deaf = [await stopped(home, room.links["participant"]) for _ in range(10)]
        for wire in deaf:
            await wire.send(frame(packed(2, ["command", {"type": "accept-agreement", "version": 1}], 1)))
        await eka.until(lambda me: sum(bool(shown.get("agreed")) for shown in me.view["waiting"].values()) == 10)
        for seat in list(eka.view["waiting"]):
            await eka.do("admit", seat=seat)
        while any(shown["present"] for shown in eka.view["people"].values() if shown["name"] == "Deaf"):
            await fajar.do("raise-hand", note="x" * 140)
            await fajar.do("lower-hand")
            await asyncio.sleep(0.12)


async def stopped(home: House, link: str) -> Wire:
    wire = await (await Wire.open(home, window=4096)).upgrade()
    return await wire.connect(auth_of(link, "Deaf"))
