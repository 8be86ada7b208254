"""The agreement: nobody is in the room by an older one for longer than they must, and nobody loses anything by it."""

from typing import TYPE_CHECKING

from rooms import events as e
from rooms.audio import audible, listeners
from rooms.privates import Privates
from rooms.state import RoomState
from rooms.view import Sight, sight_of

if TYPE_CHECKING:
    from tests.rooms.laws.world import World

GAP = 300.0  # seconds, at most, until everybody is asked


def reading(state: RoomState) -> list[str]:
    return [seat for seat, known in state.kept.seats.items() if known.reading]


def asked_in_a_gap(before: RoomState, event: e.Event, after: RoomState, now: float) -> None:
    """Nobody who speaks is asked, but after a long time; and what people have in the room they have afterwards."""
    if not isinstance(event, e.AgreementChanged | e.AgreementAsked):
        return
    was, kept = before.kept, after.kept
    for part in ("circle", "hands", "queue", "turns", "round", "laid_down", "hold", "given", "successors"):
        assert getattr(was, part) is getattr(kept, part)
    if isinstance(event, e.AgreementAsked):
        assert was.changed is not None
        assert not was.turns or now >= was.changed + GAP


def who_reads_is_not_in_the_room(m: "World") -> None:
    """Sees the door, is not heard and does not hear, and may do nothing but accept, or leave."""
    state, privates = m.state, Privates(m.state)
    version = state.plan.agreement.version
    for seat in reading(state):
        assert state.kept.seats[seat].agreed < version
        assert seat in state.kept.circle
        assert sight_of(state, seat) is Sight.DOOR
        assert seat not in audible(state) | listeners(state)
        you = privates.of(seat)
        assert set(you.may) == {"accept-agreement", "leave"}
        assert you.reading and not you.agreed and not you.next


def an_older_one_is_asked_about_soon(m: "World") -> None:
    kept, version = m.state.kept, m.state.plan.agreement.version
    if not m.awake:
        return
    older = [seat for seat in kept.circle if kept.seats[seat].agreed < version and not kept.seats[seat].reading]
    assert not older or (kept.changed is not None and m.now < kept.changed + GAP)
    assert all(kept.seats[seat].agreed in (0, version) for seat in kept.seats if seat not in kept.circle)


LAWS = (who_reads_is_not_in_the_room, an_older_one_is_asked_about_soon)
