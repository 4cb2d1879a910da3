"""`/graphs`: the Graph Store Protocol on a folder with shapes and a journal."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad, RdfFormat, parse
from werkzeug.test import TestResponse

from kg.namespaces import sparql_prologue
from kg.store.tokens import create_token

Send = Callable[..., TestResponse]

NAME = "https://example.org/workspace"
HERE = f"/graphs?graph={NAME}"
FACT = f'<{NAME}#a> <{NAME}#p> "a" .'
OTHER = f'<{NAME}#b> <{NAME}#p> "b" .'
PERSON = """person:le-van-moi-1 a bm:Person , foaf:Person ; rdfs:label "Lê Văn Mới"@vi ;
  foaf:name "Lê Văn Mới" ; bm:key "le van moi" ; bm:curatedBy agent:lan ."""
HISTORY = "/graphs?graph=https://w3id.org/bomay/graph/history"


@pytest.fixture
def send(own: Flask, own_folder: Path) -> Send:
    """Sends as an editor, Turtle unless another type is given."""
    token = create_token(own_folder, "lan", "editor")
    client = own.test_client()

    def request(method: str, path: str, data: Any = None, content_type: str = "text/turtle", **headers: str) -> Any:
        said = {
            "Authorization": f"Bearer {token}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        kind = content_type if data is not None else None
        return client.open(path, method=method, data=data, content_type=kind, headers=said)

    return request


def triples(response: TestResponse) -> set[Quad]:
    assert response.status_code == 200
    return set(parse(response.data, RdfFormat.TURTLE))


def lines(text: str) -> set[Quad]:
    return set(parse(text, RdfFormat.TURTLE))


def with_prefixes(text: str) -> str:
    return sparql_prologue() + text


def test_put_makes_a_graph_and_then_replaces_it(send: Send) -> None:
    assert send("GET", HERE).status_code == 404
    made = send("PUT", HERE, FACT)
    assert (made.status_code, made.data, made.headers["Bomay-Added"]) == (201, b"", "1")
    assert triples(send("GET", HERE)) == lines(FACT)
    replaced = send("PUT", HERE, OTHER)
    assert (replaced.status_code, replaced.headers["Bomay-Added"], replaced.headers["Bomay-Removed"]) == (204, "1", "1")
    assert triples(send("GET", HERE)) == lines(OTHER)
    assert send("PUT", HERE, OTHER).headers["Bomay-Added"] == "0"


def test_post_merges(send: Send) -> None:
    assert send("POST", HERE, FACT).status_code == 201
    assert send("POST", HERE, OTHER).status_code == 204
    assert triples(send("GET", HERE)) == lines(FACT + OTHER)


def test_post_without_a_graph_makes_one_and_says_where(send: Send) -> None:
    made = send("POST", "/graphs", FACT)
    assert made.status_code == 201
    place = made.headers["Location"]
    assert triples(send("GET", place)) == lines(FACT)
    assert triples(send("GET", f"/graphs?graph={place}")) == lines(FACT)


def test_an_address_is_a_name(send: Send) -> None:
    assert send("PUT", "/graphs/people/1.ttl", "<> a <#Thing> .").status_code == 201
    (quad,) = triples(send("GET", "/graphs?graph=http://localhost/graphs/people/1.ttl"))
    assert quad.subject.value == "http://localhost/graphs/people/1.ttl"
    assert send("DELETE", "/graphs/people/1.ttl").status_code == 204
    assert send("HEAD", "/graphs/people/1.ttl").status_code == 404


def test_delete_empties_and_then_finds_nothing(send: Send) -> None:
    send("PUT", HERE, FACT)
    assert send("DELETE", HERE).status_code == 204
    assert send("DELETE", HERE).status_code == 404
    assert send("GET", HERE).status_code == 404


def test_each_file_of_a_form_is_read_in_its_own_syntax(send: Send) -> None:
    files = {
        "one": (io.BytesIO(FACT.encode()), "one.ttl", "text/turtle; charset=utf-8"),
        "two": (io.BytesIO(OTHER.encode()), "two.nt", "application/octet-stream"),
    }
    assert send("POST", HERE, files, "multipart/form-data").status_code == 201
    assert triples(send("GET", HERE)) == lines(FACT + OTHER)
    assert send("POST", HERE, {"text": "no file"}, "multipart/form-data").status_code == 400
    unknown = {"one": (io.BytesIO(b"x"), "one.png", "image/png")}
    assert send("POST", HERE, unknown, "multipart/form-data").status_code == 415


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("application/trig", RdfFormat.TRIG),
    ],
)
def test_what_is_read_in_a_form_can_be_sent_back_in_it(send: Send, media_type: str, form: RdfFormat) -> None:
    send("PUT", HERE, FACT)
    read = send("GET", HERE, Accept=f"{media_type}; charset=utf-8")
    assert (read.status_code, read.mimetype) == (200, media_type)
    assert {quad.triple for quad in parse(read.data, form)} == {quad.triple for quad in lines(FACT)}
    assert send("PUT", "/graphs/copy", read.data, media_type).status_code == 201


def test_an_rdf_patch_adds_and_removes(send: Send) -> None:
    send("PUT", HERE, FACT)
    rows = f'TX .\nPA "w" <{NAME}#> .\nD w:a w:p "a" .\nA w:b w:p "b" <{NAME}> .\nTC .\n'
    assert send("PATCH", HERE, rows, "application/rdf-patch").status_code == 204
    assert triples(send("GET", HERE)) == lines(OTHER)
    again = send("PATCH", HERE, rows, "application/rdf-patch")
    assert (again.status_code, again.get_json(force=True)["type"].rpartition("/")[2]) == (409, "conflict")
    elsewhere = send("PATCH", HERE, f"A <{NAME}#a> <{NAME}#p> 1 <{NAME}#other> .", "application/rdf-patch")
    assert elsewhere.status_code == 400


def test_an_update_patches_the_graph_as_if_there_were_no_other(send: Send) -> None:
    send("PUT", HERE, FACT)
    text = 'DELETE { ?s ?p "a" } INSERT { ?s ?p "c" } WHERE { ?s ?p "a" }'
    changed = send("PATCH", HERE, text, "application/sparql-update")
    assert (changed.status_code, changed.headers["Bomay-Added"], changed.headers["Bomay-Removed"]) == (204, "1", "1")
    assert triples(send("GET", HERE)) == lines(FACT.replace('"a"', '"c"'))
    for other in (f"CLEAR GRAPH <{NAME}>", f"INSERT DATA {{ GRAPH <{NAME}#x> {{ <{NAME}> a <{NAME}> }} }}"):
        assert send("PATCH", HERE, other, "application/sparql-update").status_code == 400
    assert send("PATCH", HERE, "INSERT DATA {", "application/sparql-update").get_json(force=True)["line"] == 1
    assert send("PATCH", "/graphs/nowhere", text, "application/sparql-update").status_code == 404


def test_the_default_graph_takes_what_conforms_and_says_why_not(send: Send) -> None:
    assert send("POST", "/graphs?default", with_prefixes(PERSON)).status_code == 204
    refused = send("POST", "/graphs?default", with_prefixes("tenure:thieu a bm:Tenure ."))
    assert refused.status_code == 422
    assert refused.get_json(force=True)["report"]["conforms"] is False
    text = 'INSERT DATA { person:le-van-moi-1 skos:altLabel "Mới"@vi }'
    assert send("PATCH", "/graphs?default", text, "application/sparql-update").status_code == 204
    assert "Mới" in send("GET", "/graphs?default", Accept="application/n-quads").text


def test_blank_nodes_are_refused_with_a_report(send: Send) -> None:
    assert send("PUT", HERE, f"<{NAME}> <{NAME}#p> [] .").status_code == 422


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_the_programs_own_graphs_are_read_only(send: Send, method: str) -> None:
    body = None if method == "DELETE" else "A <u:a> <u:b> <u:c> ."
    kind = "application/rdf-patch" if method == "PATCH" else "text/turtle"
    response = send(method, HISTORY, body, kind)
    assert response.status_code == 403
    assert response.get_json(force=True)["detail"].endswith("is written by the program alone.")
    assert send("GET", HISTORY).status_code == 200


def test_a_graph_that_was_seen_is_not_sent_again(send: Send) -> None:
    send("PUT", HERE, FACT)
    etag = send("GET", HERE).headers["ETag"]
    assert not etag.startswith("W/")
    again = send("GET", HERE, If_None_Match=etag)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert send("GET", HERE, If_None_Match=etag, Accept="application/n-triples").status_code == 200
    assert send("HEAD", HERE).headers["ETag"] == etag


def test_if_match_lets_no_update_be_lost(send: Send) -> None:
    send("PUT", HERE, FACT)
    etag = send("GET", HERE).headers["ETag"]
    assert send("PUT", HERE, OTHER, If_Match=etag).status_code == 204
    lost = send("PUT", HERE, FACT, If_Match=etag)
    assert (lost.status_code, lost.get_json(force=True)["type"].rpartition("/")[2]) == (412, "precondition")
    assert triples(send("GET", HERE)) == lines(OTHER)
    fresh = send("GET", HERE, Accept="application/n-triples").headers["ETag"]
    assert send("DELETE", HERE, If_Match=f'"x", {fresh}').status_code == 204
    assert send("PUT", HERE, FACT, If_Match="*").status_code == 412


def test_if_match_holds_of_the_default_graph_too(send: Send) -> None:
    etag = send("HEAD", "/graphs?default").headers["ETag"]
    text = 'INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel "Hòa"@vi }'
    assert send("PATCH", "/graphs?default", text, "application/sparql-update", If_Match=etag).status_code == 204
    assert send("PATCH", "/graphs?default", text, "application/sparql-update", If_Match=etag).status_code == 412


def test_if_none_match_makes_only_what_is_not_there(send: Send) -> None:
    assert send("PUT", HERE, FACT, If_None_Match="*").status_code == 201
    assert send("PUT", HERE, OTHER, If_None_Match="*").status_code == 412
    assert triples(send("GET", HERE)) == lines(FACT)


@pytest.mark.parametrize(
    "path", ["/graphs", f"{HERE}&default", f"{HERE}&graph={NAME}", "/graphs?graph=here", "/graphs/a%25b"]
)
def test_a_request_names_one_graph(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_bodies_that_cannot_be_read_are_told_apart(send: Send) -> None:
    assert send("PUT", HERE, "nonsense").get_json(force=True)["line"] == 1
    assert send("PUT", HERE, FACT, "image/png").status_code == 415
    assert send("PUT", HERE, FACT.encode("utf-16"), "text/turtle; charset=utf-16").status_code == 415
    assert send("PATCH", HERE, FACT).headers["Accept-Patch"] == "application/rdf-patch, application/sparql-update"
    assert send("PUT", HERE, f"{FACT[:-1]} <{NAME}#x> .", "application/n-quads").status_code == 400
    assert send("PUT", HERE, FACT + " " * 10_000_001).status_code == 413
    assert send("GET", "/graphs?default", Accept="image/png").status_code == 406


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("reader", 403)])
def test_writing_needs_a_token_that_may_propose(own: Flask, own_folder: Path, role: str | None, status: int) -> None:
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'ai đó', role)}"} if role else {}
    client = own.test_client()
    for method in ("PUT", "POST", "DELETE"):
        response = client.open(HERE, method=method, data=FACT, content_type="text/turtle", headers=headers)
        assert response.status_code == status
    update = client.patch("/graphs?default", data="ASK", content_type="application/sparql-update", headers=headers)
    assert update.status_code == status


def test_options_names_methods_and_bodies(client: FlaskClient) -> None:
    response = client.options("/graphs?default")
    methods = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
    assert set(response.headers["Allow"].split(", ")) == methods
    assert response.headers["Accept-Patch"] == "application/rdf-patch, application/sparql-update"
    assert "multipart/form-data" in response.headers["Accept-Post"]
