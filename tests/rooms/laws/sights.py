"""What is shown: nothing outside the lists below, and the same whether it is sent whole or as a patch."""

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from protocol.patch import apply, diff
from protocol.views import Role, TurnState
from rooms.privates import Privates
from rooms.state import RoomState, leads
from rooms.view import Seen, Sight, see, sight_of
from tests.rooms.laws.words import PLANTED, everything_in

if TYPE_CHECKING:
    from tests.rooms.laws.world import World

# What a sight may have, written out
DOOR = {"sight", "agreement", "questions"}
CIRCLE = {
    "sight", "title", "format", "format_title", "meeting", "agreement", "policy", "people", "circle", "hands", "queue",
    "queue_version", "queue_open", "turns", "floor", "pause_until", "hold", "hold_until", "phase", "phase_since",
    "prompt", "agenda", "round", "given", "asking", "last", "overtime", "extra", "ready", "successors", "acts",
    "lately", "locked", "announcement",
}  # fmt: skip
LEAD = CIRCLE | {"questions", "waiting", "seats", "taken", "two_to_remove", "proposals", "removed", "reading"}
PERSON = {"role", "present", "number", "name", "turns", "spoken", "hears"}
WAITING = {
    "role", "present", "since", "number", "name", "agreed", "admitted", "lookalike", "answers", "again", "line", "told",
}  # fmt: skip
ACT = {"done", "at", "by", "who", "seat", "whom"}
PROPOSAL = {"by", "until", "reason"}
REMOVED = {"number", "at", "role", "personal", "name"}
YOU_AT_THE_DOOR = {"seat", "role", "may", "agreed", "admitted", "reading", "name", "answered", "line", "message"}
YOU = YOU_AT_THE_DOOR | {"hand", "turn", "place", "next", "round_place", "signals", "answered_time"}
HAND = {"seat", "kind", "reason", "since", "rests_until", "turns", "spoken"}
TURN = {"seat", "state", "budget", "ends_at", "left", "over", "waits_until", "inside", "declined", "hard"}
ROUND = {"waiting", "sweep", "had", "again"}


def patches_and_sharing_make_the_same_views(m: "World") -> None:
    shown, plain = see(m.state, m.seen), m.whole
    assert (shown.door, shown.circle, shown.lead) == (plain.door, plain.circle, plain.lead)
    assert shown.apart == plain.apart
    shown_later = see(m.state, m.seen_before)
    assert (shown_later.circle, shown_later.lead) == (plain.circle, plain.lead)
    follows(m.seen, shown)
    follows(m.seen_before, shown_later)
    m.seen = shown
    if m.steps % 3 == 0:
        m.seen_before = shown_later


def follows(old: Seen, new: Seen) -> None:
    """What a browser has after the patch is what it would have been sent whole."""
    for sight in Sight:
        before, after = old.view(sight), new.view(sight)
        assert apply(msgspec.to_builtins(before), diff(before, after)) == msgspec.to_builtins(after)


def private_parts_that_are_called_the_same_are(m: "World") -> None:
    now = Privates(m.state)
    for before in (Privates(m.seen_before.state), Privates(m.seen.state)):
        for seat in m.state.kept.seats:
            if seat in before.state.kept.seats and now.same(seat, before):
                assert now.of(seat) == before.of(seat)


def a_sight_has_nothing_outside_its_list(m: "World") -> None:
    seen = m.whole
    door, circle, lead, apart = (msgspec.to_builtins(seen.view(sight)) for sight in Sight)
    assert seen.door == see(RoomState(m.state.plan), None).door
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
        assert set(sight.get("round", {})) <= ROUND
        assert set(sight["people"]) == set(m.state.kept.circle)
    assert all(set(shown) <= WAITING for shown in lead.get("waiting", {}).values())
    assert None not in everything_in([door, circle, lead])


def nobody_who_was_removed_is_shown_anywhere_else(m: "World") -> None:
    for sight in (Sight.CIRCLE, Sight.LEAD):
        shown = msgspec.to_builtins(m.whole.view(sight))
        for allowed in ("removed", "acts"):
            shown.pop(allowed, None)
        keys = {*shown["people"], *shown.get("waiting", {}), *shown.get("proposals", {})}
        assert not m.gone & {*keys, *(value for value in everything_in(shown) if isinstance(value, str))}


