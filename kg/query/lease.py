"""One query on its way through the workforce: who asks it, what it may use, where it is."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kg.errors import LimitExceeded
from kg.query.process import WorkerProcess

WAITING: Final = "waiting"
RUNNING: Final = "running"
STREAMING: Final = "streaming"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, how many may wait for a worker and for how long, and what all may use together."""

    seconds: float = 30.0  # from its coming to the last byte of its answer, waiting included
    memory_bytes: int = 2 << 30
    result_bytes: int = 1 << 30
    waiting: int = 32
    wait_seconds: float = 10.0
    memory_of_all: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Load:
    """How many queries run, how many of them are long ones, how many wait, and how many workers are idle."""

    running: int
    long: int
    waiting: int
    idle: int


def _stays() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a name for the query, its kind, the client whose share it counts against, and whether he has left."""

    identifier: str = ""
    kind: str = ""
    client: str = ""
    is_gone: Callable[[], bool] = _stays


@dataclass(frozen=True, slots=True)
class Underway:
    """A query that waits, runs or streams its answer: `seconds` since it came, of the `limit` that it has."""

    identifier: str
    kind: str
    state: str
    since: dt.datetime
    seconds: float
    limit: float
    text: str


@dataclass(eq=False, slots=True)
class Lease:
    """A query with its time; `worker` is None while it waits. Times are those of time.monotonic."""

    asker: Asker
    text: str
    path: str
    seconds: float
    came: float = field(default_factory=time.monotonic)
    since: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    settled: threading.Event = field(default_factory=threading.Event)
    worker: WorkerProcess | None = None
    started: float = 0.0
    state: str = WAITING
    is_long: bool = False
    used: float = 0.0  # seconds of a processor that its worker had used when it became a long one
    nice: int = 0  # how far its worker yields to others
    fault: LimitExceeded | None = None

    @property
    def deadline(self) -> float:
        """When its time is over."""
        return self.came + self.seconds

    @property
    def held(self) -> WorkerProcess:
        """The worker that it has."""
        assert self.worker is not None, "a query that waits has no worker"
        return self.worker

    def wait(self) -> None:
        """It has no worker, and waits for one."""
        self.worker, self.state = None, WAITING
        self.settled.clear()

    def take(self, worker: WorkerProcess) -> None:
        """It has a worker, which may not be up yet."""
        self.worker, self.started = worker, time.monotonic()
        worker.path = self.path or worker.path
        self.settled.set()

    def run(self) -> None:
        """Its worker has got it."""
        self.started, self.state = time.monotonic(), RUNNING

    def end(self, fault: LimitExceeded) -> bool:
        """Ends it with the reason for its asker; False when it was ended before."""
        if self.fault is not None:
            return False
        self.fault = fault
        if self.worker is not None:
            self.worker.kill()
        self.settled.set()
        return True

    def told(self) -> Underway:
        """What there is to say of it now."""
        age = time.monotonic() - self.came
        return Underway(self.asker.identifier, self.asker.kind, self.state, self.since, age, self.seconds, self.text)
