"""SPARQL 1.1 Protocol: what the endpoints take, name and refuse (https://www.w3.org/TR/sparql11-protocol/)."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from werkzeug.test import TestResponse

from kg.store.tokens import create_token

SELECT = "SELECT ?p { ?p a bm:Person }"
ASK = "ASK { ?p a bm:Person }"
CONSTRUCT = "CONSTRUCT { ?p a bm:Person } WHERE { ?p a bm:Person }"
ONE, TWO = "https://example.org/one", "https://example.org/two"
INSERT = f"INSERT DATA {{ GRAPH <{ONE}> {{ <{ONE}#a> a <{ONE}#C> }} GRAPH <{TWO}> {{ <{TWO}#b> a <{ONE}#C> }} }}"
COPY = "INSERT { GRAPH <https://example.org/copy> { ?s <https://example.org/p> 1 } } WHERE { ?s a ?c }"


def send(app: Flask, folder: Path, text: str, path: str = "/update") -> TestResponse:
    headers = {"Authorization": f"Bearer {create_token(folder, f'lan {abs(hash((text, path)))}', 'editor')}"}
    return app.test_client().post(path, data=text, content_type="application/sparql-update", headers=headers)


def copied(app: Flask) -> set[str]:
    query = {"query": "SELECT ?s { GRAPH <https://example.org/copy> { ?s ?p ?o } }"}
    rows = app.test_client().get("/sparql", query_string=query).get_json(force=True)["results"]["bindings"]
    return {row["s"]["value"] for row in rows}


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (CONSTRUCT, "text/turtle;charset=utf-8", "text/turtle"),
        (CONSTRUCT, "text/turtle; charset=UTF-8; q=0.5", "text/turtle"),
        (CONSTRUCT, 'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (SELECT, "Application/SPARQL-Results+XML; charset=utf-8", "application/sparql-results+xml"),
    ],
)
def test_parameters_in_accept_are_no_ground_to_refuse(
    client: FlaskClient, query: str, accept: str, media_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)


@pytest.mark.parametrize("media_type", ["text/turtle;q=0", "text/turtle;charset=utf-8;q=0, image/png"])
def test_quality_zero_refuses_with_parameters_too(client: FlaskClient, media_type: str) -> None:
    response = client.get("/sparql", query_string={"query": CONSTRUCT}, headers={"Accept": media_type})
    assert response.status_code == 406


@pytest.mark.parametrize(
    ("form", "words"),
    [("json", '"boolean":true'), ("xml", "<boolean>true</boolean>"), ("csv", "true"), ("tsv", "true")],
)
def test_a_truth_can_be_had_in_each_result_format(client: FlaskClient, form: str, words: str) -> None:
    response = client.get("/sparql", query_string={"query": ASK, "format": form})
    assert response.status_code == 200
    assert words in response.text


def test_n_quads_and_trig_say_the_same_graph_as_turtle(client: FlaskClient) -> None:
    forms = {"ttl": RdfFormat.TURTLE, "nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
    read = {
        key: {quad.triple for quad in parse(client.get(f"/sparql?format={key}&query={quote(CONSTRUCT)}").data, form)}
        for key, form in forms.items()
    }
    assert read["ttl"]
    assert read["ttl"] == read["nq"] == read["trig"]


def test_options_names_methods_and_bodies(client: FlaskClient) -> None:
    response = client.options("/sparql")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}
    for name in ("Accept-Query", "Accept-Post"):
        assert response.headers[name] == "application/sparql-query, application/x-www-form-urlencoded"
    update = client.options("/update")
    assert set(update.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert update.headers["Accept-Post"] == "application/sparql-update, application/x-www-form-urlencoded"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_405_and_hears_which_are_taken(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    assert response.status_code == 405
    assert "QUERY" in response.headers["Allow"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/sparql-update", None])
def test_a_body_that_is_no_query_is_415_and_hears_what_is_taken(client: FlaskClient, content_type: str | None) -> None:
    response = client.post("/sparql", data=ASK, content_type=content_type)
    assert response.status_code == 415
    assert "application/sparql-query" in response.headers["Accept-Post"]


def test_another_encoding_is_refused(client: FlaskClient) -> None:
    body = ASK.encode("utf-16")
    assert client.post("/sparql", data=body, content_type="application/sparql-query; charset=UTF-16").status_code == 415
    assert client.post("/sparql", data=body, content_type="application/sparql-query").status_code == 400
    assert client.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%20%7D").status_code == 400
    form = client.post("/sparql", data=b"query=ASK%20%7B%22%FF", content_type="application/x-www-form-urlencoded")
    assert form.status_code == 400


def test_a_query_in_address_and_body_is_two(client: FlaskClient) -> None:
    path = f"/sparql?query={quote(ASK)}"
    assert client.post(path, data={"query": ASK}).status_code == 400
    assert client.post(path, data=ASK, content_type="application/sparql-query").status_code == 400


def test_graphs_may_be_named_beside_a_form(client: FlaskClient) -> None:
    history = "default-graph-uri=https://w3id.org/bomay/graph/history"
    response = client.post(f"/sparql?{history}", data={"query": "ASK { ?s a bm:ChangeSet }"})
    assert response.get_json(force=True)["boolean"] is True


def test_relative_iris_are_read_against_the_endpoint(client: FlaskClient, own: Flask, own_folder: Path) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT ?x { BIND(<a> AS ?x) }"}).get_json(force=True)
    assert answer["results"]["bindings"][0]["x"]["value"] == "http://localhost/a"
    assert send(own, own_folder, f"INSERT DATA {{ GRAPH <{ONE}> {{ <a> <b> <c> }} }}").status_code == 204
    query = {"query": f"ASK {{ GRAPH <{ONE}> {{ <http://localhost/a> ?p ?o }} }}"}
    assert own.test_client().get("/sparql", query_string=query).get_json(force=True)["boolean"] is True


def test_a_long_body_is_413(client: FlaskClient) -> None:
    body = "ASK {}" + " " * 10_000_001
    assert client.post("/sparql", data=body, content_type="application/sparql-query").status_code == 413


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (f"using-graph-uri={ONE}", {f"{ONE}#a"}),
        (f"using-graph-uri={ONE}&using-graph-uri={TWO}", {f"{ONE}#a", f"{TWO}#b"}),
        (f"using-named-graph-uri={ONE}", set()),
    ],
)
def test_an_update_works_on_the_dataset_that_the_request_names(
    own: Flask, own_folder: Path, named: str, expected: set[str]
) -> None:
    assert send(own, own_folder, INSERT).status_code == 204
    assert send(own, own_folder, COPY, f"/update?{named}").status_code == 204
    assert copied(own) == expected


def test_named_graphs_of_an_update_are_those_that_the_request_names(own: Flask, own_folder: Path) -> None:
    send(own, own_folder, INSERT)
    everywhere = COPY.replace("?s a ?c", "GRAPH ?g { ?s a ?c }")
    assert send(own, own_folder, everywhere, f"/update?using-named-graph-uri={TWO}").status_code == 204
    assert copied(own) == {f"{TWO}#b"}


def test_a_dataset_named_twice_is_refused(own: Flask, own_folder: Path) -> None:
    path = f"/update?using-graph-uri={TWO}"
    for text in (f"WITH <{ONE}> {COPY}", COPY.replace("WHERE", f"USING <{ONE}> WHERE")):
        response = send(own, own_folder, text, path)
        assert response.status_code == 400
        assert "not both" in response.get_json(force=True)["detail"]
    assert send(own, own_folder, COPY, "/update?using-graph-uri=no").status_code == 400


def test_the_service_description_tells_of_both_endpoints_and_the_graphs_that_are_there(
    own: Flask, own_folder: Path
) -> None:
    send(own, own_folder, INSERT)
    quads = list(parse(own.test_client().get("/sparql").data, RdfFormat.TURTLE))
    said = {(quad.predicate.value.rpartition("#")[2], getattr(quad.object, "value", "")) for quad in quads}
    assert {("endpoint", "http://localhost/sparql"), ("endpoint", "http://localhost/update")} <= said
    graphs = {value for name, value in said if name == "name"}
    assert graphs == {ONE, TWO, *(f"https://w3id.org/bomay/graph/{name}" for name in ("history", "ontology", "shapes"))}
    assert any(value.endswith("/TriG") for name, value in said if name == "resultFormat")


def test_load_silent_does_nothing_and_load_is_refused_once_it_was_read(own: Flask, own_folder: Path) -> None:
    loads = "LOAD SILENT <http://127.0.0.1:1/x> INTO GRAPH <http://127.0.0.1:1/g> ;\n"
    assert send(own, own_folder, f"{loads} {INSERT}").headers["Bomay-Added"] == "2"
    refused = send(own, own_folder, loads.replace("SILENT", ""))
    assert refused.get_json(force=True)["type"].endswith("/refused")
    broken = send(own, own_folder, loads.replace("SILENT", "") + "INSERT")
    assert (broken.status_code, broken.get_json(force=True)["line"]) == (400, 2)


def test_half_a_character_is_a_syntax_error(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": r"SELECT * { ?s ?p '\ud800' }"})
    assert (response.status_code, response.get_json(force=True)["type"].rpartition("/")[2]) == (400, "syntax")
