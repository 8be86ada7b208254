"""A sound card that nobody hears: a PulseAudio of our own, with a microphone that whistles and a recorded loudspeaker.

Firefox is told to use it as any other, so that what is tested is the way from a device to a device.
"""

import asyncio
import contextlib
import math
import os
import subprocess
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.browser import tones

PATIENCE = 60.0  # seconds for a start; it only ends a broken test
RATE = 16_000  # samples per second of what is recorded
WINDOW = 800  # samples that are looked at at once: 50 ms
AUDIBLE = 0.004  # of full scale: what is below is silence

# No device of the machine, no session, no file but in this folder. The microphone is what is played into `mouth`.
# `norewinds`: what plays nowhere would otherwise work in pieces of two seconds.
SETUP = """
load-module module-null-sink sink_name=loudspeaker sink_properties=device.description=Loudspeaker rate=48000 norewinds=1
load-module module-null-sink sink_name=mouth rate=48000 channels=1 norewinds=1
load-module module-remap-source source_name=microphone master=mouth.monitor channels=1
set-default-sink loudspeaker
set-default-source microphone
load-module module-native-protocol-unix socket={folder}/socket auth-cookie-enabled=0
"""
SERVE = ("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1")
_RAW = ("--raw", "--channels=1", "--format=s16le")
PLAY = ("pacat", *_RAW, "--device=mouth")
RECORD = ("parec", *_RAW, "--device=loudspeaker.monitor", "--latency-msec=20")


class Heard(NamedTuple):
    """What came out of the loudspeaker in some time: the parts of it in which anything sounded, and of the power of
    these the part of each voice of `tones`."""

    sounding: float
    shares: tuple[float, ...]


class SoundCard(NamedTuple):
    """`place` is the environment in which a program finds it."""

    place: dict[str, str]

    async def plays(self, seconds: float) -> Heard:
        """What the loudspeaker plays from now on, for so long."""
        recorder = await asyncio.create_subprocess_exec(
            *RECORD, f"--rate={RATE}", env=os.environ | self.place, stdout=subprocess.PIPE
        )
        assert recorder.stdout is not None
        try:
            samples = array("h", await recorder.stdout.readexactly(round(seconds * RATE / WINDOW) * WINDOW * 2))
        finally:
            recorder.kill()
            await recorder.wait()
        return await asyncio.to_thread(judge, samples)

    async def listened_to(self) -> bool:
        """Some program has the microphone."""
        asking = await asyncio.create_subprocess_exec(
            "pactl", "list", "short", "source-outputs", env=os.environ | self.place, stdout=subprocess.PIPE
        )
        said, _ = await asking.communicate()
        assert asking.returncode == 0
        # One row each: number, number of the device, number of the program ("-": PulseAudio itself), ...
        return any(row.split("\t")[2] != "-" for row in said.decode().splitlines())


def judge(samples: "array[int]") -> Heard:
    """16 bits, at RATE."""
    windows = [samples[start : start + WINDOW] for start in range(0, len(samples) - WINDOW + 1, WINDOW)]
    loud = [window for window in windows if math.sqrt(sum(n * n for n in window) / WINDOW) > AUDIBLE * 32_768]
    powers = [
        sum(power(window, pitch) for window in loud for pitch in tones.pitches(voice)) for voice in range(tones.VOICES)
    ]
    return Heard(len(loud) / len(windows), tuple(power / (sum(powers) or 1) for power in powers))


def power(samples: "array[int]", pitch: float) -> float:
    """At this pitch in Hz (Goertzel)."""
    turn = 2 * math.cos(2 * math.pi * pitch / RATE)
    one = two = 0.0
    for sample in samples:
        one, two = sample + turn * one - two, one
    return one * one + two * two - turn * one * two


@asynccontextmanager
async def sound_card(voice: int) -> AsyncIterator[SoundCard]:
    """Its microphone hears this voice of `tones`, without end."""
    with TemporaryDirectory(prefix="lingkar-") as name:  # short: a socket's path has no room for more
        folder = Path(name)
        (folder / "setup").write_text(SETUP.format(folder=folder))
        own = {"HOME": name, "XDG_RUNTIME_DIR": name, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/dev/null"}
        command = (*SERVE, "--file", f"{name}/setup")
        with (folder / "said").open("wb") as said:
            server = await asyncio.create_subprocess_exec(*command, env=os.environ | own, stdout=said, stderr=said)
        card = SoundCard(own | {"PULSE_SERVER": f"unix:{name}/socket"})
        try:
            async with asyncio.timeout(PATIENCE):
                while not _listens(folder) and server.returncode is None:
                    await asyncio.sleep(0.02)
            assert server.returncode is None, f"PulseAudio did not start:\n{(folder / 'said').read_text()}"
            async with _whistling(card, voice):
                yield card
        finally:
            if server.returncode is None:
                server.terminate()
            await server.wait()


def _listens(folder: Path) -> bool:
    """The setup has been read to its end."""
    return (folder / "socket").exists()


@asynccontextmanager
async def _whistling(card: SoundCard, voice: int) -> AsyncIterator[None]:
    scale = b"".join(tones.samples(pitch).tobytes() for pitch in tones.pitches(voice))
    mouth = await asyncio.create_subprocess_exec(
        *PLAY, f"--rate={tones.RATE}", env=os.environ | card.place, stdin=subprocess.PIPE
    )

    async def whistle() -> None:
        assert mouth.stdin is not None
        with contextlib.suppress(ConnectionError):
            while True:
                mouth.stdin.write(scale)
                await mouth.stdin.drain()  # as fast as it is played

    breath = asyncio.create_task(whistle())
    try:
        yield
    finally:
        mouth.kill()
        await mouth.wait()
        await breath
