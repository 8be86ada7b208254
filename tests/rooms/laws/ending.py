"""Nobody starves: whoever stays, is here and says yes gets the floor."""

from protocol import commands as c
from protocol.views import TurnState
from rooms import core
from rooms.state import RoomState, leads, present, turn_of
from tests.given import Scene

STEPS = 400


def everybody_gets_the_floor(state: RoomState, now: float) -> None:
    """From here on everybody comes back, nobody raises another hand, every offer is accepted and every turn finished;
    by passing the piece to somebody else who has no hand up, where the format lets them and others wait.
    Those who lead go on where a format waits for them. Then the queue and the round become empty, and everybody who
    had a hand up, or was to be asked in the round, had a turn."""
    scene = everybody_is_back(Scene(state, now).wait(now))
    around = scene.state.kept.round
    wanted = {scene.hand(id).seat for id in scene.state.kept.queue}
    if around and not around.over:
        wanted |= {*around.waiting, *(around.again if scene.state.phase.second_sweep else ())}
    had: set[str] = set()
    for _ in range(STEPS):
        kept = scene.state.kept
        had |= {turn.seat for turn in kept.turns.values() if turn.state is not TurnState.OFFERED}
        if not kept.queue and not kept.turns and (kept.round is None or kept.round.over):
            break
        scene = goes_on(scene)
    else:
        raise AssertionError("it does not end")
    assert wanted <= had, f"{wanted - had} never got the floor"


def everybody_is_back(scene: Scene) -> Scene:
    """And accepts the agreement, where it has changed."""
    version = scene.state.plan.agreement.version
    for seat in scene.state.kept.seats:
        if not present(scene.state, seat):
            scene = scene.returns(seat)
    for seat in scene.state.kept.circle:
        if scene.state.kept.seats[seat].agreed < version:
            scene = fine(scene.when(seat, c.AcceptAgreement(version)))
    return scene


def goes_on(scene: Scene) -> Scene:
    """One step of an evening in which everybody says yes."""
    kept = scene.state.kept
    lead = next(id for id in kept.circle if leads(kept.seats[id].role))
    if kept.hold:
        return fine(scene.when(lead, c.ResumeRoom()))
    for id, turn in kept.turns.items():
        match turn.state:
            case TurnState.OFFERED:
                return fine(scene.when(turn.seat, c.AcceptFloor(id)))
            case TurnState.SPEAKING | TurnState.GRACE | TurnState.SILENT:
                return passed_on(scene, id, turn.seat) or fine(scene.when(turn.seat, c.FinishTurn(id)))
            case TurnState.PAUSED:
                return fine(scene.when(lead, c.ResumeTurn(id)))
            case _:  # its question has a turn of its own
                pass
    waiting = kept.round.waiting if kept.round and not kept.round.over else ()
    due = core.alarm(scene.state)
    if due is not None and due <= scene.now + max(scene.state.phase.pause, scene.state.phase.rest):
        return scene.wait(due)
    return fine(scene.when(lead, c.CallOn(next(iter([*waiting, *scene.queue])))))


def passed_on(scene: Scene, id: str, by: str) -> Scene | None:
    """The piece is given to whoever does not wait, while somebody does to whom the floor comes by itself."""
    kept, phase = scene.state.kept, scene.state.phase
    others = [seat for seat in kept.circle if seat != by and seat not in scene.queue and not turn_of(kept, seat)]
    by_itself = phase.automatic_offers and scene.state.order is not c.Order.CHOSEN
    if not (scene.queue and others and by_itself) or (kept.round and not kept.round.over):
        return None
    given = scene.when(by, c.GiveFloor(id, others[0]))
    return given if given.code is None else None


def fine(scene: Scene) -> Scene:
    assert scene.code is None, f"refused with {scene.code}"
    return scene
