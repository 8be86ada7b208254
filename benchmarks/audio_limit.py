"""What it costs at least to protect a packet for each of many listeners and send it: nothing else is done here.

`python -m benchmarks.audio_limit HOST PROFILE PORT ...`. The work is that of C: libsrtp, as our server has it, called
over an array by `map`, and one sendmmsg(2) for all. Python's own share is two calls and a copy per 20 ms, and what it
takes to call a C function (about a tenth of a microsecond). Prints a line, then works until it is ended.
"""

import signal
import socket
import struct
import sys
import time
from collections import deque

import cffi
from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib  # type: ignore[import-not-found]

from benchmarks.audio_peer import OPUS, PACE, PROFILES, SAID, SIZE, TICKS

LONGEST = 60.0  # seconds, if nobody ends it
_ROOM = 160  # bytes for a packet and what protects it

_SYSTEM = """
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; uint32_t msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    void *msg_control; size_t msg_controllen; int msg_flags;
};
struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
int sendmmsg(int sockfd, struct mmsghdr *msgvec, unsigned int vlen, int flags);
"""


def main(host: str, profile: str, *ports: str) -> None:
    count = len(ports)
    number, key, salt = PROFILES[profile]
    policy = Policy(key=bytes(key + salt), ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=number)
    sessions = [Session(policy) for _ in ports]
    buffer = ffi.new("char[]", count * _ROOM)
    packets = [buffer + n * _ROOM for n in range(count)]
    sizes = ffi.new("int[]", count)
    lengths = [sizes + n for n in range(count)]
    streams = [session._srtp[0] for session in sessions]
    plain = struct.pack(f"={count}i", *([12 + SIZE] * count))
    tag = 10 if number == 1 else 16
    system = cffi.FFI()
    system.cdef(_SYSTEM)
    c = system.dlopen(None)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((host, 0))
        names = [system.new("char[16]", _name(host, int(port))) for port in ports]
        pieces = system.new("struct iovec[]", count)
        messages = system.new("struct mmsghdr[]", count)
        for n in range(count):
            pieces[n].iov_base = system.cast("void *", int(ffi.cast("uintptr_t", packets[n])))
            pieces[n].iov_len = 12 + SIZE + tag
            messages[n].msg_hdr.msg_name, messages[n].msg_hdr.msg_namelen = names[n], 16
            messages[n].msg_hdr.msg_iov, messages[n].msg_hdr.msg_iovlen = pieces + n, 1
        print("ready", flush=True)
        begun, said = time.monotonic(), 0
        while said * PACE < LONGEST:
            said += 1
            time.sleep(max(0.0, begun + said * PACE - time.monotonic()))
            row = struct.pack("!BBHII", 0x80, OPUS, said & 0xFFFF, TICKS * said & 0xFFFFFFFF, 7)
            ffi.buffer(buffer)[:] = (row + SAID.ljust(SIZE, b"\x55")).ljust(_ROOM, b"\0") * count
            ffi.buffer(sizes)[:] = plain
            deque(map(lib.srtp_protect, streams, packets, lengths), maxlen=0)
            sent = 0
            while sent < count:
                sent += max(1, c.sendmmsg(sock.fileno(), messages + sent, count - sent, socket.MSG_DONTWAIT))


def _name(host: str, port: int) -> bytes:
    """A struct sockaddr_in."""
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", port, socket.inet_aton(host))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for whoever started this to say
    main(*sys.argv[1:])
