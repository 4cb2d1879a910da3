"""Answers that are kept: the same bytes without a worker, never of another question, generation, form or dataset."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.errors import LimitExceeded
from kg.query import Answer
from kg.store.tokens import create_token
from server.remembering import Answers, Once

QUERY = "SELECT ?name WHERE { person:dinh-thi-hoa-1 rdfs:label ?name }"


class Asked(list[str]):
    """The texts that reached the workers."""


@pytest.fixture
def asked(own: Flask, monkeypatch: pytest.MonkeyPatch) -> Asked:
    told = Asked()
    pool = own.extensions["bomay"].pool
    run = pool.run

    def listened(path: Path, text: str, **more: Any) -> Answer:
        told.append(text)
        return run(path, text, **more)

    monkeypatch.setattr(pool, "run", listened)
    return told


def get(client: FlaskClient, query: str = QUERY, accept: str = "application/json", **more: str) -> bytes:
    response = client.get("/sparql", query_string={"query": query, **more}, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return response.data


def test_the_same_question_is_answered_without_a_worker(own: Flask, asked: Asked) -> None:
    client = own.test_client()
    first = get(client)
    assert get(client) == first
    posted = client.post("/sparql", data={"query": QUERY}, headers={"Accept": "application/json"})
    assert posted.data == first
    assert client.head("/sparql", query_string={"query": QUERY}, headers={"Accept": "application/json"}).data == b""
    assert asked == [QUERY]


def test_an_answer_that_the_client_has_asks_no_worker(own: Flask, asked: Asked) -> None:
    client = own.test_client()
    etag = client.get("/sparql", query_string={"query": QUERY}).headers["ETag"]
    own.extensions["bomay"].answers.most = 0  # so that nothing that is kept can stand in for the worker
    response = client.get("/sparql", query_string={"query": QUERY}, headers={"If-None-Match": etag})
    assert (response.status_code, response.data) == (304, b"")
    assert asked == [QUERY]


def test_forms_datasets_and_rows_are_kept_apart(own: Flask, asked: Asked) -> None:
    client = own.test_client()
    told = {
        get(client),
        get(client, accept="text/csv"),
        get(client, accept="application/sparql-results+xml"),
        get(client, **{"default-graph-uri": "urn:nothing"}),
        get(client, maxrows="0"),
        get(client, QUERY + " "),
    }
    assert len(told) >= 4
    assert len(asked) == 6
    assert get(client, **{"default-graph-uri": "urn:nothing"}) != get(client)
    assert len(asked) == 6


def test_a_new_generation_has_new_answers(own: Flask, own_folder: Path, asked: Asked) -> None:
    client = own.test_client()
    query = "SELECT ?name WHERE { person:dinh-thi-hoa-1 skos:altLabel ?name }"
    before = get(client, query)
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}
    update = {"update": "INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel 'Hòa'@vi }"}
    assert client.post("/update?warnings=accept", data=update, headers=headers).status_code == 204
    assert get(client, query) != before
    assert asked.count(query) == 2


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_is_another_each_time_is_not_kept(own: Flask, asked: Asked, function: str) -> None:
    client = own.test_client()
    query = f"SELECT ({function} AS ?x) WHERE {{}}"
    get(client, query)
    get(client, query)
    assert asked == [query, query]


def test_questions_of_the_library_and_pages_are_kept_too(own: Flask, asked: Asked) -> None:
    client = own.test_client()
    for path in ("/api/queries/meeting-participants?meeting=meeting:giao-ban-mau", "/doc/person/dinh-thi-hoa-1"):
        first = client.get(path).data
        before = len(asked)
        assert client.get(path).data == first
        assert len(asked) == before


def test_the_figures_tell_hits(own: Flask) -> None:
    client = own.test_client()
    get(client)
    get(client)
    text = client.get("/metrics").text
    assert 'bomay_answers_kept_total{outcome="hit"} 1.0' in text
    assert "bomay_answers_kept_bytes 0" not in text


def answer(*parts: bytes, fault: Exception | None = None) -> Answer:
    class Told(Once):
        def __init__(self) -> None:
            self.parts: Iterator[bytes] = iter(parts)

        def __next__(self) -> bytes:
            try:
                return next(self.parts)
            except StopIteration:
                if fault is not None:
                    raise fault from None
                raise

    return Answer("bindings", "text/csv", Told())


def test_only_whole_answers_are_kept() -> None:
    kept = Answers(1000)
    with pytest.raises(LimitExceeded):
        list(kept.keeping(1, ("a",), answer(b"x", fault=LimitExceeded("time", "late"))).chunks)
    halfway = kept.keeping(1, ("b",), answer(b"x", b"y"))
    assert next(halfway.chunks) == b"x"
    halfway.chunks.close()
    assert kept.get(1, ("a",)) is None and kept.get(1, ("b",)) is None
    assert b"".join(kept.keeping(1, ("c",), answer(b"x", b"y")).chunks) == b"xy"
    found = kept.get(1, ("c",))
    assert found is not None and b"".join(found.chunks) == b"xy"


def test_they_stay_within_bounds_and_the_longest_unused_goes_first() -> None:
    kept = Answers(80)
    for name in "abcdefgh":
        list(kept.keeping(1, (name,), answer(bytes(10))).chunks)
    assert kept.get(1, ("a",)) is not None
    list(kept.keeping(1, ("i",), answer(bytes(10))).chunks)
    assert kept.size == 80
    assert kept.get(1, ("b",)) is None and kept.get(1, ("a",)) is not None
    list(kept.keeping(1, ("long",), answer(bytes(11))).chunks)  # more than an eighth
    assert kept.get(1, ("long",)) is None


def test_an_earlier_generation_neither_gets_nor_gives() -> None:
    kept = Answers(1000)
    list(kept.keeping(2, ("a",), answer(b"new")).chunks)
    list(kept.keeping(1, ("b",), answer(b"old")).chunks)
    assert kept.get(1, ("a",)) is None and kept.get(2, ("b",)) is None
    assert kept.get(2, ("a",)) is not None
    assert kept.get(3, ("a",)) is None and kept.size == 0


def test_a_short_answer_is_given_again_as_it_was_sent(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = own.test_client()
    asked = {"query_string": {"query": QUERY}, "headers": {"Accept": "text/csv"}}
    first = client.get("/sparql", **asked)
    monkeypatch.setattr(own, "full_dispatch_request", lambda _: pytest.fail("the application was asked"))
    again = client.get("/sparql", **asked)
    assert again.data == first.data
    told, before = ({**response.headers} for response in (again, first))
    assert told.pop("Bomay-Query") != before.pop("Bomay-Query")
    assert told == before


@pytest.mark.parametrize(
    "more",
    [
        {"Accept": "text/tab-separated-values"},
        {"Accept-Language": "vi"},
        {"Authorization": "Bearer unknown"},
        {"Cookie": "lang=vi"},
        {"If-None-Match": '"x"'},
        {"Host": "example.org"},
    ],
)
def test_what_may_be_answered_otherwise_reaches_the_application(
    own: Flask, monkeypatch: pytest.MonkeyPatch, more: dict[str, str]
) -> None:
    client = own.test_client()
    client.get("/sparql", query_string={"query": QUERY}, headers={"Accept": "text/csv"})
    reached: list[str] = []
    dispatch = own.full_dispatch_request
    monkeypatch.setattr(own, "full_dispatch_request", lambda *given: (reached.append("x"), dispatch(*given))[1])
    client.get("/sparql", query_string={"query": QUERY}, headers={"Accept": "text/csv"})
    assert reached == []
    if cookie := more.pop("Cookie", None):
        client.set_cookie(*cookie.split("="))
    client.get("/sparql", query_string={"query": QUERY}, headers={"Accept": "text/csv", **more})
    assert reached == ["x"]


def test_pages_and_faults_are_not_given_again(own: Flask, page: FlaskClient, asked: Asked) -> None:
    client = own.test_client()
    for _ in range(2):
        assert client.get("/sparql?query=SELECT").status_code == 400
        assert client.get("/sparql?query=ASK{}", headers={"Accept": "text/html"}).status_code == 200
        assert client.get("/sparql").status_code == 200


def test_the_description_of_the_service_is_made_anew(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = own.test_client()
    client.get("/sparql", headers={"Accept": "text/turtle"})
    reached: list[str] = []
    dispatch = own.full_dispatch_request
    monkeypatch.setattr(own, "full_dispatch_request", lambda *given: (reached.append("x"), dispatch(*given))[1])
    client.get("/sparql", headers={"Accept": "text/turtle"})
    assert reached == ["x"]


def test_limits_hold_for_what_is_given_again(own_folder: Path) -> None:
    from kg.query import QueryPool
    from kg.store import open_graph
    from server import create_app
    from server.operation import Operation
    from server.rates import Rates

    operation = Operation(rates=Rates({"reader": 3}))
    with open_graph(own_folder, own=True) as graph, QueryPool(1) as pool:
        client = create_app(graph, pool, data=own_folder, operation=operation).test_client()
        statuses = [client.get("/sparql", query_string={"query": QUERY}, buffered=True).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
