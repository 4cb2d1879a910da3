"""What an application holds for all its requests: the graph, the workers, the library, and what is remembered."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar, cast

from flask import Flask, Response, current_app, g

from kg.query import Library, QueryPool
from kg.search import Follower, Index
from kg.store import Folder, Generation, Graph
from server.dataset import Counting
from server.extracting import ReadingDesk
from server.remembering import Answers
from server.validating import Desk

T = TypeVar("T")
_KEY: Final = "bomay"


@dataclass(slots=True)
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: object = None
    is_made: bool = False


@dataclass(slots=True)
class Memory:
    """Values that hold for one generation: asked for a later one, the earlier are forgotten.

    A value that takes long to make keeps only those waiting who ask for it.
    """

    generation: int = -1
    slots: dict[str, _Slot] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    hits: int = 0
    misses: int = 0

    def recall(self, generation: int, key: str, make: Callable[[], T]) -> T:
        """The value of `key` in this generation, made when it is not there yet."""
        with self.lock:
            if generation > self.generation:
                self.generation, self.slots = generation, {}
            known = self.slots.get(key) if generation == self.generation else None
            self.hits, self.misses = self.hits + (known is not None), self.misses + (known is None)
            slot = self.slots.setdefault(key, _Slot()) if generation == self.generation else _Slot()
        with slot.lock:
            if not slot.is_made:
                slot.value, slot.is_made = make(), True
            return cast(T, slot.value)


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service."""

    graph: Graph
    pool: QueryPool
    library: Library
    data: Path
    follower: Follower
    self_accept: bool = False
    desk: Desk = field(default_factory=Desk)
    reading: ReadingDesk = field(default_factory=ReadingDesk)
    rebuilding: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(2))
    memory: Memory = field(default_factory=Memory)
    answers: Answers = field(default_factory=lambda: Answers(0))
    stopping: threading.Event = field(default_factory=threading.Event)
    counting: Counting = field(init=False)

    def __post_init__(self) -> None:
        """Ties the counting to the graph."""
        object.__setattr__(self, "counting", Counting(self.graph))

    @property
    def journal(self) -> Path:
        """Where the patches lie."""
        return Folder(self.data).journal

    def index(self) -> Index:
        """The search index of the current generation."""
        return self.memory.recall(pinned().number, "index", self.follower.index)


def init(app: Flask, held: Service) -> None:
    """Ties a service to an application."""
    app.extensions[_KEY] = held
    app.after_request(_unpin_when_sent)
    app.teardown_request(_unpin)


def held_by(app: Flask) -> Service:
    """The service of an application."""
    return cast(Service, app.extensions[_KEY])


def service() -> Service:
    """The service of the current application."""
    return held_by(current_app)


def pinned() -> Generation:
    """The generation that this whole request reads; it stays on disk until the response is sent."""
    if "generation" not in g:
        pins = ExitStack()
        g.generation = pins.enter_context(service().graph.pin())
        g.pins = pins
    return cast(Generation, g.generation)


def read_path() -> Path:
    """Where the questions of a page are asked: the pinned generation, or an earlier one (`server.past`)."""
    past: Path | None = g.get("past")
    return past or pinned().path


def _unpin_when_sent(response: Response) -> Response:
    pins: ExitStack | None = g.pop("pins", None)
    if pins is not None:
        response.call_on_close(pins.close)
    return response


def _unpin(_: BaseException | None) -> None:
    pins: ExitStack | None = g.pop("pins", None)
    if pins is not None:
        pins.close()
