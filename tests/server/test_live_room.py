"""One meeting while it runs, with a clock that is moved by hand and a real journal: moments, marks, failing writes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from protocol.errors import Rejected
from server.formats import FORMATS
from tests.server.evening import Evening, Guest, evening

TURN, GRACE, PAUSE, OFFER, REST, WINDOW = 180, 30, 2, 40, 30, 120  # of the format `simple`
BACK = 20  # how long somebody who is back has to say that they go on


def state(guest: Guest) -> str | None:
    """The state of the turn that this person sees."""
    return next((turn["state"] for turn in guest.view["turns"].values()), None)


def queue(guest: Guest) -> list[tuple[str, str]]:
    hands = [guest.view["hands"][hand] for hand in guest.view["queue"]]
    return [(hand["seat"], hand["reason"]) for hand in hands]


async def speaking(server: Evening, lead: Guest, guest: Guest) -> float:
    """The guest has the floor; since when."""
    lead.ask("call-on", seat=guest.seat)
    await server.settled()
    guest.ask("accept-floor", turn=guest.turn)
    await server.settled()
    assert state(lead) == "speaking"
    return server.time


# Moments


@evening
async def test_an_offer_lapses_rests_and_comes_again(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand")
    await server.settled()
    start = server.time
    assert state(ada) == "offered"
    await server.at(start + OFFER - 0.001)
    assert state(ada) == "offered"
    await server.at(start + OFFER)
    assert (state(ada), queue(ada)) == (None, [(budi.seat, "later")])
    await server.at(start + OFFER + REST - 0.001)
    assert state(ada) is None
    await server.at(start + OFFER + REST)
    assert state(ada) == "offered"


@evening
async def test_a_turn_reaches_its_limit_its_grace_and_nobody_is_cut_off(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    start = await speaking(server, ada, budi)
    await server.at(start + TURN - 0.001)
    assert state(ada) == "speaking"
    await server.at(start + TURN)
    assert state(budi) == "grace"
    await server.at(start + TURN + GRACE - 0.001)
    [turn] = ada.view["turns"].values()
    assert "over" not in turn
    await server.at(start + TURN + GRACE)
    [turn] = ada.view["turns"].values()
    assert turn["over"] is True
    await server.at(start + 3600)
    assert state(budi) == "grace"


@evening
async def test_the_floor_of_somebody_who_dropped_is_held_for_the_window(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    start = await speaking(server, ada, budi)
    await server.at(start + 60)
    budi.pull()
    await server.settled()
    assert state(ada) == "suspended"
    await server.at(start + 60 + WINDOW - 0.001)
    assert state(ada) == "suspended"
    assert budi.seat in ada.view["circle"]
    await server.at(start + 60 + WINDOW)
    await server.at(start + 60 + WINDOW + 0.25)
    assert (state(ada), queue(ada)) == (None, [(budi.seat, "returned")])
    assert budi.seat not in ada.view["circle"]
    assert budi.seat in ada.view["people"]
    back = server.back(budi)
    await server.at(server.time + PAUSE + 0.25)
    [turn] = ada.view["turns"].values()
    assert (turn["state"], turn["budget"], turn["seat"]) == ("offered", TURN - 60, back.seat)


@evening
async def test_whoever_comes_back_within_the_window_goes_on_by_themselves_after_a_moment(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    start = await speaking(server, ada, budi)
    await server.at(start + 60)
    budi.pull()
    await server.at(start + 100)
    server.back(budi)
    await server.at(start + 100.25)
    assert state(ada) == "paused"
    await server.at(start + 100 + BACK - 0.001)
    assert state(ada) == "paused"
    await server.at(start + 100 + BACK)
    [turn] = ada.view["turns"].values()
    assert (turn["state"], turn["ends_at"]) == ("speaking", pytest.approx(start + 100 + BACK + TURN - 60, abs=0.01))


@evening
async def test_whoever_drops_at_the_door_and_stays_away_is_gone(server: Evening) -> None:
    room, (ada,) = await server.meeting("Ada")
    budi = server.knock(room, "Budi")
    await server.at(server.time + 0.25)
    left = server.time
    budi.pull()
    await server.at(left + WINDOW - 0.001)
    assert budi.seat in ada.view["waiting"]
    await server.at(left + WINDOW)
    assert "waiting" not in ada.view
    assert server.back(budi).code == "no-entry"


# Presence


@evening
async def test_thirty_who_come_within_a_quarter_of_a_second_make_two_patches(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    before, quiet = len(ada.heard), len(budi.heard)
    start = server.time
    people = []
    for n in range(30):
        people.append(server.knock(room, f"Person {n}"))
        await server.at(start + n * 0.008)
    await server.at(start + 0.25)
    assert ada.kinds(before) == ["patch", "patch"]
    assert len(ada.view["waiting"]) == 30
    assert all(person.kinds() == ["snapshot"] for person in people)
    assert len(budi.heard) == quiet


@evening
async def test_a_resync_is_answered_once_in_two_seconds(server: Evening) -> None:
    _, (ada, _) = await server.meeting("Ada", "Budi")
    start, before = server.time, len(ada.heard)
    for moment, snapshots in ((0, 1), (0, 1), (1.999, 1), (2, 2), (3, 2), (4, 3), (60, 4)):
        await server.at(start + moment)
        ada.emit("resync", {})
        assert ada.kinds(before) == ["snapshot"] * snapshots, moment


# After a crash


@evening
async def test_after_a_crash_the_clock_goes_on_from_the_last_mark(server: Evening) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    citra.ask("raise-hand")
    await server.settled()
    citra.ask("pass-floor", turn=citra.turn, later=True)
    start = await speaking(server, ada, budi)
    for second in range(1, 32):
        await server.at(start + second)
    after = await server.crash(server.folder.with_name("after"))
    ada, budi, citra = after.back(ada), after.back(budi), after.back(citra)
    await after.at(0.25)
    [turn] = ada.view["turns"].values()
    assert (turn["state"], turn["seat"]) == ("paused", budi.seat)
    assert TURN - 31 <= turn["left"] <= TURN - 31 + 2
    assert queue(ada) == [(citra.seat, "later")]
    assert ada.view["people"][citra.seat]["name"] == "Citra"
    now = ada.heard[0][1]["now"]
    assert start + 29 <= now <= start + 31.25
    assert ada.view["hands"][citra.you["hand"]]["rests_until"] <= start + REST

    await after.at(BACK)
    [turn] = ada.view["turns"].values()
    assert (turn["state"], turn["ends_at"]) == ("speaking", pytest.approx(now - 0.25 + TURN - 31 + BACK, abs=2.3))
    assert room.id == after.rooms.rooms()[0].id


@evening
async def test_a_turn_that_nothing_will_end_is_marked_too(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    start = await speaking(server, ada, budi)
    for second in range(1, 40):
        await server.at(start + 10 * second)
    for second in range(5):
        await server.at(start + 390 + second)
    after = await server.crash(server.folder.with_name("after"))
    ada = after.back(ada)
    await after.at(0.25)
    [turn] = ada.view["turns"].values()
    assert (turn["state"], turn["over"]) == ("suspended", True)
    assert TURN - 394 <= turn["left"] <= TURN - 394 + 2


@evening
async def test_after_a_crash_nobody_is_there_and_the_window_begins(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    await speaking(server, ada, budi)
    after = await server.crash(server.folder.with_name("after"))
    ada = after.back(ada)
    await after.at(WINDOW - 0.001)
    assert state(ada) == "suspended"
    assert "name" not in ada.view["people"][budi.seat]
    await after.at(WINDOW)
    assert state(ada) is None
    [(seat, reason)] = queue(ada)
    assert (seat, reason) == (budi.seat, "returned")


@evening
async def test_a_stop_is_no_drop(server: Evening) -> None:
    """When the server stops, connections end; that is nothing that people did."""
    room, people = await server.meeting("Ada", "Budi", "Citra", "Dewi")
    for guest in people[1:]:
        guest.ask("raise-hand")
    await server.settled()
    assert state(people[0]) == "offered"
    await server.at(server.time + 20)
    await server.rooms.stop()
    rows = room.live.state
    for guest in people:
        guest.pull()
    assert room.live.state is rows
    after = await server.crash(server.folder.with_name("after"))
    [room] = after.rooms.rooms()
    assert room.live.now == pytest.approx(server.time)
    ada = after.back(people[0])
    await after.at(0.25)
    assert [seat for seat, _ in queue(ada)] == [guest.seat for guest in people[1:]]


# Writes that fail


@evening
async def test_nothing_is_seen_that_is_not_stored(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    before = len(ada.heard)
    with server.unwritable():
        asked = budi.ask("raise-hand", note="quietly")
        assert (ada.kinds(before), budi.answers.get(asked)) == ([], None)
        await server.settled()
        assert budi.heard
        assert budi.answers[asked] == {"ok": False, "code": "not-now"}
        assert "hand" not in budi.you
        assert ada.kinds(before) == ["snapshot"]
        assert (ada.view["queue"], ada.view["hands"]) == ([], {})
    asked = budi.ask("raise-hand", note="again")
    await server.settled()
    assert budi.you
    assert budi.answers[asked]["ok"] is True
    assert "quietly" not in str(ada.heard)


@evening
async def test_what_was_built_on_a_write_that_failed_falls_with_it(server: Evening) -> None:
    _, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    with server.unwritable():
        asked = [
            (budi, budi.ask("raise-hand")),
            (citra, citra.ask("raise-hand")),
            (ada, ada.ask("call-on", seat=citra.seat)),
            (ada, ada.ask("open-meeting")),
            (citra, citra.ask("lower-hand", hand="h99")),
        ]
        await server.settled()
        codes = [guest.answers[key]["code"] for guest, key in asked if guest.heard]
    assert codes == ["not-now", "not-now", "not-now", "not-now", "not-now"]
    await server.at(server.time + 10)
    assert (state(ada), queue(ada)) == (None, [])
    citra.ask("raise-hand")
    budi.ask("raise-hand")
    await server.settled()
    after = await server.crash(server.folder.with_name("after"))
    ada = after.back(ada)
    await after.at(0.25)
    assert [seat for seat, _ in queue(ada)] == [citra.seat, budi.seat]


@evening
async def test_the_door_hears_nothing_of_writes_that_fail(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    waiting = server.knock(room, "Citra")
    await server.at(server.time + 0.25)
    before = len(waiting.heard)
    with server.unwritable():
        for _ in range(3):
            budi.ask("raise-hand")
            await server.settled()
    assert len(waiting.heard) == before
    with server.unwritable():
        waiting.ask("accept-agreement", version=1)
        await server.settled()
    assert waiting.kinds(before) == ["ack", "snapshot"]
    assert "agreed" not in waiting.you
    waiting.ask("accept-agreement", version=1)
    await server.settled()
    assert waiting.you["agreed"] is True
    assert waiting.seat in ada.view["waiting"]


@evening
async def test_a_token_that_got_lost_with_a_failed_write_is_sent_again(server: Evening) -> None:
    """Whoever came is stored, but what they are shown waited for somebody else's write."""
    room, (_, budi) = await server.meeting("Ada", "Budi")
    server.knock(room, "Someone before")  # shown at once; the next one waits for a quarter of a second
    citra = server.knock(room, "Citra")
    await server.settled()
    assert citra.kinds() == []
    with server.unwritable():
        budi.ask("raise-hand")
        await server.settled()
    assert citra.kinds() == ["snapshot"]
    assert citra.resume
    back = server.back(citra)
    await server.at(server.time + 1)
    assert (back.seat, citra.kinds()[-2:]) == (citra.seat, ["bye", "end"])


