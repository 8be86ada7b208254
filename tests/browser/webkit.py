"""WebKitGTK, as Debian ships it, driven over W3C WebDriver: the nearest to Safari that runs on this machine.

The engine is Safari's; its sound, its keyboard on a screen and its VoiceOver are not here. The driver
(`WebKitWebDriver`) is spoken to by plain HTTP: https://www.w3.org/TR/webdriver2/
"""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.browser.scripted import PATIENCE, TAPPABLE, Scripted
from tests.browser.visitor import SIZES, Language, Size

DRIVER = shutil.which("WebKitWebDriver") or "WebKitWebDriver"
START, TRIES = 30.0, 3  # seconds for a browser to start, and how many are started at most
SCREEN = ("Xvfb", "-nolisten", "tcp", "-screen", "0", "1400x1000x24")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how WebDriver names a reference to an element
BROWSER = {
    "webkitgtk:browserOptions": {
        "binary": next(
            (str(found) for found in sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), "MiniBrowser"
        ),
        "args": ["--automation", "--javascript-can-open-windows-automatically=true"],
    },
    # All but this machine is behind a proxy that is not there.
    "proxy": {
        "proxyType": "manual",
        "httpProxy": "127.0.0.1:9",
        "sslProxy": "127.0.0.1:9",
        "noProxy": ["127.0.0.1", "localhost"],
    },
}
ALONE = {  # no graphics card, no desktop, nobody's settings
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "GDK_BACKEND": "x11",
    "GSETTINGS_BACKEND": "memory",
    "GIO_USE_VFS": "local",
    "NO_AT_BRIDGE": "1",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    "PULSE_SERVER": "unix:/dev/null",  # no microphone, no loudspeaker
    "LANG": "C.UTF-8",
}


class Failed(Exception):
    """The browser did not do what it was asked to."""


class Driver:
    """The line to the driver, and the one session that it has: a fresh browser."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url
        self._session = ""

    async def do(self, method: str, path: str, **body: Any) -> Any:
        """One command of the session; its value. Raises `Failed` with the browser's own words."""
        async with self._http.request(
            method,
            f"{self._url}{self._session}{path}",
            json=body if method == "POST" else None,
            timeout=aiohttp.ClientTimeout(PATIENCE),
        ) as answer:
            value = (await answer.json())["value"]
        if answer.status != 200:
            raise Failed(f"{path}: {value['error']}: {value['message']}")
        return value

    async def begins(self) -> None:
        """A browser has been started."""
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                if (await self.do("GET", "/status"))["ready"]:
                    break
            await asyncio.sleep(0.05)
        made = await self.do("POST", "/session", capabilities={"alwaysMatch": BROWSER})
        self._session = f"/session/{made['sessionId']}"


class Webkit:
    """Browsers on one screen, which keep everything in one folder."""

    def __init__(self, folder: Path, display: str) -> None:
        self._folder = folder
        private = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "TMPDIR": str(folder)}
        self._around = os.environ | private | ALONE | {"DISPLAY": display}

    @asynccontextmanager
    async def visitor(
        self, origin: str, name: str, language: Language = "en", size: Size = "phone"
    ) -> AsyncIterator["WebkitVisitor"]:
        """Somebody with a fresh browser. It ends with the block, and the page must have been silent: no error, no
        warning, nothing of anybody else's."""
        async with contextlib.AsyncExitStack() as stack:
            driver = await self._begun(stack)
            await driver.do("POST", "/url", url=f"{origin}/healthz")
            visitor = WebkitVisitor(driver, origin, name, language, size)
            try:
                yield visitor
            finally:
                await visitor.pictured()
            await visitor.was_silent()
            await driver.do("DELETE", "")

    async def _begun(self, stack: contextlib.AsyncExitStack) -> Driver:
        """The driver gives its browser a port that was free a moment before: a browser that found it taken never
        answers, and another one is started."""
        for _ in range(TRIES):
            async with contextlib.AsyncExitStack() as trial:
                driver = await trial.enter_async_context(self._driver())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(START):
                        await driver.begins()
                    stack.push_async_exit(trial.pop_all())
                    return driver
        raise Failed(f"WebKit did not start:\n{(self._folder / 'said').read_text()}")

    @asynccontextmanager
    async def _driver(self) -> AsyncIterator[Driver]:
        """It ends with the block, with all that it has started."""
        port = await _free_port()
        with (self._folder / "said").open("ab") as said:
            process = await asyncio.create_subprocess_exec(
                DRIVER, f"--port={port}", env=self._around, stdout=said, stderr=said, start_new_session=True
            )
        try:
            async with aiohttp.ClientSession() as http:
                yield Driver(http, f"http://127.0.0.1:{port}")
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


