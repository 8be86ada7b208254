"""A room in numbers, as hosts see it: what each number says. Clock by hand, real meetings."""

from protocol.commands import (
    AcceptAgreement,
    AcceptFloor,
    Admit,
    BeginRound,
    Leave,
    NameSuccessor,
    PauseRoom,
    ResumeRoom,
    RingBell,
    TakeFloor,
)
from protocol.formats import Movement, Phase
from protocol.views import MeetingState
from server import numbers
from server.numbers import RoomNumbers, RoundNumbers, clockless
from tests.given import ADA, AGUS, BEN, CIKA, DEWI, EKA, PHASE, Scene, doors, empty, given, plan, room


def of(scene: Scene) -> RoomNumbers:
    return numbers.of("room", scene.state, scene.now)


def test_a_room_that_nobody_has_entered() -> None:
    assert of(empty()) == RoomNumbers(
        id="room",
        title="Tuesdays",
        format="plain",
        own_title="",
        state=MeetingState.DOORS,
        phase="",
        phase_title="",
        phase_number=0,
        phases=1,
        present=0,
        reconnecting=0,
        facilitators=0,
        leads=[],
        waiting=0,
        hands=0,
        longest_wait=0.0,
        longest_at_door=0.0,
        floor="free",
        left=0.0,
        budget=0.0,
        speaker_at=-1,
        away=[],
        circle=0,
        voices=0,
        round=None,
        hold="",
        hold_for=0.0,
        alone_for=0.0,
        over_for=0.0,
        suspended_for=0.0,
        unagreed=0,
        unagreed_for=0.0,
        announced="",
    )


def test_who_leads_has_a_name_and_nobody_else() -> None:
    scene = given(ADA, BEN, CIKA).comes_in(AGUS)
    assert of(scene).leads == ["Ada", "Agus"]
    assert of(scene.drops(AGUS)).leads == ["Ada"]
    took_over = scene.when(ADA, NameSuccessor(BEN)).when(ADA, Leave()).when(AGUS, Leave()).wait(scene.now + PHASE.unled)
    assert took_over.state.kept.seats[BEN].acting
    assert (of(took_over).facilitators, of(took_over).leads) == (1, [])


def test_the_floor_and_its_clock() -> None:
    scene = given(ADA, BEN, CIKA).offered(BEN).raises(CIKA)
    start = scene.now
    offered = of(scene)
    assert (offered.floor, offered.hands, offered.speaker_at, offered.voices) == ("offered", 1, 1, 0)
    scene = scene.when(BEN, AcceptFloor(scene.turn_id)).wait(start + 10)
    told = of(scene)
    assert (told.floor, told.left, told.budget, told.speaker_at, told.voices) == ("speaking", 290.0, 300.0, 1, 1)
    assert (told.hands, told.longest_wait) == (1, 10.0)
    away = of(scene.drops(BEN, start + 20).wait(start + 31))
    assert (away.floor, away.left, away.suspended_for, away.voices) == ("suspended", 280.0, 11.0, 0)
    assert (away.present, away.reconnecting, away.circle, away.away, away.speaker_at) == (2, 1, 3, [1], 1)
    grace = of(scene.wait(start + 350))
    assert (grace.floor, grace.left, grace.over_for) == ("grace", 0.0, 0.0)
    over = of(scene.wait(start + 420))
    assert (over.floor, over.over_for) == ("over", 60.0)


def test_why_it_stands_still_and_for_how_long() -> None:
    scene = given(ADA, BEN).speaks(BEN)
    start = scene.now
    bell = of(scene.when(BEN, RingBell(), start + 10).wait(start + 14))
    assert (bell.hold, bell.hold_for, bell.floor, bell.left) == ("bell", 4.0, "paused", 290.0)
    assert of(scene.when(ADA, PauseRoom()).when(ADA, ResumeRoom())).hold == ""


def test_how_long_nobody_has_led() -> None:
    waits = empty().joins(BEN).wait(30)
    assert (of(waits).alone_for, of(waits).longest_at_door, of(waits).waiting) == (30.0, 30.0, 1)
    led = waits.comes_in(ADA)
    assert of(led).alone_for == 0.0
    assert of(led.drops(ADA, 40).wait(45)).alone_for == 5.0
    assert of(led.when(ADA, Leave(), 50).wait(57)).alone_for == 7.0
    assert of(led.when(ADA, Leave(), 50).drops(BEN, 60).wait(70)).alone_for == 0.0  # nobody is there
    assert of(given(ADA).drops(ADA, 10).wait(100).joins(DEWI).wait(104)).alone_for == 4.0


def test_a_round_and_the_phase() -> None:
    phases = (
        Phase(name="gathering"),
        Phase(name="one-each", title="Satu per satu", floor=Movement.ROUND, automatic_offers=True),
    )
    scene = doors(ADA, BEN, of=room(*phases))
    assert (of(scene).phase, of(scene).phase_number, of(scene).phases, of(scene).round) == ("", 0, 2, None)
    scene = given(ADA, BEN, CIKA).when(ADA, BeginRound())
    assert of(scene).round == RoundNumbers(0, 3, 1)


def test_without_its_clocks_a_room_stays_the_same_until_something_happens() -> None:
    scene = given(ADA, BEN).joins(EKA).speaks(BEN)
    one, later = of(scene.wait(scene.now + 10)), of(scene.wait(scene.now + 100))
    assert one != later
    assert clockless(one) == clockless(later)
    assert clockless(of(scene.wait(scene.now + 301))) != clockless(later)
    assert clockless(of(scene.when(EKA, AcceptAgreement(1)).when(ADA, Admit(EKA)))) != clockless(one)


def test_an_open_floor_tells_how_many_are_heard() -> None:
    scene = given(ADA, BEN, CIKA, of=plan(floor=Movement.OPEN, voices=2))
    assert of(scene.when(CIKA, TakeFloor()).when(BEN, TakeFloor())).voices == 2
