"""A meeting described as data: a format is a list of phases, and a phase says how the floor moves for a while.

The same shape in a host's TOML file, over the API and on the wire. All lengths are in seconds. What does not fit
together is found by `rooms/format.py`.
"""

from typing import Annotated

from msgspec import Meta

from protocol.commands import HandKind, Order
from protocol.message import Part, Term


class Movement(Term):
    """How the floor moves in a phase."""

    QUEUE = "queue", "hands are raised, and offered the floor in the order of the queue"
    ROUND = (
        "round",
        "everybody is offered the floor once, in circle order; whoever passed is asked once more at the end",
    )
    OPEN = "open", "up to `voices` people at once, without a queue while there is room"
    SILENCE = "silence", "silence together for `box` seconds, a bell at both ends"
    BREAK = "break", "a break of `box` seconds; everybody says when they are back"


class Ending(Term):
    """What happens when a turn's time is over."""

    SOFT = "soft", "grace, then those who lead decide"
    HARD = "hard", "the turn ends at the announced moment; only where the group chose it"


class Responses(Term):
    """What may come back to whoever shares."""

    NONE = "none", "nothing: what was shared stands for itself (no hands to respond or to ask)"
    AFTER = "after", "responses and questions are turns of their own, afterwards"
    INSIDE = "inside", "and a question may be allowed into a turn, whose clock stands still meanwhile"


class Text(Term):
    """What may be written."""

    NONE = "none", "nothing: everything is said; only a hand about the room may carry a note"
    NOTES = "notes", "a short note with a hand, which those who lead read"


class Mover(Term):
    """Who moves on from a phase. Those who lead always may."""

    LEAD = "lead", "those who lead"
    ANYONE = "anyone", "everybody in the room, to the next phase"
    ITSELF = "itself", "by itself when the round, the silence or the break is over"


class Clock(Term):
    """How the time of a turn is told to everybody; those who lead always see minutes and seconds."""

    SOFT = "soft", "in words"
    EXACT = "exact", "in minutes and seconds"


class Silence(Term):
    """What it counts for when somebody does not answer whether a turn may go on."""

    YES = "yes", "as fine"
    NO = "no", "as enough"


Length = Annotated[float, Meta(ge=0, le=6 * 3600)]


class Phase(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the floor moves for a while."""

    name: Annotated[
        str,
        Meta(
            pattern="^[a-z][a-z0-9-]{0,39}$",
            description="Tells it from the format's other phases. For common names the page has words of its own.",
        ),
    ] = "sharing"
    title: Annotated[str, Meta(max_length=60, description="What people read instead of the page's own words.")] = ""
    prompt: Annotated[str, Meta(max_length=300, description="Shown to everybody while the phase lasts.")] = ""
    floor: Movement = Movement.QUEUE
    order: Order = Order.FIRST_COME
    kinds: Annotated[tuple[HandKind, ...], Meta(description="What hands may be for; `process` always works.")] = (
        HandKind.SHARE,
    )
    responses: Responses = Responses.AFTER
    text: Text = Text.NOTES
    turn: Annotated[float, Meta(ge=10, le=6 * 3600, description="How long a turn is.")] = 180
    equal: Annotated[
        bool, Meta(description="In a round: `box` is divided among all who are there at its start, up to `turn` each.")
    ] = False
    warning: Annotated[Length, Meta(description="Before the end of a turn.")] = 30
    grace: Annotated[Length, Meta(description="After it, to finish a thought.")] = 30
    ending: Ending = Ending.SOFT
    clock: Clock = Clock.SOFT
    pause: Annotated[Length, Meta(description="The quiet after each turn.")] = 2
    offer: Annotated[float, Meta(ge=20, le=600, description="How long an offer waits for an answer.")] = 40
    rest: Annotated[Length, Meta(description="How long a hand rests after *come back to me*.")] = 30
    window: Annotated[Length, Meta(description="How long the floor of a dropped speaker is held.")] = 120
    unled: Annotated[Length, Meta(description="How long nobody may lead before the room stands still.")] = 30
    automatic_offers: Annotated[bool, Meta(description="The floor is offered by itself when it is free.")] = True
    give: Annotated[bool, Meta(description="The speaker may pass the talking piece to a named person.")] = False
    voices: Annotated[int, Meta(ge=1, le=8, description="How many may speak at once; only in an open floor.")] = 1
    second_sweep: Annotated[bool, Meta(description="In a round: whoever passed is asked once more at the end.")] = True
    question: Annotated[Length, Meta(description="How long a question inside a turn may be.")] = 60
    consent: Annotated[
        Length, Meta(description="How much more time the group can give at a time; 0: it is not asked.")
    ] = 0
    consent_for: Annotated[float, Meta(ge=10, le=120, description="How long the group is asked.")] = 20
    consent_silence: Annotated[Silence, Meta(description="What it counts for not to answer.")] = Silence.YES
    hush: Annotated[
        Length, Meta(description="How long a speaker may hold a silence in one turn, the clock standing.")
    ] = 120
    bell: Annotated[bool, Meta(description="Anybody may ring the pause bell.")] = True
    breath: Annotated[float, Meta(ge=3, le=120, description="How long everything pauses when the bell rings.")] = 12
    box: Annotated[
        Length, Meta(description="How long the phase is planned to be (0: open). Only a silence really ends then.")
    ] = 0
    moves_on: Mover = Mover.LEAD


class Format(Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A meeting described as phases, one after the other."""

    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
    title: Annotated[str, Meta(max_length=60, description="What people read instead of the page's own words.")] = ""
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1, max_length=20)]
