"""Who walks in by a link and who waits at the door: one seat for a personal invite, none by the link of whoever was
removed, and as many participants as the room has seats."""

from collections.abc import Mapping

from rooms.asks import Join
from rooms.names import skeleton
from rooms.state import Kept, Name, Plan, RoomState, Seat, leads


def walks_in(state: RoomState, ask: Join) -> bool:
    """Admitted at once: the first holder of a link that leads, and whoever has a personal invite. While the room stands
    still, of these only who leads: nobody else could let in whom a host sends to a room that lost its facilitator."""
    kept = state.kept
    if not ask.personal:
        return leads(ask.role) and not _held_already(state, ask) and not of_a_removed(kept, ask.link)
    if _in_use(kept, ask):
        return False
    return leads(ask.role) or not (kept.hold or full(state.plan, kept) or skeleton(ask.name) in leading_names(state))


def shut_out(kept: Kept, ask: Join) -> bool:
    """The door is locked: for everybody who is new, and does not lead. Whoever has a seat by this invite lost the page
    perhaps, and may ask for it."""
    return kept.locked and not leads(ask.role) and not (ask.personal and _in_use(kept, ask))


def _in_use(kept: Kept, ask: Join) -> bool:
    return any(seat.personal and invite(seat.link) == invite(ask.link) for seat in kept.seats.values())


def _held_already(state: RoomState, ask: Join) -> bool:
    presence = state.live.presence
    return any(
        seat.role is ask.role and seat.inside and id in presence and not presence[id].aside
        for id, seat in state.kept.seats.items()
    )


def of_a_removed(kept: Kept, link: str) -> bool:
    """Somebody came by this very link and was removed: it opens the door at most, until it is renewed."""
    return any(removal.seat.link == link != "" for removal in kept.removed.values())


# Personal invites


def invite(link: str) -> str:
    """A link without its generation."""
    return link.rpartition(".")[0]


def same_invite(one: Seat, other: Seat) -> bool:
    return one.personal and other.personal and invite(one.link) == invite(other.link)


def barred(kept: Kept) -> frozenset[str]:
    """The personal invites of people who were removed, without their generations: they open nothing any more."""
    return frozenset(invite(removal.seat.link) for removal in kept.removed.values() if removal.seat.personal)


def again(kept: Kept) -> Mapping[str, str]:
    """By seat at the door that came by a personal invite in use: the seat that has it.

    That is whoever was admitted with it, else whoever came first.
    """
    invited = [(id, seat) for id, seat in kept.seats.items() if seat.personal]
    owners: dict[str, tuple[str, Seat]] = {}
    for id, seat in invited:
        owner = owners.get(invite(seat.link))
        if owner is None or (not seat.admitted, seat.number) < (not owner[1].admitted, owner[1].number):
            owners[invite(seat.link)] = (id, seat)
    has = {id: owners[invite(seat.link)][0] for id, seat in invited if not seat.admitted}
    return {id: owner for id, owner in has.items() if owner != id}


# Names


def leading_names(state: RoomState) -> frozenset[str]:
    """What the facilitators' and hosts' names look like."""
    names = state.live.names
    return frozenset(names[id].skeleton for id, seat in state.kept.seats.items() if leads(seat.role) and id in names)


def lookalike(state: RoomState, seat: str, leading: frozenset[str], owner: str | None) -> bool:
    """A participant under a facilitator's or host's name, or one that looks the same; but whoever is the same person as
    `owner` may be called the same."""
    name = state.live.names.get(seat)
    if name is None or name.skeleton not in leading or leads(state.kept.seats[seat].role):
        return False
    return owner is None or not _alike(state.live.names.get(owner), name)


def _alike(one: Name | None, other: Name) -> bool:
    return one is not None and one.skeleton == other.skeleton


# The room's seats


def sits(seat: Seat) -> bool:
    """Has one of the seats that the room has for participants; whoever took over keeps it."""
    return seat.admitted and (seat.acting or not leads(seat.role))


def taken(kept: Kept) -> int:
    return sum(map(sits, kept.seats.values()))


def full(plan: Plan, kept: Kept) -> bool:
    return plan.seats > 0 and taken(kept) >= plan.seats


def line(plan: Plan, kept: Kept) -> Mapping[str, int]:
    """While the room is full: the places, from 1, of those participants at the door who have agreed, as they came."""
    if not full(plan, kept):
        return {}
    same = again(kept)
    waiting = [
        (seat.number, id)
        for id, seat in kept.seats.items()
        if not seat.admitted and seat.agreed and not leads(seat.role) and id not in same
    ]
    return {id: place for place, (_, id) in enumerate(sorted(waiting), 1)}