@evening
async def test_a_removal_that_could_not_be_stored_has_not_happened(server: Evening) -> None:
    _, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    before = len(budi.heard)
    with server.unwritable():
        ada.ask("remove", seat=budi.seat, reason="because")
        refused = budi.ask("raise-hand")
        ada.ask("remove", seat=citra.seat, reason="because")
        citra.pull()  # and is not taken for present because of a removal that was taken back
        await server.settled()
    assert budi.kinds(before) == ["ack", "snapshot"]
    assert budi.answers[refused]["code"] == "not-now"
    assert "because" not in str(budi.heard)
    await server.at(server.time + 1)
    assert ada.view["people"][budi.seat]["present"] is True
    assert ada.view["people"][citra.seat]["present"] is False
    budi.ask("raise-hand")
    await server.settled()
    assert state(ada) == "offered"


@evening
async def test_what_follows_by_itself_is_tried_again(server: Evening) -> None:
    _, (ada, budi) = await server.meeting("Ada", "Budi")
    budi.ask("raise-hand")
    await server.settled()
    start = server.time
    with server.unwritable():
        for second in range(5):
            await server.at(start + OFFER + second)
            assert state(ada) == "offered"
    await server.at(start + OFFER + 6)
    assert (state(ada), queue(ada)) == (None, [(budi.seat, "later")])


