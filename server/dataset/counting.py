"""How much there is of what in a generation: counted in the background, the last figures at hand meanwhile."""

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

from kg.errors import BomayError
from kg.store import Graph
from server.apart import Bounds, run_apart

_LOG: Final = logging.getLogger(__name__)
_BOUNDS: Final = Bounds(
    600.0,
    4 << 30,
    "Counting the dataset took longer than ten minutes and was stopped.",
    "Counting the dataset needs more memory than it may use.",
)
_SHARE: Final = 20  # counting may take one part in so many of the time


@dataclass(frozen=True, slots=True)
class Figures:
    """What one generation holds; pairs are (IRI, number), of statements or of instances.

    `links` are by the web site that they lead to, `graphs` the named graphs, `examples` IRIs of entities.
    """

    generation: int
    triples: int
    entities: int
    subjects: int
    objects: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    graphs: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, int], ...]
    vocabularies: tuple[str, ...]
    examples: tuple[str, ...]

    @classmethod
    def of(cls, generation: int, said: dict[str, Any]) -> "Figures":
        """The figures that a process has counted."""
        counted: dict[str, Any] = {
            key: value if isinstance(value, int) else _frozen(value) for key, value in said.items()
        }
        return cls(generation, **counted)


def _frozen(values: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


@dataclass(slots=True)
class Counting:
    """The figures of a graph; safe to share between threads. One count at a time, and never the same twice."""

    graph: Graph
    _known: Figures | None = None
    _tried: int = -1
    _rest_until: float = 0.0
    _done: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _running: bool = False

    def known(self) -> Figures | None:
        """The last figures, without counting."""
        return self._known

    def figures(self, generation: int, patience: float) -> Figures | None:
        """The figures of this generation, or after `patience` seconds the last that are known; None before the first.

        Begins to count unless that is under way, was tried for this generation, or was done a moment ago: a count that
        took a second is not followed by another for twenty.
        """
        with self._lock:
            known = self._known
            if known is not None and known.generation >= generation:
                return known
            if not self._running and self._tried < generation and time.monotonic() >= self._rest_until:
                self._running = True
                self._done.clear()
                threading.Thread(target=self._count, name="counting", daemon=True).start()
            running = self._running
        if running:
            self._done.wait(patience)
        return self._known

    def _count(self) -> None:
        began, found = time.monotonic(), None
        tried = -1
        try:
            with self.graph.pin() as generation:
                tried = generation.number
                said = run_apart("server.dataset.counting_child", str(generation.path).encode(), _BOUNDS)
                found = Figures.of(tried, said)
        except (BomayError, OSError, RuntimeError) as error:
            _LOG.warning("the dataset was not counted: %s", error)
        finally:
            with self._lock:
                ended = time.monotonic()
                self._known = found or self._known
                self._tried, self._running = max(self._tried, tried), False
                self._rest_until = ended + _SHARE * (ended - began)
                self._done.set()
