"""Linked data as a whole: every IRI answers, pages as of a day, and what a page costs."""

import random
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.namespaces import BASE, HISTORY, ONTOLOGY, SHAPES, iri
from kg.query import QueryPool
from tests.server.facts import AGENT

PERSON = "person:dinh-thi-hoa-1"
LATER = """
tenure:hoa-pho-ban a bm:Tenure , org:Membership ; rdfs:label "Đinh Thị Hòa – Phó Ban cũ"@vi ;
    org:member person:dinh-thi-hoa-1 ; bm:post post:truong-ban-mau ; org:organization organ:ban-mau ;
    bm:endState endstate:ended ; bm:endEarliest "2021-01-01"^^xsd:date ; bm:endLatest "2021-02-01"^^xsd:date ;
    bm:curatedBy agent:bien-tap-vien .
"""


def test_every_iri_of_ours_in_the_data_answers(app: Flask, client: FlaskClient) -> None:
    """All kinds of thing, some of each kind: subjects, predicates, objects, in facts, journal, ontology and shapes."""
    by_kind: dict[str, set[str]] = {}
    with app.extensions["bomay"].graph.reader() as reader:
        for graph in (None, HISTORY, ONTOLOGY, SHAPES):
            quads = reader.quads(graph=graph) if graph else reader.quads()
            for quad in quads:
                for term in (quad.subject, quad.predicate, quad.object):
                    if isinstance(term, NamedNode) and term.value.startswith(BASE) and term != HISTORY:
                        path = term.value.removeprefix(BASE).partition("#")[0]
                        by_kind.setdefault("/".join(path.split("/")[:2]), set()).add(path)
    assert {"id/person", "id/change", "code/rank", "ontology", "shapes"} <= set(by_kind)
    chance = random.Random(5)
    asked = [path for paths in by_kind.values() for path in chance.sample(sorted(paths), min(len(paths), 12))]
    headers = {"Accept": "text/turtle"}
    silent = {path: client.get(f"/{path}", headers=headers, follow_redirects=True).status_code for path in asked}
    assert {path: status for path, status in silent.items() if status != 200} == {}


@pytest.mark.parametrize("ending", ["html", "ttl", "jsonld", "nt", "rdf"])
def test_a_thing_answers_in_each_form_by_its_ending_and_by_accept(client: FlaskClient, ending: str) -> None:
    by_ending = client.get(f"/doc/person/dinh-thi-hoa-1.{ending}")
    by_accept = client.get("/id/person/dinh-thi-hoa-1", headers={"Accept": by_ending.mimetype}, follow_redirects=True)
    assert (by_ending.status_code, by_accept.status_code) == (200, 200)
    assert by_accept.mimetype == by_ending.mimetype
    assert "Accept" in by_accept.headers["Vary"]


def test_what_is_asked_in_another_form_is_406(client: FlaskClient) -> None:
    response = client.get("/doc/person/dinh-thi-hoa-1", headers={"Accept": "image/png"})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")


