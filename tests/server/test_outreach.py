"""No request makes the service reach out: each way is tried beside a socket that must stay silent."""

import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyoxigraph import Store

from kg.apart import NAMESPACE, SOCKET_FILTER, ChildProcess
from kg.query import Formats
from kg.query.messages import FAULT, QueryRequest
from kg.query.process import WorkerProcess
from kg.store import update_child
from kg.store.tokens import create_token
from server.apart import Bounds, run_apart
from tests.server.conftest import running
from tests.silence import Ear, listening
from tests.ways_out import ADDRESSES, BODIES, PAGES, PERSON, QUERIES, SHAPES, UPDATES, WORDS, shapes_of

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is made of Linux's means")


@pytest.fixture(scope="module")
def writable(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, dict[str, str]]]:
    """An application that these tests may try to write to, with the header of an editor."""
    folder = shutil.copytree(template, tmp_path_factory.mktemp("outreach") / "data")
    with running(folder) as app:
        yield app, {"Authorization": f"Bearer {create_token(folder, 'lan', 'editor')}"}


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as made:
        yield made


def test_the_socket_hears_who_reaches_out(ear: Ear) -> None:
    for work in (
        lambda: list(Store().query(f"SELECT * {{ SERVICE <{ear.url}> {{ ?s ?p ?o }} }}")),  # type: ignore[arg-type]  # a SELECT
        lambda: Store().update(f"LOAD <{ear.url}>"),
    ):
        ear.heard.clear()
        with pytest.raises((OSError, RuntimeError)):
            work()
        assert [said[:3] for said in ear.heard] in ([b"GET"], [b"POS"])
        with pytest.raises(AssertionError):
            ear.require_silence()


@pytest.mark.parametrize("way", QUERIES)
def test_a_query_reaches_nobody(app: Flask, ear: Ear, way: str) -> None:
    text = QUERIES[way].replace("URL", ear.url)
    for asked in ({"query": text}, {"query": text, "explain": "1"}):
        response = app.test_client().get("/sparql", query_string=asked)
        assert response.status_code == (400 if "SERVICE" in way else 200), response.text
    ear.require_silence()


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_a_request_names_is_not_fetched(app: Flask, ear: Ear, name: str) -> None:
    asked = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: ear.url}
    response = app.test_client().get("/sparql", query_string=asked)
    assert response.status_code == 200
    assert ear.url not in response.text
    ear.require_silence()


@pytest.mark.parametrize("way", UPDATES)
def test_an_update_reaches_nobody(writable: tuple[Flask, dict[str, str]], ear: Ear, way: str) -> None:
    app, headers = writable
    about: dict[str, Any] = {"headers": headers, "content_type": "application/sparql-update"}
    text = UPDATES[way].replace("URL", ear.url)
    expected = 400 if way.startswith(("SERVICE", "LOAD")) and not way.startswith("LOAD SILENT") else 204
    assert app.test_client().post("/update", data=text, **about).status_code == expected
    assert app.test_client().patch("/graphs?default", data=text, **about).status_code in (204, 400)
    ear.require_silence()


