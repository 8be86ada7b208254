"""A room's agreement as its host writes it: the versions that there were, of which the newest ones are kept."""

from msgspec.structs import replace

from server.stored import AgreementKept, RoomRow

MOST = 20  # versions that a room keeps, with the one that it has


def rewritten(row: RoomRow, policy: str, text: str, wall: float) -> RoomRow:
    """The row with this agreement from now on (`wall`, in seconds since 1970); as it is where nothing of it changes."""
    if (policy, text) == (row.policy, row.text):
        return row
    version = row.version + 1
    kept = (*known(row), AgreementKept(version, policy, text, wall))[-MOST:]
    return replace(row, policy=policy, text=text, version=version, versions=kept)


def known(row: RoomRow) -> tuple[AgreementKept, ...]:
    """The versions, the oldest first. A room from before they were kept has one; of that it is known when it began only
    if it is the room's first."""
    first = AgreementKept(row.version, row.policy, row.text, row.created if row.version == 1 else 0.0)
    return row.versions or (first,)
