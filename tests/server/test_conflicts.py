"""The conflict desk: claims side by side, and what an editor decides of them."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.namespaces import iri
from kg.store.tokens import create_token

URL = "/api/conflicts/ten"
FIRST, SECOND = (iri(f"claim:ten-{number}").value for number in (1, 2))
WHY = "Theo bản công bố chính thức"


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
