"""What the page makes of a moment, as text: the large button, the middle of the circle, and what is said aloud.

The moments are those of real meetings (see `tests/given.py`); the modules are the page's own, run by Node.
"""

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from protocol.commands import (
    AcceptFloor,
    CallOn,
    CloseQueue,
    DeferHand,
    ExtendTurn,
    FinishTurn,
    HandKind,
    Leave,
    LowerHand,
    OpenMeeting,
    PassFloor,
    PauseTurn,
    RaiseHand,
    ReopenQueue,
    ResumeTurn,
)
from rooms.core import handle
from tests.given import ADA, BEN, BY_HAND, CIKA, DEWI, EKA, FAJAR, Scene, doors, given

JS = Path(__file__).resolve().parents[2] / "static" / "js"
NO_SOUND = {"voice": False, "off": True, "link": "none", "mic": "closed", "trouble": "", "plays": True}
LIMIT = 300  # seconds: a turn of `given`
WORDS = {language: JS.parent / "lang" / language / "room.ftl" for language in ("en", "id")}

RUN = """
import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from 'JS/../vendor/fluent.js'
import { floorNow, leads, meaning } from 'JS/meaning.js'
import { moment, said } from 'JS/said.js'
import { centre } from 'JS/ui/circle-centre.js'
const { language, text, seen } = JSON.parse(readFileSync(0, 'utf8'))
const bundle = new FluentBundle(language, { useIsolating: false })
bundle.addResource(new FluentResource(text))
const tell = (words) => {
  if (typeof words !== 'object' || words === null) return words ?? ''
  const args = { ...words.args }
  if (typeof args.place === 'number') args.place = `#${args.place}`
  return bundle.formatPattern(bundle.getMessage(words.key).value, args)
}
let told = null
const out = seen.map(({ view, you, now, connection, sounds }) => {
  const means = meaning(view, you, connection, now, sounds)
  const floor = floorNow(view, you, now)
  const eye = { leads: leads(you), alone: view.circle.length < 2, offline: connection !== 'on', now }
  const middle = centre(view, floor, eye)
  const after = moment(told, view, you, connection, now, sounds)
  const sentences = said(told, after).map((sentence) => (sentence.urgent ? '! ' : '') + tell(sentence))
  told = after
  return {
    button: tell(means.label), sub: tell(means.sub), tone: means.tone, command: means.command ?? null, key: means.key,
    beside: means.beside ?? '', does: means.does ?? '',
    middle: [middle.who, middle.what, middle.clock].map(tell).filter(Boolean).join(' / '),
    said: sentences,
  }
})
console.log(JSON.stringify(out))
"""


@dataclass(frozen=True)
class Shown:
    """What one person's page shows and says at one moment."""

    button: str
    sub: str
    tone: str
    command: dict[str, Any] | None
    key: str
    beside: str
    does: str
    middle: str
    said: list[str]


def follow(seat: str, *scenes: Scene | tuple[Scene, str], language: str = "en") -> list[Shown]:
    """One person's page through these moments; a moment may come with the state of the connection."""
    moments = [each if isinstance(each, tuple) else (each, "on") for each in scenes]
    seen = [
        {
            "view": msgspec.to_builtins(scene.view(scene.sight(seat))),
            "you": msgspec.to_builtins(scene.you(seat)),
            "now": scene.now,
            "connection": connection,
            "sounds": NO_SOUND,
        }
        for scene, connection in moments
    ]
    asked = {"language": language, "text": WORDS[language].read_text(), "seen": seen}
    command = ["node", "--input-type=module", "-e", RUN.replace("JS/", f"{JS.as_uri()}/")]
    done = subprocess.run(command, input=json.dumps(asked), check=True, capture_output=True, text=True, timeout=30)
    return [Shown(**each) for each in json.loads(done.stdout)]


def page(seat: str, scene: Scene, connection: str = "on", language: str = "en") -> Shown:
    return follow(seat, (scene, connection), language=language)[0]


@cache
def room() -> Scene:
    return given(ADA, BEN, CIKA, DEWI, EKA)


@cache
def sharing() -> Scene:
    """Ben shares; Cika, Dewi and Eka have a hand up, in this order."""
    return room().speaks(BEN).raises(CIKA, DEWI, EKA)


# The large button


def test_before_the_meeting_is_opened() -> None:
    scene = doors(ADA, BEN)
    assert page(ADA, scene).button == "Open the circle"
    assert page(ADA, scene).command == {"type": "open-meeting"}
    waits = page(BEN, scene)
    assert (waits.button, waits.command, waits.tone) == ("Not begun yet", None, "quiet")


