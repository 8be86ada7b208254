"""What a host says to everybody inside, from outside."""

from protocol.message import MeetingTime, Part


class Announcement(Part, frozen=True):
    """A host's own words to everybody inside, from outside the room; for ten minutes, or until they are taken down."""

    id: str
    text: str
    at: MeetingTime
