"""The service as a process: its address, its end, its manners on the wire."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from server.serving import PortTaken, listen

BROKEN = "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r }"


@contextmanager
def service(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """A served folder on a free port: (process, port, what it said first)."""
    command = [sys.executable, "-m", "server", "--data", str(data), "--port", "0", *more]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as process:
        try:
            assert process.stdout is not None
            said = "".join(process.stdout.readline() for _ in range(4))
            yield process, int(re.search(r":(\d+)", said)[1]), said
        finally:
            process.kill()


@contextmanager
def get(port: int, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """The response to one request, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as response:
            yield response
    finally:
        connection.close()


def test_it_says_where_it_is_and_three_things_to_try_and_ends_well_on_sigterm(own_folder: Path) -> None:
    with service(own_folder) as (process, port, said):
        addresses = re.findall(r"http://127\.0\.0\.1:\d+(/[^\s\"]*)", said)
        assert len(addresses) == 3
        for path in addresses:
            with get(port, path) as response:
                assert response.status == 200
                response.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_request_under_way_at_sigterm_is_answered(own_folder: Path) -> None:
    with service(own_folder) as (process, port, _):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            path = "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n\r\n".encode())
            received = line.recv(1000)
            process.send_signal(signal.SIGTERM)
            while part := line.recv(1 << 16):
                received += part
        assert received.startswith(b"HTTP/1.1 200")
        assert received.endswith(b"0\r\n\r\n")
        assert process.wait(20) == 0


def test_an_answer_over_its_time_breaks_off_unfinished(own_folder: Path) -> None:
    with service(own_folder) as (_, port, _):
        path = f"/sparql?timeout=1&query={quote(BROKEN)}"
        with get(port, path, Accept="text/csv") as response:
            assert response.status == 200
            with pytest.raises(http.client.IncompleteRead):
                response.read()
        with get(port, "/healthz") as alive:
            assert alive.status == 200
            alive.read()


def test_a_body_sent_in_chunks_is_bounded_too(own_folder: Path) -> None:
    with service(own_folder) as (_, port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        parts = (b"#" * 1_000_000 for _ in range(11))
        connection.request(
            "POST", "/validate", body=parts, headers={"Content-Type": "text/turtle"}, encode_chunked=True
        )
        with connection.getresponse() as response:
            assert response.status == 413
            response.read()
        connection.close()


def test_a_taken_port_is_one_sentence_before_the_folder_is_touched(own_folder: Path) -> None:
    with listen("127.0.0.1", 0) as held:
        port = held.getsockname()[1]
        with pytest.raises(PortTaken, match=f"--port {port + 1}"):
            listen("127.0.0.1", port)
        command = [sys.executable, "-m", "server", "--data", str(own_folder), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and str(port) in done.stderr


def test_a_folder_that_another_process_owns_is_one_sentence(own_folder: Path) -> None:
    with service(own_folder):
        command = [sys.executable, "-m", "server", "--data", str(own_folder), "--port", "0"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "owns" in done.stderr
