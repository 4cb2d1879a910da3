"""At every door a Violation is refused, a Warning wants acceptance, and an Info passes."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.namespaces import iri, sparql_prologue
from kg.store.tokens import create_token

VIOLATION = 'person:v a bm:Person , foaf:Person ; rdfs:label "Lê V"@vi ; foaf:name "Lê V" ; bm:key "le v" .'
WARNING = """directive:w a bm:Directive , prov:Entity ; rdfs:label "Kế hoạch 13-KH/TU"@vi ; bm:key "13 kh tu" ;
    bm:symbol "13-KH/TU" ; bm:documentType doctype:Resolution ; bm:curatedBy agent:lan ."""
INFO = """source:i a bm:Source , prov:Entity ; rdfs:label "Báo"@vi ; bm:textLength 1 ;
    bm:textDigest "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" ."""
MENDABLE = 'person:m a bm:Person ; rdfs:label "Lê M"@vi ; foaf:name "Lê M" ; bm:key "le m" ; bm:curatedBy agent:lan .'


def send(app: Flask, folder: Path, door: str, data: str, more: str = "", accept: str = "*/*") -> TestResponse:
    token = create_token(folder, f"an-editor-{door.strip('/')}{len(data)}{len(more)}{len(accept)}", "editor")
    headers = {"Authorization": f"Bearer {token}", "Accept": accept}
    if door == "/update":
        text, media = f"INSERT DATA {{ {data} }}", "application/sparql-update"
        return app.test_client().post(f"/update?{more}", data=text, content_type=media, headers=headers)
    text, media = sparql_prologue() + data, "text/turtle"
    return app.test_client().post(f"/graphs?default&{more}", data=text.encode(), content_type=media, headers=headers)


@pytest.mark.parametrize("door", ["/update", "/graphs"])
def test_severities_at_the_doors_of_programs(own: Flask, own_folder: Path, door: str) -> None:
    for more in ("", "warnings=accept"):
        refused = send(own, own_folder, door, VIOLATION, more)
        assert refused.status_code == 422
        assert {f["severity"] for f in refused.get_json(force=True)["report"]["findings"]} == {"Violation"}
    refused = send(own, own_folder, door, WARNING)
    assert refused.status_code == 422
    assert {f["severity"] for f in refused.get_json(force=True)["report"]["findings"]} == {"Warning"}
    assert send(own, own_folder, door, WARNING, "warnings=accept").status_code == 204
    assert send(own, own_folder, door, INFO).status_code == 204
    judged = own.test_client().post(
        "/validate?against=graph", data=(sparql_prologue() + VIOLATION).encode(), content_type="text/turtle"
    )
    assert judged.status_code == 200


@pytest.mark.parametrize("door", ["/update", "/graphs"])
def test_a_refusal_has_repairs_for_who_asks_and_on_pages(own: Flask, own_folder: Path, door: str) -> None:
    plain = send(own, own_folder, door, MENDABLE).get_json(force=True)["report"]
    assert "repairs" not in plain
    asked = send(own, own_folder, door, MENDABLE, "repairs=true").get_json(force=True)["report"]
    assert asked["repairs"] == {"tried": 1, "unsought": 0}
    (repair,) = asked["findings"][0]["repairs"]
    assert repair["add"].endswith("<http://xmlns.com/foaf/0.1/Person> .\n") and repair["left"] == 0
    page = send(own, own_folder, door, MENDABLE, accept="text/html")
    assert (page.status_code, page.mimetype) == (422, "text/html")
    assert '<li class="repair" data-kind="class_stated"' in page.text and 'name="repair"' not in page.text
    asked_for = {"query": f"ASK {{ <{iri('person:m').value}> ?p ?o }}", "format": "json"}
    assert own.test_client().get("/sparql", query_string=asked_for).get_json(force=True)["boolean"] is False
