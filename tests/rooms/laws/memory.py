"""What is stored and remembered: all that is needed, and nothing of what has ended."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from rooms.state import RoomState, present

if TYPE_CHECKING:
    from tests.rooms.laws.world import World


def the_journal_gives_back_what_is_kept(m: "World") -> None:
    """In a room with whatever plan: what happened does not change when the format does."""
    assert m.stored.kept == m.state.kept


def memory_holds_nothing_of_what_has_ended(m: "World") -> None:
    kept, live = m.state.kept, m.state.live
    everything = repr(m.state)
    assert not any(f"'{seat}'" in everything for seat in m.erased)
    plain = replace(live, gone={}, acts={})  # names of those who were removed, and what was done
    everything = repr(RoomState(m.state.plan, replace(kept, removed={}), plain))
    assert not any(f"'{seat}'" in everything for seat in m.gone)
    assert not kept.removed.keys() & kept.seats.keys()
    assert set(live.gone) <= set(kept.removed) <= m.gone
    assert all(m.now < gone.at + 600 for gone in live.gone.values() if m.awake)
    assert set(live.reasons) <= set(kept.proposals) <= set(kept.seats)
    assert all(not kept.seats[seat].admitted for seat in live.messages)
    assert set(live.notes) <= {*kept.hands, *kept.laid_down, *(turn.hand for turn in kept.turns.values())}
    assert set(live.names) <= set(live.presence) == set(kept.seats)
    assert all(not kept.seats[seat].admitted for seat in live.answers)
    assert all(present(m.state, seat) for seat in live.hearers)
    assert set(kept.circle) == {seat for seat, known in kept.seats.items() if known.inside}
    assert len(set(kept.circle)) == len(kept.circle)


def signals_and_answers_are_of_people_who_are_in(m: "World") -> None:
    kept, live = m.state.kept, m.state.live
    inside = set(kept.circle)
    assert {*live.signals, *live.answers_time, *live.ready} <= inside
    assert set(kept.bells) <= inside
    assert not kept.given or kept.given in inside
    assert not live.signals or kept.turns or not m.awake
    assert not m.awake or all(m.now < shown.since + 20 or kept.hold for shown in live.signals.values())


LAWS = (
    the_journal_gives_back_what_is_kept,
    memory_holds_nothing_of_what_has_ended,
    signals_and_answers_are_of_people_who_are_in,
)