def a_sight_is_for_those_who_are_in(m: "World") -> None:
    privates = Privates(m.state)
    for seat, known in m.state.kept.seats.items():
        mine = set(msgspec.to_builtins(privates.of(seat)))
        if not (known.admitted and known.agreed):
            assert sight_of(m.state, seat) is Sight.DOOR
            assert mine <= YOU_AT_THE_DOOR - {"reading"}
        elif known.reading:
            assert sight_of(m.state, seat) is Sight.DOOR
        elif known.role is Role.PARTICIPANT:
            assert sight_of(m.state, seat) is Sight.CIRCLE
        else:
            about = seat in m.state.kept.proposals
            assert sight_of(m.state, seat) is (Sight.APART if about else Sight.LEAD)
        assert mine <= YOU


def whom_a_proposal_is_about_knows_nothing_of_it(m: "World") -> None:
    kept = m.state.kept
    without = replace(m.state, kept=replace(kept, proposals={}), live=replace(m.state.live, reasons={}))
    for seat, proposal in kept.proposals.items():
        sight = sight_of(m.state, seat)
        assert m.whole.view(sight) == see(without, None).view(sight_of(without, seat))
        assert Privates(m.state).of(seat) == Privates(without).of(seat)
        assert leads(kept.seats[proposal.by].role) and kept.seats[proposal.by].inside
        assert proposal.by != seat
        assert m.now < proposal.until or kept.hold or not m.awake


def nobody_learns_who_rang_who_answered_what_and_who_signalled(m: "World") -> None:
    """The bell has no name, an answer is one's own alone, and a signal is a number to whoever is heard."""
    kept, live = m.state.kept, m.state.live
    if not (kept.bells or live.answers_time or live.signals):
        return
    nameless = replace(m.state, kept=replace(kept, bells={}), live=replace(live, answers_time={}, signals={}))
    blind = see(nameless, None)
    now, then = Privates(m.state), Privates(nameless)
    for sight in Sight:
        assert m.whole.view(sight) == blind.view(sight)
    heard = {turn.seat for turn in kept.turns.values()}
    for seat in kept.seats:
        mine, without = now.of(seat), then.of(seat)
        assert not mine.signals or seat in heard
        assert replace(mine, answered_time=without.answered_time, signals={}) == without
        assert mine.answered_time is msgspec.UNSET or mine.answered_time == live.answers_time[seat]


def acts_are_few_and_recent(m: "World") -> None:
    live, view = m.state.live, m.whole.circle
    assert len(live.acts) <= 20
    assert view.lately == list(view.acts)
    assert [act.at for act in view.acts.values()] == sorted(act.at for act in view.acts.values())
    assert all(m.now < act.at + 600 for act in view.acts.values()) or not m.awake
    at_the_door = {seat for seat, known in m.state.kept.seats.items() if not known.admitted}
    assert not at_the_door & {act.seat for act in view.acts.values()}


def whoever_passed_has_no_mark(m: "World") -> None:
    """In what everybody sees, who passed in a round is nowhere: who may still be asked is, and how many had a turn."""
    around, shown = m.state.kept.round, m.whole.circle.round
    if around is None or around.over:
        assert shown is msgspec.UNSET
        return
    moved = replace(around, again=tuple(reversed(around.again)), done=tuple(reversed(around.done)))
    assert see(replace(m.state, kept=replace(m.state.kept, round=moved)), None).circle.round == shown


def a_turn_shows_one_clock(m: "World") -> None:
    for turn in m.whole.circle.turns.values():
        runs = turn.state in (TurnState.OFFERED, TurnState.SPEAKING, TurnState.GRACE)
        assert isinstance(turn.ends_at, float | int) is runs
        assert isinstance(turn.left, float | int) is not runs


LAWS = (
    private_parts_that_are_called_the_same_are,
    patches_and_sharing_make_the_same_views,
    a_sight_has_nothing_outside_its_list,
    nobody_who_was_removed_is_shown_anywhere_else,
    a_sight_is_for_those_who_are_in,
    whom_a_proposal_is_about_knows_nothing_of_it,
    nobody_learns_who_rang_who_answered_what_and_who_signalled,
    acts_are_few_and_recent,
    whoever_passed_has_no_mark,
    a_turn_shows_one_clock,
)
