"""The media port: can it be bound, does sound get through it, where do browsers look for it."""

import asyncio
import contextlib
import http.client
from collections.abc import Iterator
from ipaddress import ip_address

import msgspec

from server import control
from server.config import Config
from server.doctor.attending import Running
from server.doctor.finding import Finding, look, ok, wrong
from server.doctor.place import local, place
from server.media.sound import Sound

ONLY_OUTSIDE = "whether a firewall lets it through shows only from outside: join a room from another network"


def port(settings: Config, running: Running | None) -> Iterator[Finding]:
    if not settings.audio:
        yield ok("sound", "switched off (--audio off)")
        return
    if not local(place(settings)):
        yield from _told(settings)
    if running is not None:
        yield from _as_it_runs(settings, running)
        return
    why = asyncio.run(_tried(settings))
    if why:
        yield wrong("sound", why, "see --media-port and --media-address, and who else has that port")
    else:
        yield ok("sound", f"the port can be had, and sound comes through on this machine; {ONLY_OUTSIDE}")


def _told(settings: Config) -> Iterator[Finding]:
    """What browsers are told, when they are elsewhere."""
    from server.media.port import own_addresses

    if not settings.media_port:
        do = "give --media-port, and let UDP to that port through"
        yield look("media port", "any free one is taken, which no firewall can know", do)
    told = settings.media_addresses or own_addresses()
    if not any(ip_address(address).is_global for address in told):
        text = f"browsers are told {', '.join(told)}, which is reached from networks nearby only"
        yield look("media address", text, "give the public one: --media-address")


async def _tried(settings: Config) -> str:
    """As a server does when it starts; why there would be no sound."""
    sound = Sound(settings.media_addresses, settings.media_port)
    try:
        await sound.start(quiet=True)
        return sound.why
    finally:
        await sound.close()


def _as_it_runs(settings: Config, running: Running) -> Iterator[Finding]:
    if running.audio == "starting":
        yield look("sound", "the server is still trying it out", "ask again in a moment")
    elif running.audio != "on":
        do = "see --media-port and --media-address, and start the server again"
        yield wrong("sound", f"there is none: {running.silent or 'the server says no more'}", do)
    else:
        yield from _knock(settings, running)


def _knock(settings: Config, running: Running) -> Iterator[Finding]:
    from server.media.knock import heard
    from server.media.port import is_own, own_addresses

    answer = None
    with contextlib.suppress(OSError, http.client.HTTPException):
        answer = control.ask(settings.data, "/knock", "POST")
    if answer is None or answer.status != 200:
        yield look("sound", "the server has just stopped it", "ask again in a moment")
        return
    words = msgspec.json.decode(answer.body, type=dict[str, str])
    told = running.media_addresses or own_addresses()
    here = [address for address in told if is_own(address)]
    reached = [address for address in here if heard(address, running.media_port, **words)]
    silent = [address for address in here if address not in reached]
    where = f"UDP port {running.media_port}"
    if silent:
        do = "see the firewall of this machine, and --media-address"
        yield wrong("sound", f"{where} does not answer at {', '.join(silent)}, from this machine itself", do)
    elif reached:
        yield ok("sound", f"{where} answers at {', '.join(reached)}; {ONLY_OUTSIDE}")
    for address in sorted(set(told) - set(here)):
        text = f"browsers are told {address}, which is no address of this machine"
        yield look("media address", text, f"let the router in between forward {where}; it shows only from outside")
