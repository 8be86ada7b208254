"""What a simulated person would like to do, from what they are shown. Pure: no clock, no network.

`wishes` is asked after every change. The same occasion always gives the same wish, because its dice are those of the
occasion (`Chance`); how long it has been there already is for `mind`.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from server.demo.people import Chance, Temper

View = Mapping[str, Any]

DROP = "drop"  # no command: the connection is lost for `seconds`
_HEARD = ("speaking", "grace")
_KINDS = {"share": 12, "respond": 4, "question": 3, "process": 1}
_SIGNALS = {"with-you": 9, "louder": 1, "slower": 1, "unclear": 1}


class Wish(NamedTuple):
    """A command, some seconds (at human pace) after its occasion came up, and not before a moment of the meeting."""

    about: str  # the occasion
    command: Mapping[str, Any]
    after: float
    not_before: float = 0.0
    again: bool = False  # may be done more than once, on the same occasion
    waits: bool = False  # the occasion is there, but this is not the moment


class Scene(NamedTuple):
    """What one person sees."""

    view: View
    you: View
    who: Temper
    chance: Chance

    @property
    def turns(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.view.get("turns", {})
        return found

    @property
    def mine(self) -> str:
        """The id of my turn, or of what I am offered; else empty."""
        id = str(self.you.get("turn", ""))
        return id if id in self.turns else ""

    @property
    def crowd(self) -> float:
        """How many times a circle of six sits here; at least 1."""
        return max(1.0, len(self.view["circle"]) / 6)


def wishes(view: View, you: View, who: Temper, chance: Chance) -> list[Wish]:
    """Everything that they would like to do now or soon; only what they may."""
    scene = Scene(view, you, who, chance)
    parts = (at_the_door,) if view["sight"] == "door" else (with_the_floor, listening, asking, whole_room)
    return [wish for part in parts for wish in part(scene) if allowed(wish, you)]


def allowed(wish: Wish, you: View) -> bool:
    return wish.command["type"] in you["may"] or wish.command["type"] == DROP


def command(type: str, **fields: Any) -> Mapping[str, Any]:
    return {"type": type, **fields}


def at_the_door(scene: Scene) -> Iterator[Wish]:
    """Read the agreement, accept it, and wait."""
    if not scene.you.get("agreed"):
        version = scene.view["agreement"]["version"]
        about = f"agreement {version}"
        yield Wish(about, command("accept-agreement", version=version), scene.chance(about).uniform(3, 12))


def with_the_floor(scene: Scene) -> Iterator[Wish]:
    """What is offered is answered; a turn is spoken, and ends."""
    id = scene.mine
    if not id:
        return
    turn = scene.turns[id]
    dice = scene.chance(f"turn {id} {turn['state']}")
    match turn["state"]:
        case "offered":
            yield from _answer(scene, id, dice)
        case "speaking":
            yield from _speak(scene, id, turn, dice)
        case "grace":
            yield Wish(f"grace {id}", command("finish-turn", turn=id), dice.uniform(2, 8))
        case "silent":
            yield Wish(f"resume {id}", command("resume-turn", turn=id), dice.uniform(4, 12), again=True)
        case "paused" if scene.you["role"] == "participant":  # who leads may, but it is for whoever paused it
            yield Wish(f"resume {id}", command("resume-turn", turn=id), dice.uniform(4, 12), again=True)


def _answer(scene: Scene, id: str, dice: Random) -> Iterator[Wish]:
    """Mostly yes; seldom *come back to me*, or no answer at all."""
    roll, after = dice.random(), dice.uniform(1.5, 7)
    passes, quiet = scene.who.passes, 0.02 if scene.who.passes else 0.0
    if roll < passes:
        yield Wish(f"offer {id}", command("pass-floor", turn=id), after)
    elif roll < passes * 1.3:
        yield Wish(f"offer {id}", command("pass-floor", turn=id, later=True), after)
    elif roll < 1 - quiet:
        yield Wish(f"offer {id}", command("accept-floor", turn=id), after)


def _speak(scene: Scene, id: str, turn: View, dice: Random) -> Iterator[Wish]:
    policy, budget = scene.view["policy"], turn["budget"]
    length = dice.uniform(4, 10) if "inside" in turn else scene.who.talks * dice.uniform(0.5, 1.6)
    carried_away = budget <= 120 and dice.random() < 0.12
    length = budget + 5 if carried_away else min(length, 0.85 * budget)
    if dice.random() < 0.12:
        yield Wish(f"hush {id}", command("hold-silence", turn=id), length * 0.4)
    if carried_away and "ends_at" in turn:
        warned = turn["ends_at"] - policy["warning"] + 1
        yield Wish(f"more {id}", command("ask-time", turn=id), length * 0.5, warned)
    for hand in _questions(scene):
        if dice.random() < 0.6:
            yield Wish(f"allow {hand}", command("allow-question", turn=id, hand=hand), dice.uniform(3, 7))
    others = _receivers(scene)
    if others and dice.random() < 0.3:
        yield Wish(f"give {id}", command("give-floor", turn=id, seat=dice.choice(others)), length)
        length += 4  # should it not be taken
    yield Wish(f"finish {id}", command("finish-turn", turn=id), length)


def _questions(scene: Scene) -> list[str]:
    return [hand for hand in scene.view["queue"] if scene.view["hands"][hand]["kind"] == "question"]


def _receivers(scene: Scene) -> list[str]:
    """To whom the piece may be passed."""
    seats = scene.view["round"]["waiting"] if "round" in scene.view else scene.view["circle"]
    people, mine = scene.view["people"], scene.you["seat"]
    return [seat for seat in seats if seat != mine and seat in people and people[seat]["present"]]


def listening(scene: Scene) -> Iterator[Wish]:
    """A silent signal, an answer to whoever asks for time, and the bell, seldom."""
    heard = [id for id, turn in scene.turns.items() if turn["state"] in _HEARD and id != scene.mine]
    for id in heard:
        dice = scene.chance(f"signal {id}")
        if dice.random() < 0.3:
            signal = dice.choices(list(_SIGNALS), list(_SIGNALS.values()))[0]
            yield Wish(f"signal {id}", command("send-signal", signal=signal), dice.uniform(4, 25))
    asked = scene.view.get("asking")
    if asked is not None and "answered_time" not in scene.you:
        about = f"time {asked['turn']} {asked['until']}"
        dice = scene.chance(about)
        fine = dice.random() < 0.8
        yield Wish(about, command("answer-time", turn=asked["turn"], fine=fine), dice.uniform(2, 8))
    if heard and scene.view["policy"].get("bell"):
        dice = scene.chance(f"bell {scene.view['floor']}")
        if dice.random() < 0.08 / len(scene.view["circle"]):
            yield Wish(f"bell {scene.view['floor']}", command("ring-bell"), dice.uniform(5, 30))


def asking(scene: Scene) -> Iterator[Wish]:
    """Hands: up, now and then behind the next one, seldom down again. A round is passed by some, before it comes."""
    if not scene.who.eager:
        return
    phase = scene.view.get("phase", "")
    around = f"round {phase} {scene.view.get('phase_since', 0)}"
    dice = scene.chance(around)
    if dice.random() < scene.who.passes / 2 and not scene.mine:
        yield Wish(around, command("pass-round"), dice.uniform(3, 30))
    hand = scene.you.get("hand")
    if hand is None:
        yield from _wants_the_floor(scene, phase)
        return
    dice = scene.chance(f"hand {hand}")
    roll, after = dice.random(), dice.uniform(8, 40)
    behind = scene.view["queue"][scene.you.get("place", len(scene.view["queue"])) :]
    if roll < 0.04:
        yield Wish(f"lower {hand}", command("lower-hand", hand=hand), after)
    elif roll < 0.09 and behind:
        yield Wish(f"defer {hand}", command("defer-hand", hand=hand, after=behind[0]), after)


def _wants_the_floor(scene: Scene, phase: str) -> Iterator[Wish]:
    """Everybody does, sooner or later; whoever has not spoken yet, sooner."""
    if "hold" in scene.view or scene.mine:
        return
    spoken = scene.view["people"].get(scene.you["seat"], {}).get("turns", 0)
    about = f"floor {phase} {spoken}"
    dice = scene.chance(about)
    after = 2 + dice.expovariate(1 / (scene.who.eager * scene.crowd)) * (1 if spoken else 0.4)
    if "round" in scene.view:
        after *= 4  # the piece comes to everybody anyway
    yield Wish(f"take {about}", command("take-floor"), after / 2, again=True)
    kinds = _kinds(scene.view["policy"]) or ["process"]
    kind = dice.choices(kinds, [_KINDS[kind] for kind in kinds])[0]
    if "take-floor" not in scene.you["may"]:
        yield Wish(f"raise {about}", command("raise-hand", kind=kind), after, again=True)


def _kinds(policy: View) -> list[str]:
    """For what a hand may go up now."""
    alone = policy.get("responses") == "none"  # what is shared stands for itself
    return [kind for kind in policy["kinds"] if kind in _KINDS and not (alone and kind in ("respond", "question"))]


def whole_room(scene: Scene) -> Iterator[Wish]:
    """Back from a break; gone for a moment, or for longer."""
    view, who = scene.view, scene.who
    if view.get("hold") == "break" and scene.you["seat"] not in view.get("ready", ()):
        about = f"ready {view.get('hold_until', 0)}"
        dice = scene.chance(about)
        if dice.random() < 0.97:
            yield Wish(about, command("say-ready"), dice.uniform(8, 45))
    about = f"{DROP} {view['floor']}"
    dice = scene.chance(about)
    if view["floor"] and dice.random() < who.drops:
        yield Wish(about, command(DROP, seconds=dice.uniform(4, 20)), dice.uniform(2, 25))
    if who.stays:
        busy = bool(scene.mine) or "hand" in scene.you
        yield Wish(f"leave {scene.you['seat']}", command("leave"), who.stays, waits=busy)