def test_a_hand_goes_up_and_down() -> None:
    up = page(BEN, room())
    assert (up.button, up.command, up.tone, up.beside) == ("Raise hand", {"type": "raise-hand"}, "fill", "kinds")
    down = page(DEWI, sharing())
    assert (down.button, down.sub, down.tone) == ("Lower hand", "you are #2", "soft")
    assert down.command == {"type": "lower-hand", "hand": "h3"}


def test_who_is_next_may_wait_instead() -> None:
    shown = page(CIKA, sharing())
    assert (shown.button, shown.command) == ("You are next", {"type": "defer-hand", "hand": "h2", "after": "h3"})


def test_who_is_next_with_nobody_behind_may_lower_the_hand() -> None:
    shown = page(CIKA, room().speaks(BEN).raises(CIKA))
    assert (shown.button, shown.sub, shown.command) == (
        "Lower hand",
        "you are next",
        {"type": "lower-hand", "hand": "h2"},
    )


def test_a_closed_queue_leaves_hands_about_the_room() -> None:
    shown = page(BEN, room().when(ADA, CloseQueue()))
    assert (shown.button, shown.tone) == ("Raise a hand about the room", "quiet")
    assert shown.command == {"type": "raise-hand", "kind": "process"}


def test_an_offer_then_a_turn() -> None:
    offered = page(BEN, room().offered(BEN))
    assert (offered.button, offered.tone, offered.command) == (
        "It’s yours: start",
        "fill",
        {"type": "accept-floor", "turn": "t1"},
    )
    turn = page(BEN, sharing())
    assert (turn.button, turn.command) == ("I’m done", {"type": "finish-turn", "turn": "t1"})


def test_a_speaker_who_is_back_goes_on() -> None:
    shown = page(BEN, sharing().drops(BEN).returns(BEN))
    assert (shown.button, shown.command) == ("Go on with your turn", {"type": "resume-turn", "turn": "t1"})


def test_a_speaker_whom_a_facilitator_paused_may_end_only() -> None:
    shown = page(BEN, sharing().when(ADA, PauseTurn("t1")))
    assert (shown.button, shown.sub) == ("I’m done", "or wait, your time has stopped")


def test_without_a_connection_there_is_one_thing_to_do() -> None:
    for seat in (ADA, BEN, CIKA):
        shown = page(seat, sharing(), "off")
        assert (shown.button, shown.command, shown.key) == ("Reconnect now", None, "reconnect")


def test_a_facilitator_gives_time() -> None:
    scene = sharing()
    shown = page(ADA, scene)
    assert (shown.button, shown.sub, shown.tone) == ("Give 1 more minute", "for this turn of Ben’s", "soft")
    assert shown.command == {"type": "extend-turn", "turn": "t1", "until": scene.now + LIMIT + 60}
    late = scene.wait(scene.now + LIMIT + 1)
    shown = page(ADA, late)
    assert (shown.tone, shown.beside) == ("fill", "end")
    assert shown.command == {"type": "extend-turn", "turn": "t1", "until": late.now + 60}


def test_a_second_tap_asks_for_the_same_minute() -> None:
    """What is counted from is on the screen: the same view gives the same command, however much later."""
    scene = sharing()
    later = scene.wait(scene.now + 2)
    assert page(ADA, scene).command == page(ADA, later).command


def test_a_facilitator_offers_to_the_first_who_is_here() -> None:
    scene = given(ADA, BEN, CIKA, of=BY_HAND).raises(BEN, CIKA)
    shown = page(ADA, scene)
    assert (shown.button, shown.sub) == ("Offer to Ben", "in order")
    assert shown.command == {"type": "call-on", "seat": BEN, "floor": ""}
    assert page(ADA, scene.drops(BEN)).button == "Offer to Cika"


def test_a_facilitator_with_nobody_to_offer_to_may_raise_a_hand() -> None:
    shown = page(ADA, room())
    assert (shown.button, shown.tone) == ("Raise hand", "quiet")


