"""What holds for every test."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The check takes the same ways every time, so that it says something about the change. Fresh ones are for long looks.
FRESH = bool(os.environ.get("LINGKAR_LAWS"))

# A slow or busy machine is no failure: how fast things are is measured in benchmarks/, not here.
settings.register_profile("lingkar", deadline=None, derandomize=not FRESH, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lingkar")

# Looking at every line makes Python twice as slow. These look at programs from outside.
UNCOUNTED = ("browser", "reliability")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = [Path(__file__).parent / each for each in UNCOUNTED]
    for item in items:
        if any(place in (item.path, *item.path.parents) for place in places):
            item.add_marker(pytest.mark.no_cover)


def a_seed() -> int:
    """For a random walk: `LINGKAR_SEED`; else always the same, or a fresh one in a long look. Printed."""
    given = os.environ.get("LINGKAR_SEED", "")
    seed = int(given) if given else random.SystemRandom().randrange(1 << 32) if FRESH else 20
    print(f"seed {seed}")
    return seed
