"""Everything is made and joined here, and nowhere else."""

import asyncio
import contextlib
import gc
import logging
import math
import os
import resource
import signal
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable

from aiohttp import web

from server import http, logs
from server.assets import read as read_assets
from server.board import Board
from server.config import Config
from server.control import Control
from server.directory import Directory, Patience
from server.disclosure import Disclosure
from server.doctor.attending import Attending
from server.guard import trace
from server.journal import Journal
from server.links import Keys
from server.media.sound import Sound
from server.metrics import Metrics
from server.neighbours import Neighbours
from server.signposts import load as load_signposts
from server.sockets import Sockets
from server.watchdog import EXIT, Watchdog
from server.wire import Wire

log = logging.getLogger("lingkar.app")

BACKLOG = 1024  # a storm of people at the door; aiohttp's own default loses connections for a second
STUCK = 30.0  # seconds that a peer may take nothing of what it asked for; then its connection is cut by the kernel
CLOSING = 6.0  # seconds that the disk may take at the end; nobody was promised what it has not taken until then
LAST = 13.0  # seconds from the wish to stop to the end of the process, whatever holds it
FORGETTING = 30.0  # seconds between looks at which places were quiet for long enough
GC_THRESHOLDS = (50_000, 20, 100)  # young collections walk what a command made, not the meeting


