"""A query over one of its limits loses its worker; nobody else notices."""

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import BomayError, LimitExceeded
from kg.query import Asker, Limits, QueryPool
from kg.query.lease import Lease

POINT = "SELECT ?key { person:p7 bm:key ?key }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a bm:key ?x . ?b bm:key ?y . ?c bm:key ?z . ?d bm:key ?w }"
LONG = "SELECT * { ?a bm:key ?x . ?b bm:key ?y }"


@pytest.fixture
def narrow(generation: Path) -> Iterator[QueryPool]:
    """One worker and a spare, one waiting place."""
    limits = Limits(seconds=1, memory_bytes=256 << 20, result_bytes=4 << 20, waiting=1, wait_seconds=0.05)
    with QueryPool(1, limits) as pool:
        while True:
            try:
                b"".join(pool.run(generation, POINT).chunks)
            except LimitExceeded:
                continue  # its first worker is still starting, for longer than one may wait here
            break
        yield pool


def whole(pool: QueryPool, generation: Path, text: str, seconds: float | None = None) -> bytes:
    return b"".join(pool.run(generation, text, seconds=seconds).chunks)


def test_a_cross_product_is_ended_at_its_limit(narrow: QueryPool, generation: Path) -> None:
    began = time.monotonic()
    with pytest.raises(LimitExceeded) as caught:
        whole(narrow, generation, CROSS)
    assert time.monotonic() - began < 10  # the limit is one second; left alone it would run for hours
    assert caught.value.limit == "time"


def test_the_next_query_after_a_kill_is_answered(pool: QueryPool, generation: Path) -> None:
    for _ in range(3):
        with pytest.raises(LimitExceeded):
            whole(pool, generation, CROSS, seconds=0.1)
        assert b"7" in whole(pool, generation, POINT)


def test_a_shorter_time_can_be_asked_for_but_not_a_longer(narrow: QueryPool, generation: Path) -> None:
    for seconds, limit in ((0.1, "0.1 seconds"), (100, "1 seconds")):
        with pytest.raises(LimitExceeded, match=limit):
            whole(narrow, generation, CROSS, seconds)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a bm:key ?x . ?b bm:key ?y . ?c bm:key ?z } ORDER BY ?z ?x",
        f"SELECT (GROUP_CONCAT(?long) AS ?all) {{ VALUES ?pad {{ '{'x' * 300}' }} ?a bm:key ?x . ?b bm:key ?y"
        " BIND(REPLACE(?pad, '.', ?pad) AS ?long) }",
    ],
    ids=["sorting", "joining"],
)
def test_a_memory_bomb_ends_at_the_memory_limit(pool: QueryPool, generation: Path, text: str) -> None:
    with pytest.raises(LimitExceeded) as caught:
        whole(pool, generation, text)
    assert caught.value.limit == "memory"
    assert b"7" in whole(pool, generation, POINT)


def test_a_query_nested_without_end_costs_only_its_worker(pool: QueryPool, generation: Path) -> None:
    deep = "SELECT * { BIND(" + "(" * 100_000 + "1" + ")" * 100_000 + " AS ?x) }"
    with pytest.raises(LimitExceeded, match="nested too deeply"):
        whole(pool, generation, deep)
    assert b"7" in whole(pool, generation, POINT)


def test_an_answer_over_its_length_breaks_off_with_an_error(narrow: QueryPool, generation: Path) -> None:
    chunks = narrow.run(generation, LONG).chunks
    assert next(chunks)
    with pytest.raises(LimitExceeded) as caught:
        list(chunks)
    assert caught.value.limit == "result-bytes"


def test_time_that_runs_out_in_the_middle_of_an_answer_breaks_it_off(pool: QueryPool, generation: Path) -> None:
    chunks = pool.run(generation, LONG.replace("}", ". ?c bm:key ?z }"), seconds=0.5).chunks
    assert next(chunks)
    with pytest.raises(LimitExceeded) as caught:
        list(chunks)
    assert caught.value.limit == "time"


def test_a_busy_pool_refuses_after_the_wait(narrow: QueryPool, generation: Path) -> None:
    chunks = narrow.run(generation, LONG).chunks
    with pytest.raises(LimitExceeded) as caught:
        whole(narrow, generation, POINT)
    assert caught.value.limit == "concurrency"
    chunks.close()


def test_closing_an_answer_early_frees_its_worker(narrow: QueryPool, generation: Path) -> None:
    for _ in range(3):
        chunks = narrow.run(generation, LONG).chunks
        assert next(chunks)
        chunks.close()
        assert list(chunks) == []
    assert b"7" in whole(narrow, generation, POINT)


def test_an_answer_that_nobody_reads_holds_its_worker_no_longer_than_its_time(generation: Path) -> None:
    with QueryPool(1, Limits(wait_seconds=30)) as pool:
        whole(pool, generation, POINT)  # a worker is up
        chunks = pool.run(generation, LONG, seconds=0.2).chunks
        with pytest.raises(LimitExceeded):
            list(chunks)
        assert b"7" in whole(pool, generation, POINT)


def test_closing_the_pool_ends_a_running_query(generation: Path) -> None:
    pool = QueryPool(1, Limits(), spares=0)
    chunks = pool.run(generation, LONG).chunks
    errors: list[BomayError] = []

    def read() -> None:
        try:
            for _ in chunks:
                pass
        except BomayError as error:
            errors.append(error)

    assert next(chunks)
    closer = threading.Thread(target=pool.close)
    closer.start()
    read()
    closer.join()
    assert "closed" in str(errors[0])


def test_a_worker_that_died_idle_is_passed_over(generation: Path) -> None:
    with QueryPool(1, Limits(), spares=0) as pool:
        assert b"7" in whole(pool, generation, POINT)
        lease = Lease(Asker(), "", "", 5)
        pool._force.acquire(lease)
        lease.held.reap()
        pool._force.release(lease, True)
        assert b"7" in whole(pool, generation, POINT)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for another's child, which needs Linux")
def test_workers_end_with_a_parent_that_is_killed(generation: Path) -> None:
    script = f"""
import sys
from kg.query import Asker, Limits, QueryPool
from kg.query.lease import Lease
pool = QueryPool(1, Limits(), spares=0, long=0)
lease = Lease(Asker(), "", "", 5)
pool._force.acquire(lease)
lease.held.hello()
print(lease.held.pid, flush=True)
pool._force.release(lease, True)
pool.run({str(generation)!r}, {CROSS!r})
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            ended, _, _ = select.select([worker], [], [], 20)
        finally:
            os.close(worker)
        assert ended