@evening
async def test_a_meeting_that_cannot_begin_lets_people_come_again(server: Evening) -> None:
    room = await server.room()
    with server.unwritable():
        ada = server.knock(room, "Ada", "facilitator")
        await server.settled()
        assert ada.kinds() == ["end"]
    ada = server.knock(room, "Ada", "facilitator")
    await server.at(1)
    assert ada.kinds() == ["snapshot"]
    after = await server.crash(server.folder.with_name("after"))
    assert after.back(ada).code == ""


# Bugs


@evening
async def test_a_bug_in_one_room_is_told_and_leaves_everybody_where_they_are(server: Evening) -> None:
    """A format that no file could hold: an offer lasts for a word instead of a number."""
    simple = FORMATS["simple"]
    phase = msgspec.structs.replace(simple.phases[0], **dict[str, Any](offer="soon"))
    FORMATS["broken"] = msgspec.structs.replace(simple, name="broken", phases=(phase,))
    try:
        _, (ada, budi) = await server.meeting("Ada", "Budi", format="broken")
    finally:
        del FORMATS["broken"]
    _, (eka, fajar) = await server.meeting("Eka", "Fajar")
    before = len(ada.heard)
    with said("lingkar") as lines:
        asked = [ada.ask("call-on", seat=budi.seat), ada.ask("call-on", seat=budi.seat), ada.ask("close-queue")]
        budis = budi.ask("raise-hand", note="a secret")
        fajar.ask("raise-hand")
        await server.settled()
    assert ada.kinds(before) == ["ack", "ack", "patch", "you", "ack"]
    assert [ada.answers[key].get("code") for key in asked] == ["internal", "internal", None]
    assert (len(budi.heard), budi.answers[budis]["code"]) == (len(budi.heard), "queue-closed")
    assert (state(eka), queue(ada)) == ("offered", [])
    assert [line.split(":")[0] for line in lines] == ["a bug, in received command"]
    assert "call_on" in lines[0]


