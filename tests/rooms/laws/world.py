"""One meeting after the other in the same room, with what an onlooker writes down about them."""

from collections import Counter
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from protocol import commands as c
from protocol.errors import Rejected
from protocol.views import Role, TurnState
from rooms import asks, core
from rooms import events as e
from rooms.privates import Privates
from rooms.rules import entry
from rooms.state import Kept, Plan, RoomState, Seat, attends, leads, present
from rooms.view import Seen, see
from tests.given import PLAN, SERVER
from tests.rooms.laws import agreed, floor, order, rounds
from tests.rooms.laws.aiming import KINDS, TAGS
from tests.rooms.laws.words import PLANTED, without_words

ELSEWHERE = RoomState(replace(PLAN, title="another room"))  # what happened means the same in whatever plan


class World:
    """`state` is the meeting; `stored` is what its journal makes of it, in a room with another plan."""

    def __init__(self) -> None:
        super().__init__()
        self.begin(PLAN)

    def begin(self, of: Plan) -> None:
        self.now = 0.0
        self.state = RoomState(of)
        self.formats = [of.format]  # all that the room has had in this meeting
        self.stored = ELSEWHERE
        self.seen = self.seen_before = self._whole = see(self.state, None)
        self.steps = self.count = self.restarted = 0
        self.running: Counter[str] = Counter()  # seconds that each seat's clock ran, counted from outside
        self.passed: Counter[str] = Counter()  # seconds, by what they were
        self.had: Counter[str] = Counter()  # turns, by seat
        self.silent: Counter[str] = Counter()  # seconds of silence, by turn
        self.late = 0.0  # seconds in which the server did not wake up for what was due
        self.gone: set[str] = set()
        self.erased: set[str] = set()
        self.taken: dict[str, tuple[Seat, tuple[str, ...]]] = {}  # seats of people who were removed, and the circle
        self.undone = False
        self.asked: type | None = None  # the command that is being done
        self.around: rounds.Around | None = None

    @property
    def whole(self) -> Seen:
        """What everybody sees, made from nothing."""
        if self._whole.state is not self.state:
            self._whole = see(self.state, None)
        return self._whole

    @property
    def awake(self) -> bool:
        """Nothing is due that the server has not woken up for."""
        due = core.alarm(self.state)
        return due is None or due > self.now

    @property
    def leading(self) -> list[str]:
        """Who holds the order and is here."""
        seats = self.state.kept.seats
        return [id for id in self.state.kept.circle if leads(seats[id].role) and attends(self.state, id)]

    def longest(self, name: str) -> float:
        """This length, in whatever phase it is longest."""
        return max(float(getattr(phase, name)) for of in self.formats for phase in of.phases)

    def possible(self, seat: str) -> list[type]:
        may = Privates(self.state).of(seat).may
        return [kind for kind in KINDS if TAGS[kind] in may]

    # How a step is done

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

    def accepts(self, seat: str) -> None:
        """The agreement as it is now."""
        self.ask(seat, c.AcceptAgreement(self.state.plan.agreement.version))

    def another_agreement(self) -> None:
        """From outside, in the midst of whatever happens."""
        known = self.state.plan.agreement
        plan = replace(
            self.state.plan, agreement=replace(known, version=known.version + 1, text=f"We listen, {known.version}.")
        )
        outcome = core.reform(self.state, plan, "", self.now)
        self.state = replace(self.state, plan=plan)
        self.on(outcome)

    def returns(self, seat: str) -> None:
        self.ask(SERVER, asks.Return(seat, f"{PLANTED} {seat}"))

    def ask(self, by: str, command: Any) -> None:
        before, written = self.state, repr(self.state)
        self.asked = type(command)
        try:
            outcome = core.handle(before, by, command, self.now)
        except Rejected:
            assert self.state is before
        else:
            self.on(outcome)
        self.asked = None
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
        kept, lasted = self.state.kept, to - self.now
        runs = [turn.seat for turn in kept.turns.values() if turn.running]
        self.running.update(dict.fromkeys(runs, lasted))
        silent = [id for id, turn in kept.turns.items() if turn.state is TurnState.SILENT]
        self.silent.update(dict.fromkeys(silent, lasted))
        if kept.meeting.value == "open":
            stands = "held" if kept.hold else "stands" if kept.turns else "free"
            self.passed.update({"open": lasted, "spoken": lasted * len(runs), ("speaks" if runs else stands): lasted})
        self.now = to

    def on(self, outcome: core.Outcome) -> None:
        state = self.state
        for event in outcome.events:
            after = core.evolve(state, event, self.now)
            self.writes_down(state, event, after)
            state = after
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

    def writes_down(self, before: RoomState, event: e.Event, after: RoomState) -> None:
        if isinstance(event, e.Durable):
            self.stores(event)
        order.raised_where_it_belongs(before, event)
        floor.nobody_is_cut_off(before, event, self.asked)
        floor.an_open_floor_ends_at_once(before, event)
        floor.what_is_about_others_is_not_counted(event, before, after)
        floor.the_bell_rings_rarely(before, event, self.now)
        floor.the_quiet_after_a_turn_is_kept(before, event, self.now)
        agreed.asked_in_a_gap(before, event, after, self.now)
        self.around = rounds.goes_on(self.around, before, event, after)
        match event:
            case e.SeatEnded(seat, how):
                self.gone.add(seat)
                if how is e.Parting.REMOVED:
                    self.taken[seat] = before.kept.seats[seat], before.kept.circle
            case e.TurnEnded(turn):
                self.had[before.kept.turns[turn].seat] += before.kept.turns[turn].counted
            case e.TurnRestored(turn):
                assert before.kept.last is not None
                self.had[before.kept.last.turn.seat] -= before.kept.last.turn.counted

    def stores(self, event: e.Durable) -> None:
        body = msgspec.msgpack.encode(event)
        without_words(event)
        assert PLANTED.encode() not in body
        if isinstance(event, e.Rebuilt):
            self.stored = ELSEWHERE  # the journal begins anew with it
        self.stored = core.evolve(self.stored, msgspec.msgpack.decode(body, type=e.KeptEvent), self.now)

    def given_back(self, seat: str) -> None:
        """As it was, but for the turn that ended with it, and at the same place among those who are still there."""
        self.gone.discard(seat)
        self.undone = True
        before, circle = self.taken.pop(seat)
        kept = self.state.kept
        now = kept.seats[seat]
        assert now.reading or not before.reading
        assert replace(now, turns=before.turns, spoken=before.spoken, reading=before.reading) == before
        still = [id for id in circle if id in kept.circle]
        assert [id for id in kept.circle if id in still] == still
        assert not present(self.state, seat)
