"""Every command, by everybody, in every phase of a meeting, against a table written here by hand."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from protocol import commands as c
from protocol.commands import AcceptAgreement, Admit, CallOn, CloseQueue, OpenMeeting, PauseTurn
from protocol.errors import Code
from protocol.formats import Format, Movement, Mover, Responses
from protocol.generate import command_types
from protocol.message import kebab
from rooms.asks import Drop
from rooms.permissions import words
from rooms.state import Plan
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, EKA, FAJAR, HANA, NOBODY, PHASE, PLAN, SERVER, Scene, empty
from tests.rooms.laws.aiming import could_be

# Who asks
NEW, READER, TUTI = (
    "new",
    "reader",
    "tuti",
)  # at the door: just come; admitted and still reading; agreed and not admitted
EVERYBODY = {
    "nobody": NOBODY,
    "just come": NEW,
    "has agreed, waits": TUTI,
    "admitted, still reads": READER,
    "participant": BEN,
    "facilitator": ADA,
    "host": HANA,
}

INSIDE = {"participant", "facilitator", "host"}
LEAD = {"facilitator", "host"}
DOOR = {"just come", "has agreed, waits", "admitted, still reads"}

# The permission column, written out: the command, and who may ask for it at all
MAY: dict[str, set[str]] = {
    "accept-agreement": DOOR | INSIDE,
    "answer-door": DOOR,
    "leave": DOOR | INSIDE,
    "raise-hand": INSIDE,
    "lower-hand": INSIDE,
    "defer-hand": INSIDE,
    "accept-floor": INSIDE,
    "pass-floor": INSIDE,
    "hold-offer": INSIDE,
    "finish-turn": INSIDE,
    "resume-turn": INSIDE,
    "admit": LEAD,
    "decline": LEAD,
    "tell-waiting": LEAD,
    "lock-door": LEAD,
    "unlock-door": LEAD,
    "open-meeting": LEAD,
    "close-meeting": LEAD,
    "call-on": LEAD,
    "add-hand": LEAD,
    "move-hand": LEAD,
    "lower-all": LEAD,
    "close-queue": LEAD,
    "reopen-queue": LEAD,
    "extend-turn": LEAD,
    "pause-turn": LEAD,
    "end-turn": LEAD,
    "remove": LEAD,
    "keep-seat": LEAD,
    "undo-removal": LEAD,
    "pause-room": LEAD,
    "resume-room": LEAD,
    "name-successor": LEAD,
    "unname-successor": INSIDE,
    "step-down": LEAD,
    "set-phase": INSIDE,
    "set-prompt": LEAD,
    "set-order": LEAD,
    "begin-round": LEAD,
    "end-round": LEAD,
    "pass-round": INSIDE,
    "give-floor": INSIDE,
    "take-floor": INSIDE,
    "hold-silence": INSIDE,
    "ask-time": INSIDE,
    "answer-time": INSIDE,
    "allow-question": INSIDE,
    "undo-end": INSIDE,
    "equalise": LEAD,
    "send-signal": INSIDE,
    "ring-bell": INSIDE,
    "begin-silence": LEAD,
    "begin-break": LEAD,
    "say-ready": INSIDE,
}

NOT_FOR_YOU = {Code.NO_SEAT, Code.NOT_ADMITTED, Code.NOT_AGREED, Code.FORBIDDEN}
WHY = {
    "nobody": Code.NO_SEAT,
    "just come": Code.NOT_ADMITTED,
    "has agreed, waits": Code.NOT_ADMITTED,
    "admitted, still reads": Code.NOT_AGREED,
    **dict.fromkeys(INSIDE, Code.FORBIDDEN),
}


def at_the_doors(of: Plan = PLAN) -> Scene:
    scene = empty(of).comes_in(ADA, HANA, BEN, CIKA, DEWI, EKA).joins(NEW, READER, TUTI)
    return scene.when(TUTI, AcceptAgreement(1)).when(ADA, Admit(READER))


def opened(of: Plan = PLAN) -> Scene:
    return at_the_doors(of).when(ADA, OpenMeeting())


def proposed() -> Scene:
    """Somebody who leads would remove Dewi, and has dropped: everyone else who leads may say so, too."""
    scene = at_the_doors(replace(PLAN, two_to_remove=True)).when(ADA, OpenMeeting())
    scene = scene.comes_in(AGUS).when(AGUS, c.Remove(DEWI, ""))
    return scene.when(SERVER, Drop(AGUS))


def speaks() -> Scene:
    return opened().speaks(CIKA)


# One room with every kind of phase in it
FULL = replace(PHASE, kinds=tuple(c.HandKind), responses=Responses.INSIDE, give=True, consent=60, pause=0)
KINDS = {
    Movement.QUEUE: replace(FULL, name="queue"),
    Movement.ROUND: replace(FULL, name="round", floor=Movement.ROUND),
    Movement.OPEN: replace(FULL, name="open", floor=Movement.OPEN, voices=2, moves_on=Mover.ANYONE),
    Movement.SILENCE: replace(FULL, name="silence", floor=Movement.SILENCE, box=60),
    Movement.BREAK: replace(FULL, name="break", floor=Movement.BREAK, box=60),
}
WHOLE = replace(PLAN, format=Format(name="whole", phases=tuple(KINDS.values())))


def moved_on(kind: Movement) -> Scene:
    return opened(WHOLE).when(ADA, c.SetPhase(KINDS[kind].name))


def accepts(scene: Scene) -> Scene:
    return scene.when(scene.on_the_floor.seat, c.AcceptFloor(scene.turn_id))


def comes_to(seat: str) -> Scene:
    """The round comes to them."""
    scene = moved_on(Movement.ROUND)
    while scene.on_the_floor.seat != seat:
        scene = scene.when(scene.on_the_floor.seat, c.PassFloor(scene.turn_id))
    return scene


def talks() -> Scene:
    """Ben and Cika, in an open floor."""
    return moved_on(Movement.OPEN).when(BEN, c.TakeFloor()).when(CIKA, c.TakeFloor())


def asks_for_time(seat: str) -> Scene:
    scene = opened(WHOLE).speaks(seat)
    return scene.when(seat, c.AskTime(scene.turn_id), at=scene.now + 290)


def asked_inside(seat: str, by: str) -> Scene:
    """Somebody has a question for whoever speaks, and may ask it."""
    scene = opened(WHOLE).speaks(seat).raises(by, kind=c.HandKind.QUESTION)
    return scene.when(ADA, c.AllowQuestion(scene.turn_id, scene.state.kept.queue[0]))


def accepts_question(scene: Scene) -> Scene:
    inner = scene.state.kept.floor
    return scene.when(scene.state.kept.turns[inner].seat, c.AcceptFloor(inner))


def waits(scene: Scene) -> Scene:
    """Two hands are up: Dewi's and Eka's."""
    return scene.raises(DEWI, EKA)


PHASES: dict[str, Callable[[], Scene]] = {
    "doors": at_the_doors,
    "open": opened,
    "open, queue closed": lambda: opened().when(ADA, CloseQueue()),
    "offered": lambda: opened().offered(CIKA),
    "called": lambda: opened().when(ADA, CallOn(BEN)),
    "speaking": speaks,
    "speaking, hands up": lambda: waits(speaks()),
    "speaking, hands up, queue closed": lambda: waits(speaks()).when(ADA, CloseQueue()),
    "I speak": lambda: waits(opened().speaks(BEN)),
    "grace": lambda: waits(speaks()).wait(306),
    "grace over": lambda: waits(speaks()).wait(400),
    "paused": lambda: waits(speaks()).when(ADA, PauseTurn("t1")),
    "suspended": lambda: waits(speaks()).drops(CIKA),
    "back after a drop": lambda: waits(speaks()).drops(CIKA).returns(CIKA),
    "I am back after a drop": lambda: opened().speaks(BEN).drops(BEN).returns(BEN),
    "held": lambda: waits(speaks()).when(ADA, c.PauseRoom()),
    "held while I am offered": lambda: opened().offered(BEN).when(ADA, c.PauseRoom()),
    "I am a successor": lambda: opened().when(ADA, c.NameSuccessor(BEN)),
    "somebody was removed": lambda: opened().comes_in(FAJAR).when(ADA, c.Remove(FAJAR, "")),
    "the door is locked": lambda: opened().when(ADA, c.LockDoor()),
    "somebody would be removed": proposed,
    "quiet after a turn": lambda: waits(speaks()).when(CIKA, c.FinishTurn("t1")),
    "queue": lambda: moved_on(Movement.QUEUE),
    "queue, I speak": lambda: opened(WHOLE).speaks(BEN).raises(DEWI, kind=c.HandKind.QUESTION),
    "queue, another order": lambda: waits(opened(WHOLE).speaks(CIKA)).when(ADA, c.SetOrder(c.Order.CHOSEN)),
    "queue, over time": lambda: opened(WHOLE).speaks(CIKA).when(CIKA, c.FinishTurn("t1"), at=400).raises(DEWI),
    "queue, I was over time": lambda: opened(WHOLE).speaks(BEN).when(BEN, c.FinishTurn("t1"), at=400),
    "a round beside the queue": lambda: waits(opened(WHOLE).speaks(CIKA)).when(ADA, c.BeginRound()),
    "round": lambda: moved_on(Movement.ROUND),
    "round, I am offered": lambda: comes_to(BEN),
    "round, I speak": lambda: accepts(comes_to(BEN)),
    "round, I have passed": lambda: comes_to(CIKA),
    "round, left": lambda: moved_on(Movement.ROUND).when(ADA, c.EndRound()),
    "open floor": lambda: moved_on(Movement.OPEN),
    "open floor, full": talks,
    "open floor, one is paused": lambda: talks().when(ADA, PauseTurn("t2")),
    "silence": lambda: moved_on(Movement.SILENCE),
    "silence is over": lambda: moved_on(Movement.SILENCE).wait(100),
    "break": lambda: moved_on(Movement.BREAK),
    "break is over": lambda: moved_on(Movement.BREAK).when(ADA, c.ResumeRoom()),
    "the bell": lambda: waits(opened(WHOLE).speaks(CIKA)).when(EKA, c.RingBell()),
    "a silence that was begun": lambda: opened(WHOLE).speaks(CIKA).when(ADA, c.BeginSilence(60)),
    "a break that was begun": lambda: opened(WHOLE).speaks(CIKA).when(ADA, c.BeginBreak(60)),
    "silence in a turn": lambda: opened(WHOLE).speaks(CIKA).when(CIKA, c.HoldSilence("t1")),
    "I am silent in my turn": lambda: opened(WHOLE).speaks(BEN).when(BEN, c.HoldSilence("t1")),
    "asked for more time": lambda: asks_for_time(CIKA),
    "I ask for more time": lambda: asks_for_time(BEN),
    "a question inside": lambda: asked_inside(CIKA, DEWI),
    "I am asked inside": lambda: accepts_question(asked_inside(BEN, DEWI)),
    "I ask inside": lambda: accepts_question(asked_inside(CIKA, BEN)),
    "given": lambda: opened(WHOLE).speaks(CIKA).when(CIKA, c.GiveFloor("t1", BEN)),
}


def asks(scene: Scene, by: str, kind: type[msgspec.Struct]) -> Scene:
    """After the command, aimed at what is there, and at whatever of it can be done, if anything."""
    kept = scene.state.kept
    mine = next((id for id in kept.queue if kept.hands[id].seat == by), None)
    successor = kept.successors[0] if kept.successors else DEWI
    removed = next(iter(kept.removed), FAJAR)
    whoms = (((Admit, c.Decline), NEW), ((c.UnnameSuccessor,), successor), ((c.UndoRemoval,), removed))
    phases = [phase.name for phase in scene.state.plan.format.phases]
    here = phases.index(scene.state.phase.name)
    fields: dict[str, Any] = {
        "turn": scene.turn_id or "t0",
        "hand": mine or next(iter(kept.queue), "h0"),
        "after": kept.queue[-1] if kept.queue else "h0",
        "seat": next((whom for kinds, whom in whoms if kind in kinds), DEWI),
        "queue": kept.queue_version,
        "version": 1,
        "until": scene.now + 60,
        "answers": ["peace"],
        "reason": "",
        "text": "in a moment",
        "phase": phases[min(here + 1, len(phases) - 1)],
        "order": c.Order.FAIR,
        "prompt": "How are you here?",
        "seconds": 60.0,
        "extra": 10.0,
        "fine": True,
        "signal": c.SilentSignal.WITH_YOU,
    }
    names = [f.name for f in msgspec.structs.fields(kind) if f.required]
    others = [{}] if kind in (c.UndoRemoval, c.KeepSeat, c.HoldOffer) else could_be(scene.state, kind, by)
    asked = [scene.when(by, kind(**{name: {**fields, **other}[name] for name in names})) for other in others]
    return next((after for after in asked if after.code is None), asked[0])


@cache
def phase_of(name: str) -> Scene:
    return PHASES[name]()


@cache
def answer(phase: str, by: str, kind: type[msgspec.Struct]) -> tuple[Code | None, bool]:
    """The code with which it is refused there, or None; and whether everything is as before."""
    scene = phase_of(phase)
    after = asks(scene, by, kind)
    return after.code, after.state is scene.state


def test_the_table_has_every_command_and_no_other() -> None:
    assert sorted(MAY) == sorted(command_types())


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_ask_is_what_the_table_says(phase: str, who: str) -> None:
    """54 commands by 7 kinds of people in 51 phases: more than 19,000 triples."""
    for kind in c.Command.__args__:
        code, as_before = answer(phase, EVERYBODY[who], kind)
        name = kebab(kind.__name__)
        if who in MAY[name]:
            # what stands in the way is the moment, not the person
            assert code not in NOT_FOR_YOU or is_for_others(name, phase, who), (name, code)
        else:
            assert code is WHY[who], (name, code)
            assert as_before


def is_for_others(name: str, phase: str, who: str) -> bool:
    """What participants may do sometimes, and those who lead always: forbidden to them at another moment."""
    if who != "participant":
        return False
    if name == "set-phase":  # only where the phase says so, and to the next one
        return phase not in ("open floor", "open floor, full", "open floor, one is paused")
    if name == "resume-turn":  # a speaker who is back, or was silent, goes on alone, but undoes no facilitator's pause
        return phase in ("paused", "back after a drop", "open floor, one is paused", "silence in a turn")
    return name == "allow-question" and phase != "queue, I speak"  # who speaks allows it


# Those who lead, as people who share something themselves
STORIES: dict[str, list[Callable[[], Scene]]] = {
    who: [
        partial(lambda seat: opened().offered(seat), EVERYBODY[who]),
        partial(lambda seat: opened().speaks(seat), EVERYBODY[who]),
        partial(lambda seat: speaks().raises(seat, DEWI), EVERYBODY[who]),
        partial(lambda seat: opened(WHOLE).speaks(seat).wait(290), EVERYBODY[who]),
    ]
    for who in INSIDE
}


def test_what_may_be_asked_for_can_be_done_somewhere() -> None:
    """No row of the table is an empty promise: everyone in it succeeds in some phase."""
    done: dict[str, set[str]] = {name: set() for name in MAY}
    for who, by in EVERYBODY.items():
        stories = [make() for make in STORIES.get(who, ())]
        for kind in c.Command.__args__:
            codes = (
                *(answer(phase, by, kind)[0] for phase in PHASES),
                *(asks(story, by, kind).code for story in stories),
            )
            if None in codes:
                done[kebab(kind.__name__)].add(who)
    empty_promises = {name: MAY[name] - done[name] for name in MAY if MAY[name] != done[name]}
    assert empty_promises == {
        "accept-agreement": INSIDE | {"has agreed, waits"},  # they have; when it changes they are asked again
        "answer-door": {"admitted, still reads"},  # nothing is asked any more
        "step-down": LEAD,  # for who came as a participant and took over: see test_hold.py
    }


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "nobody"])
def test_the_buttons_say_what_can_be_done(phase: str, who: str) -> None:
    """Nothing in `may` is refused for where one stands; nothing that is not in it is done."""
    scene, by = phase_of(phase), EVERYBODY[who]
    for kind in c.Command.__args__:
        code, _ = answer(phase, by, kind)
        if kebab(kind.__name__) in scene.may(by):
            assert code not in NOT_FOR_YOU, (kind, code)
        else:
            assert code is not None, kind


def test_the_server_has_no_persons_rights_and_no_person_the_servers() -> None:
    scene = opened()
    for kind in c.Command.__args__:
        asks(scene, SERVER, kind).refused(Code.FORBIDDEN)


def test_the_manual_tells_the_same_table() -> None:
    said = {
        frozenset(DOOR): "people at the door",
        frozenset(DOOR | INSIDE): "everyone, also at the door",
        frozenset(INSIDE): "everyone inside",
        frozenset(LEAD): "facilitators and hosts",
    }
    assert words() == {name: said[frozenset(who)] for name, who in MAY.items()}
