"""How much one peer may send. Somebody who speaks never meets these limits; ten times as much is cut."""

PACKETS = 150.0  # per second: speech has 50, in the smallest packets that a browser makes 100
PACKET_BURST = 300.0  # at once: what a network held back for some seconds
BITS = 384_000.0  # per second, with all headers: the best that a browser makes of one voice has half of it
BIT_BURST = 1_000_000.0
FLOOD = 10.0  # seconds of more than this, without a rest, that are no accident any more
REST = 1.0  # seconds without anything refused


class Budget:
    """Of one peer, everything counted that comes from it. `now` is on a monotonic clock, in seconds."""

    __slots__ = ("_at", "_bits", "_packets", "_refused", "_since")

    def __init__(self, now: float) -> None:
        self._packets, self._bits = PACKET_BURST, BIT_BURST
        self._at = now
        self._since: float | None = None  # when refusing began
        self._refused = now  # when it last happened

    def take(self, now: float, size: int) -> bool:
        """Whether there is room for a datagram of so many bytes; what is refused costs nothing."""
        passed = max(0.0, now - self._at)
        self._at = now
        self._packets = min(PACKET_BURST, self._packets + passed * PACKETS)
        self._bits = min(BIT_BURST, self._bits + passed * BITS)
        if self._packets < 1 or self._bits < size * 8:
            if self._since is None or now - self._refused > REST:
                self._since = now
            self._refused = now
            return False
        self._packets -= 1
        self._bits -= size * 8
        return True

    def flooded(self, now: float) -> bool:
        """It has been sending too much for so long that the peer should go."""
        return self._since is not None and now - self._refused <= REST and now - self._since >= FLOOD
