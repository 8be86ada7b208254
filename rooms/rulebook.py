"""The contents page of a meeting: every command with who may ask for it, every event, all that follows by itself.

Read it top to bottom to know what can happen in a room. Nothing registers itself; adding a rule adds a row.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from protocol import commands as c
from protocol.errors import Code
from rooms import asks
from rooms import events as e
from rooms.rules import door, hands, hold, meeting, offers, seats, turns
from rooms.standing import AT_THE_DOOR, EVERYONE, LEADS, SEATED, SERVER, Facts, Standing, Who
from rooms.state import RoomState

May = Callable[[Facts, Standing], Code | None]


class Row(NamedTuple):
    """`may` is what the decision begins with; it also lights the buttons (`you.may`)."""

    who: frozenset[Who]
    may: May
    decide: Callable[[RoomState, str, Any, float], Sequence[e.Event]]


def always(facts: Facts, me: Standing) -> Code | None:
    return None


COMMANDS: dict[type, Row] = {
    # the door
    c.AcceptAgreement: Row(EVERYONE, door.may_accept, door.accept),
    c.AnswerDoor: Row(AT_THE_DOOR, door.may_answer, door.answer),
    c.Admit: Row(LEADS, door.may_admit, door.admit),
    c.Decline: Row(LEADS, always, door.decline),
    # the meeting
    c.OpenMeeting: Row(LEADS, meeting.may_open, meeting.open),
    c.CloseMeeting: Row(LEADS, always, meeting.close),
    c.Leave: Row(EVERYONE, always, seats.leave),
    c.Remove: Row(LEADS, always, seats.remove),
    # hands
    c.RaiseHand: Row(SEATED, hands.may_raise, hands.raise_hand),
    c.LowerHand: Row(SEATED, hands.may_lower, hands.lower_hand),
    c.DeferHand: Row(SEATED, hands.may_defer, hands.defer_hand),
    c.AddHand: Row(LEADS, hands.may_add, hands.add_hand),
    c.MoveHand: Row(LEADS, hands.may_order, hands.move_hand),
    c.LowerAll: Row(LEADS, hands.may_order, hands.lower_all),
    c.CloseQueue: Row(LEADS, hands.may_close, hands.close_queue),
    c.ReopenQueue: Row(LEADS, hands.may_reopen, hands.reopen_queue),
    # the floor
    c.CallOn: Row(LEADS, offers.may_call, offers.call_on),
    c.AcceptFloor: Row(SEATED, offers.may_accept, offers.accept_floor),
    c.PassFloor: Row(SEATED, offers.may_answer, offers.pass_floor),
    c.HoldOffer: Row(SEATED, offers.may_accept, offers.hold_offer),
    c.FinishTurn: Row(SEATED, turns.may_finish, turns.finish),
    c.ExtendTurn: Row(LEADS, turns.may_extend, turns.extend),
    c.PauseTurn: Row(LEADS, turns.may_pause, turns.pause),
    c.ResumeTurn: Row(SEATED, turns.may_resume, turns.resume),
    c.EndTurn: Row(LEADS, turns.may_touch, turns.end),
    # the room stands still
    c.PauseRoom: Row(LEADS, hold.may_pause, hold.pause),
    c.ResumeRoom: Row(LEADS, hold.may_resume, hold.resume),
    c.NameSuccessor: Row(LEADS, always, hold.name),
    c.UnnameSuccessor: Row(SEATED, hold.may_unname, hold.unname),
    c.StepDown: Row(LEADS, hold.may_step_down, hold.step_down),
    # only the server
    asks.Join: Row(SERVER, always, seats.join),
    asks.Return: Row(SERVER, always, seats.come_back),
    asks.Drop: Row(SERVER, always, seats.drop),
    asks.Hear: Row(SERVER, always, seats.hear),
    asks.Restart: Row(SERVER, always, seats.restart),
    asks.Close: Row(SERVER, always, meeting.close),
}

# What each event means, in order of appearance
EVENTS: dict[type, Callable[[Any, Any, float], Any]] = {
    e.SeatTaken: seats.taken,
    e.SeatAdmitted: door.admitted,
    e.AgreementAccepted: door.accepted,
    e.SeatEnded: seats.ended,
    e.ReturnAwaited: seats.awaited,
    e.MeetingOpened: meeting.opened,
    e.MeetingClosed: meeting.closed,
    e.HandRaised: hands.raised,
    e.HandLowered: hands.lowered,
    e.HandMoved: hands.moved,
    e.QueueClosed: hands.queue_closed,
    e.QueueReopened: hands.queue_reopened,
    e.FloorOffered: offers.offered,
    e.OfferHeld: offers.held,
    e.OfferPassed: offers.passed,
    e.OfferPutOff: offers.back_in_queue,
    e.FloorAccepted: offers.accepted,
    e.GraceBegan: turns.grace_began,
    e.GraceEnded: turns.grace_ended,
    e.TurnExtended: turns.extended,
    e.TurnPaused: turns.paused,
    e.TurnSuspended: turns.suspended,
    e.SpeakerReturned: turns.returned,
    e.TurnResumed: turns.resumed,
    e.TurnEnded: turns.ended,
    e.RoomHeld: hold.held,
    e.HoldEnded: hold.ended,
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
    e.Noted: hands.noted,
    e.NoteForgotten: hands.note_forgotten,
    e.Answered: door.answered,
    e.AnswersForgotten: door.answers_forgotten,
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
    Follows(hold.somebody_leads_again, at_once),
    Follows(hold.nobody_leads, hold.nobody_leads_at),
    Follows(offers.absent, at_once),
    Follows(offers.lapse, offers.lapse_at),
    Follows(turns.speaker_absent, at_once),
    Follows(turns.speaker_back, at_once),
    Follows(turns.held_long_enough, turns.held_until),
    Follows(turns.limit_reached, turns.limit_at),
    Follows(turns.grace_over, turns.grace_over_at),
    Follows(offers.offer_next, offers.offer_next_at),
)
