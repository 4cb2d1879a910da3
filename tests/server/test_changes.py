"""The journal over HTTP: listed, one change in words, its reversal or what rests on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.history import read_patch_text
from kg.namespaces import iri
from kg.store.tokens import create_token
from tests.server.facts import AGENT

PERSON, TENURE = iri("person:dinh-thi-hoa-1").value, iri("tenure:hoa-truong-ban").value
WHY = {"reason": "Nhầm người"}


@pytest.fixture
def editor(own: Flask, own_folder: Path) -> Iterator[FlaskClient]:
    client = own.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {create_token(own_folder, 'lan', 'editor')}"
    yield client


def update(client: FlaskClient, sparql: str, reason: str = "sửa") -> str:
    """Runs an update; the slug of its change."""
    query = {"reason": reason, "warnings": "accept"}
    done = client.post("/update", query_string=query, data=sparql, content_type="application/sparql-update")
    assert done.status_code == 204, done.text
    return done.headers["Bomay-Change"].rpartition("/")[2]


def renamed(client: FlaskClient) -> str:
    return update(
        client,
        """DELETE DATA { person:dinh-thi-hoa-1 skos:altLabel "Đinh Thị Hoà"@vi } ;
           INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel "Thị Hòa"@vi }""",
        "tên khác",
    )


def export(client: FlaskClient) -> set[str]:
    return set(client.get("/graphs?default&format=nt").text.splitlines())


def revert(client: FlaskClient, slug: str, body: Any = WHY, **more: Any) -> TestResponse:
    return client.post(f"/api/changes/{slug}/revert", json=body, **more)


def test_the_journal_is_listed_newest_first_in_pieces(editor: FlaskClient) -> None:
    slug = renamed(editor)
    told = editor.get("/api/changes?limit=1").get_json()
    assert told["total"] == 2
    (one,) = told["changes"]
    assert (one["reason"], one["added"], one["removed"], one["url"]) == ("tên khác", 2, 1, f"/changes/{slug}")
    (first,) = editor.get(told["next"]).get_json()["changes"]
    assert (first["generation"], first["agent"]) == (1, AGENT.value)
    assert "next" not in editor.get(told["next"]).get_json()


def test_filters_take_entity_agent_and_time(editor: FlaskClient) -> None:
    renamed(editor)
    update(editor, f"INSERT DATA {{ <{TENURE}> rdfs:label 'Trưởng Ban'@en }}", "nhiệm kỳ")

    def reasons(**query: str) -> list[str]:
        told = editor.get("/api/changes", query_string=query).get_json()
        return [one["reason"] for one in told["changes"]][: told["total"]]

    assert reasons(entity=PERSON)[:2] == ["nhiệm kỳ", "tên khác"]
    assert reasons(entity="source:bao-mau")[:1] != ["nhiệm kỳ"]
    assert reasons(entity="person:none") == []
    assert reasons(agent="lan") == reasons(agent=iri("agent:lan").value) == ["nhiệm kỳ", "tên khác"]
    assert reasons(until="2020-01-01") == [] and len(reasons(since="2020-01-01T00:00:00Z")) == 3


def test_one_change_has_old_and_new_values_names_and_sentences(editor: FlaskClient) -> None:
    told = editor.get(f"/api/changes/{renamed(editor)}?lang=vi").get_json()
    (part,) = told["parts"]
    assert (told["nodes"], part["label"], part["url"]) == (1, "Đinh Thị Hòa", "/doc/person/dinh-thi-hoa-1")
    (turned,) = (one for one in part["properties"] if one["removed"])
    assert turned["removed"] == [{"text": "Đinh Thị Hoà", "language": "vi"}]
    assert turned["added"] == [{"text": "Thị Hòa", "language": "vi"}]
    first = editor.get("/api/changes?limit=1&offset=1").get_json()["changes"][0]["url"].rpartition("/")[2]
    whole = editor.get(f"/api/changes/{first}").get_json()
    (tenure,) = (part for part in whole["parts"] if part["iri"] == TENURE)
    assert [said["quote"] for said in tenure["sentences"]] == ["bà Đinh Thị Hòa, Trưởng Ban"]
    piece = editor.get(f"/api/changes/{first}?limit=2").get_json()
    assert len(piece["parts"]) == 2 and len(editor.get(piece["next"]).get_json()["parts"]) == 2


def test_one_change_comes_as_rdf_patch_too(editor: FlaskClient) -> None:
    slug = renamed(editor)
    answer = editor.get(f"/api/changes/{slug}", headers={"Accept": "application/rdf-patch"})
    added, removed = read_patch_text(answer.text)
    assert answer.mimetype == "application/rdf-patch" and (len(added), len(removed)) == (2, 1)
    assert editor.get(f"/api/changes/{slug}?format=patch").text == answer.text
    assert editor.get(f"/api/changes/{slug}", headers={"Accept": "image/png"}).status_code == 406


def test_a_change_is_undone_and_done_again(editor: FlaskClient) -> None:
    before = export(editor)
    slug = renamed(editor)
    after = export(editor)
    done = revert(editor, slug)
    assert (done.status_code, done.headers["Bomay-Added"], done.headers["Bomay-Removed"]) == (204, "1", "2")
    assert export(editor) == before
    back = done.headers["Bomay-Change"].rpartition("/")[2]
    assert editor.get(f"/api/changes/{slug}").get_json()["reverted_by"] == done.headers["Bomay-Change"]
    assert revert(editor, back).status_code == 204
    assert export(editor) == after


def test_a_preview_tells_what_it_would_change_and_writes_nothing(editor: FlaskClient) -> None:
    slug = renamed(editor)
    before = export(editor)
    told = revert(editor, slug, query_string={"preview": "true"}).get_json()
    assert (told["added"], told["removed"], told["report"]["conforms"]) == (1, 2, True)
    assert told["parts"][0]["properties"][0]["added"][0]["text"] == "Đinh Thị Hoà"
    assert export(editor) == before


def test_what_rests_on_a_change_is_named_and_nothing_is_written(editor: FlaskClient) -> None:
    slug = renamed(editor)
    later = update(editor, f"DELETE DATA {{ <{PERSON}> skos:altLabel 'Thị Hòa'@vi }}", "không phải tên")
    before = export(editor)
    refused = revert(editor, slug)
    told = refused.get_json()
    assert refused.status_code == 409 and "(không phải tên) removed" in told["detail"]
    (depends,) = told["depends"]
    assert depends["change"].endswith(later) and len(depends["removed"]) == 2
    assert export(editor) == before


def test_what_the_shapes_refuse_is_422(editor: FlaskClient) -> None:
    birth = "DATA {{ person:dinh-thi-hoa-1 bm:birthEarliest '{}'^^xsd:date }}"
    update(editor, "INSERT " + birth.format("1965-01-01"))
    slug = update(editor, "DELETE " + birth.format("1965-01-01"))
    update(editor, "INSERT " + birth.format("1966-01-01"))
    refused = revert(editor, slug)
    assert refused.status_code == 422 and refused.get_json()["report"]["findings"]


def test_if_match_holds_the_state_that_was_seen(editor: FlaskClient) -> None:
    slug = renamed(editor)
    seen = editor.get(f"/api/changes/{slug}").headers["ETag"]
    assert editor.get(f"/api/changes/{slug}", headers={"If-None-Match": seen}).status_code == 304
    update(editor, "INSERT DATA { GRAPH <urn:w> { <urn:a> <urn:b> 1 } }")
    assert revert(editor, slug, headers={"If-Match": seen}).status_code == 412
    now = editor.get(f"/api/changes/{slug}").headers["ETag"]
    assert revert(editor, slug, headers={"If-Match": now}).status_code == 204


def test_roles_bodies_and_what_is_not_there(own: Flask, own_folder: Path, editor: FlaskClient) -> None:
    slug = renamed(editor)
    assert revert(own.test_client(), slug).status_code == 401
    low = {"Authorization": f"Bearer {create_token(own_folder, 'mai', 'reader')}"}
    assert revert(own.test_client(), slug, headers=low).status_code == 403
    assert revert(editor, "0-none").status_code == 404
    for body in ({}, {"reason": " "}, {"reason": 1}, {"reason": "x", "more": 1}, ["x"]):
        assert revert(editor, slug, body).status_code == 400, body
    assert revert(editor, slug, query_string={"preview": "perhaps"}).status_code == 400
    url = f"/api/changes/{slug}/revert"
    assert editor.post(url, data="x").status_code == 415
    assert editor.post(url, data="{", content_type="application/json").status_code == 400
    for address in ("/api/changes/0-none", "/changes/0-none"):
        assert editor.get(address).status_code == 404
    for query in ("since=yesterday", "entity=a%20b", "agent=a%20b", "limit=0", "offset=x"):
        assert editor.get(f"/api/changes?{query}").status_code == 400, query


def test_pages_show_the_journal_one_change_and_an_entitys_history(page: FlaskClient) -> None:
    (one,) = page.get("/api/changes", headers={"Accept": "application/json"}).get_json()["changes"]
    assert f'href="{one["url"]}"' in page.get("/").text
    assert f'href="{one["url"]}"' in page.get("/changes").text
    text = page.get(one["url"]).text
    assert 'href="/doc/person/dinh-thi-hoa-1">Đinh Thị Hòa</a>' in text
    assert "<ins>" in text and "<blockquote>bà Đinh Thị Hòa, Trưởng Ban</blockquote>" in text
    assert 'href="/doc/person/dinh-thi-hoa-1/history"' in page.get("/doc/person/dinh-thi-hoa-1").text
    history = page.get("/doc/person/dinh-thi-hoa-1/history").text
    assert f'href="{one["url"]}"' in history and "Đinh Thị Hòa" in history
    assert f'href="{one["url"]}"' not in page.get("/doc/person/none/history").text
