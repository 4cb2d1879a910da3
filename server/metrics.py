"""`/metrics`: figures for Prometheus. Every label has a closed set of values."""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kg import __version__

if TYPE_CHECKING:
    from server.service import Service

blueprint = Blueprint("metrics", __name__)

_KEY: Final = "bomay-metrics"
_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "bomay_request_seconds",
            "Time from a request to the last byte of its answer, by kind of request and class of status",
            ("kind", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._refused = Counter(
            "bomay_refusals", "Requests refused or broken off, by reason", ("reason",), registry=self.registry
        )
        self._running = Gauge("bomay_requests_running", "Requests under way", registry=self.registry)
        self._unchanged = Counter(
            "bomay_answers_unchanged", "Answers that the client had already (304)", registry=self.registry
        )

    def begun(self) -> None:
        """A request came in."""
        self._running.inc()

    def ended(self, kind: str, status: int, seconds: float, refused: str | None) -> None:
        """A request came to its end."""
        self._running.dec()
        self._seconds.labels(kind, f"{status // 100}xx").observe(seconds)
        if status == 304:
            self._unchanged.inc()
        if refused:
            self._refused.labels(refused).inc()


class _State(Collector):
    """What is read from the service when it is asked for."""

    def __init__(self, held: "Service", clock: Callable[[], float] = time.time) -> None:
        self._held, self._clock = held, clock

    def collect(self) -> Iterator[Metric]:
        """See `Collector`."""
        load = self._held.pool.load
        workers = GaugeMetricFamily("bomay_workers", "Query workers, by what they do", labels=("state",))
        workers.add_metric(("busy",), load.running)
        workers.add_metric(("idle",), load.idle)
        yield workers
        yield GaugeMetricFamily(
            "bomay_workers_memory_bytes", "Resident memory of the query workers", self._held.pool.memory
        )
        yield GaugeMetricFamily("bomay_queries_running", "Queries that a worker has", load.running)
        yield GaugeMetricFamily(
            "bomay_queries_long", "Those of them that have run for some time and yield to others", load.long
        )
        yield GaugeMetricFamily("bomay_queries_waiting", "Queries that wait for a worker", load.waiting)
        with self._held.graph.pin() as current:
            age = self._clock() - (current.path.parent / "pin").stat().st_mtime
        yield GaugeMetricFamily("bomay_generation", "The number of the current generation", current.number)
        yield GaugeMetricFamily("bomay_generation_age_seconds", "Time since it was made", max(0.0, age))
        memory = self._held.memory
        lag = max(0, current.number - memory.generation) if memory.generation >= 0 else 0
        yield GaugeMetricFamily(
            "bomay_generation_lag", "Generations by which the search index and other remembered values are behind", lag
        )
        recalled = CounterMetricFamily(
            "bomay_cache", "Values of a generation asked for, by whether they were remembered", labels=("outcome",)
        )
        recalled.add_metric(("hit",), memory.hits)
        recalled.add_metric(("miss",), memory.misses)
        yield recalled
        answers = self._held.answers
        kept = CounterMetricFamily(
            "bomay_answers_kept", "Queries asked, by whether their answer was kept", labels=("outcome",)
        )
        kept.add_metric(("hit",), answers.hits)
        kept.add_metric(("miss",), answers.misses)
        yield kept
        yield GaugeMetricFamily("bomay_answers_kept_bytes", "Bytes of answers that are kept", answers.size)
        software = GaugeMetricFamily("bomay_build_info", "The version of the program", labels=("version",))
        software.add_metric((__version__,), 1)
        yield software


def init(app: Flask, held: "Service") -> Metrics:
    """Makes the figures of an application."""
    metrics = Metrics()
    metrics.registry.register(_State(held))
    app.extensions[_KEY] = metrics
    return metrics


@blueprint.get("/metrics")
def figures() -> Response:
    """All figures in Prometheus' text format."""
    metrics: Metrics = current_app.extensions[_KEY]
    return Response(generate_latest(metrics.registry), content_type=_MEDIA_TYPE)
