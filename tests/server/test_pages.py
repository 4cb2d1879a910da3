"""The start page, search, health, the vocabulary, and what all pages have in common."""

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from kg.namespaces import iri

PAGES = (
    *(
        "/",
        "/about",
        "/policy",
        "/signin",
        "/search?q=hoa",
        "/queries",
        "/queries/conflicts",
        "/sparql",
        "/ontology",
        "/shapes",
        "/validate",
        "/void",
    ),
    *(
        "/doc/person/dinh-thi-hoa-1",
        "/doc/meeting/giao-ban-mau",
        "/doc/directive/12-qd-tu-mau",
        "/code/rank/Head",
        "/conflicts",
        "/conflicts/ten",
        "/nothing",
    ),
)


def test_the_start_page_counts_asks_and_tells_what_changed(page: FlaskClient) -> None:
    text = page.get("/").text
    assert re.search(r"<strong>1</strong> <span>người</span>", text)
    assert text.count('href="/queries/') == 3
    assert "Nhập dữ liệu mẫu" in text
    assert 'action="/search"' in text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_whole_in_both_languages(page: FlaskClient, path: str, language: str) -> None:
    joined = "&" if "?" in path else "?"
    response = page.get(f"{path}{joined}lang={language}")
    text = response.text
    assert response.status_code == (404 if path == "/nothing" else 200)
    assert f'<html lang="{language}">' in text
    assert text.count("<h1") == 1
    assert 'href="#main"' in text and 'id="main"' in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert all(f'id="{name}"' in text for name in re.findall(r'<label[^>]* for="([^"]+)"', text))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style(page: FlaskClient, path: str) -> None:
    response = page.get(path)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", response.text)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_local_link_of_the_pages_leads_somewhere(page: FlaskClient) -> None:
    found = {link for path in PAGES for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', page.get(path).text)}
    assert len(found) > 40
    plain = {link.replace("&amp;", "&") for link in found}
    assert {link: code for link in sorted(plain) if (code := page.get(link).status_code) not in (200, 404)} == {}
    missing = {link for link in plain if page.get(link).status_code == 404}
    assert missing <= {"/nothing?lang=en"}


def test_the_language_is_asked_then_remembered_then_accepted(page: FlaskClient) -> None:
    assert '<html lang="vi">' in page.get("/about").text
    assert '<html lang="en">' in page.get("/about", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="en">' in page.get("/about?lang=en").text
    assert '<html lang="en">' in page.get("/about").text


def test_search_finds_without_diacritics(client: FlaskClient, page: FlaskClient) -> None:
    hits = client.get("/api/search?q=dinh thi hoa").get_json()["hits"]
    assert hits[0]["iri"] == iri("person:dinh-thi-hoa-1").value
    assert hits[0]["url"] == "/doc/person/dinh-thi-hoa-1"
    assert 'href="/doc/person/dinh-thi-hoa-1"' in page.get("/search?q=dinh+thi+hoa").text
    assert "Không thấy gì khớp" in page.get("/search?q=zzzzzz").text


def test_search_keeps_to_kind_and_limit(client: FlaskClient) -> None:
    hits = client.get("/api/search?q=tinh&kind=place&limit=3").get_json()["hits"]
    assert [hit["kind"] for hit in hits] == ["place"] * 3


def test_search_keeps_to_place_and_day(client: FlaskClient, page: FlaskClient) -> None:
    asked = {"q": "ubnd tinh", "kind": "organ", "place": "bac kan", "on": "2022-04-05"}
    told = client.get("/api/search", query_string=asked).get_json()
    assert told["hits"][0]["label"] == "Ủy ban nhân dân tỉnh Bắc Kạn"
    assert told["place"]["iri"] == iri("place:tinh-bac-kan").value
    assert client.get("/api/search", query_string=asked | {"on": "2025-07-01"}).get_json()["hits"] == []
    assert client.get("/api/search", query_string=asked | {"offset": 1}).get_json()["hits"] == told["hits"][1:]
    text = page.get("/search", query_string=asked).text
    for shown in ('value="bac kan"', 'value="2022-04-05"', "Tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn"):
        assert shown in text


@pytest.mark.parametrize("address", ["/search", "/api/search"])
@pytest.mark.parametrize(
    ("query", "name"),
    [("place=zzzz", "place"), ("place=organ:x", "place"), ("on=2022-02-30", "on"), ("on=yesterday", "on")],
)
def test_search_names_the_filter_that_is_none(client: FlaskClient, address: str, query: str, name: str) -> None:
    answer = client.get(f"{address}?q=a&{query}")
    assert answer.status_code == 400
    assert f"'{name}' cannot be" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "query", ["q=a&offset=-1", "q=a&offset=5000", "q=a&kind=nothing", "q=a&limit=0", "q=a&limit=1000", "q=a&limit=x"]
)
def test_search_refuses_what_makes_no_sense(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/search?{query}").status_code == 400


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json()["status"] == "ok"
    ready = client.get("/readyz").get_json()
    assert (ready["status"], ready["generation"], ready["profile"]) == ("ready", 1, "minimal")
    assert ready["sandbox"]


@pytest.mark.parametrize("path", ["/ontology", "/ontology.ttl", "/shapes", "/shapes.nt"])
def test_the_vocabulary_is_rdf_for_programs(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    form = RdfFormat.N_TRIPLES if path.endswith("nt") else RdfFormat.TURTLE
    assert len(list(parse(response.data, format=form))) > 300


def test_terms_are_listed_with_label_and_meaning(page: FlaskClient) -> None:
    text = page.get("/ontology").text
    assert 'id="Tenure"' in text
    assert "Một văn bản chỉ đạo" in text
    assert "bms:" not in page.get("/shapes").text
