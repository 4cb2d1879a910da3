"""Merging and splitting over HTTP: previews in words, decisions of editors, proposals of contributors."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.history import read_patch_text
from kg.namespaces import iri
from kg.store.tokens import list_tokens, revoke_token
from tests.server.deciding.acting import ask, browser, export, hidden, program, update

KEPT, GONE, WHY = "person:dinh-thi-hoa-1", "person:hoa-2", "Cùng chức vụ, cùng cơ quan"
TWO = {"kept": KEPT, "gone": GONE, "reason": WHY}
IRIS = {"kept": iri(KEPT).value, "gone": iri(GONE).value}


def test_a_dry_run_tells_what_moves_and_writes_nothing(editor: FlaskClient) -> None:
    before = export(editor)
    told = editor.post("/api/merge", json={**TWO, "dry_run": True}).get_json()
    assert (told["kept"], told["gone"], told["kind"]) == (*IRIS.values(), iri("bm:Person").value)
    assert {"property": iri("org:member").value, "facts": 1} in told["moved"]
    assert {effect["code"] for effect in told["effects"]} == {"name", "settled", "two"}
    assert told["obstacles"] == [] and told["report"]["conforms"] is True
    assert export(editor) == before


def test_an_editor_merges_and_splits_and_addresses_redirect_meanwhile(editor: FlaskClient) -> None:
    before = export(editor)
    done = editor.post("/api/merge", json=TWO)
    assert done.status_code == 204, done.text
    assert ask(editor, f"{GONE} dcterms:isReplacedBy {KEPT} . tenure:hoa-2 org:member {KEPT}")
    for address in ("/id/person/hoa-2", "/doc/person/hoa-2", "/doc/person/hoa-2.ttl"):
        answer = editor.get(address)
        assert (answer.status_code, answer.location) == (301, address.replace("hoa-2", "dinh-thi-hoa-1")), address
    at = int(done.headers["Bomay-Generation"]) - 1
    assert editor.get(f"/doc/person/hoa-2?at={at}").status_code == 200
    change = done.headers["Bomay-Change"]
    told = editor.post("/api/split", json={"change": change, "reason": "Hai người", "dry_run": True}).get_json()
    assert (told["splits"], told["kept"], told["gone"]) == (change, *IRIS.values())
    assert ask(editor, f"{GONE} dcterms:isReplacedBy {KEPT}")
    assert editor.post("/api/split", json={"change": change, "reason": "Hai người"}).status_code == 204
    assert export(editor) == before
    assert editor.get("/doc/person/hoa-2").status_code == 200


def test_bodies_are_merged_and_papers_of_two_types_are_not(editor: FlaskClient) -> None:
    bodies = {"kept": "organ:ban-mau", "gone": "organ:ban-mau-2", "reason": WHY}
    before = export(editor)
    done = editor.post("/api/merge", json=bodies)
    assert done.status_code == 204 and ask(editor, "organ:ban-mau skos:altLabel 'Ban Tuyên giáo Mẫu'@vi")
    split = {"change": done.headers["Bomay-Change"], "reason": "hai cơ quan"}
    assert editor.post("/api/split", json=split).status_code == 204 and export(editor) == before
    papers = {"kept": "directive:12-qd-tu-mau", "gone": "directive:12-ct-tu-mau", "reason": WHY}
    told = editor.post("/api/merge", json={**papers, "dry_run": True}).get_json()
    found = {obstacle["property"] for obstacle in told["obstacles"]}
    assert {iri("bm:symbol").value, iri("bm:documentType").value} <= found and told["report"] is None
    refused = editor.post("/api/merge", json=papers)
    assert refused.status_code == 409 and "correct one of them first" in refused.get_json()["detail"]
    assert export(editor) == before


def test_a_contributors_merge_waits_and_is_what_the_editor_accepts(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    contributor, before = program(own, own_folder, "contributor"), export(editor)
    sent = contributor.post("/api/merge", json=TWO)
    assert sent.status_code == 202 and export(editor) == before
    accepted = editor.post(f"{sent.headers['Location']}/accept?warnings=accept")
    assert accepted.status_code == 200, accepted.text
    assert ask(editor, f"{GONE} dcterms:isReplacedBy {KEPT} ; bm:curatedBy ?who")
    change = accepted.headers["Bomay-Change"]
    assert contributor.post("/api/split", json={"change": change, "reason": "hai người"}).status_code == 202
    assert editor.post("/api/split", json={"change": change, "reason": "hai người"}).status_code == 204
    assert export(editor) == before


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"kept": KEPT, "gone": GONE}, 400, "needs 'reason'"),
        ({**TWO, "reason": " "}, 400, "needs 'reason'"),
        ({**TWO, "dry_run": "yes"}, 400, "'dry_run' is true or false"),
        ({**TWO, "more": "x"}, 400, "has a member 'more'"),
        ({**TWO, "gone": "no iri"}, 400, "is no IRI"),
        ({**TWO, "gone": KEPT}, 409, "given twice"),
        ({**TWO, "gone": "organ:ban-mau"}, 409, "only two of one kind"),
        ({**TWO, "gone": "person:nobody"}, 404, "Nothing is known"),
        ({**TWO, "gone": "claim:ten-1"}, 409, "of such no two are merged"),
        (["x"], 400, "no JSON object"),
    ],
)
def test_what_cannot_be_merged_is_one_sentence(editor: FlaskClient, body: Any, status: int, words: str) -> None:
    answer = editor.post("/api/merge", json=body)
    assert answer.status_code == status
    assert words in answer.get_json()["detail"]


def test_roles_media_types_and_splits_of_what_is_no_merge(own: Flask, own_folder: Path, editor: FlaskClient) -> None:
    slug = update(editor, "INSERT DATA { person:hoa-2 skos:altLabel 'Hòa'@vi }")
    for address, body in (("/api/merge", TWO), ("/api/split", {"change": f"change:{slug}", "reason": WHY})):
        assert own.test_client().post(address, json=body).status_code == 401
        assert program(own, own_folder, "reader").post(address, json=body).status_code == 403
        assert editor.post(address, data="x").status_code == 415
        assert editor.post(address, data="{", content_type="application/json").status_code == 400
    refused = editor.post("/api/split", json={"change": f"change:{slug}", "reason": WHY})
    assert refused.status_code == 409 and "is no merge" in refused.get_json()["detail"]
    assert editor.post("/api/split", json={"change": "change:0-none", "reason": WHY}).status_code == 404
    assert own.test_client().get("/merge").status_code == 401


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_what_would_happen_and_an_editor_merges_by_its_form(
    own: Flask, own_folder: Path, editor: FlaskClient, language: str
) -> None:
    client = browser(own, own_folder, language=language)
    assert (
        f"kept={IRIS['kept'].replace(':', '%3A').replace('/', '%2F')}" in client.get("/doc/person/dinh-thi-hoa-1").text
    )
    answer = client.get("/merge", query_string=IRIS)
    assert answer.status_code == 200
    for words in ("Đinh Thị Hòa", "Bà Hòa", 'href="/doc/person/hoa-2"'):
        assert words in answer.text
    fields = hidden(answer)
    assert {"kept": IRIS["kept"], "gone": IRIS["gone"]}.items() <= fields.items()
    refused = client.post("/merge", data={**fields, "csrf": "x", "reason": WHY})
    assert refused.status_code == 403 and f"{WHY}</textarea>" in refused.text
    assert client.post("/merge", data={**fields, "reason": " "}).status_code == 409
    done = client.post("/merge", data={**fields, "reason": WHY})
    assert (done.status_code, done.location) == (303, "/doc/person/dinh-thi-hoa-1")
    assert ask(editor, f"{GONE} dcterms:isReplacedBy {KEPT} ; bm:reason '{WHY}'")
    again = client.get("/merge", query_string=IRIS)
    assert again.status_code == 409 and "already" in again.text


def test_the_page_names_all_that_is_in_the_way_and_has_no_form_then(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    client = browser(own, own_folder)
    papers = {"kept": "directive:12-qd-tu-mau", "gone": "directive:12-ct-tu-mau"}
    answer = client.get("/merge", query_string=papers)
    alert = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert alert.count("<li>") == 2 and "12-CT/TU" in alert and "correct one of them first" in alert
    assert hidden(answer) == {}


def test_a_contributor_sends_the_form_for_review(own: Flask, own_folder: Path, editor: FlaskClient) -> None:
    client, before = browser(own, own_folder, "contributor"), export(editor)
    page = client.get("/merge", query_string=IRIS)
    answer = client.post("/merge", data={**hidden(page), "reason": WHY})
    assert answer.status_code == 202 and 'href="/review/' in answer.text
    assert export(editor) == before


def test_a_reason_outlives_its_session(own: Flask, own_folder: Path, editor: FlaskClient) -> None:
    client = browser(own, own_folder)
    fields = hidden(client.get("/merge", query_string=IRIS))
    for token in list_tokens(own_folder):
        if token.name.startswith("an editor"):
            revoke_token(own_folder, token.name)
    answer = client.post("/merge", data={**fields, "reason": WHY})
    assert answer.status_code == 401 and f"{WHY}</textarea>" in answer.text and "/signin?next=%2Fmerge" in answer.text
    assert client.post("/merge", json=TWO).status_code == 415


def test_possible_duplicates_are_listed_with_their_previews_for_who_may_decide(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    text = browser(own, own_folder).get("/duplicates").text
    assert 'href="/doc/person/hoa-2"' in text and 'href="/merge?kept=' in text
    assert 'href="/merge?kept=' not in own.test_client().get("/duplicates", headers={"Accept": "text/html"}).text


def test_the_patch_of_a_merge_is_in_the_journal(editor: FlaskClient) -> None:
    slug = editor.post("/api/merge", json=TWO).headers["Bomay-Change"].rpartition("/")[2]
    added, removed = read_patch_text(editor.get(f"/api/changes/{slug}?format=patch").text)
    assert any(quad.predicate == iri("dcterms:isReplacedBy") for quad in added)
    assert any(quad.predicate == iri("rdf:type") for quad in removed)
