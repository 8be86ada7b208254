"""What people do, in words: the verbs of the evenings."""

import re
from collections.abc import Callable
from typing import Any

from protocol import commands as c
from protocol.views import Deed, Role
from rooms.asks import Drop, Join, Return, Unlink
from rooms.state import turn_of
from tests.given import AGREEMENT, SERVER, Scene

Doing = Callable[[Scene, str, re.Match[str]], tuple[str, Any]]


def seconds(time: str) -> float:
    minutes, _, rest = time.partition(":")
    return float(minutes) * 60 + float(rest)


def by_server(ask: Callable[[str, re.Match[str]], Any]) -> Doing:
    return lambda scene, by, words: (SERVER, ask(by, words))


def by_person(command: Callable[[re.Match[str]], Any]) -> Doing:
    return lambda scene, by, words: (by, command(words))


def about_turn(kind: Callable[..., Any], **fields: Any) -> Doing:
    """Aimed at the turn that is named, or that of the person who is named; else at the latest."""

    def deed(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
        named = words.groupdict()
        until = {"until": seconds(named["until"])} if named.get("until") else {}
        whose = own_turn(scene, named["other"].lower()) if named.get("other") else ""
        return by, kind(named.get("turn") or whose or the_turn(scene), **fields, **until)

    return deed


def about_own_turn(kind: Callable[..., Any], **fields: Any) -> Doing:
    """Aimed at the turn that is named, else at their own, else at the latest."""

    def deed(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
        named = words.groupdict()
        until = {"until": seconds(named["until"])} if named.get("until") else {}
        return by, kind(named.get("turn") or own_turn(scene, by) or the_turn(scene), **fields, **until)

    return deed


def own_turn(scene: Scene, seat: str) -> str:
    mine = turn_of(scene.state.kept, seat)
    return mine[0] if mine else ""


def the_turn(scene: Scene) -> str:
    """The latest that is there; when none is, the latest that there was."""
    kept = scene.state.kept
    return kept.floor if kept.floor in kept.turns or not kept.turns else [*kept.turns][-1]


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


def gives(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    return by, c.GiveFloor(own_turn(scene, by) or the_turn(scene), words["other"].lower())


def allows(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    return by, c.AllowQuestion(the_turn(scene), hand_of(scene, words["other"].lower()))


def puts_back(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    last = scene.state.kept.last
    return by, c.UndoEnd(words["turn"] or (last.id if last else "t0"))


def answers_time(fine: bool) -> Doing:
    def deed(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
        open_question = scene.state.kept.asking
        return by, c.AnswerTime(open_question.turn if open_question else the_turn(scene), fine)

    return deed


def equalises(scene: Scene, by: str, words: re.Match[str]) -> tuple[str, Any]:
    return by, c.Equalise(seconds(words["extra"]) if words["extra"] else scene.state.kept.overtime)


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
WHOSE = rf"(?:(?: of {WHO})|(?: (?P<turn>t\d+)))?"
UNTIL = r" until (?P<until>\d+:\d\d)"
LONG = r" of (?P<long>\d+:\d\d)"

DEEDS: list[tuple[str, Doing]] = [
    # the door
    (r"joins(?: as (?P<role>\w+))?(?: by (?P<link>[\w.-]+))?(?: named (?P<name>\w+))?", by_server(joins)),
    (r"drops", by_server(lambda by, w: Drop(by))),
    (r"is back", by_server(lambda by, w: Return(by, by.title()))),
    (r"leaves(?P<erase> and wants to be erased)?", by_person(lambda w: c.Leave(erase=bool(w["erase"])))),
    (r"agrees", by_person(lambda w: c.AcceptAgreement(AGREEMENT.version))),
    (r"agrees anew", by_person(lambda w: c.AcceptAgreement(AGREEMENT.version + 1))),
    (r"answers: (?P<answer>.+)", by_person(lambda w: c.AnswerDoor([w["answer"]]))),
    (rf"admits {WHO}", by_person(lambda w: c.Admit(w["other"].lower()))),
    (rf"declines {WHO}{WHY}", by_person(lambda w: c.Decline(w["other"].lower(), w["reason"] or ""))),
    (rf"writes to {WHO}: (?P<text>.+)", by_person(lambda w: c.TellWaiting(w["text"], w["other"].lower()))),
    (r"writes to the door: (?P<text>.+)", by_person(lambda w: c.TellWaiting(w["text"]))),
    (rf"removes {WHO}{WHY}", by_person(lambda w: c.Remove(w["other"].lower(), w["reason"] or ""))),
    (rf"keeps {WHO}", by_person(lambda w: c.KeepSeat(w["other"].lower()))),
    (rf"undoes the removal of {WHO}", by_person(lambda w: c.UndoRemoval(w["other"].lower()))),
    (r"(?P<how>renews|revokes) (?P<link>[\w.-]+)", by_server(takes_back)),
    # the meeting
    (r"opens the meeting", by_person(lambda w: c.OpenMeeting())),
    (r"closes the meeting", by_person(lambda w: c.CloseMeeting())),
    (r"moves on to (?P<phase>[a-z0-9-]+)", by_person(lambda w: c.SetPhase(w["phase"]))),
    (r"shows everybody: (?P<text>.+)", by_person(lambda w: c.SetPrompt(w["text"]))),
    (r"shows no words of their own any more", by_person(lambda w: c.SetPrompt(""))),
    # hands
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
    (r"orders the queue by (?P<order>[a-z-]+)", by_person(lambda w: c.SetOrder(c.Order(w["order"])))),
    # the floor
    (
        rf"calls on {WHO}(?: after (?P<floor>t\d+))?",
        by_person(lambda w: c.CallOn(w["other"].lower(), w["floor"] or "")),
    ),
    (rf"starts{TURN}", about_own_turn(c.AcceptFloor)),
    (rf"passes{TURN}", about_own_turn(c.PassFloor)),
    (rf"says later{TURN}", about_own_turn(c.PassFloor, later=True)),
    (rf"keeps the offer{UNTIL}", about_own_turn(c.HoldOffer)),
    (rf"is done{TURN}", about_own_turn(c.FinishTurn)),
    (rf"gives the piece to {WHO}", gives),
    (r"takes the floor", by_person(lambda w: c.TakeFloor())),
    (r"says: pass me by", by_person(lambda w: c.PassRound())),
    (r"begins a round", by_person(lambda w: c.BeginRound())),
    (r"leaves the round", by_person(lambda w: c.EndRound())),
    (rf"puts the last speaker back{TURN}", puts_back),
    # time
    (rf"gives time{UNTIL}", about_turn(c.ExtendTurn)),
    (rf"pauses the turn{WHOSE}", about_turn(c.PauseTurn)),
    (rf"resumes the turn{WHOSE}", about_turn(c.ResumeTurn)),
    (rf"ends the turn{WHOSE}", about_turn(c.EndTurn)),
    (r"goes on", about_own_turn(c.ResumeTurn)),
    (rf"holds a silence{TURN}", about_own_turn(c.HoldSilence)),
    (rf"asks for more time{TURN}", about_own_turn(c.AskTime)),
    (r"says it is fine", answers_time(fine=True)),
    (r"says it is enough", answers_time(fine=False)),
    (rf"allows the question of {WHO}", allows),
    (r"gives all others (?:as much|(?P<extra>\d+:\d\d) more)", equalises),
    # the room
    (r"pauses the room", by_person(lambda w: c.PauseRoom())),
    (r"resumes the room", by_person(lambda w: c.ResumeRoom())),
    (r"rings the bell", by_person(lambda w: c.RingBell())),
    (rf"begins a silence{LONG}", by_person(lambda w: c.BeginSilence(seconds(w["long"])))),
    (rf"begins a break{LONG}", by_person(lambda w: c.BeginBreak(seconds(w["long"])))),
    (r"is ready", by_person(lambda w: c.SayReady())),
    (r"signals (?P<signal>[a-z-]+)", by_person(lambda w: c.SendSignal(c.SilentSignal(w["signal"])))),
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
