"""Since when somebody has had a wish, and which one is due. Pure: `now` is meeting time, in seconds."""

from collections.abc import Sequence

from server.demo.acts import Wish

REMEMBERED = 500  # occasions that are over; older ones do not come up again
TRIES = 3  # that are refused; then it is left at that
PATIENCE = 3.0  # seconds at least until something that was refused is tried again
LONGEST = 3600.0


class Mind:
    """Of one person. `pace` is how many times faster than people they are."""

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._since: dict[str, float] = {}
        self._refused: dict[str, int] = {}
        self._done: dict[str, None] = {}

    def due(self, wishes: Sequence[Wish], now: float) -> tuple[Wish | None, float]:
        """What to do now, if anything; else in how many seconds to look again, if nothing changes meanwhile."""
        wishes = [wish for wish in wishes if wish.about not in self._done]
        about = {wish.about for wish in wishes}
        self._since = {key: at for key, at in self._since.items() if key in about}
        self._refused = {key: count for key, count in self._refused.items() if key in about}
        soonest: tuple[float, Wish] | None = None
        for wish in wishes:
            since = self._since.setdefault(wish.about, now)
            if not wish.waits:
                at = max(since + wish.after / self._pace, wish.not_before)
                soonest = min(soonest or (at, wish), (at, wish), key=lambda one: one[0])
        if soonest is None:
            return None, LONGEST
        at, wish = soonest
        return (wish, 0.0) if at <= now else (None, min(at - now, LONGEST))

    def did(self, wish: Wish, ok: bool, now: float) -> None:
        """It was tried. What was refused is tried again later, a few times: a refusal is only another look."""
        tries = self._refused.get(wish.about, 0) + 1
        if wish.again or (not ok and tries < TRIES):
            self._refused[wish.about] = tries
            self._since[wish.about] = now + PATIENCE
            return
        self._since.pop(wish.about, None)
        self._done[wish.about] = None
        while len(self._done) > REMEMBERED:
            del self._done[next(iter(self._done))]