def test_every_command_of_the_button_is_taken_by_the_server() -> None:
    """The page keeps no rule of its own: what it offers to do is not refused."""
    scenes = [
        doors(ADA, BEN),
        room(),
        sharing(),
        sharing().wait(sharing().now + LIMIT + 1),
        sharing().when(ADA, PauseTurn("t1")),
        sharing().drops(BEN),
        sharing().drops(BEN).returns(BEN),
        room().offered(BEN),
        room().when(ADA, CloseQueue()),
        given(ADA, BEN, CIKA, of=BY_HAND).raises(BEN, CIKA),
    ]
    taken = 0
    for scene in scenes:
        for seat in scene.state.kept.circle:
            command = page(seat, scene).command
            if command is None or not scene.state.live.presence[seat].present:
                continue
            kinds = {kind.__struct_config__.tag: kind for kind in COMMANDS}
            handle(scene.state, seat, msgspec.convert(command, kinds[command["type"]]), scene.now)
            taken += 1
    assert taken > 25


COMMANDS = (OpenMeeting, RaiseHand, LowerHand, DeferHand, AcceptFloor, FinishTurn, ExtendTurn, ResumeTurn, CallOn)

# The middle of the circle


@pytest.mark.parametrize(
    ("seat", "after", "says"),
    [
        (CIKA, 0, "Ben / is sharing / about 5 minutes left"),
        (CIKA, 160, "Ben / is sharing / about 2 minutes left"),
        (CIKA, 240, "Ben / is sharing / less than a minute"),
        (CIKA, 270, "Ben / is sharing / 30 seconds left"),
        (CIKA, 299, "Ben / is sharing / 30 seconds left"),
        (CIKA, 301, "Ben / is finishing a thought"),
        (BEN, 0, "Your turn / as slowly as you like / about 5 minutes left"),
        (BEN, 280, "Your turn / finish your thought / 30 seconds left"),
        (BEN, 310, "Your turn / finish your thought, there is no rush"),
        (BEN, 365, "Your turn / end it whenever you are ready"),
        (ADA, 275, "Ben / is sharing / 0:25 left of 5:00"),
        (ADA, 310, "Ben / is finishing a thought / past the time, +0:10"),
        (ADA, 365, "Ben / is finishing a thought / past the time, +1:05"),
    ],
)
def test_the_clock_is_soft_for_most_and_exact_for_those_who_lead(seat: str, after: float, says: str) -> None:
    scene = sharing()
    assert page(seat, scene.wait(scene.now + after)).middle == says


def test_between_turns() -> None:
    assert page(BEN, doors(ADA, BEN)).middle == "Not begun yet / a facilitator will open the circle"
    assert page(ADA, doors(ADA)).middle == "Not begun yet / You are the first one here"
    assert page(BEN, room()).middle == "Nobody is speaking / raise a hand if you like"
    finished = room().speaks(BEN).when(BEN, FinishTurn("t1"))
    assert page(CIKA, finished).middle == "Silence / a moment, before the next one"
    assert page(CIKA, finished.wait(finished.now + 5)).middle == "Nobody is speaking / raise a hand if you like"


def test_an_offer_in_the_middle() -> None:
    scene = room().offered(BEN)
    assert page(BEN, scene).middle == "For you / the talking piece is waiting for you"
    assert page(CIKA, scene).middle == "Ben / is offered the turn"
    assert page(ADA, scene).middle == "Ben / is offered the turn / waits for an answer, 0:40"


def test_pauses_and_drops() -> None:
    scene = sharing()
    assert page(CIKA, scene.when(ADA, PauseTurn("t1"))).middle.startswith("Pause / Ben’s clock has stopped.")
    dropped = scene.drops(BEN)
    assert page(CIKA, dropped).middle == "Ben / is reconnecting / the clock has stopped, the place is kept"
    assert page(ADA, dropped).middle == "Ben / is reconnecting / kept for 2:00"
    assert page(CIKA, dropped.returns(BEN)).middle == "Ben / is back, and goes on in a moment"
    assert page(CIKA, scene, "off").middle == "Ben / you are offline, this is what was seen last"


def test_both_languages_say_it() -> None:
    assert page(BEN, sharing(), language="id").middle == "Giliranmu / pelan-pelan saja / sekitar 5 menit lagi"
    assert page(DEWI, sharing(), language="id").sub == "kamu urutan #2"


# What is said aloud


def said(seat: str, *scenes: Scene | tuple[Scene, str]) -> list[str]:
    """Everything said after the first moment, which is where the person comes in."""
    return [sentence for shown in follow(seat, *scenes)[1:] for sentence in shown.said]


def test_coming_in_says_where_one_is() -> None:
    assert page(BEN, doors(ADA, BEN)).said == ["You are in the circle. It has not begun yet."]
    assert page(CIKA, room().speaks(BEN)).said == ["You are in the circle. Ben is sharing."]


