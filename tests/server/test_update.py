"""`/update`: tokens, roles, and changes through the one door."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.store.tokens import create_token

GOOD = """INSERT DATA { person:le-van-moi-1 a bm:Person , foaf:Person ; rdfs:label "Lê Văn Mới"@vi ;
  foaf:name "Lê Văn Mới" ; bm:key "le van moi" ; bm:curatedBy agent:lan }"""
BAD = 'INSERT DATA { tenure:thieu a bm:Tenure ; rdfs:label "thiếu"@vi ; bm:curatedBy agent:lan }'
ASK_MOI = {"query": "ASK { person:le-van-moi-1 a bm:Person }"}


def send(app: Flask, folder: Path, text: str, role: str | None = "editor", path: str = "/update") -> TestResponse:
    headers = {"Authorization": f"Bearer {create_token(folder, f'lan {role}', role)}"} if role else {}
    return app.test_client().post(path, data=text, content_type="application/sparql-update", headers=headers)


def test_an_editor_writes_and_the_next_request_sees_it(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    assert client.get("/sparql", query_string=ASK_MOI).get_json(force=True)["boolean"] is False
    response = send(own, own_folder, GOOD)
    assert (response.status_code, response.data) == (204, b"")
    assert (response.headers["Bomay-Added"], response.headers["Bomay-Removed"]) == ("6", "0")
    assert client.get("/sparql", query_string=ASK_MOI).get_json(force=True)["boolean"] is True
    change = response.headers["Bomay-Change"].rpartition("/id/")[2]
    assert "agent:lan-editor" in client.get(f"/doc/{change}").text


def test_search_follows_each_change_with_the_next_request(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}

    def found_after(update: str, text: str) -> list[str]:
        answer = client.post("/update", data=update, content_type="application/sparql-update", headers=headers)
        assert answer.status_code == 204
        hits = client.get("/api/search", query_string={"q": text, "kind": "person"}).get_json()["hits"]
        return [hit["label"] for hit in hits]

    assert client.get("/api/search?q=le van moi&kind=person").get_json()["hits"] == []
    assert found_after(GOOD, "le van moi") == ["Lê Văn Mới"]
    assert found_after('INSERT DATA { person:le-van-moi-1 skos:altLabel "Anh Tám"@vi }', "anh tam") == ["Lê Văn Mới"]
    assert found_after("DELETE WHERE { person:le-van-moi-1 ?property ?value }", "anh tam") == []


def test_a_form_is_taken_too(own: Flask, own_folder: Path) -> None:
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'admin')}"}
    assert own.test_client().post("/update", data={"update": GOOD}, headers=headers).status_code == 204


def test_without_a_token_it_is_401(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, GOOD, None)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    wrong = own.test_client().post(
        "/update", data=GOOD, content_type="application/sparql-update", headers={"Authorization": "Bearer nonsense"}
    )
    assert wrong.status_code == 401


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_too_low_a_role_is_403_with_a_sentence(own: Flask, own_folder: Path, role: str) -> None:
    response = send(own, own_folder, GOOD, role)
    assert response.status_code == 403
    assert "editor" in response.get_json(force=True)["detail"]


def test_what_breaks_a_shape_is_422_with_the_report_and_stores_nothing(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, BAD)
    problem = response.get_json(force=True)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert problem["report"]["conforms"] is False
    finding = problem["report"]["findings"][0]
    assert finding["message_vi"] and finding["message_en"] and finding["severity"] == "Violation"
    asked = {"query": "ASK { tenure:thieu ?p ?o }"}
    assert own.test_client().get("/sparql", query_string=asked).get_json(force=True)["boolean"] is False


def test_warnings_pass_only_when_accepted(own: Flask, own_folder: Path) -> None:
    text = """INSERT DATA { directive:13-kh-tu-mau a bm:Directive , prov:Entity ; rdfs:label "Kế hoạch 13-KH/TU"@vi ;
      bm:key "13 kh tu" ; bm:symbol "13-KH/TU" ; bm:documentType doctype:Resolution ; bm:curatedBy agent:lan }"""
    refused = send(own, own_folder, text)
    assert refused.status_code == 422
    assert {finding["severity"] for finding in refused.get_json(force=True)["report"]["findings"]} == {"Warning"}
    assert send(own, own_folder, text, "admin", "/update?warnings=accept").status_code == 204


def test_a_broken_update_has_its_line(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, "INSERT DATA {\n person:x a }")
    assert (response.status_code, response.get_json(force=True)["line"]) == (400, 2)


def test_loading_from_elsewhere_is_refused(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, "LOAD <http://127.0.0.1:1/x.ttl>")
    assert response.get_json(force=True)["type"].endswith("/refused")


def test_get_is_405_and_names_what_is_allowed(own: Flask) -> None:
    response = own.test_client().get("/update")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
