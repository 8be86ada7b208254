"""One server for all tests of a file: whatever each of them does to it, the next one finds it well."""

from collections.abc import Iterator

import pytest

from tests.server.running import Running, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("faults") / "data") as found:
        yield found
        assert found.code is None
        found.terminate()
        assert found.end() == 0
        assert "Traceback" not in found.said
