"""A machine that joins, drops, asks for everything, waits and restarts; after each step every law is checked."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from protocol import commands as c
from protocol.errors import Rejected
from protocol.views import Deed, Role
from rooms import asks, core
from rooms.state import Kept, Live, RoomState, present
from rooms.view import see
from tests.given import SERVER
from tests.rooms.laws import agreed, buttons, clocks, ending, floor, lead, memory, order, rounds, sights
from tests.rooms.laws.aiming import KINDS, commands
from tests.rooms.laws.plans import PLANS
from tests.rooms.laws.words import PLANTED
from tests.rooms.laws.world import World

LAWS = (
    *(*memory.LAWS, *sights.LAWS, *floor.LAWS, *order.LAWS, *rounds.LAWS),
    *(*clocks.LAWS, *lead.LAWS, *buttons.LAWS, *agreed.LAWS),
)
LINKS = ("participant.1", "participant.2", "facilitator.1", "host.1", "invite-1.1", "invite-1.2", "invite-2.1")
SOON = st.sampled_from([0.0, 0.001, 0.5, 1.0, 4.999, 5.0, 12.0])
MOMENTS = SOON | st.sampled_from([19.0, 30.0, 41.0, 121.0, 400.0])

# What those ask for who lead, on an ordinary evening
LEADING = (
    *(c.PauseTurn, c.ResumeTurn, c.ExtendTurn, c.EndTurn, c.CallOn, c.AddHand, c.MoveHand, c.OpenMeeting, c.Admit),
    *(c.CloseQueue, c.ReopenQueue, c.LowerAll, c.PauseRoom, c.ResumeRoom, c.NameSuccessor, c.TellWaiting),
    *(c.LockDoor, c.UnlockDoor, c.SetPhase, c.SetOrder, c.SetPrompt, c.BeginRound, c.EndRound, c.UndoEnd),
    *(c.BeginSilence, c.BeginBreak, c.Equalise, c.AllowQuestion),
)
# What those ask for who have the floor, or are offered it
ANSWERS = (
    *([c.AcceptFloor] * 4),
    *(c.PassFloor, c.HoldOffer, c.ResumeTurn, c.FinishTurn, c.GiveFloor, c.HoldSilence, c.AskTime, c.AllowQuestion),
)
# What everybody asks for, the others while somebody speaks
LISTENING = (c.RaiseHand, c.RaiseHand, c.RingBell, c.SendSignal, c.AnswerTime, c.PassRound, c.TakeFloor, c.SayReady)


class Meetings(World, RuleBasedStateMachine):
    """Some meetings, one after the other in the same room."""

    @initialize(
        of=st.sampled_from(list(PLANS)),
        people=st.integers(1, 4),
        opened=st.sampled_from([True] * 4 + [False]),
        phase=st.integers(0, 9),
        hands=st.booleans(),
        speaks=st.booleans(),
    )
    def people_gather(self, of: str, people: int, opened: bool, phase: int, hands: bool, speaks: bool) -> None:
        plan = PLANS[of]
        self.begin(plan)
        lead = self.joins(Role.FACILITATOR)
        self.accepts(lead)
        for role in [Role.HOST, Role.FACILITATOR][: 2 * plan.two_to_remove]:
            other = self.joins(role)
            self.accepts(other)
            self.ask(lead, c.Admit(other))
        for _ in range(people):
            seat = self.joins(Role.PARTICIPANT)
            self.accepts(seat)
            self.ask(lead, c.Admit(seat))
        if opened:
            self.ask(lead, c.OpenMeeting())
            phases = plan.format.phases
            self.ask(lead, c.SetPhase(phases[phase % len(phases)].name))
        for seat in list(self.state.kept.circle) if hands else []:
            self.ask(seat, c.RaiseHand())
        self.passes(self.state.phase.pause)
        for id, turn in list(self.state.kept.turns.items()) if speaks else []:
            self.ask(turn.seat, c.AcceptFloor(id))

    # Coming and going

    @precondition(lambda self: len(self.state.kept.seats) < 8)
    @rule(role=st.sampled_from([Role.PARTICIPANT, Role.PARTICIPANT, Role.FACILITATOR, Role.HOST]), agrees=st.booleans())
    def somebody_joins(self, role: Role, agrees: bool) -> None:
        seat = self.joins(role)
        if agrees:
            self.accepts(seat)

    @precondition(lambda self: len(self.state.kept.seats) < 8)
    @rule(data=st.data(), link=st.sampled_from(LINKS))
    def somebody_joins_by_a_link(self, data: st.DataObject, link: str) -> None:
        role = Role.FACILITATOR if link.startswith(("facilitator", "invite-2")) else Role.PARTICIPANT
        seat = self.joins(Role.HOST if link.startswith("host") else role, link)
        if seat in self.state.kept.seats and data.draw(st.booleans(), label="agrees"):
            self.accepts(seat)

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

    @precondition(lambda self: self.leading)
    @rule(data=st.data(), hows=st.lists(st.sampled_from(["take", "carry", "keep", "undo", "wait"]), max_size=3))
    def somebody_is_removed(self, data: st.DataObject, hows: list[str]) -> None:
        """Proposed, carried, taken back, undone, in any order."""
        for how in ("take", *hows):
            leading, kept = self.leading, self.state.kept
            if how == "wait" or not leading:
                self.passes(data.draw(MOMENTS, label="after"))
                continue
            by = data.draw(st.sampled_from(leading), label="by")
            seats = {"undo": kept.removed, "take": kept.seats}.get(how, kept.proposals)
            about: dict[str, Any] = {"undo": c.UndoRemoval, "keep": c.KeepSeat}
            if others := [seat for seat in seats if seat != by]:
                seat = data.draw(st.sampled_from(others), label="seat")
                self.ask(by, about[how](seat) if how in about else c.Remove(seat, PLANTED))

    @precondition(lambda self: self.leading and len(self.state.kept.seats) < 8)
    @rule(data=st.data(), hows=st.lists(st.sampled_from(["admit", "drop", "wait", "remove"]), max_size=3))
    def somebody_comes_twice_by_one_invite(self, data: st.DataObject, hows: list[str]) -> None:
        """And is confirmed, or not, while the first of them drops, or is removed."""
        link = data.draw(st.sampled_from(LINKS[4:]), label="link")
        role = Role.FACILITATOR if link.startswith("invite-2") else Role.PARTICIPANT
        seats = [self.joins(role, link) for _ in range(2)]
        for seat in seats:
            self.accepts(seat)
        for how in hows:
            leading = self.leading
            if how == "drop":
                self.ask(SERVER, asks.Drop(seats[0]))
            elif how == "wait" or not leading:
                self.passes(data.draw(MOMENTS, label="after"))
            else:
                self.ask(leading[0], c.Admit(seats[1]) if how == "admit" else c.Remove(seats[0], PLANTED))

    @precondition(lambda self: self.steps > 20 and len(self.state.kept.circle) > 2)
    @rule(data=st.data())
    def somebody_wants_to_be_erased(self, data: st.DataObject) -> None:
        seat = data.draw(st.sampled_from(sorted(self.state.kept.seats)), label="by")
        self.ask(seat, c.Leave(erase=True))
        self.erased.add(seat)
        assert f"'{seat}'" not in repr((self.state.kept, self.state.live))
        assert f"'{seat}'" not in repr(self.stored)

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

    @rule(text=st.sampled_from([PLANTED, ""]), id=st.sampled_from(["n1", "n2"]))
    def a_host_announces_something(self, text: str, id: str) -> None:
        """Or takes down what was announced, if it is that one."""
        self.ask(SERVER, asks.Announce(id, text) if text else asks.TakeDown(id))

    @rule(data=st.data(), after=MOMENTS)
    def somebody_is_back(self, data: st.DataObject, after: float) -> None:
        self.passes(after)
        away = [seat for seat in sorted(self.state.kept.seats) if not present(self.state, seat)]
        if away:
            self.returns(data.draw(st.sampled_from(away), label="seat"))

    @precondition(lambda self: self.steps > self.restarted + 25)
    @rule(data=st.data())
    def the_server_restarts(self, data: st.DataObject) -> None:
        """What memory held is lost; browsers give it again when they are back, in any order."""
        self.restarted = self.steps
        if self.around is not None:
            self.around.here.clear()
        self.state = RoomState(self.state.plan, self.stored.kept)
        self.seen = self.seen_before = see(self.state, None)
        self.ask(SERVER, asks.Restart())
        for seat in data.draw(st.permutations(sorted(self.state.kept.seats)), label="back"):
            if data.draw(st.sampled_from([True, True, True, False]), label="returns"):
                self.returns(seat)

    @precondition(lambda self: self.steps > 25)
    @rule(of=st.sampled_from(list(PLANS)))
    def the_meeting_ends(self, of: str) -> None:
        outcome = core.handle(self.state, SERVER, asks.Close(), self.now)
        assert outcome.state.kept == Kept(closed=True)
        assert outcome.state.live == Live()
        assert core.alarm(outcome.state) is None
        self.begin(PLANS[of])

    # What people do

    @precondition(lambda self: self.state.kept.hands or self.state.kept.turns)
    @rule(data=st.data(), moments=st.lists(SOON, min_size=1, max_size=4))
    def the_floor_is_answered_or_given_back(self, data: st.DataObject, moments: list[float]) -> None:
        for after in moments:
            self.passes(after)
            for turn in list(self.state.kept.turns.values()):
                if turn.seat in self.state.kept.seats:
                    possible = self.possible(turn.seat)
                    self.one_of(data, turn.seat, [kind for kind in ANSWERS if kind in possible])

    @rule(data=st.data(), after=SOON)
    def somebody_listens_and_says_so(self, data: st.DataObject, after: float) -> None:
        """Raises a hand, rings, signals, answers, asks to be passed by."""
        self.passes(after)
        if self.state.kept.circle:
            seat = data.draw(st.sampled_from(self.state.kept.circle), label="by")
            possible = self.possible(seat)
            self.one_of(data, seat, [kind for kind in LISTENING if kind in possible])

    @rule(data=st.data(), after=SOON)
    def a_facilitator_does_something(self, data: st.DataObject, after: float) -> None:
        self.passes(after)
        seats = [seat for seat in self.state.kept.seats if c.Admit in self.possible(seat)]
        if seats:
            seat = data.draw(st.sampled_from(seats), label="by")
            possible = self.possible(seat)
            self.one_of(data, seat, [kind for kind in LEADING if kind in possible])

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data(), after=SOON)
    def somebody_does_something(self, data: st.DataObject, after: float) -> None:
        """Chosen among the buttons that the person has."""
        self.passes(after)
        seats = sorted(self.state.kept.seats)
        if seats:
            seat = data.draw(st.sampled_from(seats), label="by")
            self.one_of(data, seat, self.possible(seat))

    def one_of(self, data: st.DataObject, by: str, kinds: list[type]) -> None:
        if kinds:
            kind = data.draw(st.sampled_from(kinds), label="kind")
            self.ask(by, data.draw(commands(self.state, kind, self.now), label="command"))

    @precondition(lambda self: self.state.kept.seats)
    @rule(data=st.data(), kind=st.sampled_from(KINDS), late=MOMENTS)
    def somebody_asks_for_anything(self, data: st.DataObject, kind: type, late: float) -> None:
        """Well aimed or not, and perhaps before the server woke up for what was due."""
        by = data.draw(st.sampled_from(sorted(self.state.kept.seats)), label="by")
        command = data.draw(commands(self.state, kind, self.now), label="command")
        if kind is not c.CloseMeeting:
            self.late += late
            self.jumps(self.now + late)
            self.ask(by, command)

    @rule(of=st.sampled_from(list(PLANS)))
    def the_room_has_another_format(self, of: str) -> None:
        """The plan is another one, and what follows from that happens; or all is as before."""
        plan, kept = replace(self.state.plan, format=PLANS[of].format), self.state.kept
        try:
            outcome = core.reform(self.state, plan, "", self.now)
        except Rejected:
            assert kept.turns or (kept.round and not kept.round.over), "nobody would have lost anything"
        else:
            self.state = replace(self.state, plan=plan)
            self.formats.append(plan.format)
            self.on(outcome)

    @precondition(lambda self: self.steps > 15)
    @rule(data=st.data(), moments=st.lists(MOMENTS, min_size=1, max_size=6))
    def the_agreement_changes(self, data: st.DataObject, moments: list[float]) -> None:
        """And some of those who are asked again accept it, one after the other."""
        self.another_agreement()
        for after in moments:
            self.passes(after)
            if reading := agreed.reading(self.state):
                self.accepts(data.draw(st.sampled_from(reading), label="accepts"))

    @precondition(lambda self: bool(agreed.reading(self.state)))
    @rule()
    def everybody_accepts_it(self) -> None:
        for seat in agreed.reading(self.state):
            self.accepts(seat)

    # Time

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

    @precondition(lambda self: self.leading)
    @rule()
    def in_the_end_everybody_who_stays_gets_the_floor(self) -> None:
        """Looked at ahead: nothing of it happens."""
        ending.everybody_gets_the_floor(self.state, self.now)

    # Laws

    @invariant()
    def the_laws_hold(self) -> None:
        for law in LAWS:
            law(self)
