"""Back to what is stored when a write failed: nothing that only memory knows is lost."""

from msgspec.structs import replace

from protocol.commands import (
    AnswerDoor,
    AnswerTime,
    AskTime,
    BeginBreak,
    CloseQueue,
    FinishTurn,
    RaiseHand,
    Remove,
    ResumeRoom,
    SayReady,
    SendSignal,
    SetPhase,
    SetPrompt,
    SilentSignal,
    TellWaiting,
)
from rooms.asks import Hear
from rooms.fallback import fall_back
from rooms.state import Presence
from tests.given import ADA, BEN, CIKA, DEWI, EKA, HANA, PHASE, PLAN, SERVER, given, plan, room


def test_the_durable_part_is_the_stored_one_and_the_words_are_todays() -> None:
    stored = given(ADA, BEN).when(BEN, RaiseHand(note="short")).joins(CIKA)
    current = stored.when(CIKA, AnswerDoor(["peace"])).raises(ADA).joins(DEWI).state
    back = fall_back(stored.state, current, {ADA, BEN, CIKA}, 50)
    assert back.kept == stored.state.kept
    assert back.live.notes == {"h1": "short"}
    assert back.live.answers == {CIKA: ("peace",)}
    assert set(back.live.names) == set(back.live.presence) == {ADA, BEN, CIKA}


def test_a_note_that_waits_with_an_offer_is_kept() -> None:
    stored = given(ADA, BEN).wait(9).when(BEN, RaiseHand(note="short"))
    assert fall_back(stored.state, stored.state, {ADA, BEN}, 50).live.notes == {"h1": "short"}


def test_who_is_here_is_what_the_connections_say() -> None:
    stored = given(ADA, BEN).drops(CIKA)
    away = stored.drops(BEN, at=7)
    assert fall_back(stored.state, away.state, {ADA}, 50).live.presence[BEN] == Presence(False, 7)
    assert fall_back(stored.state, away.state, {ADA, BEN}, 50).live.presence[BEN] == Presence(True, 50)
    assert fall_back(stored.state, stored.state, {ADA}, 50).live.presence[BEN] == Presence(False, 50)


def test_whom_sound_reaches_is_what_media_said_last_and_the_connections_say() -> None:
    stored = given(ADA, BEN, CIKA)
    heard = stored.when(SERVER, Hear(frozenset([ADA, BEN])))
    assert fall_back(stored.state, heard.state, {ADA, CIKA}, 50).live.hearers == {ADA}


def test_what_was_said_at_the_door_and_about_removals_is_todays_and_what_was_done_is_what_is_stored() -> None:
    careful = replace(PLAN, two_to_remove=True)
    stored = given(ADA, HANA, BEN, CIKA, of=careful).when(ADA, Remove(BEN, "noise")).joins(DEWI).joins(EKA)
    stored = stored.when(ADA, Remove(EKA, "")).when(HANA, Remove(EKA, ""))
    current = stored.when(ADA, TellWaiting("soon", DEWI)).when(ADA, CloseQueue()).when(ADA, Remove(CIKA, "planted"))
    back = fall_back(stored.state, current.state, set(), 50)
    assert back.live.messages == {DEWI: "soon"}
    assert back.live.reasons == {BEN: "noise"}
    assert set(back.live.gone) == {EKA}
    assert back.live.acts is stored.state.live.acts
    assert back.live.act_count == current.state.live.act_count


def test_what_was_answered_and_shown_is_todays_while_it_is_about_the_same() -> None:
    of = plan(consent=60)
    stored = given(ADA, BEN, CIKA, DEWI, of=of).speaks(BEN).when(ADA, SetPrompt("one")).when(BEN, AskTime("t1"), at=290)
    current = stored.when(CIKA, AnswerTime("t1", fine=False)).when(DEWI, SendSignal(SilentSignal.LOUDER))
    live = fall_back(stored.state, current.when(ADA, SetPrompt("two")).state, {ADA, BEN, CIKA, DEWI}, 291).live
    assert (live.answers_time, live.prompt) == ({CIKA: False}, "two")
    assert live.signals.keys() == {DEWI}
    over = stored.when(BEN, FinishTurn("t1"))
    assert fall_back(current.state, over.state, {ADA, BEN, CIKA, DEWI}, 292).live.answers_time == {CIKA: False}


def test_who_is_back_from_a_break_is_so_while_it_is_the_same_break() -> None:
    stored = given(ADA, BEN, CIKA).when(ADA, BeginBreak(60)).when(BEN, SayReady())
    current = stored.when(CIKA, SayReady())
    assert fall_back(stored.state, current.state, {ADA}, 50).live.ready == {BEN, CIKA}
    assert fall_back(stored.state, current.when(ADA, ResumeRoom()).state, {ADA}, 50).live.ready == {BEN}


def test_a_prompt_belongs_to_its_phase() -> None:
    of = room(replace(PHASE, name="one"), replace(PHASE, name="two"))
    stored = given(ADA, BEN, of=of).when(ADA, SetPrompt("first"))
    current = stored.when(ADA, SetPhase("two"), at=9).when(ADA, SetPrompt("second"))
    assert fall_back(stored.state, current.state, {ADA}, 50).live.prompt == "first"
