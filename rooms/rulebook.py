"""The contents page of a meeting: every command with who may ask for it, every event, all that follows by itself.

Read it top to bottom to know what can happen in a room. Nothing registers itself; adding a rule adds a row.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from protocol import commands as c
from protocol.errors import Code
from protocol.views import Deed
from rooms import asks
from rooms import events as e
from rooms.rules import (
    acts,
    agreed,
    announcing,
    calls,
    consent,
    door,
    drops,
    equal,
    giving,
    hands,
    hold,
    invites,
    laid_down,
    leaving,
    meeting,
    offering,
    offers,
    open_floor,
    order,
    phases,
    questions,
    quiet,
    reform,
    removal,
    rounds,
    seats,
    signals,
    turns,
    undo,
)
from rooms.standing import AT_THE_DOOR, EVERYONE, LEADS, SEATED, SERVER, Facts, Standing, Who
from rooms.state import RoomState

May = Callable[[Facts, Standing], Code | None]


class Row(NamedTuple):
    """`may` is what the decision begins with; it also lights the buttons (`you.may`). `deed` is what the room is told
    of it, where it is about somebody else (see rules/acts.py)."""

    who: frozenset[Who]
    may: May
    decide: Callable[[RoomState, str, Any, float], Sequence[e.Event]]
    deed: Deed | None = None


def always(facts: Facts, me: Standing) -> Code | None:
    return None


COMMANDS: dict[type, Row] = {
    # the door
    c.AcceptAgreement: Row(EVERYONE, door.may_accept, door.accept),
    c.AnswerDoor: Row(AT_THE_DOOR, door.may_answer, door.answer),
    c.Admit: Row(LEADS, door.may_admit, door.admit, Deed.ADMITTED),
    c.Decline: Row(LEADS, always, door.decline, Deed.DECLINED),
    c.TellWaiting: Row(LEADS, always, door.tell),
    c.LockDoor: Row(LEADS, door.may_lock, door.lock, Deed.DOOR_LOCKED),
    c.UnlockDoor: Row(LEADS, door.may_unlock, door.unlock, Deed.DOOR_UNLOCKED),
    # the meeting
    c.OpenMeeting: Row(LEADS, meeting.may_open, meeting.open),
    c.CloseMeeting: Row(LEADS, always, meeting.close),
    c.Leave: Row(EVERYONE, always, leaving.leave),
    c.Remove: Row(LEADS, always, removal.remove, Deed.REMOVED),
    c.KeepSeat: Row(LEADS, removal.may_keep, removal.keep_seat),
    c.UndoRemoval: Row(LEADS, removal.may_undo, removal.undo, Deed.RESTORED),
    # its phases
    c.SetPhase: Row(SEATED, phases.may_set, phases.set_phase, Deed.PHASE_SET),
    c.SetPrompt: Row(LEADS, always, phases.set_prompt, Deed.PROMPT_SET),
    # hands
    c.RaiseHand: Row(SEATED, hands.may_raise, hands.raise_hand),
    c.LowerHand: Row(SEATED, hands.may_lower, hands.lower_hand, Deed.HAND_LOWERED),
    c.DeferHand: Row(SEATED, hands.may_defer, hands.defer_hand),
    c.AddHand: Row(LEADS, hands.may_add, hands.add_hand, Deed.HAND_ADDED),
    c.MoveHand: Row(LEADS, hands.may_order, hands.move_hand, Deed.HAND_MOVED),
    c.LowerAll: Row(LEADS, hands.may_order, hands.lower_all, Deed.ALL_LOWERED),
    c.SetOrder: Row(LEADS, order.may_set, order.set_order, Deed.ORDER_SET),
    c.CloseQueue: Row(LEADS, hands.may_close, hands.close_queue, Deed.QUEUE_CLOSED),
    c.ReopenQueue: Row(LEADS, hands.may_reopen, hands.reopen_queue, Deed.QUEUE_REOPENED),
    # the floor
    c.CallOn: Row(LEADS, calls.may_call, calls.call_on, Deed.CALLED),
    c.AcceptFloor: Row(SEATED, offers.may_accept, offers.accept_floor),
    c.PassFloor: Row(SEATED, offers.may_answer, offers.pass_floor),
    c.HoldOffer: Row(SEATED, offers.may_accept, offers.hold_offer),
    c.FinishTurn: Row(SEATED, turns.may_finish, turns.finish),
    c.ExtendTurn: Row(LEADS, turns.may_extend, turns.extend, Deed.TURN_EXTENDED),
    c.PauseTurn: Row(LEADS, turns.may_pause, turns.pause, Deed.TURN_PAUSED),
    c.ResumeTurn: Row(SEATED, turns.may_resume, turns.resume, Deed.TURN_RESUMED),
    c.EndTurn: Row(LEADS, turns.may_touch, turns.end, Deed.TURN_ENDED),
    # time and silence in a turn
    c.HoldSilence: Row(SEATED, quiet.may_hush, quiet.hush),
    c.AskTime: Row(SEATED, consent.may_ask, consent.ask),
    c.AnswerTime: Row(SEATED, consent.may_answer, consent.answer),
    c.AllowQuestion: Row(SEATED, questions.may_allow, questions.allow, Deed.QUESTION_ALLOWED),
    c.UndoEnd: Row(SEATED, undo.may_undo, undo.undo, Deed.END_UNDONE),
    c.Equalise: Row(LEADS, equal.may_equalise, equal.equalise, Deed.EQUALISED),
    c.SendSignal: Row(SEATED, signals.may_send, signals.send),
    # the piece, rounds, an open floor
    c.GiveFloor: Row(SEATED, giving.may_give, giving.give),
    c.TakeFloor: Row(SEATED, open_floor.may_take, open_floor.take),
    c.BeginRound: Row(LEADS, rounds.may_begin, rounds.begin, Deed.ROUND_BEGUN),
    c.EndRound: Row(LEADS, rounds.may_end, rounds.end, Deed.ROUND_ENDED),
    c.PassRound: Row(SEATED, rounds.may_pass, rounds.pass_by),
    # the room stands still
    c.PauseRoom: Row(LEADS, hold.may_pause, hold.pause, Deed.ROOM_PAUSED),
    c.ResumeRoom: Row(LEADS, hold.may_resume, hold.resume, Deed.ROOM_RESUMED),
    c.RingBell: Row(SEATED, quiet.may_ring, quiet.ring),
    c.BeginSilence: Row(LEADS, quiet.may_begin, quiet.begin_silence, Deed.SILENCE_BEGUN),
    c.BeginBreak: Row(LEADS, quiet.may_begin, quiet.begin_break, Deed.BREAK_BEGUN),
    c.SayReady: Row(SEATED, quiet.may_say_ready, quiet.say_ready),
    c.NameSuccessor: Row(LEADS, always, hold.name, Deed.SUCCESSOR_NAMED),
    c.UnnameSuccessor: Row(SEATED, hold.may_unname, hold.unname, Deed.SUCCESSOR_UNNAMED),
    c.StepDown: Row(LEADS, hold.may_step_down, hold.step_down, Deed.STEPPED_DOWN),
    # only the server
    asks.Join: Row(SERVER, always, seats.join),
    asks.Return: Row(SERVER, always, seats.come_back),
    asks.Drop: Row(SERVER, always, seats.drop),
    asks.Hear: Row(SERVER, always, seats.hear),
    asks.Unlink: Row(SERVER, always, invites.unlink),
    asks.Reform: Row(SERVER, always, reform.reform),
    asks.Announce: Row(SERVER, always, announcing.announce),
    asks.TakeDown: Row(SERVER, always, announcing.take_down),
    asks.Restart: Row(SERVER, always, seats.restart),
    asks.Close: Row(SERVER, always, meeting.close),
}

# What each event means, in order of appearance
EVENTS: dict[type, Callable[[Any, Any, float], Any]] = {
    e.SeatTaken: seats.taken,
    e.SeatAdmitted: door.admitted,
    e.AgreementAccepted: door.accepted,
    e.AgreementChanged: agreed.was_changed,
    e.AgreementAsked: agreed.asked,
    e.SeatEnded: seats.ended,
    e.SeatHandedOver: invites.handed_over,
    e.RemovalProposed: removal.proposed,
    e.ProposalEnded: removal.proposal_ended,
    e.SeatRestored: removal.restored,
    e.Rebuilt: leaving.rebuilt,
    e.ReturnAwaited: seats.awaited,
    e.MeetingOpened: meeting.opened,
    e.MeetingClosed: meeting.closed,
    e.PhaseBegan: phases.phase_began,
    e.HandRaised: hands.raised,
    e.HandLowered: hands.lowered,
    e.HandLaidDown: laid_down.laid,
    e.HandTakenUp: laid_down.taken_up,
    e.HandMoved: hands.moved,
    e.OrderSet: order.order_set,
    e.QueueOrdered: order.queue_ordered,
    e.QueueClosed: hands.queue_closed,
    e.QueueReopened: hands.queue_reopened,
    e.FloorOffered: offers.offered,
    e.OfferHeld: offers.held,
    e.OfferPassed: offers.passed,
    e.OfferPutOff: offers.back_in_queue,
    e.FloorAccepted: offers.accepted,
    e.FloorGiven: giving.given,
    e.FloorTaken: open_floor.taken,
    e.RoundBegan: rounds.began,
    e.RoundJoined: rounds.joined,
    e.RoundPassed: rounds.passed,
    e.RoundCalled: rounds.called,
    e.RoundSwept: rounds.swept,
    e.RoundEnded: rounds.ended,
    e.GraceBegan: turns.grace_began,
    e.GraceEnded: turns.grace_ended,
    e.TurnExtended: turns.extended,
    e.TurnPaused: turns.paused,
    e.TurnSuspended: drops.suspended,
    e.SpeakerReturned: drops.returned,
    e.TurnResumed: turns.resumed,
    e.TurnEnded: turns.ended,
    e.TurnHushed: quiet.hushed,
    e.TurnInterposed: questions.interposed,
    e.TurnRestored: undo.restored,
    e.TimeAsked: consent.asked,
    e.TimeAnswered: consent.time_answered,
    e.Equalised: equal.equalised,
    e.DoorLocked: door.locked,
    e.DoorUnlocked: door.unlocked,
    e.RoomHeld: hold.held,
    e.HoldEnded: hold.ended,
    e.BellRung: quiet.rung,
    e.SuccessorNamed: hold.named,
    e.SuccessorUnnamed: hold.unnamed,
    e.LeadTaken: hold.taken,
    e.LeadReturned: hold.returned,
    # memory only
    e.Named: seats.named,
    e.Arrived: seats.arrived,
    e.Dropped: seats.dropped,
    e.SetAside: seats.aside,
    e.HearersChanged: seats.hearers_changed,
    e.SeatForgotten: seats.forgotten,
    e.AllForgotten: meeting.all_forgotten,
    e.Prompted: phases.prompted,
    e.Noted: hands.noted,
    e.NoteForgotten: hands.note_forgotten,
    e.Answered: door.answered,
    e.AnswersForgotten: door.answers_forgotten,
    e.Told: door.told,
    e.ReasonGiven: removal.reason_given,
    e.ReasonForgotten: removal.reason_forgotten,
    e.NameKept: seats.name_kept,
    e.NamesForgotten: removal.names_forgotten,
    e.Recalled: removal.recalled,
    e.Acted: acts.done,
    e.ActsForgotten: acts.forgotten,
    e.Announced: announcing.announced,
    e.AnnouncementEnded: announcing.ended,
    e.SeatErased: leaving.erased,
    e.Voted: consent.voted,
    e.VotesForgotten: consent.votes_forgotten,
    e.Signalled: signals.signalled,
    e.SignalsForgotten: signals.forgotten,
    e.SaidReady: quiet.said_ready,
    e.ReadyForgotten: quiet.ready_forgotten,
}


class Follows(NamedTuple):
    """Something that happens by itself, and the moment when it next could if nothing else happens."""

    rule: Callable[[RoomState, float], Sequence[e.Event]]
    alarm: Callable[[RoomState], float | None]


def at_once(state: RoomState) -> None:
    """Follows from what is there, never from the passing of time."""


AUTOMATIC: tuple[Follows, ...] = (
    Follows(seats.set_aside, seats.set_aside_at),
    Follows(door.nobody_to_confirm, at_once),
    Follows(removal.lapse, removal.lapse_at),
    Follows(removal.forget_names, removal.forget_names_at),
    Follows(acts.forget, acts.forget_at),
    Follows(announcing.lapse, announcing.lapse_at),
    Follows(phases.gone, at_once),
    Follows(order.outdated, at_once),
    Follows(quiet.over, quiet.over_at),
    Follows(quiet.ready_over, at_once),
    Follows(agreed.changed, at_once),
    Follows(agreed.asks_again, agreed.asks_again_at),
    Follows(hold.somebody_leads_again, at_once),
    Follows(hold.nobody_leads, hold.nobody_leads_at),
    Follows(offers.absent, at_once),
    Follows(offers.lapse, offers.lapse_at),
    Follows(questions.over, at_once),
    Follows(drops.speaker_absent, at_once),
    Follows(drops.speaker_back, at_once),
    Follows(drops.held_long_enough, drops.held_until),
    Follows(consent.answered, consent.answered_at),
    Follows(turns.limit_reached, turns.limit_at),
    Follows(turns.grace_over, turns.grace_over_at),
    Follows(signals.forget, signals.forget_at),
    Follows(quiet.phase_quiet, at_once),
    Follows(phases.move_on, phases.move_on_at),
    Follows(rounds.starts, at_once),
    Follows(rounds.newcomers, at_once),
    Follows(laid_down.comes_back, at_once),
    Follows(giving.nobody_receives, giving.nobody_receives_at),
    Follows(offering.offer_next, offering.offer_next_at),
    Follows(rounds.nobody_waits, rounds.nobody_waits_at),
)
