"""The pages behind Caddy and nginx, over https, as people really have them: they load, speak, and come back."""

from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.browser.conftest import QUICK, Someone
from tests.browser.visitor import Visitor
from tests.server.proxies import NAMES, Proxy, free_ports, proxying
from tests.server.running import House, Running, running

CUT = (r"WebSocket connection to .* failed", r"net::ERR_")  # what Chromium itself says when a line breaks


@pytest.fixture(params=NAMES)
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    with proxying(request.param, tmp_path / "proxy", free_ports(1)[0]) as found:
        yield found


@pytest.fixture
def server(proxy: Proxy, tmp_path: Path) -> Iterator[Running]:
    flags = ("--port", str(proxy.upstream), "--public-url", proxy.url, "--trusted-proxy", "127.0.0.1")
    with running(tmp_path / "data", *flags, command=QUICK) as found:
        yield found


@pytest.fixture
def origin(server: Running, proxy: Proxy) -> str:
    return proxy.url


async def offline(visitor: Visitor) -> None:
    await visitor.sees("You are offline.", "Your place and your hand are kept.")
    visitor.forgives(*CUT)


async def test_people_speak_and_come_back_when_the_proxy_is_restarted(
    server: Running, someone: Someone, proxy: Proxy
) -> None:
    """The sound goes past the proxy; the page says who really hears."""
    async with aiohttp.ClientSession() as session:
        room = await House(server, session).room(format="still")
    ada = await someone("Ada", size="desktop", ignore_https_errors=True)
    siti = await someone("Siti", ignore_https_errors=True, permissions=["microphone"])
    await ada.comes(room.links["facilitator"], "listen")
    await ada.is_in()
    await siti.comes(room.links["participant"], "voice")
    await ada.lets_in(siti)
    await ada.presses_large("Open the circle")
    await siti.presses_large("Raise hand")
    await siti.large_says("It’s yours: start", "opens your microphone, 1 hears")
    proxy.stop()
    for person in (ada, siti):
        await offline(person)
    proxy.start()
    await siti.presses_large("It’s yours: start")
    await siti.large_says("I’m done")
    await ada.middle("Siti", "is sharing")
    for person in (ada, siti):
        person.forgives(*CUT)
