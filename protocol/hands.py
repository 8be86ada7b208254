"""The words for hands, their order, and silent signals."""

from protocol.message import Term


class HandKind(Term):
    """What a hand is for. A room enables the kinds it wants; `process` always works."""

    SHARE = "share", "something of my own"
    RESPOND = "respond", "to what was just shared"
    QUESTION = "question", "to the person who just shared"
    PROCESS = "process", "about the room: a break, cannot hear, a point of order"


class SilentSignal(Term):
    """A silent signal to whoever has the floor."""

    WITH_YOU = "with-you", "I am with you"
    LOUDER = "louder", "a little louder"
    SLOWER = "slower", "a little slower"
    UNCLEAR = "unclear", "I could not follow"


class Order(Term):
    """Who is ahead of whom in the queue. Hands about the room go ahead in all of them."""

    FIRST_COME = "first-come", "in the order in which hands were raised"
    FAIR = "fair", "who has not spoken yet, then the fewest turns, then the least time, then first come"
    CHOSEN = "chosen", "those who lead choose; nothing is offered by itself"
    CIRCLE = "circle", "as people sit, counted from whoever had the floor last"
