"""What a running server tells the doctor who asks by the socket in its data folder: how it is set up, and its mark."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from aiohttp import web

from server.config import Config
from server.media.sound import Sound
from server.requests import answer


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """A server, as it runs. Paths are whole. `silent` says why there is no sound although it is wanted."""

    pid: int
    mark: str
    host: str
    port: int
    public_url: str
    tls_cert: str
    tls_key: str
    trusted_proxies: tuple[str, ...]
    audio_wanted: bool
    audio: str
    silent: str
    media_port: int
    media_addresses: tuple[str, ...]
    media_port_chosen: bool  # by whoever runs it
    signposts: str = ""


class Attending:
    """`mark`: chance, made anew with each start. An answer with it can only come from this very process."""

    def __init__(self, settings: Config, sound: Sound, port: Callable[[], int]) -> None:
        self.mark = secrets.token_hex(16)
        self._settings, self._sound, self._port = settings, sound, port

    def routes(self) -> list[web.RouteDef]:
        """For the socket in the data folder."""
        return [web.get("/running", self._running), web.post("/knock", self._knock)]

    async def _running(self, _: web.Request) -> web.Response:
        settings, sound = self._settings, self._sound
        return answer(
            Running(
                pid=os.getpid(),
                mark=self.mark,
                host=settings.host,
                port=self._port(),
                public_url=settings.public_url,
                tls_cert=_whole(settings.tls_cert),
                tls_key=_whole(settings.tls_key),
                trusted_proxies=tuple(map(str, settings.trusted_proxies)),
                audio_wanted=settings.audio,
                audio=sound.state,
                silent=sound.why,
                media_port=sound.number,
                media_addresses=settings.media_addresses,
                media_port_chosen=bool(settings.media_port),
                signposts=_whole(settings.signposts),
            )
        )

    async def _knock(self, _: web.Request) -> web.Response:
        found = self._sound.knock()
        return answer(found, 200 if found else 503)


def _whole(file: Path | None) -> str:
    return str(file.absolute()) if file else ""