@pytest.mark.parametrize("suffix", ["", "?on=2022-04-05"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_no_page_takes_more_than_three_queries_whatever_its_degree(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, accept: str, suffix: str
) -> None:
    with app.extensions["bomay"].graph.reader() as reader:
        degree: dict[str, int] = {}
        for quad in reader.quads():
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(f"{BASE}code/"):
                degree[quad.object.value] = degree.get(quad.object.value, 0) + 1
    best = max(degree, key=lambda name: degree[name])
    assert degree[best] > 1000
    asked: list[str] = []
    run = QueryPool.run

    def counting(self: QueryPool, path: str, text: str, **more: object) -> object:
        asked.append(text)
        return run(self, path, text, **more)  # type: ignore[arg-type]  # passed on as it came

    client.get("/doc/place/viet-nam", headers={"Accept": accept})  # labels of the ontology are read once
    monkeypatch.setattr(QueryPool, "run", counting)
    monkeypatch.setattr(app.extensions["bomay"].answers, "most", 0)  # nothing that is kept stands in for a query
    for path in (f"/{best.removeprefix(BASE)}", "/doc/place/viet-nam", "/doc/person/dinh-thi-hoa-1"):
        asked.clear()
        assert client.get(path + suffix, headers={"Accept": accept}).status_code == 200
        assert 1 <= len(asked) <= 3, path


def turtle(client: FlaskClient, path: str) -> set[tuple[str, str, str]]:
    quads = parse(client.get(path).data, format=RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


@pytest.fixture
def with_past(own: Flask) -> FlaskClient:
    own.extensions["bomay"].graph.submit_update(
        f"INSERT DATA {{ {LATER} }}", agent=AGENT, reason="chức cũ", accept_warnings=True
    )
    return own.test_client()


def test_a_page_as_of_a_day_leaves_out_what_surely_did_not_hold(with_past: FlaskClient) -> None:
    past, now = str(iri("tenure:hoa-pho-ban")), str(iri("tenure:hoa-truong-ban"))

    def tenures(path: str) -> set[str]:
        return {s for s, p, o in turtle(with_past, path) if p == str(iri("org:member")) and o == str(iri(PERSON))}

    address = "/doc/person/dinh-thi-hoa-1.ttl"
    assert tenures(address) == {past, now}
    assert tenures(f"{address}?on=2022-04-05") == {now}
    assert tenures(f"{address}?on=2020-04-05") == {past, now}  # nothing says when the other began


def test_evidence_of_what_is_left_out_is_left_out(with_past: FlaskClient) -> None:
    address = "/doc/meeting/giao-ban-mau.ttl"
    evidence = str(iri("evidence:hoa"))
    assert any(s == evidence for s, _, _ in turtle(with_past, "/doc/person/dinh-thi-hoa-1.ttl?on=2022-04-05"))
    before = turtle(with_past, f"{address}?on=2022-04-04")
    participation = str(iri("participation:hoa-giao-ban"))
    assert any(s == participation for s, _, _ in turtle(with_past, f"{address}?on=2022-04-05"))
    assert not any(participation in (s, o) for s, _, o in before)
    assert any(s == str(iri("meeting:giao-ban-mau")) for s, _, _ in before)


def test_the_page_says_which_day_it_is_for_and_where_all_times_are(page: FlaskClient) -> None:
    text = page.get("/doc/meeting/giao-ban-mau?on=2022-04-04").text
    assert "Vào ngày 04/04/2022" in text
    assert "Đến ngày ấy chưa có." in text
    assert 'href="/doc/meeting/giao-ban-mau.ttl?on=2022-04-04"' in text
    assert "Đinh Thị Hòa" not in text
    assert "Vào ngày" not in page.get("/doc/meeting/giao-ban-mau").text


def test_what_links_here_is_as_of_the_day_too(page: FlaskClient) -> None:
    link = 'href="/doc/meeting/giao-ban-mau"'
    assert link in page.get("/doc/directive/12-qd-tu-mau?on=2022-04-05").text
    assert link not in page.get("/doc/directive/12-qd-tu-mau?on=2022-04-04").text


@pytest.mark.parametrize("day", ["", "soon", "2022-02-30", "2022", "20220405", "٢٠٢٢-٠٤-٠٥"])
def test_what_is_no_day_is_400(client: FlaskClient, day: str) -> None:
    response = client.get("/doc/person/dinh-thi-hoa-1", query_string={"on": day})
    assert response.status_code == 400
    assert "'on'" in response.get_json(force=True)["detail"]


def test_each_day_has_its_own_etag(client: FlaskClient) -> None:
    tags = [client.get(f"/doc/person/dinh-thi-hoa-1.ttl{on}").headers["ETag"] for on in ("", "?on=2022-04-05")]
    assert len(set(tags)) == 2


def test_a_page_at_a_generation_is_as_the_graph_was(with_past: FlaskClient, own_folder: Path) -> None:
    past = str(iri("tenure:hoa-pho-ban"))
    address = "/doc/person/dinh-thi-hoa-1.ttl"
    now = turtle(with_past, address)
    assert any(past in (s, o) for s, _, o in now)
    before = turtle(with_past, f"{address}?at=1")
    assert before
    assert not any(past in (s, o) for s, _, o in before)
    assert turtle(with_past, f"{address}?at=2") == now
    assert turtle(with_past, address) == now
    assert list(own_folder.glob(".past-*")) == []
    text = with_past.get("/doc/person/dinh-thi-hoa-1.html?at=1&on=2022-04-05&lang=en").text
    assert "As the graph was in generation 1." in text
    assert 'href="/doc/person/dinh-thi-hoa-1.ttl?on=2022-04-05&amp;at=1"' in text


def test_what_was_not_there_yet_is_404_then(with_past: FlaskClient) -> None:
    assert with_past.get("/doc/tenure/hoa-pho-ban").status_code == 200
    response = with_past.get("/doc/tenure/hoa-pho-ban?at=1")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    asked = {"query": "SELECT ?change { GRAPH ?graph { ?graph bm:head ?change } }"}
    found = with_past.get("/sparql", query_string=asked).get_json(force=True)["results"]["bindings"]
    change = found[0]["change"]["value"]
    path = f"/doc/change/{change.rpartition('/')[2]}"
    assert (with_past.get(path).status_code, with_past.get(f"{path}?at=1").status_code) == (200, 404)


@pytest.mark.parametrize(("at", "status"), [("99", 404), ("-1", 400), ("one", 400), ("", 400), ("9" * 400, 400)])
def test_a_generation_that_is_none_is_refused(client: FlaskClient, at: str, status: int) -> None:
    response = client.get("/doc/person/dinh-thi-hoa-1", query_string={"at": at})
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")


def test_the_thing_itself_passes_day_and_generation_on(client: FlaskClient) -> None:
    response = client.get("/id/person/dinh-thi-hoa-1?on=2022-04-05&at=1&x=2")
    assert (response.status_code, response.location) == (303, "/doc/person/dinh-thi-hoa-1?on=2022-04-05&at=1")
