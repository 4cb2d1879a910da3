"""Each error as problem+json for programs and as a page for browsers."""

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.errors import FolderError, LimitExceeded
from kg.store import Graph
from server.errors import BY_STATUS, TABLE, problem_of
from server.wording import words


def test_programs_get_problem_details(client: FlaskClient) -> None:
    response = client.get("/nothing")
    problem = response.get_json(force=True)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert problem["type"].startswith("https://")
    assert (problem["status"], bool(problem["title"]), bool(problem["detail"])) == (404, True, True)


def test_browsers_get_a_page(page: FlaskClient) -> None:
    response = page.get("/nothing")
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "Không có mục này" in response.text


def test_a_method_that_is_not_taken_names_those_that_are(client: FlaskClient) -> None:
    response = client.delete("/sparql")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_the_unforeseen_is_500_without_its_insides_and_is_logged(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret insides")

    monkeypatch.setitem(app.view_functions, "health.alive", broken)
    with caplog.at_level(logging.ERROR):
        response = client.get("/healthz")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert "secret" not in response.text
    assert "secret insides" in caplog.text


def test_readiness_says_what_is_in_the_way(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    graph: Graph = app.extensions["bomay"].graph

    def closed() -> None:
        raise FolderError("The folder was closed.")

    monkeypatch.setattr(graph, "info", closed)
    response = client.get("/readyz")
    assert (response.status_code, response.get_json(force=True)["detail"]) == (503, "The folder was closed.")


def test_overload_is_503_and_says_when_to_come_again(app: Flask) -> None:
    with app.test_request_context():
        problem = problem_of(LimitExceeded("concurrency", "Too many."))
    assert (problem.status, problem.more["limit"]) == (503, "concurrency")
    assert problem.headers["Retry-After"]


def test_every_error_of_the_table_has_a_title_in_each_language() -> None:
    assert TABLE
    for language in ("vi", "en"):
        known = words(language)
        slugs = {slug for _, slug in TABLE.values()} | set(BY_STATUS.values())
        assert {slug for slug in slugs if not {f"problem.{slug}", f"problem.{slug}.help"} <= known.keys()} == set()


def test_a_syntax_error_is_told_in_vietnamese_with_the_words_of_the_parser_quoted(
    page: FlaskClient, client: FlaskClient
) -> None:
    asked = {"query": "SELECT ?s\nWHERE { ?s ?p ) }"}
    told = page.get("/sparql", query_string=asked).text
    assert re.search(r"Không đọc được SPARQL query ở dòng 2, cột \d+\. Chỗ này không thể là “", told)
    problem = client.get("/sparql", query_string=asked, headers={"Accept-Language": "vi"}).get_json(force=True)
    assert problem["detail"].startswith("Không đọc được SPARQL query ở dòng 2")
    english = client.get("/sparql", query_string=asked).get_json(force=True)["detail"]
    assert re.match(r"The SPARQL query cannot be read at line 2, column \d+: unexpected ", english)
    rdf = client.post("/validate?lang=vi", data="<a> <b", content_type="text/turtle").get_json(force=True)
    assert rdf["detail"].startswith("Không đọc được Turtle ở dòng 1") and "Trình phân tích báo: “" in rdf["detail"]
    early = client.get("/sparql?query=SELECT", headers={"Accept-Language": "vi"}).get_json(force=True)["detail"]
    assert "Trình phân tích báo: “it ends too early" in early and early.endswith("”.")
