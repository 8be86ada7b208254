"""Behind Caddy and behind nginx, with the files that docs/hosting has: everything comes through, nothing is kept."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgpack
import pytest

from server import disclosure
from server.guard import Limits
from tests.server.person import CONNECT, Gone, Person
from tests.server.proxies import HOSTING, NAMES, Proxy, free_ports, proxying
from tests.server.running import House, Room, Running, house, running

SOMEWHERE = "127.0.0.5"  # where people come from, so that it is not the address of the proxy
# What a proxy says for itself: about its own connection and its own clock.
ITS_OWN = {"alt-svc", "connection", "date", "keep-alive", "server", "transfer-encoding"}


class Place:
    """A server with a proxy before it. `home` speaks to the server itself, `session` to the proxy, from elsewhere."""

    def __init__(self, proxy: Proxy, home: House, session: aiohttp.ClientSession) -> None:
        self.proxy, self.home, self.session = proxy, home, session

    async def come(self, link: str, name: str) -> Person:
        return await Person(self.session, self.proxy.url).join(link, name)

    async def fetch(self, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        async with self.session.get(url, headers=headers, allow_redirects=False) as answer:
            kept = {key.lower(): value for key, value in answer.headers.items() if key.lower() not in ITS_OWN}
            return answer.status, kept, await answer.read()


@pytest.fixture(params=NAMES)
def proxy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proxy]:
    """A proxy whose server has not started yet."""
    with proxying(request.param, tmp_path / "proxy", free_ports(1)[0]) as found:
        yield found


@asynccontextmanager
async def place(proxy: Proxy, data: Path, *flags: str) -> AsyncIterator[Place]:
    connector = aiohttp.TCPConnector(local_addr=(SOMEWHERE, 0), ssl=proxy.trust(), limit=0)
    with running(data, "--port", str(proxy.upstream), "--public-url", proxy.url, "--audio", "off", *flags) as server:
        async with house(server) as home, aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
            yield Place(proxy, home, session)


def places(server: Running, room: Room) -> list[str]:
    """The addresses that the server knows of."""
    return [known["place"] for known in disclosure.ask(server.data, room.id)["memory"]["places"]]


async def test_pages_come_through_as_they_are(proxy: Proxy, tmp_path: Path) -> None:
    async with place(proxy, tmp_path / "data") as here:
        _, _, page = await here.fetch(proxy.url + "/", **{"Accept-Encoding": "identity"})
        assets = sorted(set(re.findall(r'/a/[^"]+\.(?:css|js)', page.decode())))[:3]
        assert len(assets) == 3
        for path in ["/", "/r/3kq7", "/host", *assets, "/healthz", "/metrics", "/protocol/schema.json", "/nowhere"]:
            for coding in ("br", "gzip", "identity"):
                asked = {"Accept-Encoding": coding}
                behind = await here.fetch(here.home.server.url + path, **asked)
                assert await here.fetch(proxy.url + path, **asked) == behind, (path, coding)
        status, headers, _ = await here.fetch(proxy.url + "/r/3kq7")
        assert status == 200
        assert f"wss://localhost:{proxy.port}" in headers["content-security-policy"]
        assert headers["strict-transport-security"] == "max-age=31536000"


async def test_plain_http_leads_to_https(proxy: Proxy, tmp_path: Path) -> None:
    async with place(proxy, tmp_path / "data") as here:
        status, headers, _ = await here.fetch(f"http://localhost:{proxy.plain}/r/3kq7")
        assert status in (301, 308)
        assert headers["location"].startswith("https://localhost")
        assert headers["location"].endswith("/r/3kq7")


async def test_an_evening_goes_on_when_the_proxy_is_restarted(proxy: Proxy, tmp_path: Path) -> None:
    """Somebody joins and speaks; when the proxy is back, so are they, to the same seat and turn."""
    async with place(proxy, tmp_path / "data") as here:
        room = await here.home.room()
        lead = await Person(here.home.session, here.home.server.url, proxy.url).join(room.links["facilitator"], "Ada")
        await lead.accept()
        await lead.until(lambda me: me.view["sight"] == "lead")
        budi = await here.come(room.links["participant"], "Budi")
        await budi.accept()
        await lead.do("admit", seat=budi.seat)
        await lead.do("open-meeting")
        await budi.until(lambda me: me.view["sight"] != "door")
        await budi.do("raise-hand")
        await budi.until(lambda me: me.view["turns"])
        [turn] = budi.view["turns"]
        await budi.do("accept-floor", turn=turn)
        proxy.stop()
        await asyncio.wait_for(budi.closed.wait(), 20)
        proxy.start()
        again = await Person(here.session, proxy.url).come_back(budi)
        assert again.seat == budi.seat
        await again.until(lambda me: me.view["turns"][turn]["seat"] == again.seat)
        await again.do("finish-turn", turn=turn)


@pytest.mark.parametrize(("flags", "seen"), [(("--trusted-proxy", "127.0.0.1"), SOMEWHERE), ((), "127.0.0.1")])
async def test_the_server_hears_where_people_come_from(
    proxy: Proxy, tmp_path: Path, flags: tuple[str, ...], seen: str
) -> None:
    async with place(proxy, tmp_path / "data", *flags) as here:
        room = await here.home.room()
        assert places(here.home.server, room) == []
        await here.come(room.links["participant"], "Budi")
        assert places(here.home.server, room) == [seen]


async def test_what_somebody_says_of_their_own_address_is_not_believed(proxy: Proxy, tmp_path: Path) -> None:
    async with place(proxy, tmp_path / "data", "--trusted-proxy", "127.0.0.1") as here:
        room = await here.home.room()
        here.session.headers["X-Forwarded-For"] = "198.51.100.7"
        await here.come(room.links["participant"], "Budi")
        assert places(here.home.server, room) == [SOMEWHERE]


async def test_pings_hold_a_connection_in_which_nothing_happens(proxy: Proxy, tmp_path: Path) -> None:
    """nginx ends what is quiet for as long as its file says: here for less than two pings take."""
    if proxy.name == "nginx":
        site = proxy.folder / "site.conf"
        text, count = re.subn(r"proxy_(read|send)_timeout 60s;", r"proxy_\1_timeout 9s;", site.read_text())
        assert count == 2
        proxy.stop()
        site.write_text(text)
        proxy.start()
    async with place(proxy, tmp_path / "data") as here:
        room = await here.home.room()
        id, secret = room.links["participant"].rpartition("/")[2].split("#")
        address = proxy.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        async with here.session.ws_connect(address, headers={"Origin": proxy.url}) as socket:
            entry = {"v": 1, "room": id, "secret": secret, "name": "Budi"}
            await socket.send_bytes(msgpack.packb({"type": CONNECT, "nsp": "/", "data": entry}))
            pings = 0
            async with asyncio.timeout(60):
                while pings < 3:
                    message = await socket.receive()
                    assert message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY), message
                    if message.data == "2":
                        pings += 1
                        await socket.send_str("3")


def test_the_timeouts_of_nginx_leave_room_for_pings() -> None:
    text = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    seconds = [int(found) for found in re.findall(r"^\s*proxy_(?:read|send)_timeout (\d+)s;", text, re.MULTILINE)]
    assert len(seconds) == 2
    assert min(seconds) >= 3 * (Limits().ping + Limits().pong)


async def test_nothing_about_people_is_written_down(proxy: Proxy, tmp_path: Path) -> None:
    """Not when they come in, not when the server behind the proxy is away, not when they say what is no request."""
    async with place(proxy, tmp_path / "data", "--trusted-proxy", "127.0.0.1") as here:
        room = await here.home.room()
        link = room.links["participant"]
        budi = await here.come(link, "Budi")
        await here.fetch(proxy.url + "/r/" + room.id)
        here.home.server.kill()
        await asyncio.wait_for(budi.closed.wait(), 20)
        status, _, _ = await here.fetch(proxy.url + "/r/" + room.id)
        assert status == 502
        with pytest.raises((aiohttp.WSServerHandshakeError, Gone)):
            await here.come(link, "Budi")
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port, local_addr=(SOMEWHERE, 0))
        writer.write(b"GET / HTTP/1.1\r\n\r\n")  # plain, where https is spoken
        await reader.read()
        writer.close()
        proxy.stop()
        for secret in (SOMEWHERE, "Budi", room.id, link.partition("#")[2], "aiohttp"):
            assert secret not in proxy.said(), secret
