"""What holds in every meeting, whatever people do, in whatever order, whenever.

A state machine joins, drops, asks for everything, waits and restarts; after each step every law is checked. Set
`LINGKAR_LAWS=long` for a long run with new examples each time.
"""

import math
import os
import re
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from protocol import commands as c
from protocol.errors import Code, Rejected
from protocol.generate import command_types
from protocol.message import kebab
from protocol.patch import apply, diff
from protocol.views import Deed, Hold, MeetingState, Role, TurnState, Why
from rooms import asks, core
from rooms import events as e
from rooms.audio import audible, listeners
from rooms.privates import Privates
from rooms.rulebook import COMMANDS, EVENTS
from rooms.rules import entry
from rooms.standing import SERVER as ONLY_SERVER
from rooms.state import Kept, Live, Plan, RoomState, Seat, leads, present
from rooms.view import Seen, Sight, see, sight_of
from tests.given import BY_HAND, HARD, PLAN, SERVER, Scene, plan
from tests.given import given as scene_of

LONG = os.environ.get("LINGKAR_LAWS") == "long"
LAWS = settings(
    max_examples=1_500 if LONG else 80,
    stateful_step_count=80 if LONG else 40,
    derandomize=not LONG,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

TAGS = {kind: kebab(kind.__name__) for kind in c.Command.__args__}
FIELDS = {kind: msgspec.structs.fields(kind) for kind in c.Command.__args__}
CAREFUL = replace(PLAN, seats=2, two_to_remove=True)  # few seats, and two to remove somebody
AIMED = {kind: [f.name for f in fields if f.required or f.name in ("kind", "hand")] for kind, fields in FIELDS.items()}
PLANS = (
    *(PLAN, HARD, BY_HAND, plan(pause=0, rest=0), plan(window=15, grace=0, turn=20, offer=20), CAREFUL),
    replace(plan(window=60), two_to_remove=True),
)
LINKS = ("participant.1", "participant.2", "facilitator.1", "host.1", "invite-1.1", "invite-1.2", "invite-2.1")
PLANTED = "planted"  # in every word that people write
SOON = st.sampled_from([0.0, 0.001, 0.5, 1.0, 4.999, 5.0, 12.0])
MOMENTS = SOON | st.sampled_from([19.0, 30.0, 41.0, 121.0, 400.0])

# What those ask for who lead, on an ordinary evening
LEADING = (
    *(c.PauseTurn, c.ResumeTurn, c.ExtendTurn, c.EndTurn, c.CallOn, c.AddHand, c.MoveHand, c.OpenMeeting, c.Admit),
    *(c.CloseQueue, c.ReopenQueue, c.LowerAll, c.PauseRoom, c.ResumeRoom, c.NameSuccessor, c.TellWaiting),
    *(c.LockDoor, c.UnlockDoor),
)
# What those ask for who have the floor, or are offered it
ANSWERS = (*[c.AcceptFloor] * 4, c.PassFloor, c.HoldOffer, c.ResumeTurn, c.FinishTurn)

# What a sight may have, written out
DOOR = {"sight", "agreement", "questions"}
CIRCLE = {
    "sight", "title", "format", "meeting", "agreement", "policy", "people", "circle", "hands", "queue", "queue_version",
    "queue_open", "turns", "floor", "pause_until", "hold", "successors", "acts", "lately",
    "locked",
}  # fmt: skip
LEAD = CIRCLE | {"questions", "waiting", "seats", "taken", "two_to_remove", "proposals", "removed"}
PERSON = {"role", "present", "number", "name", "turns", "spoken", "hears"}
WAITING = {
    "role", "present", "since", "number", "name", "agreed", "admitted", "lookalike", "answers", "again", "line", "told",
}  # fmt: skip
ACT = {"done", "at", "by", "who", "seat", "whom"}
PROPOSAL = {"by", "until", "reason"}
REMOVED = {"number", "at", "role", "personal", "name"}
YOU_AT_THE_DOOR = {"seat", "role", "may", "agreed", "admitted", "name", "answered", "line", "message"}
HAND = {"seat", "kind", "reason", "since", "rests_until"}
TURN = {"seat", "state", "budget", "ends_at", "left", "over", "waits_until"}

# About a certain other person: whether it can be done depends on whom it is aimed at
ABOUT_SOMEBODY = (
    *(c.Admit, c.Decline, c.Remove, c.KeepSeat, c.UndoRemoval, c.CallOn, c.AddHand),
    *(c.NameSuccessor, c.UnnameSuccessor),
)
FIXED = Role | c.HandKind | e.Parting | e.End | Why | Hold
NOT_FOR_YOU = {Code.NOT_ADMITTED, Code.NOT_AGREED, Code.NOT_OPEN, Code.NO_HAND, Code.NO_TURN}


class Meetings(RuleBasedStateMachine):
    """Some meetings, one after the other in the same room."""

    def __init__(self) -> None:
        super().__init__()
        self.begin(PLAN)

    def begin(self, of: Plan) -> None:
        self.now = 0.0
        self.state = RoomState(of)
        self.stored = RoomState(of)  # rebuilt from what went to the journal, event by event
        self.seen = self.seen_before = self._whole = see(self.state, None)
        self.steps = self.count = self.restarted = 0
        self.running: dict[str, float] = {}  # seconds that each seat's clock ran, counted from outside
        self.gone: set[str] = set()
        self.erased: set[str] = set()
        self.taken: dict[str, tuple[Seat, tuple[str, ...]]] = {}  # seats of people who were removed, and the circle
        self.undone = False

    @property
    def whole(self) -> Seen:
        """What everybody sees, made from nothing."""
        if self._whole.state is not self.state:
            self._whole = see(self.state, None)
        return self._whole

    # Steps

    @initialize(
        of=st.sampled_from(PLANS),
        people=st.integers(1, 4),
        opened=st.sampled_from([True] * 4 + [False]),
        hands=st.booleans(),
        speaks=st.booleans(),
    )
    def people_gather(self, of: Plan, people: int, opened: bool, hands: bool, speaks: bool) -> None:
        self.begin(of)
        lead = self.joins(Role.FACILITATOR)
        self.ask(lead, c.AcceptAgreement(1))
        for role in [Role.HOST, Role.FACILITATOR][: 2 * of.two_to_remove]:
            other = self.joins(role)
            self.ask(other, c.AcceptAgreement(1))
            self.ask(lead, c.Admit(other))
        for _ in range(people):
            seat = self.joins(Role.PARTICIPANT)
            self.ask(seat, c.AcceptAgreement(1))
            self.ask(lead, c.Admit(seat))
        if opened:
            self.ask(lead, c.OpenMeeting())
        for seat in list(self.state.kept.circle) if hands else []:
            self.ask(seat, c.RaiseHand())
        self.passes(of.format.phases[0].pause)
        for id, turn in list(self.state.kept.turns.items()) if speaks else []:
            self.ask(turn.seat, c.AcceptFloor(id))

    def joins(self, role: Role, link: str = "") -> str:
        seat = f"s{self.count}"
        self.count += 1
        personal = link.startswith("invite")
        barred = personal and entry.invite(link) in {
            entry.invite(was.seat.link) for was in self.state.kept.removed.values() if was.seat.personal
        }
        locked = self.state.kept.locked
        invites = {seat.link.rpartition(".")[0] for seat in self.state.kept.seats.values() if seat.personal}
        self.ask(SERVER, asks.Join(seat, role, f"{PLANTED} {seat}", link or f"{role}.1", personal))
        known = personal and link.rpartition(".")[0] in invites
        shut = barred or (locked and role is Role.PARTICIPANT and not known)
        assert (seat in self.state.kept.seats) is not shut, "a locked door, or the invite of somebody who was removed"
        return seat

    @precondition(lambda self: len(self.state.kept.seats) < 8)
    @rule(role=st.sampled_from([Role.PARTICIPANT, Role.PARTICIPANT, Role.FACILITATOR, Role.HOST]), agrees=st.booleans())
    def somebody_joins(self, role: Role, agrees: bool) -> None:
        seat = self.joins(role)
        if agrees:
            self.ask(seat, c.AcceptAgreement(1))

    @precondition(lambda self: len(self.state.kept.seats) < 8)
    @rule(data=st.data(), link=st.sampled_from(LINKS))
    def somebody_joins_by_a_link(self, data: st.DataObject, link: str) -> None:
        role = Role.FACILITATOR if link.startswith(("facilitator", "invite-2")) else Role.PARTICIPANT
        seat = self.joins(Role.HOST if link.startswith("host") else role, link)
        if seat in self.state.kept.seats and data.draw(st.booleans(), label="agrees"):
            self.ask(seat, c.AcceptAgreement(1))

    @precondition(lambda self: len(self.state.kept.seats) > 3)
    @rule(
        links=st.sets(st.sampled_from(LINKS), max_size=2),
        inside=st.booleans(),
        deed=st.sampled_from([Deed.LINK_RENEWED, Deed.LINK_REVOKED, Deed.INVITED]),
        by=st.sampled_from(["", "s0"]),
    )
    def a_link_is_taken_back(self, links: set[str], inside: bool, deed: Deed, by: str) -> None:
        self.ask(SERVER, asks.Unlink(frozenset(links), inside, deed, by))
        for seat in self.state.kept.seats.values():
            assert seat.link not in links or (seat.admitted and not inside)

    @precondition(lambda self: self.leading())
    @rule(data=st.data(), hows=st.lists(st.sampled_from(["take", "carry", "keep", "undo", "wait"]), max_size=3))
    def somebody_is_removed(self, data: st.DataObject, hows: list[str]) -> None:
        """Proposed, carried, taken back, undone, in any order."""
        for how in ("take", *hows):
            leading, kept = self.leading(), self.state.kept
            if how == "wait" or not leading:
                self.passes(data.draw(MOMENTS, label="after"))
                continue
            by = data.draw(st.sampled_from(leading), label="by")
            seats = {"undo": kept.removed, "take": kept.seats}.get(how, kept.proposals)
            about: dict[str, Any] = {"undo": c.UndoRemoval, "keep": c.KeepSeat}
            if others := [seat for seat in seats if seat != by]:
                seat = data.draw(st.sampled_from(others), label="seat")
                self.ask(by, about[how](seat) if how in about else c.Remove(seat, PLANTED))

    @precondition(lambda self: self.leading() and len(self.state.kept.seats) < 8)
    @rule(data=st.data(), hows=st.lists(st.sampled_from(["admit", "drop", "wait", "remove"]), max_size=3))
    def somebody_comes_twice_by_one_invite(self, data: st.DataObject, hows: list[str]) -> None:
        """And is confirmed, or not, while the first of them drops, or is removed."""
        link = data.draw(st.sampled_from(LINKS[4:]), label="link")
        role = Role.FACILITATOR if link.startswith("invite-2") else Role.PARTICIPANT
        seats = [self.joins(role, link) for _ in range(2)]
        for seat in seats:
            self.ask(seat, c.AcceptAgreement(1))
        for how in hows:
            leading = self.leading()
            if how == "drop":
                self.ask(SERVER, asks.Drop(seats[0]))
            elif how == "wait" or not leading:
                self.passes(data.draw(MOMENTS, label="after"))
            else:
                self.ask(leading[0], c.Admit(seats[1]) if how == "admit" else c.Remove(seats[0], PLANTED))

    def leading(self) -> list[str]:
        """Who holds the order and is here."""
        seats = self.state.kept.seats
        return [id for id in self.state.kept.circle if leads(seats[id].role) and present(self.state, id)]

    @precondition(lambda self: self.steps > 20 and len(self.state.kept.circle) > 2)
    @rule(data=st.data())
    def somebody_wants_to_be_erased(self, data: st.DataObject) -> None:
        seat = data.draw(st.sampled_from(sorted(self.state.kept.seats)), label="by")
        self.ask(seat, c.Leave(erase=True))
        self.erased.add(seat)
        assert f"'{seat}'" not in repr((self.state.kept, self.state.live))
        assert f"'{seat}'" not in repr(self.stored)

    @precondition(lambda self: self.state.kept.hands or self.state.kept.turns)
    @rule(data=st.data(), moments=st.lists(SOON, min_size=1, max_size=4))
    def the_floor_is_answered_or_given_back(self, data: st.DataObject, moments: list[float]) -> None:
        for after in moments:
            self.passes(after)
            for turn in list(self.state.kept.turns.values()):
                possible = self.possible(turn.seat)
                self.one_of(data, turn.seat, [kind for kind in ANSWERS if kind in possible])

    @rule(data=st.data(), after=SOON)
    def somebody_raises_a_hand(self, data: st.DataObject, after: float) -> None:
        self.passes(after)
        seats = [seat for seat in self.state.kept.seats if c.RaiseHand in self.possible(seat)]
        if seats:
            self.one_of(data, data.draw(st.sampled_from(seats), label="by"), [c.RaiseHand])

    @rule(data=st.data(), after=SOON)
    def a_facilitator_does_something(self, data: st.DataObject, after: float) -> None:
        self.passes(after)
        seats = [seat for seat in self.state.kept.seats if c.Admit in self.possible(seat)]
        if seats:
            seat = data.draw(st.sampled_from(seats), label="by")
            self.one_of(data, seat, [kind for kind in self.possible(seat) if kind in LEADING])

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data(), after=SOON)
    def somebody_does_something(self, data: st.DataObject, after: float) -> None:
        """Chosen among the buttons that the person has."""
        self.passes(after)
        seats = sorted(self.state.kept.seats)
        if seats:
            seat = data.draw(st.sampled_from(seats), label="by")
            self.one_of(data, seat, self.possible(seat))

    def possible(self, seat: str) -> list[type]:
        may = Privates(self.state).of(seat).may
        return [kind for kind in c.Command.__args__ if TAGS[kind] in may]

    def one_of(self, data: st.DataObject, by: str, kinds: list[type]) -> None:
        if kinds:
            kind = data.draw(st.sampled_from(kinds), label="kind")
            self.ask(by, data.draw(commands(self.state, kind, self.now), label="command"))

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data(), kind=st.sampled_from(c.Command.__args__), late=MOMENTS)
    def somebody_asks_for_anything(self, data: st.DataObject, kind: type, late: float) -> None:
        """Well aimed or not, and perhaps before the server woke up for what was due."""
        by = data.draw(st.sampled_from(sorted(self.state.kept.seats)), label="by")
        command = data.draw(commands(self.state, kind, self.now), label="command")
        if kind is not c.CloseMeeting:
            self.jumps(self.now + late)
            self.ask(by, command)

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data())
    def a_connection_breaks(self, data: st.DataObject) -> None:
        """Of whoever has the floor, or of anybody."""
        turns = self.state.kept.turns.values()
        likely = sorted({*self.state.kept.seats} if data.draw(st.booleans()) else {turn.seat for turn in turns})
        if likely:
            self.ask(SERVER, asks.Drop(data.draw(st.sampled_from(likely), label="seat")))

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data())
    def sound_reaches_some(self, data: st.DataObject) -> None:
        """As media says, also of somebody who has gone meanwhile."""
        known = sorted(self.state.kept.seats)
        self.ask(SERVER, asks.Hear(frozenset(data.draw(st.sets(st.sampled_from([*known, "nobody"])), label="seats"))))

    @rule(data=st.data(), after=MOMENTS)
    def somebody_is_back(self, data: st.DataObject, after: float) -> None:
        self.passes(after)
        away = [seat for seat in sorted(self.state.kept.seats) if not present(self.state, seat)]
        if away:
            self.returns(data.draw(st.sampled_from(away), label="seat"))

    def returns(self, seat: str) -> None:
        self.ask(SERVER, asks.Return(seat, f"{PLANTED} {seat}"))

    @rule(after=MOMENTS)
    def nobody_does_anything(self, after: float) -> None:
        self.passes(after)

    @rule(before=st.booleans())
    def until_the_next_alarm(self, before: bool) -> None:
        """Just before it nothing follows; at its moment something may."""
        due = core.alarm(self.state)
        if due is None:
            return
        if before and due - 0.001 > self.now:
            self.jumps(due - 0.001)
            assert core.settle(self.state, self.now).events == [], "something happened before its alarm"
        else:
            self.passes(max(0.0, due - self.now))

    @precondition(lambda self: self.steps > self.restarted + 25)
    @rule(data=st.data())
    def the_server_restarts(self, data: st.DataObject) -> None:
        """What memory held is lost; browsers give it again when they are back, in any order."""
        self.restarted = self.steps
        self.state = self.stored
        self.seen = self.seen_before = see(self.state, None)
        self.ask(SERVER, asks.Restart())
        for seat in data.draw(st.permutations(sorted(self.state.kept.seats)), label="back"):
            if data.draw(st.sampled_from([True, True, True, False]), label="returns"):
                self.returns(seat)

    @precondition(lambda self: self.steps > 25)
    @rule(of=st.sampled_from(PLANS))
    def the_meeting_ends(self, of: Plan) -> None:
        outcome = core.handle(self.state, SERVER, asks.Close(), self.now)
        assert outcome.state.kept == Kept(closed=True)
        assert outcome.state.live == Live()
        assert core.alarm(outcome.state) is None
        self.begin(of)

    # How a step is done

    def ask(self, by: str, command: Any) -> None:
        before, written = self.state, repr(self.state)
        try:
            outcome = core.handle(before, by, command, self.now)
        except Rejected:
            assert self.state is before
        else:
            self.on(outcome)
        assert repr(before) == written, "a value was changed in place"

    def passes(self, seconds: float) -> None:
        """Time passes, and the server wakes up for everything in it."""
        until = self.now + seconds
        self.on(core.settle(self.state, self.now))  # a wake-up that was late
        for _ in range(200):
            due = core.alarm(self.state)
            if due is None or due > until:
                break
            assert due > self.now, "the next alarm lies in the future"
            self.jumps(due)
            self.on(core.settle(self.state, due))
        else:
            pytest.fail("alarm after alarm")
        self.jumps(until)
        self.on(core.settle(self.state, until))

    def jumps(self, to: float) -> None:
        for turn in self.state.kept.turns.values():
            if turn.state in (TurnState.SPEAKING, TurnState.GRACE):
                self.running[turn.seat] = self.running.get(turn.seat, 0.0) + to - self.now
        self.now = to

    def on(self, outcome: core.Outcome) -> None:
        for event in outcome.events:
            if isinstance(event, e.Durable):
                body = msgspec.msgpack.encode(event)
                without_words(event)
                assert PLANTED.encode() not in body
                if isinstance(event, e.Rebuilt):
                    self.stored = RoomState(self.state.plan)  # the journal begins anew with it
                self.stored = core.evolve(self.stored, msgspec.msgpack.decode(body, type=e.KeptEvent), self.now)
            if isinstance(event, e.SeatEnded):
                self.gone.add(event.seat)
                if event.how is e.Parting.REMOVED:
                    self.taken[event.seat] = self.state.kept.seats[event.seat], self.state.kept.circle
        self.state = outcome.state
        for event in outcome.events:
            if isinstance(event, e.SeatRestored):
                self.given_back(event.seat)
        self.steps += 1
        again = core.settle(self.state, self.now)
        assert again.events == []
        assert again.state is self.state
        due = core.alarm(self.state)
        assert due is None or due > self.now, "the next alarm lies in the future"
        if self.state.kept.closed:
            assert self.state == RoomState(self.state.plan, Kept(closed=True))
            self.begin(self.state.plan)

    def given_back(self, seat: str) -> None:
        """As it was, but for the turn that ended with it, and at the same place among those who are still there."""
        self.gone.discard(seat)
        self.undone = True
        before, circle = self.taken.pop(seat)
        kept = self.state.kept
        now = kept.seats[seat]
        assert replace(now, turns=before.turns, spoken=before.spoken) == before
        still = [id for id in circle if id in kept.circle]
        assert [id for id in kept.circle if id in still] == still
        assert not present(self.state, seat)

    # Laws

    @invariant()
    def the_journal_gives_back_what_is_kept(self) -> None:
        assert self.stored.kept == self.state.kept

    @invariant()
    def patches_and_sharing_make_the_same_views(self) -> None:
        shown, plain = see(self.state, self.seen), self.whole
        assert (shown.door, shown.circle, shown.lead) == (plain.door, plain.circle, plain.lead)
        assert shown.apart == plain.apart
        shown_later = see(self.state, self.seen_before)
        assert (shown_later.circle, shown_later.lead) == (plain.circle, plain.lead)
        follows(self.seen, shown)
        follows(self.seen_before, shown_later)
        self.seen = shown
        if self.steps % 3 == 0:
            self.seen_before = shown_later

    @invariant()
    def private_parts_that_are_called_the_same_are(self) -> None:
        now = Privates(self.state)
        for before in (Privates(self.seen_before.state), Privates(self.seen.state)):
            for seat in self.state.kept.seats:
                if seat in before.state.kept.seats and now.same(seat, before):
                    assert now.of(seat) == before.of(seat)

    @invariant()
    def one_voice_at_a_time(self) -> None:
        kept = self.state.kept
        assert len(kept.turns) <= 1
        assert audible(self.state) <= listeners(self.state) & {turn.seat for turn in kept.turns.values()}
        assert all(present(self.state, turn.seat) for turn in kept.turns.values() if turn.running or turn.hand)
        assert all(kept.seats[seat].inside for seat in (*audible(self.state), *listeners(self.state)))

    @invariant()
    def while_the_room_stands_still_nobody_is_heard_and_no_clock_runs(self) -> None:
        kept = self.state.kept
        if kept.hold is not None:
            assert kept.meeting is MeetingState.OPEN
            assert not audible(self.state)
            assert not any(turn.running for turn in kept.turns.values())

    @invariant()
    def nothing_waits_longer_than_it_should(self) -> None:
        """However long the room stood still in between."""
        kept, phase = self.state.kept, self.state.phase
        since = kept.hold.since if kept.hold else self.now
        assert kept.free_since <= self.now
        assert all(hand.rests_until <= since + phase.rest for hand in kept.hands.values())
        assert all(proposal.until <= since + 60 for proposal in kept.proposals.values())
        for turn in kept.turns.values():
            if turn.state is TurnState.SUSPENDED:
                assert turn.until <= since + phase.window
            if turn.returned:
                assert turn.until <= since + 20

    @invariant()
    def somebody_leads_or_the_room_stands_still(self) -> None:
        """Checked where the server is awake; a successor who is here has taken over."""
        kept, due = self.state.kept, core.alarm(self.state)
        leading = [id for id in kept.circle if leads(kept.seats[id].role)]
        if (due is not None and due <= self.now) or any(present(self.state, id) for id in leading):
            assert kept.hold is None or kept.hold.why is Hold.PAUSED or due is not None
            return
        here = self.state.live.presence
        since = max((here[id].since for id in leading), default=kept.unled)
        if kept.meeting is MeetingState.OPEN and self.now >= since + 30:
            assert kept.hold is not None
            assert not any(present(self.state, id) for id in kept.successors)
        assert all(not leads(kept.seats[id].role) for id in kept.successors)

    @invariant()
    def the_queue_is_in_order(self) -> None:
        kept = self.state.kept
        waiting = [kept.hands[hand].seat for hand in kept.queue]
        assert len(set(kept.queue)) == len(kept.queue)
        assert set(kept.queue) == set(kept.hands)
        assert len(set(waiting)) == len(waiting)
        assert not {turn.seat for turn in kept.turns.values()} & set(waiting)
        assert all(kept.seats[seat].inside for seat in waiting)
        assert not waiting or kept.meeting is MeetingState.OPEN

    @invariant()
    def nobody_waits_while_the_floor_is_free(self) -> None:
        """Checked where the server is awake: nothing is due."""
        kept, phase = self.state.kept, self.state.phase
        due = core.alarm(self.state)
        awake = due is None or due > self.now
        if (
            awake
            and not kept.turns
            and not kept.hold
            and phase.automatic_offers
            and self.now >= kept.free_since + phase.pause
        ):
            ready = [h for h in kept.hands.values() if h.rests_until <= self.now and present(self.state, h.seat)]
            awaited = self.now < kept.awaited_until  # a restart was a moment ago
            assert not ready or (awaited and not present(self.state, kept.hands[kept.queue[0]].seat))

    @invariant()
    def clocks_are_fair(self) -> None:
        """A seat's time is what its clock ran, no more and no less."""
        kept = self.state.kept
        for seat, known in kept.seats.items():
            speaking = sum(turn.spoken(self.now) for turn in kept.turns.values() if turn.seat == seat)
            assert math.isclose(known.spoken + speaking, self.running.get(seat, 0.0), abs_tol=1e-6)

    @invariant()
    def memory_holds_nothing_of_what_has_ended(self) -> None:
        kept, live = self.state.kept, self.state.live
        everything = repr(self.state)
        assert not any(f"'{seat}'" in everything for seat in self.erased)
        plain = replace(live, gone={}, acts={})  # names of those who were removed, and what was done
        everything = repr(RoomState(self.state.plan, replace(kept, removed={}), plain))
        assert not any(f"'{seat}'" in everything for seat in self.gone)
        assert not kept.removed.keys() & kept.seats.keys()
        assert set(live.gone) <= set(kept.removed) <= self.gone
        assert all(self.now < gone.at + 600 for gone in live.gone.values() if self.awake())
        assert set(live.reasons) <= set(kept.proposals) <= set(kept.seats)
        assert all(not kept.seats[seat].admitted for seat in live.messages)
        assert set(live.notes) <= {*kept.hands, *(turn.hand for turn in kept.turns.values())}
        assert set(live.names) <= set(live.presence) == set(kept.seats)
        assert all(not kept.seats[seat].admitted for seat in live.answers)
        assert all(present(self.state, seat) for seat in live.hearers)
        assert set(kept.circle) == {seat for seat, known in kept.seats.items() if known.inside}
        assert len(set(kept.circle)) == len(kept.circle)

    @invariant()
    def a_sight_has_nothing_outside_its_list(self) -> None:
        seen = self.whole
        door, circle, lead, apart = (msgspec.to_builtins(seen.view(sight)) for sight in Sight)
        assert seen.door == see(RoomState(self.state.plan), None).door
        assert set(door) <= DOOR
        assert set(circle) <= CIRCLE
        assert set(lead) <= LEAD
        assert PLANTED not in repr(door)
        assert apart == {name: part for name, part in lead.items() if name != "proposals"}
        for named, fields in (("acts", ACT), ("proposals", PROPOSAL), ("removed", REMOVED)):
            assert all(set(shown) <= fields for shown in lead.get(named, {}).values())
        for sight, hand in ((circle, HAND), (lead, HAND | {"note"})):
            assert all(set(shown) <= PERSON for shown in sight["people"].values())
            assert all(set(shown) <= hand for shown in sight["hands"].values())
            assert all(set(shown) <= TURN for shown in sight["turns"].values())
            assert set(sight["people"]) == set(self.state.kept.circle)
        assert all(set(shown) <= WAITING for shown in lead.get("waiting", {}).values())
        assert None not in everything_in([door, circle, lead])

    @invariant()
    def nobody_who_was_removed_is_shown_anywhere_else(self) -> None:
        seen = self.whole
        for sight in (Sight.CIRCLE, Sight.LEAD):
            shown = msgspec.to_builtins(seen.view(sight))
            for allowed in ("removed", "acts"):
                shown.pop(allowed, None)
            keys = {*shown["people"], *shown.get("waiting", {}), *shown.get("proposals", {})}
            assert not self.gone & {*keys, *(value for value in everything_in(shown) if isinstance(value, str))}

    @invariant()
    def a_sight_is_for_those_who_are_in(self) -> None:
        privates = Privates(self.state)
        for seat, known in self.state.kept.seats.items():
            if not (known.admitted and known.agreed):
                assert sight_of(self.state, seat) is Sight.DOOR
                assert set(msgspec.to_builtins(privates.of(seat))) <= YOU_AT_THE_DOOR
            elif known.role is Role.PARTICIPANT:
                assert sight_of(self.state, seat) is Sight.CIRCLE
            else:
                about = seat in self.state.kept.proposals
                assert sight_of(self.state, seat) is (Sight.APART if about else Sight.LEAD)

    @invariant()
    def whom_a_proposal_is_about_knows_nothing_of_it(self) -> None:
        kept = self.state.kept
        without = replace(self.state, kept=replace(kept, proposals={}), live=replace(self.state.live, reasons={}))
        for seat, proposal in kept.proposals.items():
            sight = sight_of(self.state, seat)
            assert self.whole.view(sight) == see(without, None).view(sight_of(without, seat))
            assert Privates(self.state).of(seat) == Privates(without).of(seat)
            assert leads(kept.seats[proposal.by].role) and kept.seats[proposal.by].inside
            assert proposal.by != seat
            assert self.now < proposal.until or kept.hold or not self.awake()

    @invariant()
    def acts_are_few_and_recent(self) -> None:
        live, view = self.state.live, self.whole.circle
        assert len(live.acts) <= 20
        assert view.lately == list(view.acts)
        assert [act.at for act in view.acts.values()] == sorted(act.at for act in view.acts.values())
        assert all(self.now < act.at + 600 for act in view.acts.values()) or not self.awake()
        at_the_door = {seat for seat, known in self.state.kept.seats.items() if not known.admitted}
        assert not at_the_door & {act.seat for act in view.acts.values()}

    @invariant()
    def the_rooms_seats_are_enough(self) -> None:
        plan, kept = self.state.plan, self.state.kept
        sitting = [s for s in kept.seats.values() if s.admitted and (s.acting or not leads(s.role))]
        lead, privates = self.whole.lead, Privates(self.state)
        assert lead.taken == (len(sitting) if plan.seats else 0)
        assert plan.seats == 0 or len(sitting) <= plan.seats or self.undone
        lines = {seat: waits.line for seat, waits in lead.waiting.items() if waits.line}
        assert sorted(lines.values()) == list(range(1, len(lines) + 1))
        assert not lines or len(sitting) >= plan.seats > 0
        assert sorted(lines, key=lambda seat: lines[seat]) == sorted(lines, key=lambda seat: kept.seats[seat].number)
        assert lines == {seat: privates.of(seat).line for seat in kept.seats if privates.of(seat).line}

    @invariant()
    def a_personal_invite_has_one_seat_inside(self) -> None:
        kept = self.state.kept
        inside = [entry.invite(seat.link) for seat in kept.seats.values() if seat.personal and seat.admitted]
        assert len(set(inside)) == len(inside)

    def awake(self) -> bool:
        """Nothing is due that the server has not woken up for."""
        due = core.alarm(self.state)
        return due is None or due > self.now

    @invariant()
    def the_buttons_are_right(self) -> None:
        """What is in `may` can be done, what is not in it cannot."""
        privates = Privates(self.state)
        for seat in self.state.kept.seats:
            may = privates.of(seat).may
            aims = what_there_is(self.state, seat, self.now)
            for kind in c.Command.__args__:
                allowed = TAGS[kind] in may
                code = refusal(self.state, seat, aimed(self.state.kept, kind, aims), self.now)
                if kind in ABOUT_SOMEBODY:
                    assert code not in NOT_FOR_YOU if allowed else code is not None, (seat, kind, code)
                else:
                    assert (code is None) is allowed, (seat, kind, code)


