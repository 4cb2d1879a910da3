"""A query cannot reach out: by parsing, and where it slips past that, by the worker."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.apart import NAMESPACE, SOCKET_FILTER
from kg.errors import QueryRefused
from kg.query import Formats, QueryPool
from kg.query.messages import FAULT, QueryRequest
from kg.query.process import WorkerProcess

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is made of Linux's means")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that waits for somebody to call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def federated(server: socket.socket) -> str:
    return f"SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/sparql> {{ ?s ?p ?o }} }}"


def has_caller(server: socket.socket, seconds: float) -> bool:
    server.settimeout(seconds)
    try:
        server.accept()[0].close()
    except (TimeoutError, BlockingIOError):
        return False
    return True


def test_service_is_refused_by_parsing(pool: QueryPool, generation: Path, listener: socket.socket) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        pool.run(generation, federated(listener))
    assert not has_caller(listener, 0)


def test_service_in_a_string_a_comment_or_a_name_is_no_reason_to_refuse(pool: QueryPool, generation: Path) -> None:
    text = "# SERVICE\nSELECT ?service { ?service bm:key 'SERVICE <http://x>' }"
    assert list(pool.run(generation, text).chunks)


def test_the_engine_alone_would_reach_out(listener: socket.socket) -> None:
    def ask() -> None:
        with contextlib.suppress(OSError):
            list(Store().query(federated(listener)))  # type: ignore[arg-type]  # a SELECT gives solutions

    asker = threading.Thread(target=ask)
    asker.start()
    assert has_caller(listener, 20)
    asker.join()


@needs_linux
def test_a_worker_cannot_reach_out_even_past_the_parser(generation: Path, listener: socket.socket) -> None:
    worker = WorkerProcess(256 << 20)
    try:
        assert worker.hello() in (NAMESPACE, SOCKET_FILTER)
        worker.ask(QueryRequest(str(generation), federated(listener), Formats(), {}))
        tags = [worker.receive()[0]]
        while tags[-1] != FAULT:
            tags.append(worker.receive()[0])
    finally:
        worker.end()
    assert not has_caller(listener, 0)


@needs_linux
def test_the_pool_says_which_measure_is_in_force(pool: QueryPool) -> None:
    assert pool.sandbox in (NAMESPACE, SOCKET_FILTER)


@needs_linux
def test_where_namespaces_are_refused_sockets_are_filtered() -> None:
    script = """
from kg.apart.sandbox import refuse_sockets
import socket
assert refuse_sockets()
try:
    socket.socket()
except PermissionError:
    print("refused")
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "refused\n"
