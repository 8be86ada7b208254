"""Every code that a refusal, or a goodbye, can carry. The words people read live in `static/lang/`."""

from protocol.message import Term


class Code(Term):
    """Why a command was refused (`{"ok": false, "code": ...}`) or a connection could not be made."""

    # not about the meeting
    MALFORMED = "malformed", "not a message of the protocol"
    INTERNAL = "internal", "a bug of ours"
    NOT_NOW = "not-now", "it could not be made durable; nothing changed; try again"
    TOO_FAST = "too-fast", "more commands than the connection's budget"
    RELOAD = "reload", "the page speaks another version of the wire"
    NO_ENTRY = (
        "no-entry",
        "link wrong, expired or revoked, door locked, room closed or full, seat removed: one answer for all",
    )
    EARLY = "early", "the link is right, but the doors of a planned room are shut; `dates` says when they open"
    NAME_INVALID = "name-invalid", "1-40 visible characters, no controls that hide or turn text"
    LOST = "lost", "an update could not take this meeting along: the link leads to a new one"

    # who may ask
    FORBIDDEN = "forbidden", "not with this role"
    NOT_ADMITTED = "not-admitted", "still at the door"
    NOT_AGREED = "not-agreed", "the agreement comes before anything else"

    # the moment
    STALE = "stale", "aimed at a turn, hand or version that is no longer there"
    NOT_OPEN = "not-open", "the meeting has not been opened yet"
    HELD = "held", "the room stands still"
    NOT_HELD = "not-held", "nothing stands still that could go on"
    ALREADY_OPEN = "already-open", "the meeting has been opened already"
    NOT_YOURS = "not-yours", "that turn or hand belongs to somebody else"
    NO_SEAT = "no-seat", "nobody holds that seat"
    NOT_HERE = "not-here", "that person is not connected just now"
    WAITING = "waiting", "that person has not come in yet"
    NOT_WAITING = "not-waiting", "that person is already in"
    NAME_TAKEN = "name-taken", "looks like a facilitator's name"
    LOCKED = "locked", "the door is locked already"
    NOT_LOCKED = "not-locked", "the door is not locked"
    FULL = "full", "every seat of the room is taken"
    NOT_REMOVED = "not-removed", "nobody of that seat was removed"
    NOT_PROPOSED = "not-proposed", "nobody proposes to remove that person"

    # hands
    HAND_UP = "hand-up", "there is a hand of yours already"
    NO_HAND = "no-hand", "there is no such hand up"
    HAS_FLOOR = "has-floor", "who has the floor, or is offered it, raises no hand"
    KIND_OFF = "kind-off", "the room does not use this kind of hand"
    QUEUE_CLOSED = "queue-closed", "only process hands until it is reopened"
    QUEUE_OPEN = "queue-open", "new hands are welcome already"
    NOBODY_BEHIND = "nobody-behind", "nobody to let go first"

    # the phase
    NO_PHASE = "no-phase", "the format has no phase of that name"
    PHASE_OFF = "phase-off", "not in this phase"
    NO_ROUND = "no-round", "there is no round"
    ROUND_ON = "round-on", "there is a round already"
    NOT_IN_ROUND = "not-in-round", "that person has had a turn in this round, or is not in it"
    FLOOR_TAKEN = "floor-taken", "as many speak already as may at once"
    RANG = "rang", "the bell rang a moment ago"
    WOULD_LOSE = "would-lose", "somebody would lose a turn or a place: first let it end, or move to another phase"
    BAD_FORMAT = "bad-format", "not a format that could run; `detail` says what is wrong and where"

    # turns
    NO_TURN = "no-turn", "nobody has the floor or is offered it"
    NOT_RUNNING = "not-running", "the turn is not at a point where this can be done"
    NOT_PAUSED = "not-paused", "the turn is running"
    OUT_OF_RANGE = "out-of-range", "a time outside what the room allows"
    ENOUGH = "enough", "no more of this: extensions of an offer, silence in a turn, questions to the group, giving on"
    TOO_EARLY = "too-early", "the group is asked for more time once the warning has come"
    NOT_ASKED = "not-asked", "nobody asks the group for more time now"
    NOTHING_TO_UNDO = "nothing-to-undo", "that turn cannot be put back any more"
    NO_QUESTIONS = "no-questions", "the door asks nothing, or not that many things"
    NOT_ACTING = "not-acting", "only who took over can give it back"
    NOT_NAMED = "not-named", "nobody is named as a successor"
    LEADS = "leads", "who holds the order already needs no naming"
    NO_LINK = "no-link", "the room has no such link"
    LINKS_FULL = "links-full", "the room has as many personal invites as it can have"
    NO_AUDIO = "no-audio", "this server forwards no sound"
    SELF = "self", "not to oneself"


class Bye(Term):
    """Why the server says goodbye; the browser does not connect again by itself."""

    REMOVED = "removed", "a facilitator or host removed this person; `reason` is theirs"
    DECLINED = "declined", "not let in; `reason` says why"
    ELSEWHERE = "elsewhere", "another connection took the seat"
    CLOSED = "closed", "the meeting is over"
    LEFT = "left", "the person left"
    STRIKES = "strikes", "too much that was not of the protocol"
    REVOKED = "revoked", "the link this person came by was revoked, or renewed while they waited"
    YOURS = "yours", "the seat of the same invite is theirs: come back with `resume`"


class Known(Term):
    """What the server still knows when somebody has gone."""

    ROOM = "room", "the room: title, format, agreement, questions, how often its links were renewed"
    INVITE = "invite", "that there is a personal invite of this number; not whose it is"
    SEAT = "seat", "until the meeting ends: that there was this seat, its hands and turns and when; no name"
    NAME = "name", "for ten minutes, in memory: the name, in what those who lead did, and to undo a removal"
    ADDRESS = "address", "in memory, for some minutes: the network address, so that nobody floods the server"
    COUNTS = "counts", "how many came and how long they spoke, as numbers of everybody together"


class Rejected(Exception):
    """A rule said no. `code` goes back in the acknowledgement; it is not an error of ours."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
