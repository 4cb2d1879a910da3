"""Queries under way: who may see and end them, and that a client who goes away frees its worker."""

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.asking import CROSS, SMALL, STREAM, Said, Served, served

SECONDS = 60  # far longer than any test waits


@pytest.fixture(scope="module")
def hosts(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shutil.copytree(template, tmp_path_factory.mktemp("running") / "data"), SECONDS, 2048) as one:
        assert one.ask(SMALL).status == 200
        yield one


@contextmanager
def asked(hosts: Served, text: str) -> Iterator[list[Said]]:
    """A client that asks; what it is told is in the list when the block is left."""
    said: list[Said] = []
    client = threading.Thread(target=lambda: said.append(hosts.ask(text)))
    client.start()
    hosts.until(lambda: bool(hosts.running()))
    yield said
    client.join(20)


@contextmanager
def line(hosts: Served, text: str) -> Iterator[socket.socket]:
    """A connection on which a query has been asked, closed at the end of the block if not before."""
    with socket.create_connection(("127.0.0.1", hosts.port), timeout=20) as connection:
        connection.sendall(f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        hosts.until(lambda: bool(hosts.running()))
        yield connection


def test_an_admin_sees_a_running_query_and_ends_it(hosts: Served) -> None:
    with asked(hosts, CROSS) as said:
        hosts.until(lambda: hosts.running()[0]["state"] == "running")
        (query,) = hosts.running()
        assert (query["kind"], query["text"], query["length"]) == ("sparql", CROSS, len(CROSS))
        assert (query["limit"], query["seconds"] > 0) == (SECONDS, True)
        assert hosts.send("DELETE", f"/api/running/{query['id']}", **hosts.admin).status == 204
    assert (said[0].status, said[0].limit) == (503, "ended")
    assert "administrator" in json.loads(said[0].body)["detail"]
    assert said[0].headers["Bomay-Query"] == query["id"]
    assert hosts.figure('bomay_refusals_total{reason="ended"}') >= 1
    assert hosts.running() == []


def test_the_first_bytes_arrive_while_the_query_still_runs(hosts: Served) -> None:
    text = f"{STREAM} LIMIT 60000"
    connection = http.client.HTTPConnection("127.0.0.1", hosts.port, timeout=60)
    connection.request("GET", f"/sparql?query={quote(text)}", headers={"Accept": "application/sparql-results+json"})
    with connection.getresponse() as response:
        first = response.read(1 << 16)
        assert first.startswith(b'{"head":{"vars":["a",')
        (query,) = hosts.running()  # it cannot end: nobody takes the rest, and all buffers on the way are smaller
        assert (query["text"], query["state"]) == (text, "streaming")
        whole = first + response.read()
    connection.close()
    assert len(whole) > 32 << 20
    assert whole.endswith(b"}]}}") and whole.count(b'},{"a":') == 60_000 - 1
    hosts.until(lambda: hosts.running() == [])


def test_a_stream_that_is_ended_breaks_off(hosts: Served) -> None:
    with asked(hosts, STREAM) as said:
        hosts.until(lambda: hosts.running()[0]["state"] == "streaming")
        assert hosts.send("DELETE", f"/api/running/{hosts.running()[0]['id']}", **hosts.admin).status == 204
    assert (said[0].status, said[0].is_whole) == (200, False)


def test_small_queries_are_answered_beside_eight_hostile_clients(hosts: Served) -> None:
    with ExitStack() as clients:
        for number in range(8):
            clients.enter_context(line(hosts, STREAM if number % 2 else CROSS))
        hosts.until(lambda: hosts.figure("bomay_queries_long") == 8)
        beside = [hosts.ask(SMALL) for _ in range(20)]
        assert {(said.status, b"true" in said.body) for said in beside} == {(200, True)}
        assert hosts.figure("bomay_queries_long") == 8
    hosts.until(lambda: not hosts.running())


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/running"), ("DELETE", "/api/running/abc")])
def test_nobody_but_an_admin_may(hosts: Served, method: str, path: str) -> None:
    assert hosts.send(method, path).status == 401
    assert hosts.send(method, path, Authorization="Bearer unknown").status == 401
    assert hosts.send(method, path, **hosts.editor).status == 403


def test_what_is_not_under_way_cannot_be_ended(hosts: Served) -> None:
    assert hosts.send("DELETE", "/api/running/abc", **hosts.admin).status == 404


@pytest.mark.parametrize(("text", "state"), [(CROSS, "running"), (STREAM, "streaming")])
def test_a_client_that_goes_away_frees_its_worker(hosts: Served, text: str, state: str) -> None:
    with line(hosts, text) as connection:
        if state == "streaming":
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        hosts.until(lambda: hosts.running()[0]["state"] == state)
        connection.close()
        hosts.until(lambda: not hosts.running())
    hosts.until(lambda: hosts.figure('bomay_refusals_total{reason="gone"}') >= 1)
    assert hosts.ask(SMALL).status == 200


def test_a_client_that_reads_nothing_keeps_no_worker_from_being_ended(hosts: Served) -> None:
    with line(hosts, STREAM):
        hosts.until(lambda: hosts.running()[0]["state"] == "streaming")
        assert hosts.send("DELETE", f"/api/running/{hosts.running()[0]['id']}", **hosts.admin).status == 204
        hosts.until(lambda: not hosts.running())
        assert hosts.figure("bomay_queries_running") == 0