def commands(state: RoomState, kind: type, now: float) -> st.SearchStrategy[Any]:
    """Commands of a kind, mostly aimed at what is there."""
    kept = state.kept
    near = {
        "seat": st.sampled_from([*kept.seats, "s99"]),
        "hand": st.sampled_from([*kept.queue, *kept.queue, "h99"]),
        "before": st.sampled_from(["", *kept.queue, "h99"]),
        "after": st.sampled_from([*kept.queue, "h99"]),
        "turn": st.sampled_from([kept.floor or "t98"] * 7 + ["t99"]),
        "floor": st.sampled_from(["", kept.floor, "t99"]),
        "queue": st.sampled_from([kept.queue_version, kept.queue_version, kept.queue_version + 1]),
        "version": st.sampled_from([1, 1, 2]),
        "until": st.sampled_from([now + 60, now + 20, now - 1, now + 400, now + 5000, math.nan, math.inf]),
        "note": st.sampled_from(["", PLANTED]),
        "reason": st.just(PLANTED),
        "answers": st.lists(st.just(PLANTED), max_size=3),
        "kind": st.sampled_from(c.HandKind),
        "later": st.booleans(),
        "check_on_me": st.booleans(),
        "erase": st.sampled_from([False, False, True]),
        "text": st.just(PLANTED),
    }
    if kind in (c.UndoRemoval, c.KeepSeat):
        there = [*(kept.removed if kind is c.UndoRemoval else kept.proposals)]
        near["seat"] = st.sampled_from([*there, *there, *there, *kept.seats, "s99"])
    needed = {f.name: near[f.name] for f in FIELDS[kind] if f.required}
    others = {f.name: near[f.name] for f in FIELDS[kind] if not f.required}
    return st.fixed_dictionaries(needed, optional=others).map(lambda fields: kind(**fields))