@evening
async def test_a_bug_in_what_follows_by_itself_is_tried_again_later(server: Evening) -> None:
    """As above, but nobody asked for it: the hand was fine while the quiet after a turn lasted."""
    simple = FORMATS["simple"]
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    await speaking(server, ada, budi)
    budi.ask("finish-turn", turn=budi.turn)
    budi.ask("raise-hand", note="a secret")
    await server.settled()
    end = server.time
    plan = room.live.state.plan
    phase = msgspec.structs.replace(simple.phases[0], **dict[str, Any](offer="soon"))
    room.live.replan(msgspec.structs.replace(plan, format=msgspec.structs.replace(simple, phases=(phase,))))
    with said("lingkar") as lines:
        for second in range(1, 5):
            await server.at(end + second)
    assert state(ada) is None
    assert [line.split(":")[0] for line in lines] == ["a bug, in settle"]
    assert "secret" not in str(lines)
    room.live.replan(plan)
    await server.at(end + 10)
    assert state(ada) == "offered"


# Phases


@evening
async def test_the_phase_and_the_order_outlive_the_server(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi", format="council")
    ada.ask("set-phase", phase="responses")
    ada.ask("set-order", order="circle")
    ada.ask("set-prompt", prompt="What did you hear?")
    await server.settled()
    assert (budi.view["phase"], budi.view["policy"]["order"]) == ("responses", "circle")
    assert budi.view["prompt"] == "What did you hear?"
    after = await server.crash(server.folder.with_name("after"))
    back = after.back(budi)
    await after.at(0.25)
    assert (back.view["phase"], back.view["policy"]["order"]) == ("responses", "circle")
    assert "prompt" not in back.view
    assert after.rooms.rooms()[0].id == room.id


@evening
async def test_another_format_shows_at_once_and_its_phase_is_stored(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    council = msgspec.structs.replace(room.live.state.plan, format=FORMATS["council"])
    room.live.replan(council, ada.seat)
    await server.settled()
    assert (budi.view["format"], budi.view["phase"]) == ("council", FORMATS["council"].phases[0].name)
    assert budi.view["acts"][budi.view["lately"][-1]]["done"] == "format-changed"
    assert room.live.state.kept.phase == budi.view["phase"]


@evening
async def test_a_format_that_would_cost_somebody_the_floor_changes_nothing(server: Evening) -> None:
    room, (ada, budi) = await server.meeting("Ada", "Budi")
    await speaking(server, ada, budi)
    plan, heard = room.live.state.plan, len(budi.heard)
    with pytest.raises(Rejected, match="would-lose"):
        room.live.replan(msgspec.structs.replace(plan, format=FORMATS["council"]))
    await server.settled()
    assert room.live.state.plan is plan
    assert len(budi.heard) == heard


@contextmanager
def said(name: str) -> Iterator[list[str]]:
    """What is logged meanwhile."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Keep()
    logging.getLogger(name).addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger(name).removeHandler(handler)
