"""One meeting while it runs, with a clock that is moved by hand and a real journal: moments, marks, failing writes."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server.formats import FORMATS
from tests.server.evening import Evening, Guest, by_hand

Scene = Callable[[Evening], Awaitable[None]]


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Callable[[Scene], None]]:
    """Runs a scene on a fresh server."""

    def run(scene: Scene) -> None:
        async def test() -> None:
            server = Evening(tmp_path / "data")
            try:
                await scene(server)
            finally:
                await server.end()

        by_hand(test)

    return iter([run])  # type: ignore[return-value]
