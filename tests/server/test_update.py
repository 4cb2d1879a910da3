"""`/update`: tokens, roles, and changes through the one door."""

import threading
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.store import UpdateLimits
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


def test_too_low_a_role_is_403_with_a_sentence(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, GOOD, "reader")
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


BOMB = "INSERT { bm:a bm:count ?n } WHERE { { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } } }"


@pytest.mark.parametrize("path", ["/update", "/graphs?default", "/graphs?graph=https://w3id.org/bomay/ontology%23w"])
def test_an_update_that_takes_too_long_is_504_and_the_next_one_is_done(
    own: Flask, own_folder: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(own.extensions["bomay"].graph._working, "limits", UpdateLimits(seconds=2))
    w = "GRAPH <https://w3id.org/bomay/ontology#w>"
    cells = " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(400))
    assert send(own, own_folder, f"INSERT DATA {{ {w} {{ {cells} }} }}").status_code == 204
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}
    ask = own.test_client().open
    method = "POST" if path == "/update" else "PATCH"
    about = {"headers": headers, "content_type": "application/sparql-update"}
    response = ask(path, method=method, data=BOMB.replace("?g ?h ?i", "?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o"), **about)
    problem = response.get_json(force=True)
    assert (response.status_code, problem["limit"], "Bomay-Change" in response.headers) == (504, "time", False)
    assert "2 seconds" in problem["detail"]
    after = f"DELETE {{ {w} {{ ?s ?p 7 }} }} WHERE {{ {w} {{ ?s ?p 7 }} }}"
    assert send(own, own_folder, after, "admin").headers["Bomay-Removed"] == "1"
    assert send(own, own_folder, GOOD, "contributor").status_code == 202
    assert ask("/update", method="POST", data=GOOD, **about).status_code == 204


def test_timeout_shortens_the_limit_of_an_update(own: Flask, own_folder: Path) -> None:
    response = send(own, own_folder, BOMB, path="/update?timeout=0.3")
    assert (response.status_code, response.get_json(force=True)["limit"]) == (504, "time")
    assert "0.3 seconds" in response.get_json(force=True)["detail"]
    assert send(own, own_folder, GOOD, "admin").status_code == 204


def test_updates_sent_at_once_lose_nothing(own: Flask, own_folder: Path) -> None:
    token = create_token(own_folder, "lan", "editor")
    about = {"headers": {"Authorization": f"Bearer {token}"}, "content_type": "application/sparql-update"}
    step = """DELETE { bm:counter bm:count ?n } INSERT { bm:counter bm:count ?m }
              WHERE { OPTIONAL { bm:counter bm:count ?n } BIND(COALESCE(?n, 0) + 1 AS ?m) }"""
    statuses = []

    def count(number: int) -> None:
        for text in (step, f"INSERT DATA {{ bm:counter bm:note '{number}' }}"):
            statuses.append(own.test_client().post("/update", data=text, **about).status_code)

    threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 8
    asked = {"query": "SELECT ?n { bm:counter bm:count ?n }"}
    rows = own.test_client().get("/sparql", query_string=asked).get_json(force=True)["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["4"]


def test_get_is_405_and_names_what_is_allowed(own: Flask) -> None:
    response = own.test_client().get("/update")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
