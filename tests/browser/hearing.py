"""People with a microphone each, and what they really hear: four browsers with four voices, on a network of their own.

A person's voice is the one of tones.py that has the number of their browser.
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, Playwright, async_playwright

from tests.browser import tones
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.relay_udp import HERE, Line, lines
from tests.browser.visitor import PATIENCE, Visitor

OBSERVER = Path(__file__).parent / "js" / "observer.js"
SILENT = 0.4  # seconds without a sound that are silence
FIRST = 700.0  # ms: less than half of a scale


class Quartet(NamedTuple):
    """Browser n has voice n and goes by line n; all of them find the server under the first line's address."""

    browsers: Sequence[Browser]
    lines: Sequence[Line]

    @property
    def url(self) -> str:
        return self.lines[0].url


@asynccontextmanager
async def quartet(folder: Path) -> AsyncIterator[Quartet]:
    """`folder` is for the voices."""
    async with lines(tones.VOICES) as found, async_playwright() as playwright, AsyncExitStack() as ending:
        browsers = []
        for voice, line in enumerate(found):
            browser = await _browser(playwright, tones.write(folder, voice), found[0].url, line.url)
            ending.push_async_callback(browser.close)
            browsers.append(browser)
        yield Quartet(browsers, found)


async def _browser(playwright: Playwright, voice: Path, url: str, really: str) -> Browser:
    """What it knows as `url` is at `really`; there is no other host to ask."""
    known, there = url.removeprefix("http://"), really.replace("http://localhost", HERE)
    flags = [flag for flag in FLAGS if not flag.startswith("--host-resolver-rules")]
    flags += [
        f"--host-resolver-rules=MAP {known} {there}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
        "--allow-loopback-in-peer-connection",  # all of this stays on one machine
    ]
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


async def observed(person: Visitor) -> None:
    """From the next page on: everything below needs it."""
    scales = json.dumps([tones.pitches(voice) for voice in range(tones.VOICES)])
    await person.context.add_init_script(f"const SCALES = {scales};\n{OBSERVER.read_text()}")


async def now(person: Visitor) -> float:
    """In ms since 1970, as the page's clock has it."""
    found: float = await person.page.evaluate("observed.now()")
    return found


async def hears(person: Visitor, voice: int, patience: float = PATIENCE) -> None:
    """For the last moments: this voice without a break, and no other."""
    await hears_all(person, voice, patience=patience)


async def hears_all(person: Visitor, *voices: int, patience: float = PATIENCE) -> None:
    """For the last moments: each of these without a break, all at the same time, each by itself; and no other."""
    await person.page.wait_for_function(
        """(voices) => {
          const all = observed.choir(observed.now() - 500)
          const whole = (voice) => (one) => one.count >= 15 && one.sounding > 0.9 && one.shares[voice] > 0.97
          return all.length === voices.length && voices.every((voice) => all.some(whole(voice)))
        }""",
        arg=list(voices),
        polling=100,
        timeout=patience,
    )


async def hears_nothing(person: Visitor) -> None:
    """For the last moments."""
    await person.page.wait_for_function("(ms) => observed.silent(observed.now() - ms)", arg=SILENT * 1000, polling=100)


async def listens(person: Visitor, since: float, seconds: float) -> None:
    """Until so much was played since then."""
    await person.page.wait_for_function(
        "([since, seconds]) => observed.length(since) >= seconds", arg=[since, seconds], polling=100
    )


async def voices(person: Visitor, since: float) -> list[float]:
    """The share that each voice has of what was heard since then, in the order of voices; all 0 when it was silent."""
    found: list[float] = await person.page.evaluate("(since) => observed.voices(since).shares", since)
    return found


class Moment(NamedTuple):
    """20 ms of sound: when (ms since 1970), whose voice (-1: silence), and which step of it."""

    at: float
    voice: int
    step: int


async def _moments(person: Visitor, ear: str, since: float) -> list[Moment]:
    found = await person.page.evaluate(f"(since) => observed.windows({ear}, since)", since)
    return [Moment(one["at"], one["voice"], one["step"]) for one in found]


async def played(person: Visitor, since: float) -> list[Moment]:
    """What the page let hear since then."""
    return await _moments(person, "observed.played()", since)


async def said(person: Visitor, since: float) -> list[Moment]:
    """What the own microphone took since then, whether it was sent or not."""
    return await _moments(person, "observed.said", since)


def clipped(spoken: Sequence[Moment], came: Sequence[Moment]) -> list[int]:
    """Steps that were said before the first one that came. Only the first that came are looked at: later ones are of
    the next time through the scale."""
    first = {each.step for each in came if each.at < came[0].at + FIRST}
    steps = dict.fromkeys(each.step for each in spoken if each.step >= 0)
    return list(takewhile(lambda step: step not in first, steps))


async def lit(person: Visitor) -> float:
    """When the page said, the last time, that the microphone is open; in ms since 1970."""
    found: float = await person.page.evaluate("observed.lights.findLast(([, lit]) => lit)[0]")
    return found


async def stats(person: Visitor) -> dict[str, Any]:
    """Of the newest connection, by kind: `inbound-rtp`, `outbound-rtp`, `transport`, `pair`."""
    found: dict[str, Any] = await person.page.evaluate("observed.stats()")
    return found


class Heard(NamedTuple):
    """Counters of what a page was sent: packets, and samples (48 kHz) that were made up, of these in silence."""

    packets: int
    concealed: int
    silent: int

    def since(self, before: "Heard") -> "Heard":
        return Heard(*(new - old for new, old in zip(self, before, strict=True)))

    @property
    def audible_ms(self) -> float:
        """Made up while there was something to hear."""
        return (self.concealed - self.silent) / 48


async def heard(person: Visitor) -> Heard:
    found = (await stats(person)).get("inbound-rtp", {})
    names = ("packetsReceived", "concealedSamples", "silentConcealedSamples")
    return Heard(*(found.get(name, 0) for name in names))


async def sent(person: Visitor) -> int:
    """RTP packets that left this page."""
    found: int = (await stats(person)).get("outbound-rtp", {}).get("packetsSent", 0)
    return found


async def asked(person: Visitor) -> int:
    """How often the page asked for the microphone."""
    found: int = await person.page.evaluate("observed.asked")
    return found


async def holds_microphone(person: Visitor, does: bool) -> None:
    """The page has the device, or has let it go."""
    await person.page.wait_for_function("(does) => observed.live() === Number(does)", arg=does)


async def connected(person: Visitor) -> float:
    """Within how many ms the first connection of the page was there."""
    found: float = await person.page.evaluate("observed.connected")
    return found