class Server:
    """A running server. `port` is the one that was really bound."""

    def __init__(self, settings: Config) -> None:
        self._settings = settings
        self.port = settings.port
        self.signposts = load_signposts(settings.signposts)
        self.keys = Keys.open(settings.data)
        self.host_token = settings.host_token or self.keys.host_token()
        self.metrics = Metrics()
        self.journal = Journal.open(settings.data)
        self.sound = Sound(settings.media_addresses, settings.media_port, wanted=settings.audio)
        patience = Patience(settings.meeting_empty * 60, settings.meeting_longest * 60)
        self.rooms = Directory(self.keys, self.journal, lambda: settings.url(self.port), self.sound, patience)
        self.board = Board(self.rooms)
        self.neighbours = Neighbours(settings.trusted_proxies)
        self.wire = Wire(
            Sockets(self.rooms, self.keys, self.metrics, self.sound),
            origin=lambda origin: origin in settings.origins(self.port),
            neighbours=self.neighbours,
            writes=settings.writes,
        )
        self.attending = Attending(settings, self.sound, lambda: self.port)
        disclosure = Disclosure(settings.data, self.rooms, self.sound, self.neighbours)
        self.control = Control(settings.data, [*disclosure.routes(), *self.attending.routes()])
        self.watchdog: Watchdog | None = None
        self._runner: web.AppRunner | None = None
        self._sounding: asyncio.Task[None] | None = None
        self._forgetting: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        settings = self._settings
        self.rooms.recover()
        self._watch()
        self._forget()
        # the port is known before the application is made: its headers name the origin
        app = web.Application()
        listener = _bind(settings.host, settings.port)
        self.port = listener.getsockname()[1]
        site = http.Site(
            assets=read_assets(),
            rooms=self.rooms,
            board=self.board,
            metrics=self.metrics,
            behind=lambda: math.inf if self.journal.failing else self.journal.behind,
            origins=settings.origins(self.port),
            host_token=self.host_token,
            metrics_token=settings.metrics_token,
            audio=lambda: self.sound.state,
            mark=self.attending.mark,
            neighbours=self.neighbours,
            signposts=self.signposts,
        )
        http.attach(app, site)
        self.wire.attach(app)
        self._runner = web.AppRunner(app, **http.listening())
        await self._runner.setup()
        await web.SockSite(self._runner, listener, backlog=BACKLOG, ssl_context=_tls(settings)).start()
        try:
            await self.control.start()
        except OSError as no:
            log.warning("`lingkar disclose` and `doctor` will not reach this server: %s", no.strerror)
        self.watchdog = Watchdog(end=_give_up)
        self._sounding = asyncio.create_task(self._begin_sound())  # people can come meanwhile
        _settle()
        gc.set_threshold(*GC_THRESHOLDS)

    async def _begin_sound(self) -> None:
        """Loads its libraries; what they bring stays, and no young collection shall walk it in a meeting: 25 ms.

        Nobody looks for garbage before that: it takes 60 ms, and after a restart whole rooms come back at this time.
        """
        await self.sound.start()
        gc.freeze()

    def _forget(self) -> None:
        """Addresses are forgotten by time, also when nobody comes any more."""
        loop = asyncio.get_running_loop()
        self.neighbours.forget(loop.time())
        self._forgetting = loop.call_later(FORGETTING, self._forget)

    def _watch(self) -> None:
        watch = self.metrics.watch
        watch("rooms", "Rooms.", lambda: len(self.rooms.rooms()))
        watch("people", "People with a live connection.", lambda: self.wire.lines)
        watch("peers", "Connections for sound.", lambda: self.sound.peers)
        watch("stalls", "Times that the server stood still.", lambda: self.watchdog.stalls if self.watchdog else 0)
        watch("tasks", "What the server does at the moment, in tasks.", lambda: len(asyncio.all_tasks()))
        watch("journal_pending", "Writes that wait for the disk.", lambda: self.journal.pending)
        watch("journal_erasing", "Erasures that wait for others to stop reading.", lambda: self.journal.erasing)
        watch("journal_failing", "1 while the disk does not take what has to be kept.", lambda: self.journal.failing)
        watch("journal_behind_seconds", "How long the oldest of them has waited.", lambda: self.journal.behind)

    async def stop(self) -> None:
        """Rooms stand still, browsers are let go and come back by themselves, what was decided is made durable. All at
        the same time, each with a deadline."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        self.board.stop()
        await self.rooms.stop()
        closing = [self._close_sound(), self.control.close(), self._close_journal()]
        ending = [self._close_connections(), *(_within(LAST / 2, one) for one in closing)]
        for ended in await asyncio.gather(*ending, return_exceptions=True):
            if isinstance(ended, Exception):
                log.error("a bug, in stopping: %s", trace(ended))
        if self.watchdog is not None:
            self.watchdog.close()

    async def _close_connections(self) -> None:
        """Lines first: once aiohttp stops it hears nothing more, and every browser's answer to the goodbye would be
        waited for in vain, two seconds longer."""
        await _within(LAST / 2, self.wire.close())
        if self._runner is not None:
            await _within(LAST / 2, self._runner.cleanup())

    async def _close_sound(self) -> None:
        if self._sounding is not None:
            self._sounding.cancel()
            await asyncio.wait([self._sounding])
        await self.sound.close()

    async def _close_journal(self) -> None:
        try:
            await asyncio.wait_for(self.journal.close(), CLOSING)
        except TimeoutError:
            log.error("stopped, although the disk does not take what waits for it")


async def run(settings: Config, announce: Callable[[int, str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is told the port and the host token when people can come."""
    logs.attend(asyncio.get_running_loop())
    _allow_files()
    server = Server(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await server.start()
        announce(server.port, server.host_token)
        await stop.wait()
    finally:
        _be_gone_in(LAST)
        await server.stop()


def _allow_files() -> None:
    """As many connections as the machine grants: what a process gets unasked is often 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _within(seconds: float, what: Awaitable[None]) -> None:
    """What takes longer is given up on."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(what, seconds)


def _be_gone_in(seconds: float) -> None:
    """Whatever still holds the process then, a thread that does not come back or a bug of ours, does not."""

    def end() -> None:
        log.critical("stopped, although not everything had ended")
        _give_up(EXIT)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def _give_up(status: int) -> None:
    """The end of a process whose loop does not move any more; what was said about it is written first."""
    logs.end()
    os._exit(status)


def _settle() -> None:
    """What is there now stays until the end, and need not be looked at again."""
    gc.collect()
    gc.freeze()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(STUCK * 1000))  # each connection inherits it
    return listener


def _tls(settings: Config) -> ssl.SSLContext | None:
    if settings.tls_cert is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.tls_cert, settings.tls_key)
    return context
