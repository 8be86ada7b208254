"""Whole evenings as text: who does what when, and what everyone sees after it.

A line that begins with a time is the script; the indented lines under it are what changed then, as people see it:

    05:00  BEN raises a hand
             queue   1 Ben (first-come)
             Ben     1st, next
           05:02 by itself
             floor   offered to Ben until 05:42

People are written in capitals and exist from the moment they join. Whatever else is in a file (comments, blank lines)
stays.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

import rooms
from protocol import commands as c
from protocol.errors import Bye
from protocol.views import CircleView, Deed, Hold, LeadView, Role, Turn, TurnState, You
from rooms import core
from rooms.asks import Drop, Join, Restart, Return, Unlink
from rooms.events import Durable, KeptEvent, SeatEnded
from rooms.format import read
from rooms.privates import Privates
from rooms.state import Plan, RoomState
from rooms.view import see
from tests.given import AGREEMENT, SERVER, Scene

SIMPLE = read((Path(rooms.__file__).parent / "formats" / "simple.toml").read_text(encoding="utf-8"))
STEP = re.compile(r"(?P<time>\d+:\d\d)  (?P<what>\S.*)")
ROOM = re.compile(r"^seats (?P<seats>\d+), two to remove$", re.MULTILINE)
INDENT = " " * 7

Told = dict[str, str]  # what can be seen, by the word before it


def told(script: str) -> str:
    """The script with everything that follows from it written under each line.

    A line of its own, `seats 4, two to remove`, says what kind of room it is.
    """
    room = ROOM.search(script)
    plan = Plan("A long evening", SIMPLE, AGREEMENT, ("What brings you?",))
    if room:
        plan = msgspec.structs.replace(plan, seats=int(room["seats"]), two_to_remove=True)
    scene = Scene(RoomState(plan))
    lines: list[str] = []
    between: list[str] = []  # comments and blank lines since the last step
    seen: Told = {}
    for line in script.splitlines():
        if line.startswith(INDENT):
            continue
        between.append(line)
        if step := STEP.fullmatch(line):
            for by_itself, said, after in happens(scene, seconds(step["time"]), step["what"]):
                now = sees(after)
                news = [f"{INDENT}  {new}" for new in (*said, *changes(seen, now), *done(after))]
                if not by_itself:
                    lines += [*between, *news]
                elif news:  # what was done is forgotten without a word
                    lines += [f"{INDENT}{clock(after.now)} by itself", *news]
                scene, seen = after, now
            between = []
    return "\n".join([*lines, *between]) + "\n"


def happens(scene: Scene, at: float, what: str) -> Iterator[tuple[bool, list[str], Scene]]:
    """What follows by itself until then, one moment after the other, and then what somebody does."""
    while (due := core.alarm(scene.state)) is not None and due < at:
        scene = scene.wait(due)
        yield True, goodbyes(scene), scene
    if what == "nobody does anything":
        scene = scene.wait(at)
    elif what == "the server restarts":
        scene = restarted(scene, at)
    else:
        by, _, does = what.partition(" ")
        scene = scene.when(*asked(scene.wait(at) if at > scene.now else scene, by.lower(), does), at=at)
    yield False, ([f"refused {scene.code}"] if scene.code else goodbyes(scene)), scene


def restarted(scene: Scene, at: float) -> Scene:
    """Memory is lost; what the journal has is read back."""
    events: list[tuple[float, Durable]] = [(when, stored(event)) for when, event in scene.journal]
    again = Scene(core.replay(scene.state.plan, events), at, journal=scene.journal)
    return again.when(SERVER, Restart())


def stored(event: Durable) -> Durable:
    """As it comes back from a disk."""
    back: Durable = msgspec.msgpack.decode(msgspec.msgpack.encode(event), type=KeptEvent)
    return back


# What people do, in words

Doing = Callable[[Scene, str, re.Match[str]], tuple[str, Any]]


def by_server(ask: Callable[[str, re.Match[str]], Any]) -> Doing:
    return lambda scene, by, words: (SERVER, ask(by, words))


def by_person(command: Callable[[re.Match[str]], Any]) -> Doing:
    return lambda scene, by, words: (by, command(words))


def about_turn(kind: Callable[..., Any], **fields: Any) -> Doing:
    """Aimed at the turn that is named, else at the latest."""

    def deed(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
        named = words.groupdict()
        until = {"until": seconds(named["until"])} if named.get("until") else {}
        return by, kind(named.get("turn") or scene.state.kept.floor, **fields, **until)

    return deed


def hand_of(scene: Scene, seat: str) -> str:
    kept = scene.state.kept
    return next((hand for hand in kept.queue if kept.hands[hand].seat == seat), "h0")


def lowers(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    return by, c.LowerHand(hand_of(scene, words["other"].lower()) if words["other"] else "")


def defers(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    queue, mine = scene.state.kept.queue, hand_of(scene, by)
    behind = queue[queue.index(mine) + 1 :] if mine in queue else ()
    return by, c.DeferHand(mine, behind[0] if behind else "h0")


def moves(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    hand, before = (hand_of(scene, words[name].lower()) if words[name] else "" for name in ("other", "before"))
    return by, c.MoveHand(hand, scene.state.kept.queue_version, before)


def joins(by: str, words: re.Match[str]) -> Join:
    """By the room's link of their role, or the one that is named: `invite-1.2` is a personal one."""
    role = Role(words["role"] or "participant")
    link = words["link"] or f"{role}.1"
    return Join(by, role, words["name"] or by.title(), link, link.startswith("invite"))