def test_the_way_of_a_hand() -> None:
    busy = room().speaks(BEN).raises(CIKA)
    up = busy.raises(DEWI)
    first = up.when(CIKA, LowerHand())
    assert said(DEWI, busy, up, first) == ["Your hand is up. You are #2.", "You are next."]
    third = up.raises(EKA)
    assert said(EKA, up, third, third.when(CIKA, LowerHand())) == ["Your hand is up. You are #3.", "You are now #2."]
    assert said(EKA, third, third.when(EKA, LowerHand())) == ["Your hand is down."]


def test_an_offer_interrupts_and_a_turn_is_thanked() -> None:
    offered = room().offered(BEN)
    turn = offered.when(BEN, AcceptFloor("t1"))
    done = turn.when(BEN, FinishTurn("t1"))
    assert said(BEN, room(), offered, turn, done) == [
        "! This turn is yours, if you want it.",
        "! It is your turn.",
        "Your turn has ended. Thank you.",
        "Silence, for a moment.",
    ]


def test_the_end_of_a_turn_is_told_softly_and_only_to_the_speaker() -> None:
    scene = sharing()
    times = [scene.wait(scene.now + after) for after in (269, 270, 271, 301, 361)]
    assert said(BEN, scene, *times) == [
        "30 seconds left, finish your thought.",
        "Finish your thought, there is no rush.",
        "End your turn whenever you are ready.",
    ]
    assert said(CIKA, scene, *times) == []
    assert said(ADA, scene, *times) == ["Ben is past the time."]


def test_more_time_is_told_to_the_speaker() -> None:
    late = sharing().wait(sharing().now + LIMIT + 1)
    more = late.when(ADA, ExtendTurn("t1", late.now + 60))
    assert said(BEN, late, more) == ["Ada gave you more time."]
    assert said(CIKA, late, more) == []


def test_another_speaker_a_pause_a_drop() -> None:
    scene = room().raises(CIKA)
    turn = room().speaks(BEN)
    paused = turn.when(ADA, PauseTurn("t1"))
    on = paused.when(ADA, ResumeTurn("t1"))
    dropped = on.drops(BEN)
    back = dropped.returns(BEN)
    assert said(DEWI, scene, turn, paused, on, dropped, back) == [
        "Ben is sharing.",
        "Pause, one breath.",
        "We go on.",
        "Ben is reconnecting.",
        "Ben is back.",
    ]


def test_passing_is_always_fine_and_later_keeps_the_hand() -> None:
    offered = room().offered(BEN)
    assert said(BEN, offered, offered.when(BEN, PassFloor("t1"))) == ["You have passed. That is always fine."]
    assert said(BEN, offered, offered.when(BEN, PassFloor("t1", later=True))) == ["The turn moves on, your hand stays."]


def test_who_comes_and_goes_is_gathered_until_nobody_shares() -> None:
    turn = room().speaks(BEN)
    came = turn.comes_in(FAJAR)
    left = came.when(EKA, Leave())
    quiet = left.when(BEN, FinishTurn("t1"))
    assert said(CIKA, turn, came, left) == []
    assert said(CIKA, turn, came, left, quiet) == ["Silence, for a moment.", "Fajar has come.", "Eka has left."]


def test_those_who_lead_hear_of_the_door() -> None:
    scene = room()
    knocks = scene.joins(FAJAR)
    assert said(ADA, scene, knocks) == ["Fajar is waiting at the door."]
    assert said(BEN, scene, knocks) == []


def test_a_lost_connection_is_told_once() -> None:
    scene = sharing()
    assert said(DEWI, scene, (scene, "off"), (scene, "connecting"), (scene, "off"), scene) == [
        "The connection is lost, your place is kept.",
        "You are connected again.",
    ]


def test_the_queue_closes_and_opens() -> None:
    scene = room()
    closed = scene.when(ADA, CloseQueue())
    assert said(BEN, scene, closed, closed.when(ADA, ReopenQueue())) == [
        "The queue is closed for now.",
        "The queue is open again.",
    ]


def test_a_silent_room_says_nothing() -> None:
    scene = sharing()
    assert said(DEWI, scene, scene.wait(scene.now + 1), scene.raises()) == []


def test_opening_is_told() -> None:
    scene = doors(ADA, BEN)
    assert said(BEN, scene, scene.when(ADA, OpenMeeting())) == ["The circle is open."]


def test_about_the_room_goes_ahead() -> None:
    scene = sharing()
    ahead = scene.when(ADA, RaiseHand(HandKind.PROCESS))
    assert said(CIKA, scene, ahead) == ["You are now #2."]
