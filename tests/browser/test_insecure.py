"""An address without https, where browsers open no microphone: it is said before anybody counts on it."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.conftest import QUICK
from tests.browser.visitor import Language, Size, Visitor
from tests.server.proxies import free_ports
from tests.server.running import house, running


async def test_it_is_said_where_somebody_would_count_on_a_voice(tmp_path: Path, chromium: Browser) -> None:
    [port] = free_ports(1)
    home = f"http://plain.test:{port}"
    with running(tmp_path / "data", "--port", str(port), "--public-url", home, command=QUICK) as server:
        async with house(server) as there:
            links = (await there.room("Lingkar Rabu")).links

        async def somebody(name: str, language: Language, size: Size) -> Visitor:
            return await Visitor.with_browser(chromium, home, name, language, size)

        host = await somebody("Ada", "en", "desktop")
        await host.opens(f"{home}/host#{server.token}")
        await host.sees(host.word("host-insecure"))
        siti = await somebody("Siti", "id", "phone")
        await siti.opens(links["participant"])
        await siti.gives_name()
        await siti.reads_and_agrees()
        await siti.sees(siti.word("sound-insecure"))
        await siti.chooses(siti.word("sound-way-listen"))
        await expect(siti.page.locator(".notice")).to_have_count(0)
        await siti.goes_in()
        await siti.waits_at_the_door()
        for visitor in (host, siti):
            visitor.forgives("Cross-Origin-Opener-Policy header has been ignored")
            assert visitor.noise == []
            await visitor.context.close()
