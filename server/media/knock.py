"""A STUN check of the media port from another process on this machine: whether a datagram gets through, and back."""

import asyncio
import contextlib
import os
import socket

from server.media import stun
from server.media.ice import PRIORITY, new_credentials
from server.media.private import new_certificate
from server.media.rooms import Media
from server.media.sdp import Offer

MEETING = SEAT = "knock"  # of nobody: it hears nothing and is not heard
OPEN = 10.0  # seconds that a check may come
TRIES, PATIENCE = 5, 0.6  # datagrams, and seconds for the answer to each


def admit(media: Media) -> dict[str, str]:
    """The name and the password that a check needs: of a peer that is let go again after a moment."""
    local = new_credentials()
    offer = Offer(
        mid="0", direction="recvonly", payload_type=111, ufrag=local.ufrag, pwd=local.password,
        fingerprint=new_certificate().fingerprint(), ssrcs=(), mid_extension=None, level_extension=None, nack=False,
    )  # fmt: skip
    media.obey(MEETING, frozenset(), frozenset([SEAT]))
    answered = media.answer(MEETING, SEAT, offer.text)
    lines = dict(line[2:].partition(":")[::2] for line in answered.splitlines() if line.startswith("a="))
    asyncio.get_running_loop().call_later(OPEN, media.over, MEETING)
    return {"username": f"{lines['ice-ufrag']}:{local.ufrag}", "password": lines["ice-pwd"]}


def heard(address: str, port: int, username: str, password: str) -> bool:
    """Whether the port at this address answers a check, from outside the server's process."""
    key = password.encode()
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(PATIENCE)
        for _ in range(TRIES):
            number = os.urandom(12)
            with contextlib.suppress(OSError):  # no answer in time, or an ICMP message that there is nobody
                sock.connect((address, port))
                sock.send(stun.request(number, username.encode(), PRIORITY, 1, key))
                while True:
                    data = sock.recv(2048)
                    if data[:2] == stun.ANSWER and data[8:20] == number and stun.sealed(data, key):
                        return True
    return False
