"""Firefox, as Debian ships it, driven over WebDriver BiDi: what a person with another browser does and sees.

Playwright drives only a patched Firefox of its own (its way to a plain one asks for commands that an ESR does not have
yet); puppeteer-core wants a newer Node than this project, and would bring a second language to write people in.
What is needed here is a websocket and a dozen commands: https://www.w3.org/TR/webdriver-bidi/
"""

import asyncio
import base64
import contextlib
import itertools
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.browser.scripted import PATIENCE, TAPPABLE, Scripted
from tests.browser.visitor import PHONE, Language

FIREFOX = shutil.which("firefox-esr") or "firefox"
COMMAND = (FIREFOX, "--headless", "--no-remote", "--remote-debugging-port", "0", "--remote-allow-system-access")

MICROPHONE = "permissions.default.microphone"
ASK, ALLOW, DENY = range(3)
# Beside those that Firefox sets by itself when it is driven: no telemetry, no updates, no first steps.
PREFERENCES: dict[str, object] = {
    # All but this machine is behind a proxy that is not there, with no way around it, and nobody is asked where it is.
    "network.dns.disabled": True,
    "network.proxy.failover_direct": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    MICROPHONE: ALLOW,
    "media.cubeb.backend": "pulse-rust",  # no device but those of a PulseAudio that it is told of
    "media.peerconnection.ice.loopback": True,  # a machine may have no address but 127.0.0.1
    "ui.useOverlayScrollbars": 1,  # as on a phone: they take no room
}
NO_PLACE = {"PULSE_SERVER": "unix:/dev/null"}  # for sound: there is no device at all


class Failed(Exception):
    """The browser did not do what it was asked to."""


