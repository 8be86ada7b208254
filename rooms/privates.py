"""What one person is told about themselves: where they stand, and what they may do."""

from collections import Counter
from collections.abc import Mapping, Set

from msgspec import UNSET

from protocol.commands import SilentSignal
from protocol.views import Role, You
from rooms.core import may
from rooms.parts import other
from rooms.rules import entry, next_up
from rooms.standing import facts, own_last, standing
from rooms.state import RoomState, Turn


class Privates:
    """The private parts of one state: everyone who stands alike shares one `may`."""

    def __init__(self, state: RoomState) -> None:
        self.state = state
        kept = state.kept
        self.facts = facts(state)
        last = len(kept.queue)
        self._hands = {kept.hands[id].seat: (id, place, place < last) for place, id in enumerate(kept.queue, 1)}
        self._turns = {turn.seat: (id, turn) for id, turn in kept.turns.items()}
        self._next = next_up.seat(state)
        around = kept.round
        waiting = around.waiting if around and not around.over else ()
        self._round = {seat: place for place, seat in enumerate(waiting, 1)}
        self._last = own_last(kept)
        self._line: Mapping[str, int] | None = None
        self._alike: dict[tuple[object, ...], list[str]] = {}
        self._crowds: dict[tuple[object, ...], list[str]] = {}  # by what they would be without hand or turn
        self._than: Privates | None = None
        self._others: set[str] = set()

    def same(self, seat: str, old: "Privates") -> bool:
        """Nothing of this person's part has changed."""
        return seat not in self.others(old)

    def others(self, old: "Privates") -> Set[str]:
        """The seats whose part may be another one; all at once, because nearly always it is only a few."""
        if self._than is not old:
            self._than, self._others = old, self._other(old)
            old._than = None  # or each would hold on to all before it
        return self._others

    def _other(self, old: "Privates") -> set[str]:
        now, before = self.state, old.state
        if now.plan is not before.plan:
            return set(now.kept.seats)
        others = other(now.kept.seats, before.kept.seats) | other(now.live.names, before.live.names)
        others |= other(now.live.answers, before.live.answers) | other(now.live.messages, before.live.messages)
        others |= {seat for seat, _ in self._hands.items() ^ old._hands.items()}
        others |= {seat for seat, _ in self._turns.items() ^ old._turns.items()}
        others |= {seat for seat, _ in self.line.items() ^ old.line.items()}
        if self._round or old._round:
            others |= {seat for seat, _ in self._round.items() ^ old._round.items()}
        others |= {self._last, old._last} - {""} if self._last != old._last else set()
        others |= other(now.live.answers_time, before.live.answers_time)
        if now.live.signals is not before.live.signals:
            others |= self._turns.keys()
        others |= {*now.kept.successors} ^ {*before.kept.successors}
        others |= now.kept.proposals.keys() ^ before.kept.proposals.keys()
        others |= {seat for seat in (self._next, old._next) if seat is not None and self._next != old._next}
        if self.facts != old.facts:
            others |= self._otherwise(old, others)
        return others

    @property
    def line(self) -> Mapping[str, int]:
        """The places in the line for a seat, while the room is full."""
        if self._line is None:
            self._line = entry.line(self.state.plan, self.state.kept)
        return self._line

    def _otherwise(self, old: "Privates", others: set[str]) -> set[str]:
        """Of those who are not among the others: who may do other things now, because the room's facts have changed.

        One of each crowd is asked for all of it: whoever has neither hand nor turn gains or loses the same.
        """
        seats = self.state.kept.seats
        if seats is old.state.kept.seats:
            self._crowds = old._crowds
        if not self._crowds:
            for seat, me in seats.items():
                alike = (me.role is _PARTICIPANT, me.role is _HOST, me.acting, me.admitted, me.agreed, me.reading)
                self._crowds.setdefault(alike, []).append(seat)
        kept, before = self.state.kept, old.state.kept
        busy = {*self._hands, *self._turns, *kept.successors, *kept.proposals, *before.proposals}
        busy = {*busy, *self._round, self._last} & seats.keys()
        found = {seat for seat in busy - others if self.may(seat) != old.may(seat)}
        for crowd in self._crowds.values():
            one = next((seat for seat in crowd if seat not in busy and seat not in others), None)
            if one is not None and self.may(one) != old.may(one):
                found.update(crowd)
        return found

    def of(self, seat: str) -> You:
        """What one person is told about themselves."""
        hand, place, _ = self._hands.get(seat, _NO_HAND)
        turn = self._turns.get(seat)
        me = self.state.kept.seats[seat]
        name = self.state.live.names.get(seat)
        return You(
            seat=seat,
            role=me.role,
            may=self.may(seat),
            agreed=me.agreed >= self.state.plan.agreement.version,
            admitted=me.admitted,
            reading=me.reading,
            name=name.text if name else "",
            hand=hand or UNSET,
            turn=turn[0] if turn else UNSET,
            place=place or UNSET,
            next=seat == self._next,
            round_place=self._round.get(seat, UNSET),
            signals=self._signals(turn[1]) if turn else {},
            answered_time=self.state.live.answers_time.get(seat, UNSET),
            answered=seat in self.state.live.answers,
            line=self.line.get(seat, UNSET),
            message=self.state.live.messages.get(seat, ""),
        )

    def may(self, seat: str) -> list[str]:
        """The command types that would not be refused to this person at once; one list for all who stand alike."""
        alike = self._stands(seat)
        if alike not in self._alike:
            hand = self._hands.get(seat, _NO_HAND)[0]
            self._alike[alike] = may(self.facts, standing(self.state, seat, hand))
        return self._alike[alike]

    def _signals(self, turn: Turn) -> dict[SilentSignal, int]:
        """What is shown to whoever is being heard; gathered, so that nobody is seen. What was there before the turn
        began was for another voice."""
        if not turn.heard:
            return {}
        shown = self.state.live.signals
        return dict(Counter(s.signal for seat, s in shown.items() if seat != turn.seat and s.since >= turn.began))

    def _stands(self, seat: str) -> tuple[object, ...]:
        """Equal for two people to whom the rules would give the same answers."""
        me = self.state.kept.seats[seat]
        kept = self.state.kept
        if seat in self._turns or seat in kept.successors or seat in kept.proposals or seat == self._last:
            return (seat,)
        behind = self._hands.get(seat, _NO_HAND)[2]
        waits = seat in self._round
        return (me.role is _PARTICIPANT, me.role is _HOST, me.acting, me.admitted, me.agreed, me.reading, behind, waits)


_PARTICIPANT, _HOST = Role.PARTICIPANT, Role.HOST  # an enum's own hash is slow
_NO_HAND: tuple[str, int, bool | None] = ("", 0, None)
