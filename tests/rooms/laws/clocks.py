"""Time: nobody's clock runs faster or slower than it should, and all of it is somebody's or nobody's."""

import math
from typing import TYPE_CHECKING

from protocol.views import Hold, TurnState

if TYPE_CHECKING:
    from tests.rooms.laws.world import World


def clocks_are_fair(m: "World") -> None:
    """A seat's time is what its clock ran, no more and no less."""
    kept = m.state.kept
    for seat, known in kept.seats.items():
        speaking = sum(turn.spoken(m.now) for turn in kept.turns.values() if turn.seat == seat)
        assert math.isclose(known.spoken + speaking, m.running[seat], abs_tol=1e-6)
        assert known.turns == m.had[seat]


def all_time_is_somebodys_or_nobodys(m: "World") -> None:
    """While the meeting is open, it is spoken in, or a turn stands, or the room is held, or the floor is free. What is
    spoken is the sum of all turns, of those who left, too."""
    passed = m.passed
    assert math.isclose(
        passed["open"], passed["speaks"] + passed["stands"] + passed["held"] + passed["free"], abs_tol=1e-6
    )
    assert math.isclose(passed["spoken"], sum(m.running.values()), abs_tol=1e-6)


def nothing_waits_longer_than_it_should(m: "World") -> None:
    """However long the room stood still in between."""
    kept = m.state.kept
    since = kept.hold.since if kept.hold else m.now
    assert kept.free_since <= m.now
    assert all(hand.rests_until <= since + m.longest("rest") + 1e-6 for hand in kept.hands.values())
    assert all(proposal.until <= since + 60 for proposal in kept.proposals.values())
    if kept.round:
        assert all(rests <= since + m.longest("rest") + 1e-6 for rests in kept.round.rests.values())
    for turn in kept.turns.values():
        if turn.state is TurnState.SUSPENDED:
            assert turn.until <= since + m.longest("window") + 1e-6
        if turn.returned:
            assert turn.until <= since + 20 + 1e-6


def a_silence_in_a_turn_is_bounded(m: "World") -> None:
    """In sum, counted from outside, in one turn."""
    longest = m.longest("hush")
    for id, turn in m.state.kept.turns.items():
        assert turn.hushed <= m.silent[id] + 1e-6
        if m.awake:
            assert m.silent[id] <= longest + m.late + 1e-6
        if turn.state is TurnState.SILENT and m.awake and not m.state.kept.hold:
            assert m.now < turn.until <= m.now + longest + 1e-6


def a_bell_ends_by_itself(m: "World") -> None:
    """And a silence; a break where its phase says so. A hold that ends by itself has not ended before its moment."""
    hold = m.state.kept.hold
    if hold is not None and hold.why in (Hold.BELL, Hold.SILENCE) and m.awake:
        assert hold.until > m.now
    if hold is not None and hold.why in (Hold.PAUSED, Hold.LOST):
        assert hold.until == 0


def nobody_is_asked_twice_for_one_answer(m: "World") -> None:
    """While the group is asked for more time, the turn is there, runs, and is not one that had its no."""
    asked = m.state.kept.asking
    if asked is None:
        assert not m.state.live.answers_time
        return
    turn = m.state.kept.turns[asked.turn]
    assert not turn.declined
    assert turn.heard or not m.awake
    assert turn.seat not in m.state.live.answers_time
    assert asked.until > m.now or not m.awake


LAWS = (
    clocks_are_fair,
    all_time_is_somebodys_or_nobodys,
    nothing_waits_longer_than_it_should,
    a_silence_in_a_turn_is_bounded,
    a_bell_ends_by_itself,
    nobody_is_asked_twice_for_one_answer,
)
