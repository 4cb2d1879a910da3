"""What is refused before the application hears of it has the form, the headers and the type of all other problems."""

import http.client
import json
import socket
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.security import HEADERS
from tests.server.test_serving import service


def sent(port: int, head: bytes) -> tuple[int, http.client.HTTPMessage, dict[str, object]]:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(head)
        response = http.client.HTTPResponse(line)
        response.begin()
        with response:
            return response.status, response.headers, json.load(response)


def test_a_request_that_is_too_much_or_none_is_a_problem_with_all_headers(own_folder: Path) -> None:
    with service(own_folder) as (_, port, _):
        for head, status, slug in (
            (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", 431, "too-large"),
            (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 41000000\r\n\r\n", 413, "too-large"),
            (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400, "bad-request"),
            (b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "fault"),
        ):
            got, headers, told = sent(port, head)
            assert (got, headers.get_content_type()) == (status, "application/problem+json")
            assert (told["status"], str(told["type"]).rpartition("/")[2]) == (status, slug)
            assert told["detail"]
            assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/sparql", "application/sparql-query"), ("/update", "application/sparql-update"), ("/validate", "text/turtle")],
)
@pytest.mark.parametrize("coding", ["gzip", "br", "GZIP, identity"])
def test_a_packed_body_is_415_and_hears_that_none_is_taken(
    client: FlaskClient, path: str, media_type: str, coding: str
) -> None:
    headers = {"Content-Encoding": coding, "Content-Type": media_type}
    response = client.post(path, data=b"ASK {}", headers=headers)
    assert response.status_code == 415
    assert response.headers["Accept-Encoding"] == "identity"
    assert "packing" in response.get_json(force=True)["detail"]


def test_a_body_that_says_it_is_not_packed_is_taken(client: FlaskClient) -> None:
    headers = {"Content-Encoding": "Identity", "Content-Type": "application/sparql-query"}
    assert client.post("/sparql", data=b"ASK {}", headers=headers).status_code == 200


def test_a_type_that_is_not_taken_hears_which_are(client: FlaskClient) -> None:
    told = client.post("/sparql", data=b"x", content_type="image/png").get_json(force=True)
    assert told["taken"] == ["application/sparql-query", "application/x-www-form-urlencoded"]
    page = client.post("/sparql", data=b"x", content_type="image/png", headers={"Accept": "text/html"}).text
    assert "<code>application/sparql-query</code>" in page
    assert "text/turtle" in client.post("/validate", data=b"x", content_type="image/png").get_json(force=True)["taken"]


def test_a_form_refused_by_its_own_name_is_not_given_under_another(client: FlaskClient) -> None:
    accept = "application/sparql-results+json;q=0, application/*;q=0.5, text/csv;q=0.4"
    response = client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept})
    assert response.mimetype == "application/sparql-results+xml"
    only = client.get("/sparql?query=ASK%7B%7D", headers={"Accept": accept + ", application/sparql-results+xml;q=0"})
    assert only.mimetype == "text/csv"
