"""A round: everybody who stays is asked, and nobody twice after having had a turn."""

from typing import TYPE_CHECKING

import msgspec

from protocol.views import TurnState
from rooms import events as e
from rooms.state import RoomState, attends

if TYPE_CHECKING:
    from tests.rooms.laws.world import World


class Around(msgspec.Struct):
    """What an onlooker writes down about the round that is on."""

    here: set[str]  # in it, and present ever since they were
    asked: dict[int, set[str]]  # offered, or said *pass me by*, in each sweep
    passed: set[str]  # in the first sweep
    had: set[str]  # a turn


def goes_on(around: Around | None, before: RoomState, event: e.Event, after: RoomState) -> Around | None:
    """The notes after this event. The laws of a round are asked where it happens."""
    known = before.kept.round
    match event:
        case e.RoundBegan(seats):
            assert known is None or known.over, "one round at a time"
            assert len(set(seats)) == len(seats)
            assert set(seats) <= set(before.kept.circle)
            return Around({seat for seat in seats if attends(before, seat)}, {1: set(), 2: set()}, set(), set())
        case e.RoundEnded(left):
            if around and known and not left:
                over(around, before)
            return None
        case e.PhaseBegan() | e.Rebuilt():
            return around if after.kept.round is not None and not after.kept.round.over else None
    if around is None or known is None or known.over:
        return around
    match event:
        case e.RoundJoined(seat):
            assert seat not in known.seats
            around.here |= {seat} if attends(before, seat) else set()
        case e.Dropped(seat):
            around.here.discard(seat)
        case e.AgreementAsked():
            around.here -= {seat for seat in after.kept.circle if after.kept.seats[seat].reading}
        case e.SeatEnded(seat):
            around.here.discard(seat)
            around.had.discard(seat)
        case e.FloorOffered(seat=seat, round=True):
            assert seat not in around.had, "nobody is asked again who has had a turn"
            around.asked[known.sweep].add(seat)
        case e.RoundPassed(seat):
            around.asked[known.sweep].add(seat)
            around.passed |= {seat} if known.sweep == 1 else set()
        case e.OfferPassed(turn) if before.kept.turns[turn].round:
            around.passed |= {before.kept.turns[turn].seat} if known.sweep == 1 else set()
        case e.FloorAccepted(turn) if before.kept.turns[turn].round:
            around.had.add(before.kept.turns[turn].seat)
    return around


def over(around: Around, before: RoomState) -> None:
    """It ran to its end: everybody who was here all the time was asked; and whoever passed, once more."""
    assert before.kept.round is not None
    everybody = around.asked[1] | around.asked[2] | around.had
    assert around.here <= everybody, "somebody was left out"
    if before.phase.second_sweep:
        assert around.here & around.passed <= around.asked[2] | around.had, "somebody was not asked once more"
    assert not any(attends(before, seat) for seat in before.kept.round.waiting)


def a_round_has_everybody_at_one_place(m: "World") -> None:
    """Waiting, to be asked again, done, or with a turn; and each of them is in the circle."""
    around, kept = m.state.kept.round, m.state.kept
    if around is None:
        return
    places = (around.waiting, around.again, around.had, around.done)
    everybody = [seat for place in places for seat in place]
    assert len(set(everybody)) == len(everybody)
    assert set(everybody) <= set(kept.circle)
    assert set(around.rests) <= around.seats
    assert around.sweep in (1, 2)
    offered = {turn.seat for turn in kept.turns.values() if turn.round and turn.state is TurnState.OFFERED}
    assert not offered & set(everybody)
    assert around.over or set(kept.circle) == {*everybody, *offered} or not m.awake


def whoever_had_a_turn_in_it_is_known(m: "World") -> None:
    """And they alone: a turn from before the round is none of its."""
    around = m.state.kept.round
    if around is not None and not around.over and m.around is not None:
        assert set(around.had) == m.around.had


LAWS = (a_round_has_everybody_at_one_place, whoever_had_a_turn_in_it_is_known)
