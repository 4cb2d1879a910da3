"""What the server's own loop gives again is what the application gave, byte for byte, and counts as if it had."""

import http.client
import io
import json
import logging
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from kg.query import QueryPool
from kg.store import open_graph
from kg.store.tokens import create_token
from server import create_app
from server.counter import counter_of
from server.operation import Operation
from server.rates import Rates
from server.serving import listen, server_of
from tests.server.conftest import LIMITS

QUERY = "SELECT ?name WHERE { person:dinh-thi-hoa-1 rdfs:label ?name }"
OWN = re.compile(rb"(Bomay-Query|Date): [^\r]+")


class Site:
    """A served application in this process, one connection to it, and its log."""

    def __init__(self, app: Flask, server: Any, port: int, lines: io.StringIO) -> None:
        self.app, self.server, self.port, self._lines = app, server, port, lines
        self.line = self.connect()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def send(self, request: bytes, line: socket.socket | None = None) -> bytes:
        """The response to these bytes: its head and a body of the length that it tells."""
        line = line or self.line
        line.sendall(request)
        said = self.read(line, b"HEAD " in request[:5])
        while any(channel.requests for channel in self.server.active_channels.values()):
            threading.Event().wait(0.001)  # it is out, but what is done behind it is not done yet
        return said

    def read(self, line: socket.socket, bodiless: bool = False) -> bytes:
        said = b""
        while b"\r\n\r\n" not in said:
            said += line.recv(1 << 16) or pytest.fail(f"the connection ended after {said!r}")
        length = re.search(rb"Content-Length: (\d+)", said)
        whole = said.index(b"\r\n\r\n") + 4 + (int(length[1]) if length and not bodiless else 0)
        while len(said) < whole:
            said += line.recv(1 << 16)
        assert len(said) == whole
        return said

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._lines.getvalue().splitlines()]

    def without_application(self, patch: pytest.MonkeyPatch) -> None:
        def asked(_: Any, start: Any) -> list[bytes]:
            start("500 THE APPLICATION WAS ASKED", [("Content-Length", "0")])
            return []

        patch.setattr(self.server, "application", asked)


