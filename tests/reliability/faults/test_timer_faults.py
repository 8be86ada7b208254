"""At the very moment at which something happens by itself, by a clock that is moved by hand."""

from rooms import core
from server.directory import Room
from tests.server.evening import Evening, Guest, evening

ENDS = ("finish-turn", "pass-floor", "end-turn", "pause-turn", "remove", "leave", "drop", "pause-room")
ORDERS = {"just before": (-0.001, False), "first": (0.0, False), "second": (0.0, True), "just after": (0.001, True)}


@evening
async def test_an_end_a_skip_and_a_removal_while_the_timer_fires(server: Evening) -> None:
    """An offer, and a turn: each of the next three moments at which something happens by itself, and a command at that
    very moment, before it or behind it. One floor at a time, a queue of people who are there, everybody sees it."""
    for accepted in (False, True):
        for passed in range(3):
            for end in ENDS:
                for order in ORDERS:
                    await at_the_moment(server, accepted, passed, end, order)


async def at_the_moment(server: Evening, accepted: bool, passed: int, end: str, order: str) -> None:
    room, (ada, budi, citra) = await server.meeting("Ada", "Budi", "Citra")
    for person in (budi, citra):
        person.ask("raise-hand")
    while not budi.you.get("turn"):
        await server.at(due(server, room))
    turn = budi.turn
    if accepted:
        budi.ask("accept-floor", turn=turn)
        await server.settled()
    for _ in range(passed):
        await server.at(due(server, room))
    late, fires_first = ORDERS[order]
    moment = due(server, room) + late
    if fires_first:
        await server.at(moment)
    else:
        server.loop.hand = server.began + moment  # the loop has not looked at its clock yet
    happens(ada, budi, turn, end)
    await server.settled()
    unbroken(ada, citra, (accepted, passed, end, order))
    await server.at(server.time + 20)
    unbroken(ada, citra, (accepted, passed, end, order))
    await room.live.close()
    await server.settled()


def due(server: Evening, room: Room) -> float:
    """When something happens by itself the next time."""
    alarm = core.alarm(room.live.state)
    assert alarm is not None
    return server.time + alarm - room.live.now


def happens(ada: Guest, budi: Guest, turn: str, end: str) -> None:
    match end:
        case "finish-turn" | "pass-floor":
            budi.ask(end, turn=turn)
        case "end-turn" | "pause-turn":
            ada.ask(end, turn=turn)
        case "remove":
            ada.ask("remove", seat=budi.seat, reason="")
        case "leave":
            budi.ask("leave")
        case "pause-room":
            ada.ask("pause-room")
        case "drop":
            budi.pull()


def unbroken(ada: Guest, citra: Guest, story: object) -> None:
    view = ada.view
    assert len(view["turns"]) <= 1, story
    assert len(view["queue"]) == len(set(view["queue"])), story
    for shown in (*view["turns"].values(), *(view["hands"][hand] for hand in view["queue"])):
        assert shown["seat"] in view["people"], story
    assert not {shown["seat"] for shown in view["turns"].values()} & {
        view["hands"][hand]["seat"] for hand in view["queue"]
    }, story
    assert (ada.gaps, citra.gaps) == (0, 0), story
    assert (citra.view["queue"], citra.view["turns"].keys()) == (view["queue"], view["turns"].keys()), story
