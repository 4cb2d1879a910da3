"""The page of `/sparql` with the bundled editor and without: what it shows, loads and allows."""

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from kg.namespaces import PREFIXES
from server.editor import GRIP_STYLE, Bundle
from server.editor import page as editor_page

BROKEN = "SELECT *\nWHERE { ?s ?p }"


@pytest.fixture(params=[True, False], ids=["bundled", "plain"])
def bundled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    bundle = Bundle("editor/editor.js", "editor/editor.css", "0123456789ab") if request.param else None
    monkeypatch.setattr(editor_page, "find_bundle", lambda: bundle)
    return bool(request.param)


def test_the_page_loads_the_bundle_where_there_is_one_and_else_the_plain_form(page: FlaskClient, bundled: bool) -> None:
    text = page.get("/sparql").text
    assert ('src="/static/editor/editor.js?v=0123456789ab"' in text) is bundled
    assert ("<query-editor" in text) is bundled
    assert ("elements/query-runner.js" in text) is not bundled
    assert '<textarea id="query" name="query"' in text


def test_nothing_comes_from_outside_and_nothing_is_evaluated(page: FlaskClient, bundled: bool) -> None:
    response = page.get("/sparql")
    loaded = re.findall(r'<(?:script|img)[^>]* src="([^"]+)"|<link[^>]* href="([^"]+)"', response.text)
    assert len(loaded) > 3
    assert all((one or other).startswith("/static/") for one, other in loaded)
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy
    assert (f"style-src 'self' '{GRIP_STYLE}'" in policy) is bundled


def test_no_other_page_is_allowed_the_style_of_the_editor(page: FlaskClient, bundled: bool) -> None:
    assert "style-src" not in page.get("/queries").headers["Content-Security-Policy"]
    answer = page.get("/sparql", query_string={"query": "ASK {}"}, headers={"Accept": "text/csv"})
    assert "style-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("accept", [None, "*/*", "text/turtle", "application/ld+json"])
def test_programs_without_a_query_get_the_service_description(
    client: FlaskClient, bundled: bool, accept: str | None
) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, accept if accept and "*" not in accept else "text/turtle")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_examples_stand_by_topic_in_the_language_of_the_page(page: FlaskClient, bundled: bool, language: str) -> None:
    text = page.get("/sparql", query_string={"lang": language}).text
    topics = re.findall(r'data-topic="([^"]+)"', text)
    assert ("Người" if language == "vi" else "People") in topics
    assert len(topics) == len(set(topics)) > 4
    asked = re.findall(r"<summary>([^<]+)</summary>", text)
    assert len(asked) > 50
    assert any("Ai giữ" in one for one in asked) is (language == "vi")


def test_the_editor_is_told_prefixes_limits_and_words(page: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_page, "find_bundle", lambda: Bundle("editor/editor.js", "editor/editor.css", "1"))
    (given,) = re.findall(r'data-settings="([^"]+)"', page.get("/sparql").text)
    settings = json.loads(html.unescape(given))
    assert settings["prefixes"] == PREFIXES
    assert (settings["endpoint"], settings["search"], settings["seconds"]) == ("/sparql", "/api/search", 20.0)
    assert ["csv", "CSV"] in settings["formats"]["table"] and ["ttl", "Turtle"] in settings["formats"]["graph"]
    assert settings["words"]["table"] == "Bảng"


def test_the_limits_are_shown_and_a_shorter_time_stays_in_the_form(page: FlaskClient, bundled: bool) -> None:
    assert "20 giây và trả về 1024 MB" in page.get("/sparql").text
    assert 'value="20"' in page.get("/sparql").text
    assert 'value="2.5"' in page.get("/sparql", query_string={"query": "ASK {}", "timeout": "2.5"}).text
    assert 'value="20"' in page.get("/sparql", query_string={"query": "ASK {}", "timeout": "900"}).text


def test_a_fault_of_syntax_is_on_the_page_with_its_line(page: FlaskClient, bundled: bool) -> None:
    response = page.get("/sparql", query_string={"query": BROKEN})
    assert response.status_code == 400
    assert re.search(r'data-line="2" data-column="\d+"', response.text)


def test_a_fault_without_a_place_has_none_on_the_page(page: FlaskClient, bundled: bool) -> None:
    response = page.get("/sparql", query_string={"query": "CLEAR ALL"})
    assert response.status_code == 400
    assert "data-line" not in response.text


def test_the_answer_stands_on_the_page_before_any_script_runs(page: FlaskClient, bundled: bool) -> None:
    query = "SELECT ?name WHERE { ?person a bm:Person ; rdfs:label ?name }"
    assert "<td>Đinh Thị Hòa</td>" in page.get("/sparql", query_string={"query": query}).text
