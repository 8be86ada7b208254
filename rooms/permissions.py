"""The permission column in words, for the manual: `python -m protocol all --who rooms.permissions:words`."""

from protocol.message import kebab
from rooms.rulebook import COMMANDS
from rooms.standing import AT_THE_DOOR, EVERYONE, LEADS, SEATED, SERVER, Who

SAID: dict[frozenset[Who], str] = {
    AT_THE_DOOR: "people at the door",
    EVERYONE: "everyone, also at the door",
    SEATED: "everyone inside",
    LEADS: "facilitators and hosts",
}


def words() -> dict[str, str]:
    """Who may ask, by the command's type. What only the server asks is not in the wire's protocol and left out."""
    return {kebab(kind.__name__): SAID[row.who] for kind, row in COMMANDS.items() if row.who != SERVER}