def takes_back(by: str, words: re.Match[str]) -> Unlink:
    revoked = words["how"] == "revokes"
    return Unlink(frozenset([words["link"]]), revoked, Deed.LINK_REVOKED if revoked else Deed.LINK_RENEWED, by)


def all_down(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    return by, c.LowerAll(scene.state.kept.queue_version)


WHO = r"(?P<other>[A-Z]+)"
WHY = r"(?:: (?P<reason>.+))?"
TURN = r"(?: (?P<turn>t\d+))?"
UNTIL = r" until (?P<until>\d+:\d\d)"

DEEDS: list[tuple[str, Doing]] = [
    (r"joins(?: as (?P<role>\w+))?(?: by (?P<link>[\w.-]+))?(?: named (?P<name>\w+))?", by_server(joins)),
    (r"drops", by_server(lambda by, w: Drop(by))),
    (r"is back", by_server(lambda by, w: Return(by, by.title()))),
    (r"leaves(?P<erase> and wants to be erased)?", by_person(lambda w: c.Leave(erase=bool(w["erase"])))),
    (r"agrees", by_person(lambda w: c.AcceptAgreement(AGREEMENT.version))),
    (r"answers: (?P<answer>.+)", by_person(lambda w: c.AnswerDoor([w["answer"]]))),
    (rf"admits {WHO}", by_person(lambda w: c.Admit(w["other"].lower()))),
    (rf"declines {WHO}{WHY}", by_person(lambda w: c.Decline(w["other"].lower(), w["reason"] or ""))),
    (rf"writes to {WHO}: (?P<text>.+)", by_person(lambda w: c.TellWaiting(w["text"], w["other"].lower()))),
    (r"writes to the door: (?P<text>.+)", by_person(lambda w: c.TellWaiting(w["text"]))),
    (rf"removes {WHO}{WHY}", by_person(lambda w: c.Remove(w["other"].lower(), w["reason"] or ""))),
    (rf"keeps {WHO}", by_person(lambda w: c.KeepSeat(w["other"].lower()))),
    (rf"undoes the removal of {WHO}", by_person(lambda w: c.UndoRemoval(w["other"].lower()))),
    (r"(?P<how>renews|revokes) (?P<link>[\w.-]+)", by_server(takes_back)),
    (r"opens the meeting", by_person(lambda w: c.OpenMeeting())),
    (r"closes the meeting", by_person(lambda w: c.CloseMeeting())),
    (
        r"raises a hand(?: \((?P<kind>\w+)\))?(?:: (?P<note>.+))?",
        by_person(lambda w: c.RaiseHand(c.HandKind(w["kind"] or "share"), w["note"] or "")),
    ),
    (rf"raises a hand for {WHO}", by_person(lambda w: c.AddHand(w["other"].lower()))),
    (rf"lowers the hand(?: of {WHO})?", lowers),
    (r"lets the next one go first", defers),
    (rf"moves {WHO} (?:before (?P<before>[A-Z]+)|to the end)", moves),
    (r"takes all hands down", all_down),
    (r"closes the queue", by_person(lambda w: c.CloseQueue())),
    (r"reopens the queue", by_person(lambda w: c.ReopenQueue())),
    (
        rf"calls on {WHO}(?: after (?P<floor>t\d+))?",
        by_person(lambda w: c.CallOn(w["other"].lower(), w["floor"] or "")),
    ),
    (rf"starts{TURN}", about_turn(c.AcceptFloor)),
    (rf"passes{TURN}", about_turn(c.PassFloor)),
    (rf"says later{TURN}", about_turn(c.PassFloor, later=True)),
    (rf"keeps the offer{UNTIL}", about_turn(c.HoldOffer)),
    (rf"is done{TURN}", about_turn(c.FinishTurn)),
    (rf"gives time{UNTIL}", about_turn(c.ExtendTurn)),
    (rf"pauses the turn{TURN}", about_turn(c.PauseTurn)),
    (rf"resumes the turn{TURN}", about_turn(c.ResumeTurn)),
    (rf"ends the turn{TURN}", about_turn(c.EndTurn)),
    (r"pauses the room", by_person(lambda w: c.PauseRoom())),
    (r"resumes the room", by_person(lambda w: c.ResumeRoom())),
    (rf"names {WHO} as a successor", by_person(lambda w: c.NameSuccessor(w["other"].lower()))),
    (rf"no longer names {WHO}", by_person(lambda w: c.UnnameSuccessor(w["other"].lower()))),
    (r"gives the lead back", by_person(lambda w: c.StepDown())),
]


def asked(scene: Scene, by: str, does: str) -> tuple[str, Any]:
    """Who asks for what. `ValueError` when the script says something that nobody can do."""
    for words, deed in DEEDS:
        if found := re.fullmatch(words, does):
            return deed(scene, by, found)
    raise ValueError(f"nobody knows what it means that {by} {does}")


# What people see


def sees(scene: Scene) -> Told:
    """Everything that somebody can see now: the room as everyone sees it, the door, and each person's own part."""
    seen = see(scene.state, None)
    view, privates = seen.circle, Privates(scene.state)
    names = {seat: str(person.name or f"({seat})") for seat, person in view.people.items()}
    waiting = {seat: str(somebody.name or f"({seat})") for seat, somebody in seen.lead.waiting.items()}
    people: Told = {
        "meeting": "closed" if scene.state.kept.closed else view.meeting.value,
        "stands": {Hold.PAUSED: "still: paused", Hold.LOST: "still: nobody leads"}[view.hold] if view.hold else "",
        "acting": ", ".join(names[seat] for seat in view.circle if scene.state.kept.seats[seat].acting),
        "named": ", ".join(names[seat] for seat in view.successors),
        "circle": ", ".join(names[seat] + ("" if view.people[seat].present else " (away)") for seat in view.circle),
        "door": ", ".join(waiting[seat] + at_the_door(seen.lead, seat) for seat in waiting),
        "seats": f"{seen.lead.taken} of {seen.lead.seats}" if seen.lead.seats else "",
        "removed": ", ".join(str(somebody.name or f"({id})") for id, somebody in seen.lead.removed.items()),
        "may go": ", ".join(
            f"{names[id]} until {clock(proposal.until)}, says {names[proposal.by]}: {proposal.reason}"
            for id, proposal in seen.lead.proposals.items()
        ),
        "floor": floor(view, names, scene.now),
        "queue": queue(view, names),
        "spoke": ", ".join(
            f"{names[seat]} {person.turns}x {clock(person.spoken)}"
            for seat, person in view.people.items()
            if person.turns
        ),
        "notes": ", ".join(f"{names[hand.seat]}: {hand.note}" for hand in seen.lead.hands.values() if hand.note),
    }
    own = {name: own_part(privates.of(seat)) for seat, name in {**names, **waiting}.items()}
    return {word: what for word, what in {**people, **own}.items() if what}


def at_the_door(view: LeadView, seat: str) -> str:
    somebody = view.waiting[seat]
    signs = [word for word in ("present", "agreed", "admitted") if getattr(somebody, word) is (word != "present")]
    said = [*(sign.replace("present", "away") for sign in signs), *(f'"{answer}"' for answer in somebody.answers)]
    said += [f"again, the seat of {somebody.again}"] if somebody.again else []
    return f" ({', '.join(said)})" if said else ""


def floor(view: CircleView, names: dict[str, str], now: float) -> str:
    for turn in view.turns.values():
        return turn_in_words(turn, names[turn.seat])
    quiet = isinstance(view.pause_until, float | int) and view.pause_until > now
    return f"free, quiet until {clock(view.pause_until)}" if quiet else "free"


def turn_in_words(turn: Turn, name: str) -> str:
    match turn.state:
        case TurnState.OFFERED:
            return f"offered to {name} until {clock(turn.ends_at)}"
        case TurnState.SPEAKING:
            return f"{name} speaks until {clock(turn.ends_at)}"
        case TurnState.GRACE:
            return f"{name} is over time" if turn.over else f"{name} finishes the thought until {clock(turn.ends_at)}"
        case _:
            held = f", until {clock(turn.waits_until)}" if turn.waits_until else ""
            return f"{name} {turn.state}, {clock(turn.left)} left{held}"


def queue(view: CircleView, names: dict[str, str]) -> str:
    hands = [(place, view.hands[hand]) for place, hand in enumerate(view.queue, 1)]
    told = ", ".join(f"{place} {names[hand.seat]} ({hand.reason}{rest(hand.rests_until)})" for place, hand in hands)
    return told + ("" if view.queue_open else " closed").lstrip("" if told else " ")


def rest(until: Any) -> str:
    return f", rests until {clock(until)}" if until else ""


def own_part(you: You) -> str:
    """Place in the queue, the heads-up, and what the large button offers."""
    parts = [ordinal(you.place)] if isinstance(you.place, int) else []
    parts += ["next"] if you.next else []
    parts += [f"{ordinal(you.line)} in the line"] if isinstance(you.line, int) else []
    parts += [f'reads "{you.message}"'] if you.message else []
    parts += [
        says
        for command, says in (
            ("accept-floor", "it is yours: start"),
            ("finish-turn", "I am done"),
            ("resume-turn", "go on"),
        )
        if command in you.may and you.turn
    ]
    return ", ".join(parts)


def ordinal(place: int) -> str:
    return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(place, 'th') }"


def done(scene: Scene) -> list[str]:
    """What the room is told of those who lead."""
    return [f"{'told':<8}{act.who or 'a host'}: {act.done} {act.whom}".rstrip() for act in scene.acts]


def goodbyes(scene: Scene) -> list[str]:
    """The last thing that people hear."""
    return [f"goodbye {event.seat.title()}: {event.how}" for event in scene.said if isinstance(event, SeatEnded)] or (
        [f"goodbye everyone: {Bye.CLOSED}"] if scene.state.kept.closed else []
    )


def changes(before: Told, now: Told) -> list[str]:
    words = [*now, *(word for word in before if word not in now)]
    return [f"{word:<8}{now.get(word, '-')}" for word in words if before.get(word) != now.get(word)]


def clock(at: Any) -> str:
    """Meeting time as minutes and seconds."""
    minutes, rest = divmod(round(at), 60)
    return f"{minutes:02}:{rest:02}"


def seconds(time: str) -> float:
    minutes, _, rest = time.partition(":")
    return float(minutes) * 60 + float(rest)