def what_there_is(state: RoomState, seat: str, now: float) -> dict[str, Any]:
    """What the fields of a command could name that this person means."""
    kept = state.kept
    mine = next((hand for hand in kept.queue if kept.hands[hand].seat == seat), None)
    return {
        "seat": next(other for other in (*kept.seats, "s99") if other != seat),
        "hand": mine or next(iter(kept.queue), "h99"),
        "after": kept.queue[-1] if kept.queue else "h99",
        "turn": next(iter(kept.turns), "t99"),
        "queue": kept.queue_version,
        "version": state.plan.agreement.version,
        "until": now + 60,
        "answers": [],
        "reason": "",
        "text": "",
        "kind": c.HandKind.PROCESS,
    }


def aimed(kept: Kept, kind: type, aims: dict[str, Any]) -> Any:
    """A command that somebody could mean, aimed as well as can be."""
    if kind is c.HoldOffer and kept.turns:
        aims = {**aims, "until": kept.turns[aims["turn"]].until}
    if kind in (c.UndoRemoval, c.KeepSeat):
        aims = {**aims, "seat": next(iter(kept.removed if kind is c.UndoRemoval else kept.proposals), "s99")}
    return kind(**{name: aims[name] for name in AIMED[kind]})


def refusal(state: RoomState, by: str, command: Any, now: float) -> Code | None:
    try:
        core.decide(state, by, command, now)
    except Rejected as no:
        return no.code
    return None


