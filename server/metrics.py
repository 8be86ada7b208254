"""Numbers about how the server does, for Prometheus. No name, room, seat or address is ever in them, nor in a label."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The server's counters, and the gauges that are read when somebody asks."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges = _Gauges()
        self._registry.register(self._gauges)
        self.commands = self._counter("lingkar_commands", "Commands, by how they ended.", "outcome")
        self.connections = self._counter("lingkar_connections", "Connections that were asked for.", "outcome")
        self.asks = self._counter(
            "lingkar_asks", "What was asked for about links and other devices, by how it ended.", "outcome"
        )
        self.bugs = self._counter(
            "lingkar_bugs", "Failures of the server itself, each with a traceback in the log.", "where"
        )
        self.decide = Histogram(
            "lingkar_decide_seconds",
            "From a command's arrival to its events, without the disk.",
            buckets=(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1),
            registry=self._registry,
        )

    def _counter(self, name: str, text: str, label: str) -> Counter:
        return Counter(name, text, [label], registry=self._registry)

    def watch(self, name: str, text: str, read: Callable[[], float]) -> None:
        """A gauge `lingkar_<name>` whose value is asked for at each scrape. `ValueError` when there is one already."""
        self._gauges.add(f"lingkar_{name}", text, read)

    def text(self) -> bytes:
        """Everything, in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Gauges(Collector):
    def __init__(self) -> None:
        self._reads: dict[str, tuple[str, Callable[[], float]]] = {}

    def add(self, name: str, text: str, read: Callable[[], float]) -> None:
        if name in self._reads:
            raise ValueError(f"there is a gauge {name} already")
        self._reads[name] = (text, read)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, (text, read) in self._reads.items():
            yield GaugeMetricFamily(name, text, value=read())
