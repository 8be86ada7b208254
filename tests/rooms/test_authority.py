"""Every command, by everybody, in every phase of a meeting, against a table written here by hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from protocol import commands as c
from protocol.commands import AcceptAgreement, Admit, CallOn, CloseQueue, OpenMeeting, PauseTurn
from protocol.errors import Code
from protocol.generate import command_types
from protocol.message import kebab
from rooms.asks import Drop
from rooms.permissions import words
from rooms.state import Plan
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, EKA, FAJAR, HANA, NOBODY, PLAN, SERVER, Scene, empty

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


def opened() -> Scene:
    return at_the_doors().when(ADA, OpenMeeting())


def proposed() -> Scene:
    """Somebody who leads would remove Dewi, and has dropped: everyone else who leads may say so, too."""
    scene = at_the_doors(replace(PLAN, two_to_remove=True)).when(ADA, OpenMeeting())
    scene = scene.comes_in(AGUS).when(AGUS, c.Remove(DEWI, ""))
    return scene.when(SERVER, Drop(AGUS))


def speaks() -> Scene:
    return opened().speaks(CIKA)


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
}


def aimed(kind: type[msgspec.Struct], scene: Scene, by: str) -> Any:
    """The command, aimed at what is there."""
    kept = scene.state.kept
    mine = next((id for id in kept.queue if kept.hands[id].seat == by), None)
    successor = kept.successors[0] if kept.successors else DEWI
    removed = next(iter(kept.removed), FAJAR)
    whoms = (((Admit, c.Decline), NEW), ((c.UnnameSuccessor,), successor), ((c.UndoRemoval,), removed))
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
    }
    return kind(**{f.name: fields[f.name] for f in msgspec.structs.fields(kind) if f.required})


def test_the_table_has_every_command_and_no_other() -> None:
    assert sorted(MAY) == sorted(command_types())


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_ask_is_what_the_table_says(phase: str, who: str) -> None:
    """33 commands by 7 kinds of people in 21 phases: nearly 5,000 triples."""
    scene, by = PHASES[phase](), EVERYBODY[who]
    for kind in c.Command.__args__:
        asked = scene.when(by, aimed(kind, scene, by))
        name = kebab(kind.__name__)
        if who in MAY[name]:
            # what stands in the way is the moment, not the person
            assert asked.code not in NOT_FOR_YOU or (name, phase, who) in PAUSED_BY_OTHERS, (name, asked.code)
        else:
            assert asked.code is WHY[who], (name, asked.code)
            assert asked.state is scene.state


# a speaker who is back goes on alone, but does not undo a facilitator's pause
PAUSED_BY_OTHERS = {("resume-turn", phase, "participant") for phase in ("paused", "back after a drop")}


# Those who lead, as people who share something themselves
STORIES: dict[str, list[Callable[[], Scene]]] = {
    who: [
        partial(lambda seat: opened().offered(seat), EVERYBODY[who]),
        partial(lambda seat: opened().speaks(seat), EVERYBODY[who]),
        partial(lambda seat: speaks().raises(seat, DEWI), EVERYBODY[who]),
    ]
    for who in INSIDE
}


def test_what_may_be_asked_for_can_be_done_somewhere() -> None:
    """No row of the table is an empty promise: everyone in it succeeds in some phase."""
    done: dict[str, set[str]] = {name: set() for name in MAY}
    for who, by in EVERYBODY.items():
        for scene in (make() for make in (*PHASES.values(), *STORIES.get(who, ()))):
            for kind in c.Command.__args__:
                if scene.when(by, aimed(kind, scene, by)).code is None:
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
    scene, by = PHASES[phase](), EVERYBODY[who]
    for kind in c.Command.__args__:
        asked = scene.when(by, aimed(kind, scene, by))
        if kebab(kind.__name__) in scene.may(by):
            assert asked.code not in NOT_FOR_YOU, (kind, asked.code)
        else:
            assert asked.code is not None, kind


def test_the_server_has_no_persons_rights_and_no_person_the_servers() -> None:
    scene = opened()
    for kind in c.Command.__args__:
        scene.when(SERVER, aimed(kind, scene, SERVER)).refused(Code.FORBIDDEN)


def test_the_manual_tells_the_same_table() -> None:
    said = {
        frozenset(DOOR): "people at the door",
        frozenset(DOOR | INSIDE): "everyone, also at the door",
        frozenset(INSIDE): "everyone inside",
        frozenset(LEAD): "facilitators and hosts",
    }
    assert words() == {name: said[frozenset(who)] for name, who in MAY.items()}
