"""`/validate`: reports on data that are not written."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import LimitExceeded
from kg.model.changes import ChangeSet
from kg.namespaces import iri, sparql_prologue
from kg.store import create, open_graph
from kg.validate import Shapes
from server.validating import Desk, Job
from server.validation_child import Addition

GOOD = sparql_prologue() + (
    'person:a a bm:Person , foaf:Person ; rdfs:label "Lê A"@vi ; foaf:name "Lê A" ; '
    'bm:key "le a" ; bm:curatedBy agent:lan .'
)
BAD = sparql_prologue() + 'person:a a bm:Person ; rdfs:label "Lê A"@vi .'
UNKNOWN_POST = sparql_prologue() + "tenure:x bm:post post:truong-ban-mau ."


def test_good_data_conform(client: FlaskClient) -> None:
    response = client.post("/validate", data=GOOD.encode(), content_type="text/turtle")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    quads = parse(response.data, RdfFormat.TURTLE)
    assert any(quad.predicate == iri("sh:conforms") and quad.object.value == "true" for quad in quads)


def test_bad_data_are_200_with_findings_in_two_languages(client: FlaskClient) -> None:
    headers = {"Accept": "application/json"}
    response = client.post("/validate", data=BAD.encode(), content_type="text/turtle", headers=headers)
    report = response.get_json()
    assert (response.status_code, report["conforms"]) == (200, False)
    assert report["findings"][0]["message_vi"] != report["findings"][0]["message_en"]
    assert "repairs" not in report and not any(finding["repairs"] for finding in report["findings"])


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("text/turtle", "sh:ValidationReport"),
        ("application/n-triples", "shacl#ValidationReport"),
        ("application/ld+json", "ValidationReport"),
        ("text/csv", "severity,shape,focus"),
        ("text/html", '<ol class="findings">'),
    ],
)
def test_the_report_comes_in_the_form_asked_for(client: FlaskClient, accept: str, words: str) -> None:
    headers = {"Accept": accept}
    response = client.post("/validate", data=BAD.encode(), content_type="text/turtle", headers=headers)
    assert (response.status_code, response.mimetype) == (200, accept)
    assert words in response.text


def test_against_the_graph_it_knows_what_is_there(client: FlaskClient) -> None:
    data = sparql_prologue() + 'person:dinh-thi-hoa-1 skos:altLabel "Hòa"@vi .'
    headers = {"Accept": "application/json"}
    response = client.post("/validate?against=graph", data=data.encode(), content_type="text/turtle", headers=headers)
    assert response.get_json() == {"conforms": True, "findings": []}
    asked = {"query": 'ASK { person:dinh-thi-hoa-1 skos:altLabel "Hòa"@vi }'}
    assert client.get("/sparql", query_string=asked).get_json(force=True)["boolean"] is False


def test_a_form_may_carry_its_own_shapes(client: FlaskClient) -> None:
    shapes = sparql_prologue() + (
        "<urn:s> a sh:NodeShape ; sh:targetClass bm:Person ; sh:property [ sh:path foaf:name ; sh:minCount 1 ; "
        'sh:message "no name"@en ] .'
    )
    form = {"data": (io.BytesIO(BAD.encode()), "data.ttl"), "shapes": (io.BytesIO(shapes.encode()), "shapes.ttl")}
    response = client.post("/validate", data=form, headers={"Accept": "application/json"})
    assert [finding["message_en"] for finding in response.get_json()["findings"]] == ["no name"]


def test_broken_turtle_is_400_with_its_place(client: FlaskClient) -> None:
    response = client.post("/validate", data=b"PREFIX bm: <x:>\nbm:a bm:b ; .\n bm", content_type="text/turtle")
    assert response.status_code == 400
    assert response.get_json(force=True)["line"] == 2


def test_a_remote_context_is_not_fetched(client: FlaskClient) -> None:
    data = b'{"@context": "http://127.0.0.1:1/context.jsonld", "@id": "urn:x", "name": "x"}'
    response = client.post("/validate", data=data, content_type="application/ld+json")
    assert response.status_code == 400
    assert "not fetched" in response.get_json(force=True)["detail"]


def test_a_body_over_ten_megabytes_is_413(client: FlaskClient) -> None:
    response = client.post("/validate", data=b"#" * 10_000_001, content_type="text/turtle")
    assert (response.status_code, response.mimetype) == (413, "application/problem+json")


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", ""])
def test_an_unknown_media_type_is_415(client: FlaskClient, media_type: str) -> None:
    assert client.post("/validate", data=b"x", content_type=media_type).status_code == 415


def test_another_against_is_400(client: FlaskClient) -> None:
    response = client.post("/validate?against=all", data=b"", content_type="text/turtle")
    assert "against=graph" in response.get_json(force=True)["detail"]


def test_blank_nodes_are_found_against_the_graph(client: FlaskClient) -> None:
    data = sparql_prologue() + 'person:dinh-thi-hoa-1 bm:note [ rdfs:label "x" ] .'
    headers = {"Accept": "application/json"}
    response = client.post("/validate?against=graph", data=data.encode(), content_type="text/turtle", headers=headers)
    assert response.get_json()["findings"][0]["shape"].endswith("blankNode")


def test_validation_over_its_time_is_stopped(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("scratch")
    with pytest.raises(LimitExceeded, match="longer than"):
        Desk(seconds=0.05).validate(Job(GOOD.encode(), "text/turtle"), folder)
    assert list(folder.iterdir()) == []


def test_what_was_committed_last_is_known_to_the_judgement(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    person = "<https://w3id.org/bomay/id/person/a>"
    with open_graph(tmp_path / "data", own=True) as graph:
        quads = frozenset(parse(GOOD, RdfFormat.TURTLE))
        graph.submit(ChangeSet(quads, frozenset(), iri("agent:lan"), "test"))
        with graph.pin() as generation:
            tenure = list(parse(sparql_prologue() + f"tenure:x a bm:Tenure ; org:member {person} .", RdfFormat.TURTLE))
            report = Addition(Shapes.load(), generation.path, tmp_path).report(tenure, ())
    shapes = {finding.shape.rpartition("#")[2] for finding in report.findings}
    assert "Tenure-post" in shapes
    assert "Tenure-member" not in shapes


def test_a_report_names_values_severities_and_repeats_as_shacl_has_them(client: FlaskClient) -> None:
    shapes = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <https://example.org/>
      :S a sh:NodeShape ; sh:targetNode :a ; sh:nodeKind sh:Literal ; sh:severity :Grave ."""
    files = {
        "data": (io.BytesIO(b"<https://example.org/a> a <https://example.org/B> ."), "data.ttl", "text/turtle"),
        "shapes": (io.BytesIO(shapes.encode()), "shapes.ttl", "text/turtle"),
    }
    response = client.post("/validate", data=files)
    said = {(quad.predicate, quad.object) for quad in parse(response.data, RdfFormat.TURTLE)}
    assert (iri("sh:value"), NamedNode("https://example.org/a")) in said
    assert (iri("sh:resultSeverity"), NamedNode("https://example.org/Grave")) in said


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT $this { ?x ?y $this MINUS { $this ?p ?o } }", "MINUS"),
        ("SELECT $this { $this nowhere:p ?o }", "Prefix not found"),
    ],
)
def test_shapes_that_cannot_be_used_are_400_with_the_reason(client: FlaskClient, query: str, reason: str) -> None:
    shapes = f"""PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <https://example.org/>
      :S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select "{query}" ] ."""
    files = {
        "data": (io.BytesIO(b"<https://example.org/a> a <https://example.org/B> ."), "data.ttl", "text/turtle"),
        "shapes": (io.BytesIO(shapes.encode()), "shapes.ttl", "text/turtle"),
    }
    response = client.post("/validate", data=files)
    assert response.status_code == 400
    assert reason in response.get_json(force=True)["detail"]
