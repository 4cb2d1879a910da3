"""Changes undone from their page: previews, what rests on them, and reversals that wait for review."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.namespaces import iri
from tests.server.deciding.acting import ask, browser, export, hidden, program, update

WHY = "Nhầm người"
NAME = "INSERT DATA { person:dinh-thi-hoa-1 skos:altLabel 'Thị Hòa'@vi }"


def test_the_page_shows_what_would_change_and_an_editor_undoes_by_its_form(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    client, before = browser(own, own_folder), export(editor)
    slug = update(editor, NAME, "tên khác")
    assert f'href="/changes/{slug}/revert"' in client.get(f"/changes/{slug}").text
    assert "/revert" not in own.test_client().get(f"/changes/{slug}", headers={"Accept": "text/html"}).text
    page = client.get(f"/changes/{slug}/revert")
    assert page.status_code == 200 and "<del>Thị Hòa</del>" in page.text and "tên khác" in page.text
    fields = hidden(page)
    for sent, status in (({**fields, "reason": " "}, 400), ({"csrf": "x", "reason": WHY}, 403)):
        refused = client.post(f"/changes/{slug}/revert", data=sent)
        assert refused.status_code == status and 'role="alert"' in refused.text
    done = client.post(f"/changes/{slug}/revert", data={**fields, "reason": WHY})
    assert done.status_code == 303 and export(editor) == before
    assert WHY in client.get(done.location).text and f'href="/changes/{slug}"' in client.get(done.location).text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_rests_on_a_change_is_listed_with_links_and_there_is_no_form(
    own: Flask, own_folder: Path, editor: FlaskClient, language: str
) -> None:
    slug = update(editor, NAME, "tên khác")
    later = update(editor, NAME.replace("INSERT", "DELETE"), "không phải tên")
    page = browser(own, own_folder, language=language).get(f"/changes/{slug}/revert")
    assert page.status_code == 409
    assert f'href="/changes/{later}">không phải tên</a>' in page.text and "<del>Thị Hòa</del>" in page.text
    assert hidden(page) == {}


def test_a_contributors_reversal_waits_and_names_what_it_undoes_once_accepted(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    before, slug = export(editor), update(editor, NAME)
    client = browser(own, own_folder, "contributor")
    sent = client.post(f"/changes/{slug}/revert", data={**hidden(client.get(f"/changes/{slug}/revert")), "reason": WHY})
    assert sent.status_code == 202
    (page,) = re.findall(r'href="(/review/\w+)"', sent.text)
    assert client.get(page).status_code == 200
    proposal = f"/api/proposals/{page.rpartition('/')[2]}"
    assert editor.get(proposal).get_json()["reverts"] == iri(f"change:{slug}").value
    accepted = editor.post(f"{proposal}/accept?warnings=accept")
    assert accepted.status_code == 200 and export(editor) == before
    undone = editor.get(f"/api/changes/{slug}").get_json()["reverted_by"]
    assert undone == accepted.headers["Bomay-Change"]
    back = f"/api/changes/{undone.rpartition('/')[2]}/revert"
    assert editor.post(back, json={"reason": "đúng người"}).status_code == 204  # of an accepted proposal


def test_a_reversal_on_which_others_rest_by_now_cannot_be_accepted(
    own: Flask, own_folder: Path, editor: FlaskClient
) -> None:
    slug = update(editor, NAME)
    contributor = program(own, own_folder, "contributor")
    sent = contributor.post(f"/api/changes/{slug}/revert", json={"reason": WHY})
    assert sent.status_code == 202
    update(editor, NAME.replace("INSERT", "DELETE"), "không phải tên")
    refused = editor.post(f"{sent.headers['Location']}/accept")
    assert refused.status_code == 409 and "không phải tên" in refused.get_json()["detail"]


def _merge(client: FlaskClient) -> str:
    two = {"kept": "person:dinh-thi-hoa-1", "gone": "person:hoa-2", "reason": WHY}
    return str(client.post("/api/merge", json=two).headers["Bomay-Change"])


def _put(client: FlaskClient) -> str:
    body = "<urn:a> <urn:p> <urn:b> , 1 , 'một'@vi ."
    return str(client.put("/graphs?graph=urn:w", data=body, content_type="text/turtle").headers["Bomay-Change"])


def _patch(client: FlaskClient) -> str:
    assert _put(client)
    body = "TX .\nA <urn:a> <urn:p> <urn:c> .\nTC .\n"
    answer = client.patch("/graphs?graph=urn:w", data=body, content_type="application/rdf-patch")
    return str(answer.headers["Bomay-Change"])


def _delete(client: FlaskClient) -> str:
    assert _put(client)
    return str(client.delete("/graphs?graph=urn:w").headers["Bomay-Change"])


def _import(client: FlaskClient) -> str:
    added = 'place:viet-nam skos:altLabel "Viet Nam"@en ; rdfs:label "Viet Nam"@fr .'
    body = "".join(f"PREFIX {name}: <{base}>\n" for name, base in _PREFIXES.items()) + added
    return str(client.post("/graphs?default", data=body, content_type="text/turtle").headers["Bomay-Change"])


_PREFIXES = {
    "place": iri("place:x").value[:-1],
    "skos": iri("skos:x").value[:-1],
    "rdfs": iri("rdfs:x").value[:-1],
}


@pytest.mark.slow
@pytest.mark.parametrize("write", [_merge, _put, _patch, _delete, _import])
def test_any_kind_of_write_is_undone_to_a_canonically_identical_graph(
    editor: FlaskClient, write: Callable[[FlaskClient], str]
) -> None:
    slug = write(editor).rpartition("/")[2]
    after = export(editor)
    undone = editor.post(f"/api/changes/{slug}/revert", json={"reason": WHY})
    assert undone.status_code == 204
    before = export(editor)
    assert before != after
    back = undone.headers["Bomay-Change"].rpartition("/")[2]
    again = editor.post(f"/api/changes/{back}/revert", json={"reason": "đúng"})
    assert again.status_code == 204 and export(editor) == after
    assert editor.post(f"/api/changes/{back}/revert", json={"reason": "đúng"}).status_code == 409


def test_a_merge_is_undone_as_a_split_does(editor: FlaskClient) -> None:
    slug = _merge(editor).rpartition("/")[2]
    assert editor.post(f"/api/changes/{slug}/revert", json={"reason": WHY}).status_code == 204
    assert not ask(editor, "person:hoa-2 dcterms:isReplacedBy ?other") and ask(editor, "person:hoa-2 a bm:Person")
