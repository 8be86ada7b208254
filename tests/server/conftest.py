"""A bare guarded server on a free port, and the real JS client."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from server.neighbours import Allowed, Neighbours
from server.wire import Limits, Wire
from tests.server.guarded import Guarded, JsClient, Parlour, from_home, serve

Serve = Callable[..., Awaitable[Guarded]]


@pytest.fixture
async def guarded() -> AsyncIterator[Serve]:
    """Starts a guarded server: `await guarded(limits=..., writes=..., tls=...)`."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)))

        async def start(limits: Limits | None = None, tls: ssl.SSLContext | None = None, **options: Any) -> Guarded:
            door = Parlour()
            many = Neighbours(
                allowed=Allowed(slowed=1_000_000, struck_out=1_000_000)
            )  # all that knock here come from one address
            wire = Wire(door, origin=from_home, limits=limits, neighbours=many, **options)
            runner, port = await serve(wire, tls)
            stack.push_async_callback(runner.cleanup)
            stack.push_async_callback(wire.close)
            return Guarded(wire, door, port, session, "https" if tls else "http")

        yield start


@pytest.fixture
async def js() -> AsyncIterator[JsClient]:
    client = await JsClient.start()
    yield client
    await client.stop()
