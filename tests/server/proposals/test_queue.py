"""What contributors write waits, unseen by queries, and only they and editors see it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from kg.namespaces import HISTORY, iri
from tests.server.proposals.conftest import OTHER, PERSON, UPDATE, As, proposed, turtle

NAME = "https://example.org/workspace"


def test_a_contributors_update_waits_and_is_there_once_an_editor_accepts_it(
    send: As, is_there: Callable[[str], bool]
) -> None:
    response = send("hoa", "POST", "/update?reason=Bổ sung", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE)
    assert response.status_code == 202
    told = response.get_json()
    assert (told["state"], told["kind"], told["reason"]) == ("proposed", "update", "Bổ sung")
    assert (told["added"], told["removed"]) == (6, 0)
    address = response.headers["Location"]
    assert told["url"] == address
    assert not is_there("Lê Văn Mới")
    accepted = send("lan", "POST", f"{address}/accept")
    assert (accepted.status_code, accepted.get_json()["state"]) == (200, "accepted")
    assert accepted.headers["Bomay-Added"] == "6"
    assert is_there("Lê Văn Mới")
    change = accepted.headers["Bomay-Change"].rpartition("/id/")[2]
    page = send(None, "GET", f"/doc/{change}").text
    assert "agent:hoa" in page and "agent:lan" in page


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_contributors_graph_waits_too(send: As, method: str) -> None:
    path = f"/graphs?graph={NAME}"
    fact = f'<{NAME}#a> <{NAME}#p> "a" .'
    response = send("hoa", method, path, data=fact, content_type="text/turtle")
    assert (response.status_code, response.get_json()["kind"]) == (202, "graph")
    assert send(None, "GET", path).status_code == 404
    assert send("lan", "POST", f"{response.headers['Location']}/accept").status_code == 200
    assert fact.split()[0] in send(None, "GET", f"{path}&format=nt").text


def test_the_other_writes_of_the_graph_store_protocol_wait_as_well(send: As) -> None:
    added = send("hoa", "POST", "/graphs?default", data=turtle(PERSON), content_type="text/turtle")
    assert added.status_code == 202
    assert send("lan", "POST", f"{added.headers['Location']}/accept").status_code == 200
    update = f"DELETE DATA {{ {PERSON} }}"
    by_update = send("hoa", "PATCH", "/graphs?default", data=update, content_type=UPDATE)
    assert (by_update.status_code, by_update.get_json()["removed"]) == (202, 6)
    label = (
        '<https://w3id.org/bomay/id/person/le-van-moi-1> <http://www.w3.org/2000/01/rdf-schema#label> "Lê Văn Mới"@en'
    )
    patch = f"A {label} ."
    by_patch = send("hoa", "PATCH", "/graphs?default", data=patch, content_type="application/rdf-patch")
    assert (by_patch.status_code, by_patch.get_json()["added"]) == (202, 1)
    send("lan", "PUT", f"/graphs?graph={NAME}", data=f"<{NAME}#a> <{NAME}#p> 1 .", content_type="text/turtle")
    gone = send("hoa", "DELETE", f"/graphs?graph={NAME}")
    assert (gone.status_code, gone.get_json()["removed"]) == (202, 1)
    assert send(None, "GET", f"/graphs?graph={NAME}").status_code == 200


def test_a_write_that_alters_nothing_proposes_nothing(send: As) -> None:
    assert send("lan", "POST", "/update", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE).status_code == 204
    assert send("hoa", "POST", "/update", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE).status_code == 204
    again = send("hoa", "POST", "/api/proposals", data=f"INSERT DATA {{ {PERSON} }}", content_type=UPDATE)
    assert (again.status_code, "changes nothing" in again.get_json()["detail"]) == (409, True)
    assert send("lan", "GET", "/api/proposals?state=any").get_json() == {"proposals": [], "total": 0}


def test_what_breaks_a_shape_is_422_and_is_not_queued_but_can_be_kept_as_a_draft(send: As) -> None:
    half = 'INSERT DATA { tenure:thieu a bm:Tenure ; rdfs:label "thiếu"@vi ; bm:curatedBy agent:hoa }'
    for path in ("/update", "/api/proposals"):
        response = send("hoa", "POST", path, data=half, content_type=UPDATE)
        assert (response.status_code, response.get_json()["report"]["conforms"]) == (422, False)
    assert send("hoa", "GET", "/api/proposals?state=any").get_json()["total"] == 0
    draft = send("hoa", "POST", "/api/proposals?state=draft", data=half, content_type=UPDATE)
    assert (draft.status_code, draft.get_json()["state"]) == (201, "draft")
    assert draft.get_json()["report"]["findings"][0]["severity"] == "Violation"
    assert {reason["ground"] for reason in draft.get_json()["doubt"]["reasons"]} == {"violation", "size"}
    submitted = send("hoa", "PUT", draft.headers["Location"], json={"state": "proposed"})
    assert submitted.status_code == 422
    assert send("hoa", "GET", draft.headers["Location"]).get_json()["state"] == "draft"


def test_all_three_forms_of_a_proposal_come_to_the_same_quads(send: As) -> None:
    subject = iri("person:dinh-thi-hoa-1")
    line = f'{subject} {iri("skos:altLabel")} "Hòa"@vi .'
    forms = (
        {"data": 'INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel "Hòa"@vi }', "content_type": UPDATE},
        {"data": f"A {line}", "content_type": "application/rdf-patch"},
        {"json": {"add": line, "remove": "", "reason": "Tên khác"}},
    )
    told = [send("hoa", "POST", "/api/proposals", **form) for form in forms]
    assert [response.status_code for response in told] == [201, 201, 201]
    assert {tuple(response.get_json()["patch"]["add"]) for response in told} == {(line,)}
    assert [response.get_json()["kind"] for response in told] == ["update", "patch", "patch"]
    assert told[2].get_json()["reason"] == "Tên khác"
    assert all(response.get_json()["report"]["conforms"] for response in told)


def test_one_proposal_shows_its_facts_its_diff_and_whether_it_fits(send: As) -> None:
    address = proposed(send, PERSON + OTHER)
    told = send("lan", "GET", address).get_json()
    assert {fact["label"] for fact in told["facts"]} == {"Lê Văn Mới", "Trần Thị Hai"}
    assert sorted(line for fact in told["facts"] for line in fact["added"]) == told["patch"]["add"]
    assert told["patch"]["remove"] == [] and told["fits"]["stale"] is False
    assert told["report"] == {"conforms": True, "findings": []}
    first = send("lan", "GET", address)
    assert first.headers["Cache-Control"].startswith("private")
    assert "Authorization" in first.headers["Vary"]


def test_an_unchanged_proposal_is_not_sent_again(own: Flask, send: As) -> None:
    address = proposed(send)
    first = send("hoa", "GET", address)
    token = first.request.headers["Authorization"]
    headers = {"Authorization": token, "If-None-Match": first.headers["ETag"]}
    assert own.test_client().get(address, headers=headers).status_code == 304
    send("hoa", "PUT", address, json={"title": "Tên khác"})
    assert own.test_client().get(address, headers=headers).status_code == 200


def test_contributors_see_their_own_and_editors_see_all(send: As) -> None:
    address = proposed(send)
    draft = proposed(send, OTHER, query_string={"state": "draft"})
    assert send("hoa", "GET", "/api/proposals?state=any").get_json()["total"] == 2
    assert send("tam", "GET", "/api/proposals?state=any").get_json()["total"] == 0
    assert send("lan", "GET", "/api/proposals?state=any").get_json()["total"] == 2
    for path in (address, draft):
        assert send("tam", "GET", path).status_code == 404
        assert send("lan", "GET", path).status_code == 200
        assert send("tam", "PUT", path, json={"title": "x"}).status_code == 404
        assert send("tam", "DELETE", path).status_code == 404
        assert send("lan", "PUT", path, json={"title": "x"}).status_code == 403
        assert send("lan", "DELETE", path).status_code == 403


def test_without_a_token_it_is_401_and_with_a_readers_403(send: As) -> None:
    everywhere = (
        *(("GET", ""), ("POST", ""), ("POST", "/accept")),
        *(("GET", "/x"), ("PUT", "/x"), ("DELETE", "/x"), ("POST", "/x/accept"), ("POST", "/x/reject")),
    )
    for method, path in everywhere:
        assert send(None, method, f"/api/proposals{path}").status_code == 401
        assert send("doc", method, f"/api/proposals{path}").status_code == 403
        if path:
            expected = 403 if path.endswith(("accept", "reject")) else 404
            assert send("hoa", method, f"/api/proposals{path}").status_code == expected


def test_the_queue_is_given_in_pieces_and_by_state_kind_author_and_source(send: As) -> None:
    proposed(send)
    other = proposed(send, OTHER, "tam", query_string={"source": "https://example.org/bao"})
    first = send("lan", "GET", "/api/proposals?limit=1").get_json()
    assert (first["total"], len(first["proposals"])) == (2, 1)
    second = send("lan", "GET", first["next"]).get_json()
    assert "next" not in second and second["proposals"][0]["id"] != first["proposals"][0]["id"]
    for asked in ("author=tam", f"author={iri('agent:tam').value}", "source=https://example.org/bao"):
        found = send("lan", "GET", f"/api/proposals?{asked}").get_json()["proposals"]
        assert [one["url"] for one in found] == [other]
    assert send("lan", "GET", "/api/proposals?kind=update").get_json()["total"] == 2
    assert send("lan", "GET", "/api/proposals?kind=document").get_json()["total"] == 0
    assert send("lan", "GET", "/api/proposals?state=rejected").get_json()["total"] == 0


def test_a_question_that_cannot_be_answered_is_400(send: As) -> None:
    for asked in ("state=open", "kind=x", "source=no iri", "author=a b:c", "limit=0"):
        response = send("lan", "GET", f"/api/proposals?{asked}")
        assert response.status_code == 400
        assert f"'{asked.partition('=')[0]}' cannot be" in response.get_json()["detail"]


WRONG: list[tuple[int, dict[str, Any]]] = [
    (400, {"json": {}}),
    (400, {"json": {"add": 1}}),
    (400, {"json": {"texts": [1], "add": ""}}),
    (400, {"json": {"more": ""}}),
    (400, {"json": ["add"]}),
    (400, {"json": {"add": "<a> ."}}),
    (400, {"json": {"add": "", "state": "accepted"}}),
    (400, {"json": {"add": "", "source": "no iri"}}),
    (400, {"data": "{", "content_type": "application/json"}),
    (400, {"data": "A <a> .", "content_type": "application/rdf-patch"}),
    (400, {"data": "INSERT DATA {", "content_type": UPDATE}),
    (400, {"data": "LOAD <http://127.0.0.1:1/x>", "content_type": UPDATE}),
    (400, {"data": b"\xff\xfe", "content_type": UPDATE}),
    (415, {"data": "x", "content_type": "text/plain"}),
    (422, {"json": {"add": "_:a <urn:example:p> _:b ."}}),
    (422, {"json": {"add": f"<urn:a> <urn:b> <urn:c> {HISTORY} ."}}),
]


def test_what_cannot_be_proposed_is_one_sentence(send: As) -> None:
    for status, more in WRONG:
        response = send("hoa", "POST", "/api/proposals", **more)
        assert response.status_code == status, more
        assert response.mimetype == "application/problem+json" and response.get_json()["detail"]
        assert status != 415 or "application/rdf-patch" in response.headers["Accept-Post"]
    assert send("hoa", "GET", "/api/proposals?state=any").get_json()["total"] == 0