@pytest.mark.parametrize("name", ["using-graph-uri", "using-named-graph-uri"])
def test_a_graph_that_an_update_uses_is_not_fetched(
    writable: tuple[Flask, dict[str, str]], ear: Ear, name: str
) -> None:
    app, headers = writable
    sent = {"update": "DELETE { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: ear.url}
    response = app.test_client().post("/update", data=sent, headers=headers)
    assert (response.status_code, response.headers["Bomay-Removed"]) == (204, "0")
    ear.require_silence()


@pytest.mark.parametrize("way", BODIES)
def test_a_body_of_rdf_reaches_nobody(writable: tuple[Flask, dict[str, str]], ear: Ear, way: str) -> None:
    app, headers = writable
    media_type, text, refused = BODIES[way]
    data = text.replace("URL", ear.url).encode()
    client = app.test_client()
    linked = {**headers, "Link": f'<{ear.url}>; rel="http://www.w3.org/ns/json-ld#context"'}
    for method, path in (("PUT", f"/graphs?graph={ear.url}"), ("POST", "/graphs?default"), ("POST", "/validate")):
        response = client.open(path, method=method, data=data, content_type=media_type, headers=linked)
        assert response.status_code < 500, response.text
        assert (response.status_code == 400) or not refused
    form = {"data": (io.BytesIO(data), "data", media_type)}
    assert client.post("/validate", data=form).status_code < 500
    ear.require_silence()


@pytest.mark.parametrize("way", SHAPES)
def test_shapes_that_are_sent_reach_nobody(app: Flask, ear: Ear, way: str) -> None:
    for path in ("/validate", "/validate?against=graph"):
        form = {
            "data": (io.BytesIO(PERSON.encode()), "a.ttl", "text/turtle"),
            "shapes": (io.BytesIO(shapes_of(way, ear.url)), "s.ttl", "text/turtle"),
        }
        response = app.test_client().post(path, data=form)
        assert response.status_code == (400 if "SERVICE" in SHAPES[way] else 200), response.text
    ear.require_silence()


@pytest.mark.parametrize("way", PAGES)
def test_a_page_that_is_read_fetches_nothing(app: Flask, ear: Ear, way: str) -> None:
    media_type, text = PAGES[way]
    data = text.replace("WORDS", f"{WORDS} " * 5).replace("URL", ear.url).encode()
    response = app.test_client().post("/api/extract", data=data, content_type=media_type)
    assert response.status_code in (200, 400), response.text
    ear.require_silence()


def test_a_long_text_is_read_apart_and_fetches_nothing(app: Flask, ear: Ear) -> None:
    text = json.dumps({"text": f"{WORDS} {ear.url}\n" * 300, "place": "Bắc Kạn"})
    response = app.test_client().post("/api/extract", data=text, content_type="application/json")
    assert response.status_code == 200
    ear.require_silence()


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_with_an_address_in_it_is_not_followed(app: Flask, ear: Ear, path: str) -> None:
    headers = {"Origin": ear.url, "Referer": ear.url, "Forwarded": f"host={ear.url}", "X-Forwarded-Host": ear.url[7:-2]}
    response = app.test_client().get(path.replace("URL", ear.url), headers={**headers, "Accept": "text/html,*/*;q=0.5"})
    assert response.status_code < 500, response.text
    ear.require_silence()


@needs_linux
def test_a_query_worker_cannot_reach_out_even_past_the_parser(app: Flask, ear: Ear) -> None:
    worker = WorkerProcess(256 << 20)
    with app.extensions["bomay"].graph.pin() as generation:
        try:
            assert worker.hello() in (NAMESPACE, SOCKET_FILTER)
            worker.ask(QueryRequest(str(generation.path), QUERIES["SERVICE"].replace("URL", ear.url), Formats(), {}))
            while worker.receive()[0] != FAULT:
                continue
        finally:
            worker.end()
    ear.require_silence()


@needs_linux
@pytest.mark.parametrize("way", ["SERVICE", "SERVICE of a variable", "LOAD", "LOAD INTO"])
def test_the_process_of_updates_cannot_reach_out_even_past_the_parser(
    app: Flask, ear: Ear, tmp_path: Path, way: str
) -> None:
    child = ChildProcess("kg.store.update_child", "update", update_child.LONGEST, 256 << 20)
    with app.extensions["bomay"].graph.pin() as generation:
        try:
            assert child.hello() in (NAMESPACE, SOCKET_FILTER)
            text = UPDATES[way].replace("URL", ear.url)
            child.ask(update_child.Task(str(generation.path), str(tmp_path), text, None, None))
            tag, content = child.receive()
        finally:
            child.end()
    assert (tag, json.loads(content)["type"]) == (update_child.FAULT, "QueryRefused")
    ear.require_silence()


@needs_linux
def test_work_apart_cannot_reach_out_by_any_means(ear: Ear) -> None:
    """What `/validate` and `/api/extract` run in: sockets, urllib and the engine all fail there, on loopback too."""
    bounds = Bounds(60, 1 << 30, "too long", "too big")
    outcome = run_apart("tests.server.calling", ear.url.encode(), bounds)
    assert set(outcome) == {"connect", "fetch", "federate"}
    assert "reached" not in outcome.values()
    ear.require_silence()
