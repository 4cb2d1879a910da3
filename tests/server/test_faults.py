"""The service when something dies under it: the whole process, or the process that judges for a request."""

import contextlib
import http.client
import json
import os
import random
import select
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Quad

from kg.history import load_patch
from kg.namespaces import iri, sparql_prologue
from kg.store import Folder, open_graph
from kg.store.tokens import create_token
from tests.server.test_serving import get, service
from tests.store.test_crash import journal_of

WRITERS = 4


def connected(port: int) -> contextlib.closing[http.client.HTTPConnection]:
    """A connection that is closed after the block."""
    return contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60))


class Writing(threading.Thread):
    """Sends one update after another until the service is gone; keeps what was acknowledged."""

    def __init__(self, port: int, secret: str, name: str, first: threading.Event) -> None:
        super().__init__(name=name)
        self.port, self.secret, self.first = port, secret, first
        self.acknowledged: dict[int, str] = {}

    def run(self) -> None:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            connected(self.port) as connection,
        ):
            for number in range(10_000):
                node = f"person:{self.name}-{number}"
                headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/sparql-update"}
                text = f"INSERT DATA {{ {node} bm:seeAlso person:all }}"
                connection.request("POST", "/update?warnings=accept", text, headers)
                with connection.getresponse() as response:
                    assert response.status == 204, response.read()
                    self.acknowledged[int(response.headers["Bomay-Generation"])] = node
                self.first.set()


def write_until_killed(data: Path, secret: str, attempt: int, longest: float) -> dict[int, str]:
    """What the clients were told is stored, by generation, before the service was killed within so many seconds."""
    first = threading.Event()
    with service(data) as (process, port, _):
        clients = [Writing(port, secret, f"w{attempt}-{number}", first) for number in range(WRITERS)]
        for client in clients:
            client.start()
        assert first.wait(60)
        killer = threading.Timer(random.Random(attempt).uniform(0, longest), process.kill)
        killer.start()
        for client in clients:
            client.join()
        killer.join()
        assert process.wait(20) == -signal.SIGKILL
    told = [pair for client in clients for pair in client.acknowledged.items()]
    assert len(dict(told)) == len(told)
    return dict(told)


@pytest.mark.parametrize(("writes", "longest"), [(10, 0.5), pytest.param(1000, 5.0, marks=pytest.mark.slow)])
def test_a_service_that_is_killed_keeps_every_write_that_it_acknowledged(
    own_folder: Path, writes: int, longest: float
) -> None:
    secret = create_token(own_folder, "lan", "editor")
    acknowledged: dict[int, str] = {}
    attempt = 0
    while len(acknowledged) < writes:
        acknowledged |= write_until_killed(own_folder, secret, attempt, longest)
        check(own_folder, acknowledged)
        attempt += 1


def check(data: Path, acknowledged: dict[int, str]) -> None:
    """Facts, journal and patches tell one story, in which everything acknowledged has its place."""
    with open_graph(data, own=True) as graph, graph.reader() as reader:
        written = {generation: load_patch(Folder(data).journal, digest) for _, generation, digest in journal_of(reader)}
        assert sorted(written) == list(range(1, len(written) + 1))
        for generation, node in acknowledged.items():
            assert written[generation] == (
                frozenset({Quad(iri(node), iri("bm:seeAlso"), iri("person:all"))}),
                frozenset(),
            )
        links = set(reader.quads(None, iri("bm:seeAlso"), iri("person:all")))
        assert links == {quad for added, _ in written.values() for quad in added if quad.object == iri("person:all")}


def children(process: int) -> Iterator[tuple[int, str]]:
    """(process id, command line) of the children that a process has now."""
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread or a child that has ended
            for child in (task / "children").read_text(encoding="ascii").split():
                yield int(child), Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8").replace("\0", " ")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")
def test_a_judging_process_that_is_killed_fails_its_request_alone(own_folder: Path) -> None:
    with service(own_folder) as (process, port, _), connected(port) as connection:
        headers = {"Content-Type": "text/turtle", "Accept": "application/json"}
        connection.request("POST", "/validate", sparql_prologue() + "person:a a bm:Person .", headers)
        while not (judging := [pid for pid, command in children(process.pid) if "validation_child" in command]):
            assert not select.select([connection.sock], [], [], 0)[0], "it was answered before it was seen"
        os.kill(judging[0], signal.SIGKILL)
        with connection.getresponse() as response:
            problem = json.load(response)
        assert (response.status, response.headers["Content-Type"]) == (504, "application/problem+json")
        assert "memory" in problem["detail"]
        with get(port, "/sparql?query=" + quote("ASK {}"), Accept="application/json") as response:
            assert json.load(response)["boolean"] is True
        connection.request("POST", "/validate", sparql_prologue() + "person:a a bm:Person .", headers)
        with connection.getresponse() as response:
            assert json.load(response)["conforms"] is False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")
def test_query_workers_end_with_a_service_that_is_killed(own_folder: Path) -> None:
    with service(own_folder) as (process, port, _), connected(port) as connection:
        endless = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        connection.request("GET", endless)
        workers = {pid: os.pidfd_open(pid) for pid, command in children(process.pid) if "kg.query.worker" in command}
        assert workers
        process.kill()
        for descriptor in workers.values():
            assert select.select([descriptor], [], [], 30)[0], "a worker lives on without its service"
            os.close(descriptor)
