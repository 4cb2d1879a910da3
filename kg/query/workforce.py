"""Worker processes on lease: started ahead, handed out one to a query, killed when a limit is met, replaced.

A query begins in one of few places. When it has run for `QUANTUM` it becomes a long one: it leaves its place to the
next, and its worker yields the processors more and more, so that short queries are answered beside many long ones.
Only so many long ones run; one more ends the youngest of the client that has most of them.
"""

import math
import threading
import time
from collections import Counter
from typing import Final

from kg.errors import BomayError, LimitExceeded
from kg.query.lease import WAITING, Lease, Limits, Load, Underway
from kg.query.process import WorkerProcess
from kg.query.shares import Shares

QUANTUM: Final = 0.25  # seconds
_NICENESS: Final = ((QUANTUM, 5), (1.0, 10), (4.0, 19))  # from so many seconds on
_SETTLED: Final = 1.0  # seconds after which a long query is not counted on to end soon
_LOOK_SECONDS: Final = 0.2
_RETRY_SECONDS: Final = 1.0
_CLOSED: Final = "The query service is closed."
_TOO_LONG: Final = "The query took longer than {:g} seconds and was stopped; ask for less at a time."
_GONE: Final = "Whoever asked this query has gone away."


class Workforce:
    """At most `size` short and `long` long queries at a time; `spares` more workers stand ready for the next ones.

    Without places for long queries each keeps its place. Safe to share between threads. A thread of its own starts
    workers and ends those over a limit, so that none is held longer than its query may take, also when nobody reads.
    """

    def __init__(self, size: int, spares: int, long: int, limits: Limits) -> None:
        self.count = size + spares
        self._size, self._long, self._limits = size, long, limits
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        self._idle: list[WorkerProcess] = []
        self._leases: list[Lease] = []
        self._queue: list[Lease] = []
        self._spent: list[WorkerProcess] = []
        self._shares = Shares()
        self._last_path = ""
        self._pressed = 0.0  # when somebody waited for a worker last
        self._next_look = math.inf  # when the keeper looks by itself
        self._closed = False
        self._keeper = threading.Thread(target=self._keep, name="query-workers", daemon=True)
        self._keeper.start()

    def load(self) -> Load:
        """What there is to do at this moment."""
        with self._lock:
            running = self._running()
            return Load(len(running), sum(lease.is_long for lease in running), len(self._queue), len(self._idle))

    def memory(self) -> int:
        """Bytes of memory that the workers hold now."""
        with self._lock:
            workers = [*self._idle, *(lease.held for lease in self._leases)]
        return sum(worker.resident_bytes() for worker in workers)

    def underway(self) -> list[Underway]:
        """The queries that wait and run, the oldest first."""
        with self._lock:
            leases = [*self._running(), *self._queue]
        return sorted((lease.told() for lease in leases), key=lambda told: told.since)

    def end(self, identifier: str, fault: LimitExceeded) -> int:
        """Ends the queries of this name with the reason for their askers; says how many."""
        with self._lock:
            found = [lease for lease in (*self._running(), *self._queue) if lease.asker.identifier == identifier]
            return sum(self._end(lease, fault) for lease in found)

    def acquire(self, lease: Lease) -> None:
        """Waits, within the limits, until a query has a worker: one that has started, has its generation open and was
        used last, as far as there is one. Of those who wait, the client who used least lately is served first.

        Raises LimitExceeded: concurrency, and what it was ended for while it waited.
        """
        lease.wait()
        patience = min(self._limits.wait_seconds, lease.deadline - time.monotonic())
        with self._lock:
            if self._closed:
                raise BomayError(_CLOSED)
            self._queue.append(lease)
            self._dispatch()
            if lease.worker is None and len(self._queue) > self._limits.waiting:
                worst = max(self._queue, key=self._rank)
                self._end(worst, LimitExceeded("concurrency", "Too many queries are waiting; try again in a moment."))
            if lease.worker is None or min(lease.deadline, lease.started + QUANTUM) < self._next_look:
                self._work.notify()
        lease.settled.wait(max(patience, 0.0))
        with self._lock:
            if lease in self._queue:
                self._queue.remove(lease)
                message = f"No worker came free within {patience:.3g} seconds; try again in a moment."
                self._end(lease, LimitExceeded("concurrency", message))
        if lease.fault or self._closed:
            try:
                raise self.verdict(lease)
            finally:
                if lease.worker is not None:
                    self.release(lease, False)

    def release(self, lease: Lease, reusable: bool) -> None:
        """Takes a worker back, or kills it. To be called once, and with nobody listening to the worker any more."""
        worker = lease.held
        with self._lock:
            self._leases.remove(lease)
            self._shares.add(lease.asker.client, time.monotonic() - lease.started)
            if reusable and not (lease.fault or worker.is_nice or self._closed):
                self._idle.append(worker)
            elif not self._closed:
                worker.kill()
                self._spent.append(worker)
                self._work.notify()
            self._dispatch()
            closed = self._closed
        if closed:
            worker.end()

    def verdict(self, lease: Lease) -> BomayError:
        """Why a leased worker is no more."""
        if lease.fault:
            return LimitExceeded(lease.fault.limit, lease.fault.message)  # one that holds on to nothing
        return BomayError(_CLOSED) if self._closed else lease.held.cause_of_death()

    def close(self) -> None:
        """Ends all workers, also those on lease: who listens to one of these gets its verdict."""
        with self._lock:
            self._closed = True
            self._work.notify()
            for waiting in self._queue:
                waiting.settled.set()
        self._keeper.join()
        with self._lock:
            on_lease = [lease.held for lease in self._leases]
            ended, self._idle, self._spent = [*self._idle, *self._spent], [], []
        for worker in on_lease:
            worker.reap()
        for worker in ended:
            worker.end()

    def _rank(self, lease: Lease) -> tuple[float, float]:
        """Least first: seconds used by its client lately, then who came first."""
        now = time.monotonic()
        mine = (now - other.started for other in self._running() if other.asker.client == lease.asker.client)
        return self._shares.used(lease.asker.client) + sum(mine), lease.came

    def _running(self) -> list[Lease]:
        """What has a worker; one that was ended has none, though somebody may still hold what it said."""
        return [lease for lease in self._leases if not lease.fault]

    def _short(self) -> int:
        return sum(not lease.is_long for lease in self._running())

    def _dispatch(self) -> None:
        """Gives workers to those who wait, as far as there are places."""
        while self._queue and self._idle and self._short() < self._size:
            lease = min(self._queue, key=self._rank)
            self._queue.remove(lease)
            worker = max(reversed(self._idle), key=lambda idle: (idle.is_ready, idle.path == lease.path))
            self._idle.remove(worker)
            self._last_path = lease.path or self._last_path
            self._leases.append(lease)
            lease.take(worker)
            self._make_way()

    def _end(self, lease: Lease, fault: LimitExceeded) -> bool:
        if lease in self._queue:
            self._queue.remove(lease)
        return lease.end(fault)

    def _missing(self) -> int:
        """How many workers there are too few, beside those that long queries have. One that may end soon is counted on,
        unless others wait for a worker.
        """
        now = time.monotonic()
        soon = sum(lease.is_long and now - lease.started < _SETTLED for lease in self._running())
        return self._lacking() - (0 if self._queue and not self._idle else soon)

    def _lacking(self) -> int:
        return self.count - len(self._idle) - self._short()

    def _dismiss(self, now: float) -> None:
        """Ends workers that long queries left over, once nobody has waited for one for some time."""
        if self._queue:
            self._pressed = now
        elif now - self._pressed > _SETTLED:
            while self._idle and self._lacking() < 0:
                worker = self._idle.pop(0)
                worker.kill()
                self._spent.append(worker)

    def _keep(self) -> None:
        while not self._closed:
            started = self._start_one()
            with self._lock:
                self._spent = [worker for worker in self._spent if not worker.let_go()]
                self._look(time.monotonic())
                self._dismiss(time.monotonic())
                self._dispatch()
                if not (self._closed or (self._missing() > 0 and started)):
                    seconds = self._seconds_to_next_look(started)
                    self._next_look = math.inf if seconds is None else time.monotonic() + seconds
                    self._work.wait(seconds)

    def _start_one(self) -> bool:
        """Starts a worker if one is missing; False when the system refuses one (out of processes or memory)."""
        with self._lock:
            if self._missing() <= 0:
                return True
        try:
            worker = WorkerProcess(self._limits.memory_bytes, self._last_path)
        except OSError:
            return False
        with self._lock:
            self._idle.insert(0, worker)
        return True

    def _look(self, now: float) -> None:
        """Ends what is over a limit or asked for by nobody, and makes long what has run for some time."""
        for lease in [*self._running(), *self._queue]:
            if lease.deadline <= now:
                self._end(lease, LimitExceeded("time", _TOO_LONG.format(lease.seconds)))
            elif lease.asker.is_gone():
                self._end(lease, LimitExceeded("gone", _GONE))
        if self._long:
            for lease in self._running():
                self._age(lease, now - lease.started)
            self._make_way()
        self._bound_memory()

    def _age(self, lease: Lease, ran: float) -> None:
        if lease.fault or lease.state == WAITING or ran < QUANTUM:
            return
        if lease.is_long:
            return
        lease.is_long, lease.used = True, lease.held.cpu_seconds()
        long = [each for each in self._running() if each.is_long]
        if len(long) > self._long:
            by_client = Counter(each.asker.client for each in long)
            youngest = max(long, key=lambda each: (by_client[each.asker.client], each.started))
            message = f"{self._long} queries that take long are running, and no more may; try again in a moment."
            self._end(youngest, LimitExceeded("concurrency", message))

    def _make_way(self) -> None:
        """Has long queries yield the processors, the more the longer they run. One alone has nobody to yield to, and
        one that got little of them is long for want of it.
        """
        running, now = self._running(), time.monotonic()
        if len(running) < 2:
            return
        for lease in running:
            nice = max((nice for seconds, nice in _NICENESS if now - lease.started >= seconds), default=0)
            if not lease.is_long or nice <= lease.nice:
                continue
            if lease.nice or lease.held.cpu_seconds() - lease.used >= QUANTUM:
                lease.nice = nice
                lease.held.be_nice(nice)

    def _bound_memory(self) -> None:
        """Ends the query that holds most when all hold more than they may together."""
        running = self._running()
        if len(running) * self._limits.memory_bytes <= self._limits.memory_of_all:
            return
        held = {lease: lease.held.resident_bytes() for lease in running}
        if sum(held.values()) > self._limits.memory_of_all:
            message = "The queries that run now need more memory than all may use, and this one most; ask for less."
            self._end(max(running, key=lambda lease: held[lease]), LimitExceeded("memory", message))

    def _seconds_to_next_look(self, started: bool) -> float | None:
        """How long nothing can happen that nobody would tell of."""
        waits = [] if started else [_RETRY_SECONDS]
        if self._leases or self._queue or self._spent or self._lacking() < 0:
            now = time.monotonic()
            waits.append(_LOOK_SECONDS)
            waits += [lease.deadline - now for lease in (*self._running(), *self._queue)]
            waits += [lease.started + QUANTUM - now for lease in self._running() if not lease.is_long]
        return max(min(waits), 0.005) if waits else None
