"""What every event is: durable, and rebuilt from the journal, or memory only."""

from enum import StrEnum

import msgspec

from protocol.message import kebab


class Durable(msgspec.Struct, frozen=True, tag=kebab, omit_defaults=True):
    """Rebuilt from the journal."""


class Ephemeral(msgspec.Struct, frozen=True):
    """Memory only."""


class Parting(StrEnum):
    """How a seat ended."""

    LEFT = "left"
    REMOVED = "removed"
    DECLINED = "declined"
    GONE = "gone"  # waited at the door, dropped, did not come back
    UNLINKED = "unlinked"  # the link they came by opens nothing any more
    YOURS = "yours"  # stood at the door by an invite whose seat they were given back


class End(StrEnum):
    """How a turn ended."""

    FINISHED = "finished"
    TIME = "time"
    REVOKED = "revoked"
    LEFT = "left"
