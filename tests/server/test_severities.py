"""At every door a Violation is refused, a Warning wants acceptance, and an Info passes."""

from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from kg.namespaces import iri, sparql_prologue
from kg.store.tokens import create_token

VIOLATION = 'person:x a bm:Person , foaf:Person ; rdfs:label "Lê V"@vi ; foaf:name "Lê V" ; bm:key "le v" .'
WARNING = """directive:x a bm:Directive , prov:Entity ; rdfs:label "Kế hoạch 13-KH/TU"@vi ; bm:key "13 kh tu" ;
    bm:symbol "13-KH/TU" ; bm:documentType doctype:Resolution ; bm:curatedBy agent:lan ."""
INFO = """source:x a bm:Source , prov:Entity ; rdfs:label "Báo"@vi ; bm:textLength 1 ;
    bm:textDigest "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" ."""
MENDABLE = 'person:x a bm:Person ; rdfs:label "Lê M"@vi ; foaf:name "Lê M" ; bm:key "le m" ; bm:curatedBy agent:lan .'


DOORS = {"/update": "u", "/graphs": "g"}


def severities(refused: TestResponse) -> set[str]:
    assert refused.status_code == 422
    return {finding["severity"] for finding in refused.get_json(force=True)["report"]["findings"]}


def send(app: Flask, folder: Path, door: str, data: str, more: str = "", accept: str = "*/*") -> TestResponse:
    token = create_token(folder, f"an-editor-{door.strip('/')}{len(data)}{len(more)}{len(accept)}", "editor")
    headers = {"Authorization": f"Bearer {token}", "Accept": accept}
    if door == "/update":
        text, media = f"INSERT DATA {{ {data} }}", "application/sparql-update"
        return app.test_client().post(f"/update?{more}", data=text, content_type=media, headers=headers)
    text, media = sparql_prologue() + data, "text/turtle"
    return app.test_client().post(f"/graphs?default&{more}", data=text.encode(), content_type=media, headers=headers)


def test_severities_at_the_doors_of_programs(own: Flask, own_folder: Path) -> None:
    for door, name in DOORS.items():
        violation, warning, info = (data.replace(":x", f":{name}") for data in (VIOLATION, WARNING, INFO))
        for more in ("", "warnings=accept"):
            assert severities(send(own, own_folder, door, violation, more)) == {"Violation"}
        assert severities(send(own, own_folder, door, warning)) == {"Warning"}
        assert send(own, own_folder, door, warning, "warnings=accept").status_code == 204
        assert send(own, own_folder, door, info).status_code == 204


def test_a_refusal_has_repairs_for_who_asks_and_on_pages(own: Flask, own_folder: Path) -> None:
    for door, name in DOORS.items():
        data = MENDABLE.replace(":x", f":{name}")
        plain = send(own, own_folder, door, data).get_json(force=True)["report"]
        assert "repairs" not in plain
        asked = send(own, own_folder, door, data, "repairs=true").get_json(force=True)["report"]
        assert asked["repairs"] == {"tried": 1, "unsought": 0}
        (repair,) = asked["findings"][0]["repairs"]
        assert repair["add"].endswith("<http://xmlns.com/foaf/0.1/Person> .\n") and repair["left"] == 0
        page = send(own, own_folder, door, data, accept="text/html")
        assert (page.status_code, page.mimetype) == (422, "text/html")
        assert '<li class="repair" data-kind="class_stated"' in page.text and 'name="repair"' not in page.text
    asked_for = {"query": f"ASK {{ VALUES ?p {{ <{iri('person:u').value}> <{iri('person:g').value}> }} ?p ?q ?o }}"}
    told = own.test_client().get("/sparql", query_string={**asked_for, "format": "json"})
    assert told.get_json(force=True)["boolean"] is False
