"""The end of a really served process: what is under way ends whole, nothing new begins, and it takes not for ever."""

import http.client
import json
import select
import signal
import socket
import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.store import open_graph
from kg.store.tokens import create_token
from tests.server.test_serving import service

ALL = quote("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
BOUND = 40.0


def refused(port: int) -> bool:
    """Whether connections come to be refused."""
    pause = threading.Event()
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            return True
        pause.wait(0.1)
    return False


def until_tried(data: Path, line: socket.socket) -> None:
    """Waits until the server has begun to try a change on a checkpoint, or has answered already."""
    for _ in range(3_000):
        if any(data.glob("generations/*.new")) or select.select([line], [], [], 0.01)[0]:
            return
    raise AssertionError("The write never began.")


def test_while_an_answer_streams_it_ends_whole_and_nobody_new_is_let_in(own_folder: Path) -> None:
    with service(own_folder) as (process, port, _), socket.socket() as line:
        known = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        known.request("GET", "/readyz")
        with known.getresponse() as ready:
            assert (ready.status, json.load(ready)["status"]) == (200, "ready")
        line.settimeout(30)
        line.connect(("127.0.0.1", port))
        line.sendall(f"GET /sparql?query={ALL} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        received = line.recv(1000)
        process.send_signal(signal.SIGTERM)
        assert refused(port)
        known.request("GET", "/readyz")
        with known.getresponse() as stopping:
            assert stopping.status == 503
            assert "stopped" in json.load(stopping)["detail"]
        known.close()
        assert process.poll() is None
        while part := line.recv(1 << 16):
            received += part
        assert received.startswith(b"HTTP/1.1 200") and received.endswith(b"0\r\n\r\n")
        assert process.wait(BOUND) == 0


def test_while_a_write_commits_it_is_answered_and_kept(own_folder: Path) -> None:
    secret = create_token(own_folder, "lan", "editor")
    graph = "https://example.org/g"
    body = "".join(f"<{graph}#{number}> <{graph}#p> {number} .\n" for number in range(4_000)).encode()
    with service(own_folder) as (process, port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "text/turtle"}
        connection.request("PUT", f"/graphs?graph={quote(graph)}", body=body, headers=headers)
        until_tried(own_folder, connection.sock)
        process.send_signal(signal.SIGTERM)
        with connection.getresponse() as response:
            assert response.status == 201
            generation = int(response.headers["Bomay-Generation"])
        connection.close()
        assert process.wait(BOUND) == 0
    with open_graph(own_folder) as kept:
        assert kept.info()["generation"] == generation


@pytest.mark.slow
def test_a_reader_who_never_reads_holds_it_up_no_longer_than_its_bound(own_folder: Path) -> None:
    with service(own_folder) as (process, port, _), socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(f"GET /sparql?query={ALL} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        line.recv(100)
        process.send_signal(signal.SIGTERM)
        assert process.wait(BOUND) == 0