def without_words(value: Any) -> None:
    """What goes to disk is ids of our own making, words from fixed lists, and numbers."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            without_words(getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            without_words(key)
            without_words(inner)
    elif isinstance(value, tuple):
        for inner in value:
            without_words(inner)
    elif type(value) is str:
        assert re.fullmatch(r"([sht]\d+|[a-z]+(-\d+)?\.\d+)?", value), value
    elif type(value) is float:
        assert math.isfinite(value), value
    else:
        assert isinstance(value, bool | int | MeetingState | TurnState | FIXED | None), value


def follows(old: Seen, new: Seen) -> None:
    """What a browser has after the patch is what it would have been sent whole."""
    for sight in Sight:
        before, after = old.view(sight), new.view(sight)
        assert apply(msgspec.to_builtins(before), diff(before, after)) == msgspec.to_builtins(after)


def everything_in(document: Any) -> list[Any]:
    """Every value in a plain document, at any depth."""
    if isinstance(document, dict):
        return [inner for value in document.values() for inner in everything_in(value)]
    if isinstance(document, list):
        return [inner for value in document for inner in everything_in(value)]
    return [document]


TestMeetings = Meetings.TestCase
TestMeetings.settings = LAWS
pytestmark = pytest.mark.timeout(7200 if LONG else 600)  # on a busy machine, too


# Nobody starves


class Guest(msgspec.Struct, frozen=True):
    """How somebody answers offers, before saying yes; how long they speak then; how often they want to."""

    kind: c.HandKind
    answers: list[str]
    seconds: float
    turns: int


GUESTS = st.lists(
    st.builds(
        Guest,
        kind=st.sampled_from([c.HandKind.SHARE, c.HandKind.PROCESS]),
        answers=st.lists(st.sampled_from(["later", "ignore", "drop"]), max_size=3),
        seconds=st.sampled_from([0.0, 3.0, 40.0, 400.0]),
        turns=st.integers(1, 3),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=800 if LONG else 80, derandomize=not LONG, deadline=None)
@given(GUESTS, st.sampled_from(PLANS[:2] + PLANS[3:5]))
def test_nobody_starves(guests: list[Guest], of: Plan) -> None:
    """Whoever stays, is here and says yes in the end gets the floor, as often as they asked for it."""
    people = {f"g{number}": guest for number, guest in enumerate(guests)}
    scene = scene_of("ada", *people, of=of)
    for seat, guest in people.items():
        scene = scene.when(seat, c.RaiseHand(guest.kind))
    answered, spoke = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for _ in range(400):
        turn = scene.turn
        if turn is None or turn.state is not TurnState.OFFERED:
            due = core.alarm(scene.state)
            if due is None:
                break
            scene = scene.wait(due)
            continue
        seat, guest = turn.seat, people[turn.seat]
        if answered[seat] < len(guest.answers):
            answered[seat] += 1
            scene = answer(scene, seat, guest.answers[answered[seat] - 1])
        else:
            spoke[seat] += 1
            scene = shares(scene, seat, guest, spoke[seat])
    assert spoke == {seat: guest.turns for seat, guest in people.items()}
    assert scene.queue == ()


def answer(scene: Scene, seat: str, how: str) -> Scene:
    """Anything but yes."""
    if how == "later":
        return scene.when(seat, c.PassFloor(scene.turn_id, later=True))
    if how == "ignore":
        return scene.wait(scene.on_the_floor.until)
    return scene.drops(seat).returns(seat, at=scene.now + 1)


def shares(scene: Scene, seat: str, guest: Guest, times: int) -> Scene:
    """Says yes, speaks, and raises a hand again for the next time."""
    turn = scene.turn_id
    scene = scene.when(seat, c.AcceptFloor(turn))
    scene = scene.when(seat, c.FinishTurn(turn), at=scene.now + guest.seconds)
    return scene.when(seat, c.RaiseHand(guest.kind)) if times < guest.turns else scene


# The rulebook is complete


def leaves(kind: type) -> set[type]:
    """The classes under this one that have none under them."""
    below: list[type] = kind.__subclasses__()
    return {leaf for sub in below for leaf in leaves(sub)} if below else {kind}


def test_every_command_and_ask_has_its_row_and_no_row_is_left_over() -> None:
    assert set(COMMANDS) == set(c.Command.__args__) | leaves(asks.Ask)
    assert sorted(command_types()) == sorted(kebab(kind.__name__) for kind in c.Command.__args__)


def test_every_event_has_its_row_and_no_row_is_left_over() -> None:
    assert set(EVENTS) == leaves(e.Durable) | leaves(e.Ephemeral)


def test_the_journal_can_read_every_durable_event() -> None:
    assert set(e.KeptEvent.__args__) == leaves(e.Durable)


@pytest.mark.parametrize("kind", sorted(leaves(asks.Ask), key=str))
def test_what_only_the_server_asks_cannot_come_by_wire(kind: type) -> None:
    assert COMMANDS[kind].who == ONLY_SERVER
    assert kind not in c.Command.__args__
    sent = {"type": kebab(kind.__name__), "seat": "s1", "role": "host", "name": "x"}
    with pytest.raises(msgspec.ValidationError, match="Invalid value"):
        msgspec.convert(sent, c.Command)


def test_nothing_else_is_the_servers() -> None:
    assert {kind for kind, row in COMMANDS.items() if row.who & ONLY_SERVER} == leaves(asks.Ask)
