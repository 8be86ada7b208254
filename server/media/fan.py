"""One packet to many listeners: for each a header, the encryption and a place among what goes out, and nothing else.

This loop is what the server does most. It writes where sendmmsg reads, and lets libsrtp encrypt there.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pylibsrtp

from server.media.batch import AT_ONCE, LARGEST, LENGTH, NAME, SMALL, TRAILER, Arena, Batch, Target
from server.media.private import protect
from server.media.rewrite import FIXED, Outgoing

if TYPE_CHECKING:
    from server.media.lines import Line

MOST = LARGEST - 12 - TRAILER  # bytes of a payload


class Way(NamedTuple):
    """To one listener: all that stays the same from packet to packet."""

    context: Any  # libsrtp's
    at: int  # of the address, in memory
    ssrc: int
    payload_type: int
    offset: int  # from the lane's sequence to this listener's
    line: "Line"
    target: Target  # kept, for `at`


def fan(batch: Batch, out: Outgoing, ways: Sequence[Way]) -> list["Line"]:
    """To all of these, with the next flush; returns those to whom nothing can be encrypted any more."""
    arena = batch.small if len(out.payload) <= SMALL - 12 - TRAILER else batch.arena
    if arena is not None:
        return _together(arena, out, ways)
    failed = []
    for way in ways:
        try:
            way.line.send(out.header(way.ssrc, way.payload_type, way.offset) + out.payload)
        except pylibsrtp.Error:
            failed.append(way.line)
        else:
            way.line.went(-1, -len(out.payload))  # its lane counts, too
    return failed


def _together(arena: Arena, out: Outgoing, ways: Sequence[Way]) -> list["Line"]:
    failed = []
    sequence, timestamp, payload = out.sequence, out.timestamp, out.payload
    marker = 0x80 if out.marker else 0
    size = 12 + len(payload)
    data, starts, sizes, lengths, names = arena.data, arena.starts, arena.sizes, arena.lengths, arena.names
    write, secure, place = FIXED.pack_into, protect, arena.place
    arena.kept.append(ways)
    n = arena.count
    for context, name, ssrc, payload_type, offset, line, _ in ways:
        at = n * place
        write(data, at, 0x80, payload_type | marker, (sequence + offset) & 0xFFFF, timestamp, ssrc)
        data[at + 12 : at + size] = payload
        lengths[LENGTH * n + 2] = size
        if secure(context, starts[n], sizes[n]):
            failed.append(line)
            continue
        names[NAME * n] = name
        n += 1
        if n == AT_ONCE:
            arena.count = n
            arena.flush()
            n = 0
    arena.count = n
    return failed
