"""The conflict desk: claims side by side, and what an editor decides of them."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.namespaces import iri
from kg.store.tokens import create_token, revoke_token

URL = "/api/conflicts/ten"
FIRST, SECOND = (iri(f"claim:ten-{number}").value for number in (1, 2))
WHY = "Theo bản công bố chính thức"
SYMBOLS = """INSERT DATA {
claim:so-1 a bm:Claim ; rdfs:label "12-QĐ/TU"@vi ; bm:about directive:12-qd-tu-mau ; bm:property bm:symbol ;
    bm:value "12-QĐ/TU" ; bm:curatedBy agent:mai .
claim:so-2 a bm:Claim ; rdfs:label "12-CT/TU"@vi ; bm:about directive:12-qd-tu-mau ; bm:property bm:symbol ;
    bm:value "12-CT/TU" ; bm:curatedBy agent:mai .
conflict:so a bm:Conflict ; rdfs:label "Số ký hiệu"@vi ; bm:about directive:12-qd-tu-mau ; bm:property bm:symbol ;
    bm:claim claim:so-1 , claim:so-2 ; bm:state conflictstate:open ; bm:curatedBy agent:mai .
}"""


def decide(app: Flask, folder: Path, body: Any, role: str | None = "editor", url: str = URL) -> TestResponse:
    headers = {"Authorization": f"Bearer {create_token(folder, f'lan {role} {url} {body}', role)}"} if role else {}
    return app.test_client().post(url, json=body, headers=headers)


def test_the_list_names_what_is_disputed(client: FlaskClient) -> None:
    told = client.get("/api/conflicts?lang=vi").get_json()
    assert told["total"] == 1 and "next" not in told
    (one,) = told["conflicts"]
    assert one["url"] == "/conflicts/ten"
    assert (one["about"]["label"], one["property"]["iri"]) == ("Quyết định 12-QĐ/TU", iri("dcterms:title").value)
    assert (one["state"], one["claims"]) == ("open", 2)
    assert client.get("/api/conflicts?state=settled").get_json() == {"conflicts": [], "total": 0}


def test_one_conflict_has_its_claims_with_the_one_preferred_first(client: FlaskClient) -> None:
    told = client.get(URL).get_json()
    assert [claim["claim"] for claim in told["claims"]] == [FIRST, SECOND]
    assert [claim["preferred"] for claim in told["claims"]] == [True, False]
    assert told["claims"][1]["value"] == "Quy định phối hợp"
    assert all(isinstance(claim["sentences"], list) for claim in told["claims"])


def test_the_page_sets_the_claims_side_by_side(page: FlaskClient) -> None:
    text = page.get("/conflicts/ten").text
    assert re.findall(r'<section class="rival" aria-labelledby="claim-(\d)"', text) == ["1", "2"]
    assert "Quy định phối hợp" in text
    assert 'href="/conflicts/ten"' in page.get("/conflicts").text
    assert 'href="/conflicts/ten"' not in page.get("/conflicts?state=kept").text


def test_an_editor_prefers_a_claim_and_the_next_request_sees_it(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    before = client.get(URL)
    response = decide(own, own_folder, {"decision": "prefer", "claim": SECOND, "reason": WHY})
    assert (response.status_code, response.text) == (204, "")
    assert response.headers["Bomay-Change"]
    after = client.get(URL, headers={"If-None-Match": before.headers["ETag"]})
    told = after.get_json()
    assert (told["state"], told["reason"]) == ("settled", WHY)
    assert [(claim["claim"], claim["stands"]) for claim in told["claims"]] == [(SECOND, True), (FIRST, False)]
    asked = {"query": "ASK { directive:12-qd-tu-mau dcterms:title 'Quy định phối hợp'@vi }"}
    assert client.get("/sparql", query_string=asked, headers={"Accept": "application/json"}).get_json()["boolean"]


def test_both_are_kept_and_it_is_opened_again(own: Flask, own_folder: Path) -> None:
    assert decide(own, own_folder, {"decision": "keep", "reason": WHY}).status_code == 204
    assert own.test_client().get(URL).get_json()["state"] == "kept"
    assert decide(own, own_folder, {"decision": "reopen", "reason": "Nguồn mới"}).status_code == 204
    assert own.test_client().get(URL).get_json()["state"] == "open"
    again = decide(own, own_folder, {"decision": "reopen", "reason": "Nguồn mới hơn"})
    assert (again.status_code, "open already" in again.get_json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"decision": "keep"}, 400, "needs a 'reason'"),
        ({"decision": "keep", "reason": "  "}, 400, "needs a 'reason'"),
        ({"decision": "drop", "reason": WHY}, 400, "one of prefer"),
        ({"decision": "prefer", "reason": WHY, "claim": "no iri"}, 400, "'claim' cannot be"),
        ({"decision": "prefer", "reason": WHY, "claim": iri("claim:other").value}, 409, "no claim of"),
        ({"decision": "keep", "reason": WHY, "more": "x"}, 400, "has a member 'more'"),
        (["keep"], 400, "no JSON object"),
        ({"decision": 1, "reason": WHY}, 400, "no JSON object of strings"),
    ],
)
def test_what_cannot_be_decided_is_one_sentence_and_changes_nothing(
    own: Flask, own_folder: Path, body: Any, status: int, words: str
) -> None:
    before = own.test_client().get(URL).get_json()
    response = decide(own, own_folder, body)
    assert response.status_code == status
    assert words in response.get_json()["detail"]
    assert own.test_client().get(URL).get_json() == before


def test_roles_media_types_and_what_is_not_there(own: Flask, own_folder: Path) -> None:
    body = {"decision": "keep", "reason": WHY}
    assert decide(own, own_folder, body, None).status_code == 401
    assert decide(own, own_folder, body, "contributor").status_code == 403
    assert decide(own, own_folder, body, url="/api/conflicts/none").status_code == 404
    client = own.test_client()
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'mai', 'editor')}"}
    assert client.post(URL, data="x", headers=headers).status_code == 415
    assert client.post(URL, data="{", headers=headers, content_type="application/json").status_code == 400
    assert client.get("/api/conflicts/none").status_code == 404
    assert client.get("/conflicts/none").status_code == 404
    assert client.get("/api/conflicts/a%20b").status_code in (400, 404)
    assert client.get("/api/conflicts?state=closed").status_code == 400
    assert client.get("/api/conflicts?limit=0").status_code == 400


def editor_of(app: Flask, folder: Path, role: str = "editor", language: str = "en") -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": language}
    assert client.post("/signin", data={"token": create_token(folder, f"an {role}", role)}).status_code == 303
    return client


def form_of(client: FlaskClient, page: str = "/conflicts/ten") -> dict[str, str]:
    """The hidden fields of the form on the page."""
    text = client.get(page).text.partition('id="decide"')[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', text))


def choices_of(text: str) -> list[str]:
    return re.findall(r'type="radio" name="choice" value="([^"]+)"', text)


def test_only_who_may_decide_gets_the_form(own: Flask, own_folder: Path, page: FlaskClient) -> None:
    assert 'id="decide"' not in page.get("/conflicts/ten").text
    assert 'id="decide"' not in editor_of(own, own_folder, "contributor").get("/conflicts/ten").text
    text = editor_of(own, own_folder).get("/conflicts/ten").text
    assert sorted(choices_of(text)) == sorted([FIRST, SECOND, "keep"])
    assert re.search(r'<textarea [^>]*name="reason"[^>]* required', text)


def test_an_editor_decides_by_the_form(own: Flask, own_folder: Path) -> None:
    client = editor_of(own, own_folder)
    answer = client.post("/conflicts/ten", data=form_of(client) | {"choice": SECOND, "reason": WHY})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/conflicts/ten#main")
    text = client.get("/conflicts/ten").text
    assert f"<dd>{WHY}</dd>" in text and "<dd>an-editor</dd>" in text
    assert sorted(choices_of(text)) == sorted([FIRST, "keep", "reopen"])
    assert own.test_client().get(URL).get_json()["state"] == "settled"
    assert client.get("/").text.count(WHY) == 1  # among the latest changes, though it names no source
    for choice, state in (("keep", "kept"), ("reopen", "open")):
        again = client.post("/conflicts/ten", data=form_of(client) | {"choice": choice, "reason": WHY})
        assert (again.status_code, own.test_client().get(URL).get_json()["state"]) == (303, state)


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"csrf": "x"}, 403, "needs the CSRF token"),
        ({"choice": ""}, 400, "Nothing was chosen"),
        ({"choice": "no iri"}, 400, "cannot be &#39;no iri&#39;"),
        ({"choice": iri("claim:other").value}, 409, "is no claim of"),
        ({"choice": "reopen"}, 409, "is open already"),
        ({"reason": " "}, 400, "needs a &#39;reason&#39;"),
        ({"seen": "long ago"}, 409, "Somebody has decided"),
    ],
)
def test_what_the_form_is_refused_for_is_shown_with_the_form_as_it_was(
    own: Flask, own_folder: Path, changed: dict[str, str], status: int, words: str
) -> None:
    client = editor_of(own, own_folder)
    sent = form_of(client) | {"choice": SECOND, "reason": "Vì <b>thế</b>", "warnings": "accept"} | changed
    answer = client.post("/conflicts/ten", data=sent)
    assert answer.status_code == status
    alert = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert words in alert
    assert f"{sent['reason'].replace('<', '&lt;').replace('>', '&gt;')}</textarea>" in answer.text
    assert re.search(r'name="warnings" value="accept" checked', answer.text)
    assert (f'value="{SECOND}" required checked' in answer.text) is (sent["choice"] == SECOND)
    assert own.test_client().get(URL).get_json()["state"] == "open"


def test_warnings_are_shown_beside_the_form_and_pass_with_a_tick(own: Flask, own_folder: Path) -> None:
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'mai', 'editor')}"}
    kind = {"content_type": "application/sparql-update"}
    assert own.test_client().post("/update", data=SYMBOLS, headers=headers, **kind).status_code == 204
    client = editor_of(own, own_folder)
    assert 'name="warnings"' not in client.get("/conflicts/so").text
    sent = form_of(client, "/conflicts/so") | {"choice": iri("claim:so-2").value, "reason": WHY}
    answer = client.post("/conflicts/so", data=sent)
    assert answer.status_code == 422
    assert '<ol class="findings">' in answer.text and 'class="warning"' in answer.text
    assert f"{WHY}</textarea>" in answer.text
    assert '<input type="checkbox" name="warnings" value="accept">' in answer.text
    assert client.post("/conflicts/so", data=sent | {"warnings": "accept"}).status_code == 303
    assert own.test_client().get("/api/conflicts/so").get_json()["state"] == "settled"


def test_a_reason_outlives_the_session_in_which_it_was_written(own: Flask, own_folder: Path) -> None:
    client = editor_of(own, own_folder)
    sent = form_of(client) | {"choice": "keep", "reason": WHY}
    revoke_token(own_folder, "an editor")
    answer = client.post("/conflicts/ten", data=sent)
    assert (answer.status_code, "WWW-Authenticate" in answer.headers) == (401, True)
    assert f"readonly>{WHY}</textarea>" in answer.text
    assert 'href="/signin?next=%2Fconflicts%2Ften"' in answer.text


def test_a_program_gets_the_problem_of_the_form_and_no_page(own: Flask, own_folder: Path) -> None:
    client = editor_of(own, own_folder)
    sent = form_of(client) | {"choice": "", "reason": WHY}
    answer = client.post("/conflicts/ten", data=sent, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert client.post("/conflicts/none", data=sent).status_code == 404
    assert client.post("/conflicts/ten", json=sent).status_code == 415


def test_a_violation_is_refused_whatever_is_ticked(own: Flask, own_folder: Path) -> None:
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'mai', 'editor')}"}
    wrong = """INSERT DATA { claim:ten-3 a bm:Claim ; rdfs:label "Quyết định 12-QĐ/TU: 12"@vi ;
      bm:about directive:12-qd-tu-mau ; bm:property dcterms:title ; bm:value 12 ; bm:curatedBy agent:mai .
      conflict:ten bm:claim claim:ten-3 }"""
    kind = {"content_type": "application/sparql-update"}
    assert own.test_client().post("/update", data=wrong, headers=headers, **kind).status_code == 204
    client = editor_of(own, own_folder)
    sent = form_of(client) | {"choice": iri("claim:ten-3").value, "reason": WHY}
    for tick in ({}, {"warnings": "accept"}):
        answer = client.post("/conflicts/ten", data=sent | tick)
        assert answer.status_code == 422
        assert '<li class="finding violation"' in answer.text
        assert ('name="warnings"' in answer.text) is bool(tick)
    assert own.test_client().get(URL).get_json()["state"] == "open"