@pytest.fixture
def site(own_folder: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    told, lines, proxy = threading.Event(), io.StringIO(), getattr(request, "param", "")
    operation = Operation(logging.StreamHandler(lines), Rates({"reader": 6}))
    with (
        open_graph(own_folder, own=True) as graph,
        QueryPool(1, LIMITS) as pool,
        listen("127.0.0.1", 0) as listener,
    ):
        app = create_app(graph, pool, data=own_folder, operation=operation)
        server = server_of(app, listener, proxy)

        def turn() -> None:
            while not told.is_set():
                server.asyncore.loop(timeout=1, map=server._map, use_poll=True, count=1)

        loop = threading.Thread(target=turn)
        loop.start()
        made = Site(app, server, listener.getsockname()[1], lines)
        try:
            yield made
        finally:
            told.set()
            server.pull_trigger()
            loop.join()
            made.line.close()
            server.task_dispatcher.shutdown()
            for channel in list(server.active_channels.values()):
                channel.handle_close()
            server.close()


def asked(query: str = QUERY, method: str = "GET", **headers: str) -> bytes:
    told = {"Host": "x", "Accept": "text/csv", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"{method} /sparql?query={quote(query)} HTTP/1.1\r\n{lines}\r\n".encode()


def test_the_same_bytes_get_the_same_response_without_the_application(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.send(asked())
    assert b"200 OK" in first and b"Content-Security-Policy" in first and b"Vary: Accept" in first
    site.without_application(monkeypatch)
    again = site.send(asked())
    assert OWN.sub(b"", again) == OWN.sub(b"", first)
    assert OWN.findall(again) == OWN.findall(first) == [b"Bomay-Query", b"Date"]
    assert re.search(rb"Bomay-Query: (\w+)", again)[1] != re.search(rb"Bomay-Query: (\w+)", first)[1]  # type: ignore[index]  # found just before


def test_what_the_client_has_is_304_without_the_application(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = re.search(rb"Etag: ([^\r]+)", site.send(asked()))
    assert etag
    wanted = asked(If_None_Match=etag[1].decode())
    first = site.send(wanted)
    site.without_application(monkeypatch)
    again = site.send(wanted)
    assert again.startswith(b"HTTP/1.1 304 ") and again.endswith(b"\r\n\r\n")
    assert OWN.sub(b"", again) == OWN.sub(b"", first)


def test_log_figures_and_limits_are_those_of_every_request(site: Site) -> None:
    answers = [site.send(asked()) for _ in range(7)]
    assert [int(answer[9:12]) for answer in answers] == [200] * 6 + [429]
    lines = site.log()
    told = [{name: line[name] for name in line if name not in ("at", "query", "ms")} for line in lines[:6]]
    assert told[1:] == told[:1] * 5
    assert told[0]["rows"] == 1 and told[0]["bytes"] == len(answers[0].partition(b"\r\n\r\n")[2])
    identifiers = [re.search(rb"Bomay-Query: (\w+)", answer)[1].decode() for answer in answers]  # type: ignore[index]  # each has one
    assert [line["query"] for line in lines] == identifiers
    figures = site.app.test_client().get("/metrics").text
    assert 'bomay_request_seconds_count{kind="sparql",status="2xx"} 6.0' in figures
    assert 'bomay_answers_kept_total{outcome="hit"} 5.0' in figures


def test_a_new_generation_is_asked_anew(site: Site, own_folder: Path) -> None:
    query = "SELECT ?name WHERE { person:dinh-thi-hoa-1 skos:altLabel ?name }"
    before = [site.send(asked(query)) for _ in range(2)]
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}
    update = {"update": "INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel 'Hòa'@vi }"}
    client = site.app.test_client()
    assert client.post("/update?warnings=accept", data=update, headers=headers).status_code == 204
    after = [site.send(asked(query)) for _ in range(2)]
    assert "Hòa".encode() not in before[1] and all("Hòa".encode() in answer for answer in after)


@pytest.mark.parametrize(
    "request_",
    [
        asked(method="HEAD"),
        asked(Cookie="lang=vi"),
        asked(Authorization="Bearer unknown"),
        asked("SELECT (NOW() AS ?now) {}"),
        asked("SELECT"),
        asked(Accept="text/html"),
    ],
)
def test_what_may_be_answered_otherwise_reaches_the_application(site: Site, request_: bytes) -> None:
    reached: list[str] = []
    application = site.server.application
    site.server.application = lambda *given: (reached.append("x"), application(*given))[1]
    assert int(site.send(request_)[9:12]) == int(site.send(request_)[9:12])
    assert reached == ["x", "x"]


def test_requests_in_pieces_and_in_a_row_are_answered_in_order(site: Site) -> None:
    other = "SELECT ?kind WHERE { place:viet-nam a ?kind }"
    first, second = site.send(asked()), site.send(asked(other))
    site.line.sendall(asked() + asked(other))
    said = b""
    while said.count(b"HTTP/1.1 200") < 2 or not said.endswith(second.partition(b"\r\n\r\n")[2]):
        said += site.line.recv(1 << 16)
    assert OWN.sub(b"", said) == OWN.sub(b"", first + second)
    request = asked()
    for piece in (request[:40], request[40:]):
        site.line.sendall(piece)
    assert OWN.sub(b"", site.read(site.line)) == OWN.sub(b"", first)


def test_a_connection_that_is_to_end_ends(site: Site) -> None:
    for _ in range(2):
        with site.connect() as line:
            assert b"Connection: close" in site.send(asked(Connection="close"), line)
            assert line.recv(1) == b""


@pytest.mark.parametrize("site", ["127.0.0.1"], indirect=True)
def test_behind_a_web_server_each_client_has_a_share_of_his_own(site: Site) -> None:
    for client in ("192.0.2.1", "192.0.2.2"):
        answers = [site.send(asked(X_Forwarded_For=client)) for _ in range(7)]
        assert [int(answer[9:12]) for answer in answers] == [200] * 6 + [429]


def test_what_one_address_got_is_not_given_to_another(site: Site) -> None:
    site.send(asked())
    counter = counter_of(site.app)
    assert counter.again("127.0.0.1", asked()) is not None
    assert counter.again("127.0.0.2", asked()) is None


def test_short_answers_leave_the_connection_open(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    held = set()
    for query in (QUERY, QUERY + " #", "CONSTRUCT WHERE { person:dinh-thi-hoa-1 ?p ?o }"):
        connection.request("GET", f"/sparql?query={quote(query)}")
        held.add(connection.sock.getsockname())
        with connection.getresponse() as response:
            assert response.length == int(response.headers["Content-Length"]) == len(response.read())
    connection.close()
    assert len(held) == 1
