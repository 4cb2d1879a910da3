"""Who gets a worker when, and what becomes of queries that take long."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.apart.sandbox import THREADS_ARE_NICE
from kg.errors import LimitExceeded
from kg.query import Asker, Formats, Limits, QueryPool, messages, workforce
from kg.query.lease import Lease
from kg.query.messages import QueryRequest
from kg.query.process import WorkerProcess
from kg.query.shares import Shares
from kg.query.workforce import Workforce

POINT = "SELECT ?key { person:p7 bm:key ?key }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a bm:key ?x . ?b bm:key ?y . ?c bm:key ?z . ?d bm:key ?w }"
STREAM = "SELECT * { ?a bm:key ?x . ?b bm:key ?y } LIMIT 100000"
SORTED = "SELECT * { ?a bm:key ?x . ?b bm:key ?y . ?c bm:key ?z } ORDER BY ?z ?x"
PATIENT = Limits(seconds=60, memory_bytes=512 << 20, wait_seconds=60)


def niceness(pid: int) -> dict[int, int]:
    """Of each thread of a process."""
    threads = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]
    return {thread: os.getpriority(os.PRIO_PROCESS, thread) for thread in threads}


def until(holds: threading.Event, seconds: float = 30) -> None:
    assert holds.wait(seconds), "it never came true"


class Crowd:
    """Threads that ask, and what each was told."""

    def __init__(self, pool: QueryPool, generation: Path) -> None:
        self._pool, self._generation = pool, generation
        self._threads: list[threading.Thread] = []
        self.faults: dict[str, LimitExceeded] = {}

    def ask(self, text: str, name: str, client: str = "") -> None:
        def run() -> None:
            try:
                asker = Asker(name, client=client)
                b"".join(self._pool.run(self._generation, text, asker=asker).chunks)
            except LimitExceeded as fault:
                self.faults[name] = fault

        thread = threading.Thread(target=run)
        self._threads.append(thread)
        thread.start()

    def wait(self, long: int) -> None:
        while self._pool.load.long < long:
            until(self._tick(), 1)

    def end(self) -> None:
        for told in self._pool.underway():
            self._pool.end(told.identifier)
        for thread in self._threads:
            thread.join(30)

    @staticmethod
    def _tick() -> threading.Event:
        event = threading.Event()
        threading.Timer(0.02, event.set).start()
        return event


@contextmanager
def crowd(generation: Path, limits: Limits = PATIENT, long: int = 3) -> Iterator[tuple[QueryPool, Crowd]]:
    with QueryPool(1, limits, long=long) as pool:
        b"".join(pool.run(generation, POINT).chunks)  # a worker is up
        asking = Crowd(pool, generation)
        try:
            yield pool, asking
        finally:
            asking.end()


def test_a_short_query_is_answered_beside_more_long_ones_than_there_are_workers(generation: Path) -> None:
    with crowd(generation) as (pool, asking):
        for number in range(3):
            asking.ask(CROSS, f"long {number}")
        asking.wait(3)
        assert b"7" in b"".join(pool.run(generation, POINT).chunks)
        assert (pool.load.long, pool.load.waiting) == (3, 0)
        assert {told.state for told in pool.underway()} == {"running"}
    assert {fault.limit for fault in asking.faults.values()} == {"ended"}


def test_one_long_query_too_many_ends_the_youngest_of_who_has_most(generation: Path) -> None:
    with crowd(generation) as (pool, asking):
        for number in range(3):
            asking.ask(CROSS, f"many {number}", "many")
            asking.wait(number + 1)
        asking.ask(CROSS, "single", "one")
        while "many 2" not in asking.faults:
            b"".join(pool.run(generation, POINT).chunks)
        assert asking.faults["many 2"].limit == "concurrency"
        assert {told.identifier for told in pool.underway()} == {"many 0", "many 1", "single"}


def test_a_worker_that_ran_a_long_query_is_used_again_and_those_too_many_end(
    generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workforce, "_SETTLED", 0.0)  # another is started at once in the stead of one that is kept long
    with crowd(generation) as (pool, asking):
        force = pool._force
        streamed = pool.run(generation, STREAM)  # which nobody reads yet
        worker = force._leases[0].held
        asking.wait(1)
        while force._missing():
            until(asking._tick(), 1)
        assert b"".join(streamed.chunks).endswith(b"}")
        while force._lacking():
            until(asking._tick(), 1)
        assert worker in force._idle
        assert b"7" in b"".join(pool.run(generation, POINT).chunks)


@pytest.mark.skipif(not THREADS_ARE_NICE, reason="here a whole process yields or none of it")
def test_a_worker_that_yielded_answers_the_next_query_without(generation: Path) -> None:
    worker = WorkerProcess(256 << 20)
    try:
        worker.hello()
        worker.be_nice(7)
        before = niceness(worker.pid)
        assert before.pop(worker.pid) == os.getpriority(os.PRIO_PROCESS, 0)
        assert before and set(before.values()) == {min(19, os.getpriority(os.PRIO_PROCESS, 0) + 7)}
        worker.ask(QueryRequest(str(generation), POINT, Formats(), {}))
        tag, content = worker.receive()
        assert tag == messages.END and b"7" in content
        after = niceness(worker.pid)
        assert {after[thread] for thread in after.keys() - before.keys() - {worker.pid}} == {after[worker.pid]}
    finally:
        worker.end()


def test_long_queries_yield_when_there_is_somebody_to_yield_to(
    generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(WorkerProcess, "be_nice", lambda worker, nice: told.append(nice))
    with crowd(generation) as (pool, asking):
        asking.ask(CROSS, "long")
        asking.wait(1)
        assert told == []
        while not told:  # it is to have used a processor for some time
            b"".join(pool.run(generation, POINT).chunks)
        assert min(told) > 0


def test_without_places_for_long_queries_each_keeps_its_place(generation: Path) -> None:
    with crowd(generation, Limits(seconds=60, wait_seconds=0.5), long=0) as (pool, asking):
        asking.ask(CROSS, "long")
        while not pool.load.running:
            until(asking._tick(), 1)
        with pytest.raises(LimitExceeded) as caught:
            pool.run(generation, POINT)
        assert caught.value.limit == "concurrency"
        assert pool.load.long == 0


def test_what_waits_is_listed_and_can_be_ended(generation: Path) -> None:
    with crowd(generation, long=0) as (pool, asking):
        asking.ask(CROSS, "first")
        while not pool.load.running:
            until(asking._tick(), 1)
        asking.ask(CROSS, "second")
        while [(told.identifier, told.state) for told in pool.underway()] != [
            ("first", "running"),
            ("second", "waiting"),
        ]:
            until(asking._tick(), 1)
        assert pool.end("second")
        assert not pool.end("third")
        while "second" not in asking.faults:
            until(asking._tick(), 1)
        assert (asking.faults["second"].limit, pool.load.waiting) == ("ended", 0)


def test_a_client_that_leaves_while_it_waits_or_runs_is_not_waited_for(generation: Path) -> None:
    with crowd(generation) as (pool, _):
        gone = threading.Event()
        threading.Timer(0.5, gone.set).start()
        with pytest.raises(LimitExceeded) as caught:
            pool.run(generation, CROSS, asker=Asker(is_gone=gone.is_set))
        assert caught.value.limit == "gone"


def test_all_together_may_not_use_more_memory_than_there_is(generation: Path) -> None:
    limits = Limits(seconds=60, memory_bytes=2 << 30, wait_seconds=60, memory_of_all=256 << 20)
    with crowd(generation, limits) as (_, asking):
        asking.ask(SORTED, "hungry")
        while "hungry" not in asking.faults:
            until(asking._tick(), 1)
    assert asking.faults["hungry"].limit == "memory"
    assert "than all may use" in str(asking.faults["hungry"])


def test_the_queue_is_short_and_who_used_most_leaves_it_first() -> None:
    force = Workforce(0, 0, 0, Limits(waiting=1, wait_seconds=30))  # nobody is served
    force._shares.add("greedy", 10)
    told: dict[str, str] = {}

    def wait(name: str) -> None:
        try:
            force.acquire(Lease(Asker(client=name), "", "", 30))
        except LimitExceeded as fault:
            told[name] = str(fault)

    greedy, modest = (threading.Thread(target=wait, args=(name,)) for name in ("greedy", "modest"))
    greedy.start()
    while not force.load().waiting:
        until(Crowd._tick(), 1)
    modest.start()
    greedy.join(10)
    assert "Too many" in told["greedy"]
    assert force.load().waiting == 1
    assert force.end("", LimitExceeded("ended", "done")) == 1
    modest.join(10)
    assert told["modest"] == "done"
    force.close()


def test_of_those_who_wait_who_used_least_is_served_first() -> None:
    force = Workforce(0, 0, 0, Limits())
    force._shares.add("greedy", 1)
    early, late = Lease(Asker(client="greedy"), "", "", 9), Lease(Asker(client="modest"), "", "", 9)
    assert min((early, late), key=force._rank) is late
    force.close()


def test_shares_fade_and_are_bounded() -> None:
    now = [0.0]
    shares = Shares(lambda: now[0])
    shares.add("a", 8)
    now[0] = 20.0
    assert shares.used("a") == pytest.approx(2)
    assert shares.used("b") == 0
    for number in range(10_050):
        shares.add(str(number), 1)
    assert len(shares._used) == 10_000
    assert shares.used("a") == 0