@asynccontextmanager
async def webkit(folder: Path) -> AsyncIterator[Webkit]:
    """A screen that nobody sees, for browsers that keep everything in this folder."""
    async with _screen() as display:
        yield Webkit(folder, display)


@asynccontextmanager
async def _screen() -> AsyncIterator[str]:
    """`:7`, a display that nobody else has."""
    reading, writing = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *SCREEN, "-displayfd", str(writing), pass_fds=[writing], stderr=asyncio.subprocess.DEVNULL
        )
    finally:
        os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{(await asyncio.to_thread(number.readline)).strip()}"
    finally:
        process.terminate()
        await process.wait()


async def _free_port() -> int:
    """For a program that cannot be told to choose one itself."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


class WebkitVisitor(Scripted):
    """Their pages are in windows that a page of the same origin opened: such a window is there before its first
    document, so that what the page says in its console, and errors, are kept from its first line on."""

    def __init__(self, driver: Driver, origin: str, name: str, language: Language, size: Size) -> None:
        super().__init__(name, language)
        self._driver, self._origin, self._size = driver, origin, size

    async def opens(self, link: str) -> None:
        """In a new window of this size, without any bars."""
        before = await self._driver.do("GET", "/window/handles")
        assert await self._runs(OPEN, link, *SIZES[self._size].values()) == "opened"
        [new] = set(await self._driver.do("GET", "/window/handles")) - set(before)
        await self._driver.do("POST", "/window", handle=new)
        await self.until("() => document.readyState === 'complete' && location.protocol !== 'about:'")

    async def asks(self, question: str, *arguments: object) -> Any:
        answer = await self._runs(f"return JSON.stringify((await ({question})(...arguments)) ?? null)", *arguments)
        return json.loads(answer)

    async def touched(self, which: str, *names: str) -> bool:
        """With a mouse: this driver has no fingers."""
        found = await self._runs(f"return await ({TAPPABLE % which})(...arguments)", *names)
        if not found:
            return False
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": {ELEMENT: found[ELEMENT]}},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        await self._driver.do("POST", "/actions", actions=[mouse])
        return True

    async def typed(self, text: str) -> None:
        focused = await self._driver.do("GET", "/element/active")
        await self._driver.do("POST", f"/element/{focused[ELEMENT]}/value", text=text)

    async def was_silent(self) -> None:
        noise = await self.asks("() => window.noise")
        assert noise == [], noise
        asked = await self.asks("() => performance.getEntriesByType('resource').map((one) => one.name)")
        assert asked, "WebKit has not told what the page fetches"
        assert [one for one in asked if not one.startswith(f"{self._origin}/")] == []

    async def pictured(self, name: str = "") -> None:
        """With LINGKAR_PICTURES=folder: how the page looks now, for whoever looks into a failure."""
        if folder := os.environ.get("LINGKAR_PICTURES"):
            shot = await self._driver.do("GET", "/screenshot")
            (Path(folder) / f"webkit-{self.name}{name}.png").write_bytes(base64.b64decode(shot))

    async def _runs(self, script: str, *arguments: object) -> Any:
        return await self._driver.do(
            "POST", "/execute/sync", script=f"return (async function () {{ {script} }})(...arguments)", args=arguments
        )


OPEN = """
const [link, width, height] = arguments
const page = window.open(link, '_blank', `toolbar=no,menubar=no,width=${width},height=${height}`)
if (!page) return 'refused'
const noise = (page.noise = [])
page.addEventListener('error', (event) => noise.push(`error: ${event.message ?? event.target?.outerHTML}`), true)
page.addEventListener('unhandledrejection', (event) => noise.push(`rejected: ${event.reason}`))
page.addEventListener('securitypolicyviolation', (event) => noise.push(`policy: ${event.violatedDirective}`))
for (const level of ['error', 'warn']) {
  const say = page.console[level].bind(page.console)
  page.console[level] = (...words) => {
    noise.push(`${level}: ${words.join(' ')}`)
    say(...words)
  }
}
return 'opened'
"""
