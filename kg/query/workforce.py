"""Worker processes on lease: started ahead, handed out one to a query, killed at their deadline, replaced."""

import threading
import time
from dataclasses import dataclass
from typing import Final

from kg.errors import BomayError, LimitExceeded
from kg.query.process import WorkerProcess

_RETRY_SECONDS: Final = 1.0
_START_SECONDS: Final = 60.0
_CLOSED: Final = "The query service is closed."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use, and how many may wait for a worker, and for how long."""

    seconds: float = 30.0
    memory_bytes: int = 2 << 30
    result_bytes: int = 1 << 30
    waiting: int = 32
    wait_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Load:
    """How many queries run and wait, and how many workers are idle."""

    running: int
    waiting: int
    idle: int


@dataclass(eq=False, slots=True)
class Lease:
    """One worker for one query, until the deadline (of time.monotonic)."""

    worker: WorkerProcess
    seconds: float
    deadline: float
    expired: bool = False


class Workforce:
    """At most `size` leases at a time, with `spares` more workers standing ready for those that are killed.

    Safe to share between threads. A thread of its own starts workers and kills those past their deadline, so that none
    is held longer than its query may take, also when nobody reads its answer.
    """

    def __init__(self, size: int, spares: int, limits: Limits) -> None:
        self.count = size + spares
        self._size, self._limits = size, limits
        self._lock = threading.Lock()
        self._free = threading.Condition(self._lock)
        self._work = threading.Condition(self._lock)
        self._idle: list[WorkerProcess] = []
        self._leases: set[Lease] = set()
        self._spent: list[WorkerProcess] = []
        self._waiting = 0
        self._last_path = ""
        self._next_look = float("inf")
        self._closed = False
        self._keeper = threading.Thread(target=self._keep, name="query-workers", daemon=True)
        self._keeper.start()

    def load(self) -> Load:
        """What there is to do at this moment."""
        with self._lock:
            return Load(len(self._leases), self._waiting, len(self._idle))

    def acquire(self, path: str, seconds: float) -> Lease:
        """A worker: one that has started, has this generation open and was used last, as far as there is one.

        Waits within the limits.

        Raises LimitExceeded("concurrency").
        """
        with self._lock:
            if not self._available() and self._waiting >= self._limits.waiting:
                raise LimitExceeded("concurrency", "Too many queries are waiting; try again in a moment.")
            self._waiting += 1
            try:
                found = self._free.wait_for(lambda: self._closed or self._available(), self._limits.wait_seconds)
            finally:
                self._waiting -= 1
            if self._closed:
                raise BomayError(_CLOSED)
            if not found:
                message = f"No worker came free within {self._limits.wait_seconds:g} seconds; try again in a moment."
                raise LimitExceeded("concurrency", message)
            worker = max(reversed(self._idle), key=lambda idle: (idle.is_ready, idle.path == path))
            self._idle.remove(worker)
            self._last_path = path or self._last_path
            lease = Lease(worker, seconds, time.monotonic() + _START_SECONDS)
            self._leases.add(lease)
            return lease

    def begin(self, lease: Lease) -> None:
        """Starts the clock of a lease: its worker is up, and has the query."""
        with self._lock:
            lease.deadline = time.monotonic() + lease.seconds
            if lease.deadline < self._next_look:
                self._work.notify()

    def release(self, lease: Lease, reusable: bool) -> None:
        """Takes a worker back, or kills it. To be called once, and with nobody listening to the worker any more."""
        with self._lock:
            self._leases.discard(lease)
            if reusable and not lease.expired and not self._closed:
                self._idle.append(lease.worker)
            elif not self._closed:
                lease.worker.kill()
                self._spent.append(lease.worker)
                self._work.notify()
            self._free.notify()
            closed = self._closed
        if closed:
            lease.worker.end()

    def verdict(self, lease: Lease) -> BomayError:
        """Why a leased worker is no more."""
        if lease.expired:
            message = f"The query ran longer than {lease.seconds:g} seconds and was stopped; ask for less at a time."
            return LimitExceeded("time", message)
        return BomayError(_CLOSED) if self._closed else lease.worker.cause_of_death()

    def close(self) -> None:
        """Ends all workers, also those on lease: who listens to one of these gets its verdict."""
        with self._lock:
            self._closed = True
            self._work.notify()
            self._free.notify_all()
        self._keeper.join()
        with self._lock:
            on_lease = [lease.worker for lease in self._leases]
            ended, self._idle, self._spent = [*self._idle, *self._spent], [], []
        for worker in on_lease:
            worker.reap()
        for worker in ended:
            worker.end()

    def _available(self) -> bool:
        return bool(self._idle) and len(self._leases) < self._size

    def _missing(self) -> int:
        return self.count - len(self._idle) - len(self._leases)

    def _keep(self) -> None:
        while not self._closed:
            started = self._start_one()
            with self._lock:
                spent, self._spent = self._spent, []
            for worker in spent:
                worker.end()
            with self._lock:
                self._kill_expired(time.monotonic())
                busy = self._closed or self._spent or (self._missing() and started)
                if not busy:
                    self._work.wait(self._seconds_to_next_look(started))

    def _start_one(self) -> bool:
        """Starts a worker if one is missing; False when the system refuses one (out of processes or memory)."""
        with self._lock:
            if not self._missing():
                return True
        try:
            worker = WorkerProcess(self._limits.memory_bytes, self._last_path)
        except OSError:
            return False
        with self._lock:
            self._idle.insert(0, worker)
            self._free.notify()
        return True

    def _kill_expired(self, now: float) -> None:
        for lease in self._leases:
            if lease.deadline <= now and not lease.expired:
                lease.expired = True
                lease.worker.kill()
        self._next_look = min((e.deadline for e in self._leases if not e.expired), default=float("inf"))

    def _seconds_to_next_look(self, started: bool) -> float | None:
        wait = self._next_look - time.monotonic()
        if not started:
            wait = min(wait, _RETRY_SECONDS)
        return None if wait == float("inf") else max(wait, 0.0)