class Firefox:
    """One process with a fresh profile, and the line to it."""

    def __init__(self, process: asyncio.subprocess.Process, line: aiohttp.ClientWebSocketResponse) -> None:
        self._process, self._line = process, line
        self._numbers = itertools.count()
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._people: list[FirefoxVisitor] = []
        self._reader = asyncio.create_task(self._read())

    async def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command; its result. Raises `Failed` with the browser's own words."""
        number = next(self._numbers)
        waiting = self._answers[number] = asyncio.get_running_loop().create_future()
        try:
            await self._line.send_json({"id": number, "method": method, "params": parameters})
            async with asyncio.timeout(PATIENCE):
                answer = await waiting
        finally:
            del self._answers[number]
        if answer["type"] != "success":
            raise Failed(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    @asynccontextmanager
    async def visitor(self, origin: str, name: str, language: Language = "en") -> AsyncIterator["FirefoxVisitor"]:
        """Somebody in a context of their own, on a phone's screen: nothing remembered, nothing shared. They leave with
        the block, and their page must have been silent: no error, no warning, no request to anybody else."""
        context = (await self.do("browser.createUserContext"))["userContext"]
        locale = {"en": "en-GB", "id": "id-ID"}[language]
        await self.do("emulation.setLocaleOverride", locale=locale, userContexts=[context])
        await self.do("script.addPreloadScript", functionDeclaration=KEEP, userContexts=[context])
        tab = (await self.do("browsingContext.create", type="tab", userContext=context))["context"]
        await self.do("browsingContext.setViewport", context=tab, viewport=dict(PHONE))
        visitor = FirefoxVisitor(self, tab, origin, name, language)
        self._people.append(visitor)
        try:
            yield visitor
        finally:
            await visitor.pictured()
            self._people.remove(visitor)
            await self.do("browser.removeUserContext", userContext=context)
        assert visitor.asked, "Firefox has not told what the page does"
        assert visitor.noise == []

    @asynccontextmanager
    async def microphone(self, answer: int) -> AsyncIterator[None]:
        """`ASK` or `DENY` to a page that wants it; before and after, `ALLOW`."""
        await self._answers_for_microphone(answer)
        try:
            yield
        finally:
            await self._answers_for_microphone(ALLOW)

    async def _answers_for_microphone(self, answer: int) -> None:
        """A preference can be changed only from the browser's own windows."""
        windows = await self.do("browsingContext.getTree", **{"moz:scope": "chrome"})
        target = {"context": windows["contexts"][0]["context"]}
        change = f"Services.prefs.setIntPref('{MICROPHONE}', {answer})"
        await self.do("script.evaluate", expression=change, target=target, awaitPromise=False)

    async def _read(self) -> None:
        async for message in self._line:
            said = json.loads(message.data)
            if said["type"] == "event":
                for visitor in self._people:
                    visitor.told(said["method"], said["params"])
            elif (waiting := self._answers.get(said["id"])) and not waiting.done():
                waiting.set_result(said)

    async def close(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError, Failed):
            await self.do("browser.close")
        await self._line.close()
        await self._reader
        async with asyncio.timeout(PATIENCE):
            await self._process.wait()


@asynccontextmanager
async def firefox(folder: Path, sound: dict[str, str]) -> AsyncIterator[Firefox]:
    """It keeps everything in this folder. `sound` is the part of its environment that says where sound devices are."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    private = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "TMPDIR": str(folder)}
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "--profile", str(profile), env=os.environ | private | sound, stdout=said, stderr=said
        )
    try:
        async with aiohttp.ClientSession() as session:
            async with asyncio.timeout(PATIENCE):
                while not (address := _address(profile)) and process.returncode is None:
                    await asyncio.sleep(0.05)
            assert address, f"Firefox did not start:\n{(folder / 'said').read_text()}"
            browser = Firefox(process, await session.ws_connect(address, max_msg_size=0))
            try:
                await browser.do("session.new", capabilities={})
                await browser.do("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
                yield browser
            finally:
                await browser.close()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _address(profile: Path) -> str:
    """Where it listens: written into its profile when it is ready; before, nothing."""
    with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
        found = json.loads((profile / "WebDriverBiDiServer.json").read_text())
        return f"ws://{found['ws_host']}:{found['ws_port']}/session"
    return ""


class FirefoxVisitor(Scripted):
    """What no page should do is `noise`."""

    def __init__(self, browser: Firefox, tab: str, origin: str, name: str, language: Language) -> None:
        super().__init__(name, language)
        self.asked: list[str] = []  # every address, in order
        self.noise: list[str] = []
        self._browser, self._tab = browser, tab
        self._home = re.compile(
            rf"(http|ws)://(localhost|127\.0\.0\.1):{origin.rpartition(':')[2]}/|(about|data|blob):"
        )

    def told(self, event: str, about: dict[str, Any]) -> None:
        """What the browser says of its own accord."""
        if about.get("source", about).get("context") != self._tab:
            return
        if event == "log.entryAdded" and about["level"] in ("error", "warn"):
            self.noise.append(f"{about['level']}: {about['text']}")
        if event == "network.beforeRequestSent":
            self.asked.append(about["request"]["url"])
            if not self._home.match(self.asked[-1]):
                self.noise.append(f"asked a stranger: {self.asked[-1]}")

    async def opens(self, link: str) -> None:
        await self._browser.do("browsingContext.navigate", context=self._tab, url=link, wait="complete")

    async def reloads(self) -> None:
        await self._browser.do("browsingContext.reload", context=self._tab, wait="complete")

    async def typed(self, text: str) -> None:
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        await self._acts({"type": "key", "id": "keys", "actions": keys})

    async def touched(self, which: str, *names: str) -> bool:
        found = await self._call(TAPPABLE % which, names)
        if "sharedId" not in found:
            return False
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": found}},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        await self._acts(
            {"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": actions}
        )
        return True

    async def _acts(self, *sources: dict[str, Any]) -> None:
        await self._browser.do("input.performActions", context=self._tab, actions=list(sources))

    async def asks(self, question: str, *arguments: object) -> Any:
        answer = await self._call(
            f"async (...given) => JSON.stringify((await ({question})(...given)) ?? null)", arguments
        )
        return json.loads(answer["value"])

    async def _call(self, function: str, arguments: Sequence[object]) -> dict[str, Any]:
        """The result as WebDriver BiDi says it."""
        answer = await self._browser.do(
            "script.callFunction",
            functionDeclaration=f"(text) => ({function})(...JSON.parse(text))",
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self._tab},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise Failed(answer["exceptionDetails"]["text"])
        result: dict[str, Any] = answer["result"]
        return result

    async def received(self) -> int:
        """RTP packets of the newest connection, until now."""
        found: int = await self.asks(RECEIVED)
        return found

    async def pictured(self, name: str = "") -> None:
        """With LINGKAR_PICTURES=folder: how the page looks now, for whoever looks into a failure."""
        if folder := os.environ.get("LINGKAR_PICTURES"):
            shot = await self._browser.do("browsingContext.captureScreenshot", context=self._tab)
            (Path(folder) / f"{self.name}{name}.png").write_bytes(base64.b64decode(shot["data"]))


# Every connection that the page makes.
KEEP = """() => {
  window.links = []
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) {
      super(...options)
      window.links.push(this)
    }
  }
}"""
RECEIVED = """async () => {
  const stats = [...(await links.at(-1).getStats()).values()]
  return stats.find((one) => one.type === 'inbound-rtp')?.packetsReceived ?? 0
}"""
