"""What a simulated facilitator would like to do: let people in, open, move on. Pure, like `acts`.

As soon as somebody else leads as well, they keep to the door, and there they are slow: the lead is the other one's.
"""

from collections.abc import Iterator

from server.demo import acts
from server.demo.acts import Scene, View, Wish, command
from server.demo.people import MARK, Chance, Temper

_LEADS = ("facilitator", "host")


def wishes(view: View, you: View, who: Temper, chance: Chance) -> list[Wish]:
    """As in `acts`, and what leading asks for."""
    found = acts.wishes(view, you, who, chance)
    if view["sight"] != "lead":
        return found
    scene = Scene(view, you, who, chance)
    alone = not any(
        seat != you["seat"] and person["role"] in _LEADS and person["present"]
        for seat, person in view["people"].items()
    )
    parts = (door, opening, overdue, calling, agenda) if alone else (door,)
    slow = 1 if alone else 5
    found += [wish._replace(after=wish.after * slow) for part in parts for wish in part(scene)]
    return [wish for wish in found if acts.allowed(wish, you)]


def door(scene: Scene) -> Iterator[Wish]:
    """One by one, whoever has agreed."""
    for seat, waiting in scene.view.get("waiting", {}).items():
        about = f"admit {seat}"
        ready = waiting["present"] and waiting.get("agreed") and not waiting.get("admitted")
        if ready and not waiting.get("lookalike") and not waiting.get("line"):
            dice = scene.chance(f"admit {waiting.get('name', '')}")  # a seat's id is another one each time
            yield Wish(about, command("admit", seat=seat), dice.uniform(2, 6))


def opening(scene: Scene) -> Iterator[Wish]:
    """When nobody has come for a moment."""
    here = len(scene.view["people"])
    if here > 1:
        yield Wish(f"open {here}", command("open-meeting"), 8, waits=bool(scene.view.get("waiting")))


def overdue(scene: Scene) -> Iterator[Wish]:
    """Whoever does not end is helped to; a real person is given much longer."""
    for id, turn in scene.turns.items():
        if turn.get("over"):
            name = scene.view["people"].get(turn["seat"], {}).get("name", "")
            yield Wish(f"over {id}", command("end-turn", turn=id), 5 if name.endswith(MARK) else 60)


def calling(scene: Scene) -> Iterator[Wish]:
    """Where hands wait to be chosen: the first one; and where none is up, a word of one's own in the opening."""
    view = scene.view
    if view["policy"].get("order") != "chosen" or view["turns"] or view["meeting"] != "open":
        return
    floor, people = view["floor"], view["people"]
    up = [view["hands"][hand]["seat"] for hand in view["queue"]]
    up = [seat for seat in up if seat in people and people[seat]["present"]]
    if up:
        yield Wish(f"call {up[0]} {floor}", command("call-on", seat=up[0], floor=floor), 4)
    else:
        about = f"own word {view.get('phase', '')} {view.get('phase_since', 0)}"
        yield Wish(about, command("call-on", seat=scene.you["seat"], floor=floor), 3)


def agenda(scene: Scene) -> Iterator[Wish]:
    """On to the next phase when a round is over, all are back from a break, or it was long enough; after the last
    one it begins again."""
    view = scene.view
    names = [step["name"] for step in view.get("agenda", ())]
    phase = view.get("phase", "")
    if len(names) < 2 or phase not in names or view["meeting"] != "open":
        return
    at = names.index(phase)
    step, on = view["agenda"][at], command("set-phase", phase=names[(at + 1) % len(names)])
    about = f"on {phase} {view.get('phase_since', 0)}"
    match step.get("floor", "queue"):
        case "round":
            if "round" not in view:
                yield Wish(f"{about} over", on, 5, waits=bool(view["turns"]))
        case "silence":
            if step.get("box") and "hold" not in view:
                yield Wish(f"{about} over", on, 8, waits=bool(view["turns"]))
        case "break":
            back = {seat for seat in view["circle"] if view["people"][seat]["present"]} - {scene.you["seat"]}
            if view.get("hold") == "break":
                until = 0.0 if back <= set(view.get("ready", ())) else view.get("hold_until", 0.0)
                yield Wish(f"{about} {bool(until)}", on, 5, until)
        case _:
            busy = bool(view["turns"]) or "hold" in view
            yield Wish(f"{about} long enough", on, _long_enough(scene, step), waits=busy)


def _long_enough(scene: Scene, step: View) -> float:
    """Seconds. Openings are short; what the evening is about lasts as long as it takes most people to speak."""
    short = scene.view["policy"].get("order") == "chosen" or step["name"] == "newcomers"
    longest = 45.0 if short else 120 + 30.0 * len(scene.view["circle"])
    return min(step.get("box") or longest, longest)
