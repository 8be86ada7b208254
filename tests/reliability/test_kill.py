"""kill -9 in the middle of several meetings, with commands of every kind on their way, again and again.

Everybody keeps what the server said yes to in a ledger. After each restart they come back by their tokens, and what is
there is compared with it. What was not answered has happened wholly or not at all. `LINGKAR_TEST_KILLS` sets the number
of kills; `make soak` takes a thousand, and prints what came of it.
"""

import asyncio
import os
import random
import statistics
import time
from collections import ChainMap
from pathlib import Path

import pytest

from tests.conftest import a_seed
from tests.reliability.doors import Door, Ending
from tests.reliability.ledger import Ledger
from tests.reliability.lives import Floor, Home, Life, Order, at_home
from tests.reliability.practising import Practice
from tests.server.running import Running, running

KILLS = int(os.environ.get("LINGKAR_TEST_KILLS", "16"))


@pytest.mark.timeout(120 + 10 * KILLS)
@pytest.mark.parametrize("part", range(2))
async def test_what_was_acknowledged_survives_every_kill(part: int, tmp_path: Path) -> None:
    chance, ledger, spans = random.Random(a_seed() + part), Ledger(), list[float]()
    kills = (KILLS + part) // 2
    doubles = 0
    with running(tmp_path / "data") as server:
        async with at_home(server) as home:
            lives: list[Life] = [
                await Order.begin(home, ledger, chance, ["Ada", "Sari", *(f"Order {n}" for n in range(6))]),
                await Floor.begin(home, ledger, chance, ["Bayu", *(f"Floor {n}" for n in range(4))]),
                await Door.begin(home, ledger, chance, ["Citra"]),
                await Ending.begin(home, ledger, chance, ["Ema", "Fajar"]),
                await Practice.begin(home, ledger, chance, ["Gita", *(f"Practice {n}" for n in range(5))]),
            ]
            for cycle in range(kills):
                spans.append(await a_life(home, lives, ledger, chance))
                wrong = [fault for life in lives for fault in life.wrong()]
                found = await asyncio.gather(*(life.found() for life in lives))
                wrong += ledger.settle(dict(ChainMap(*found)))
                assert not wrong, (cycle, wrong)
                doubles += sum(life.doubles() for life in lives)
                await asyncio.gather(*(life.prepare() for life in lives))
    acts = ", ".join(f"{number} {kind}" for kind, number in ledger.kinds.most_common())
    print(
        f"{kills} kills, {ledger.kinds.total()} acts acknowledged, 0 lost, 0 reordered, {doubles} double speakers;"
        f" serving again after {statistics.median(spans):.2f} s, at most {max(spans):.2f} s ({acts})"
    )
    assert doubles == 0


async def a_life(home: Home, lives: list[Life], ledger: Ledger, chance: random.Random) -> float:
    """Everybody is busy, then the server is gone, then there is another one. Seconds until it served."""
    tasks = [asyncio.ensure_future(task) for life in lives for task in life.busy()]
    await asyncio.sleep(0.1 + chance.random() / 3)  # how long, does not matter
    killed = time.monotonic()
    home.server.kill()
    await asyncio.gather(*tasks)
    assert not [fault for life in lives for fault in life.on_disk(home.data)]
    home.server = Running(home.data)
    span = time.monotonic() - killed
    for life in lives:
        life.killed = killed
    await asyncio.gather(*(life.back() for life in lives))
    return span
