"""`/id`, `/doc`, `/code`: every thing has an address, a page and data."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from kg.curate import merge
from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.query import QueryPool


def test_the_thing_itself_sends_to_its_page(client: FlaskClient) -> None:
    response = client.get("/id/person/dinh-thi-hoa-1")
    assert (response.status_code, response.location) == (303, "/doc/person/dinh-thi-hoa-1")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/doc/person/dinh-thi-hoa-1", "*/*", "text/turtle"),
        ("/doc/person/dinh-thi-hoa-1", "application/ld+json", "application/ld+json"),
        ("/doc/person/dinh-thi-hoa-1", "text/html,*/*;q=0.1", "text/html"),
        ("/doc/person/dinh-thi-hoa-1.ttl", "text/html", "text/turtle"),
        ("/doc/person/dinh-thi-hoa-1.jsonld", "text/html", "application/ld+json"),
        ("/doc/person/dinh-thi-hoa-1.nt", "text/html", "application/n-triples"),
        ("/doc/person/dinh-thi-hoa-1.rdf", "text/html", "application/rdf+xml"),
        ("/doc/person/dinh-thi-hoa-1.html", "text/turtle", "text/html"),
        ("/code/rank/Head", "text/turtle", "text/turtle"),
        ("/code/rank", "text/html", "text/html"),
    ],
)
def test_the_form_follows_extension_then_accept(client: FlaskClient, path: str, accept: str, media_type: str) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)


def test_the_data_hold_the_facts_their_nodes_and_the_evidence(client: FlaskClient) -> None:
    response = client.get("/doc/person/dinh-thi-hoa-1.ttl")
    triples = {(q.subject, q.predicate, q.object) for q in parse(response.data, format=RdfFormat.TURTLE)}
    assert (iri("tenure:hoa-truong-ban"), iri("org:member"), iri("person:dinh-thi-hoa-1")) in triples
    assert (iri("evidence:hoa"), iri("bm:supports"), iri("tenure:hoa-truong-ban")) in triples


def test_a_person_has_posts_with_attested_days_and_the_sentence_that_says_so(page: FlaskClient) -> None:
    text = page.get("/doc/person/dinh-thi-hoa-1").text
    assert "<h1>Đinh Thị Hòa</h1>" in text
    assert "Tên khác: Đinh Thị Hoà" in text
    assert "Giữ chức ít nhất ngày 05/04/2022. Không rõ ngày bắt đầu và ngày kết thúc." in text
    assert '<a href="/doc/post/truong-ban-mau">Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu</a>' in text
    assert "<blockquote>bà Đinh Thị Hòa, Trưởng Ban</blockquote>" in text
    assert "title-before-name" in text
    assert 'href="https://example.org/bao/1"' in text


def test_a_meeting_has_its_sites_and_who_was_there_as_what(page: FlaskClient) -> None:
    text = page.get("/doc/meeting/giao-ban-mau").text
    at_province, at_district = text.index("điểm cầu Tỉnh ủy"), text.index("điểm cầu huyện")
    assert text.index("đại diện các ngành") > at_district
    assert at_province < text.index("Đinh Thị Hòa</a>", at_province)
    assert "“dự và chỉ đạo”" in text
    assert '<a href="/doc/tenure/hoa-truong-ban">Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu</a>' in text
    assert "01/04/2022 – 30/06/2022" in text
    assert "tuyên truyền bầu cử" in text


def test_words_of_sources_are_never_markup(page: FlaskClient) -> None:
    text = page.get("/doc/meeting/giao-ban-mau").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_directive_shows_both_titles_in_conflict_and_what_it_set_in_motion(page: FlaskClient) -> None:
    text = page.get("/doc/directive/12-qd-tu-mau").text
    assert "Các nguồn nói khác nhau" in text
    assert text.count("Quy định phối hợp") >= 1 and text.count("Quy chế phối hợp") >= 2
    moved = text.index("Văn bản này dẫn tới")
    assert "/doc/meeting/giao-ban-mau" in text[moved:]
    assert "02/03/2021" in text


def test_codes_and_labels_are_in_the_language_of_the_page(client: FlaskClient) -> None:
    path = "/doc/directive/12-qd-tu-mau.html"
    assert ">quyết định</a>" in client.get(f"{path}?lang=vi").text
    assert ">decision</a>" in client.get(f"{path}?lang=en").text


def test_an_organ_lists_holders_and_what_refers_to_it(page: FlaskClient) -> None:
    text = page.get("/doc/organ/ban-mau").text
    assert "Người giữ chức" in text
    assert "/doc/person/dinh-thi-hoa-1" in text
    assert "Được nhắc tới ở" in text


def test_every_kind_of_thing_in_the_graph_has_a_page(page: FlaskClient) -> None:
    nodes = [
        *(
            "post/truong-ban-mau",
            "tenure/hoa-truong-ban",
            "source/bao-mau",
            "evidence/hoa",
            "claim/ten-1",
            "conflict/ten",
        ),
        *(
            "site/giao-ban-mau-tinh",
            "participation/hoa-giao-ban",
            "task/tuyen-truyen",
            "place/viet-nam",
            "agent/bien-tap-vien",
        ),
    ]
    assert {node: page.get(f"/doc/{node}").status_code for node in nodes} == dict.fromkeys(nodes, 200)


def test_an_unknown_entity_is_404_with_near_matches(client: FlaskClient, page: FlaskClient) -> None:
    response = client.get("/doc/person/dinh-thi-hoa-9")
    assert response.status_code == 404
    assert response.get_json(force=True)["suggestions"][0]["url"] == "/doc/person/dinh-thi-hoa-1"
    assert "Đinh Thị Hòa" in page.get("/doc/person/dinh-thi-hoa-9").text


@pytest.mark.parametrize(
    "path", ["/id/nothing/x", "/doc/nothing/x", "/code/nothing/x", "/code/nothing", "/doc/person/a b<"]
)
def test_what_is_no_kind_of_thing_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_takes_at_most_three_queries(app: Flask, page: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    page.get("/doc/organ/ban-mau")
    asked: list[str] = []
    run = QueryPool.run

    def counting(self: QueryPool, path: str, text: str, **more: object) -> object:
        asked.append(text)
        return run(self, path, text, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(QueryPool, "run", counting)
    for node in ("meeting/giao-ban-mau", "person/dinh-thi-hoa-1", "directive/12-qd-tu-mau", "place/viet-nam"):
        asked.clear()
        assert page.get(f"/doc/{node}").status_code == 200
        assert len(asked) <= 3


def test_a_page_that_has_not_changed_is_not_sent_again(page: FlaskClient) -> None:
    first = page.get("/doc/person/dinh-thi-hoa-1?lang=vi")
    headers = {"If-None-Match": first.headers["ETag"]}
    assert page.get("/doc/person/dinh-thi-hoa-1?lang=vi", headers=headers).status_code == 304
    assert page.get("/doc/person/dinh-thi-hoa-1?lang=en", headers=headers).status_code == 200


def test_the_page_of_a_source_does_not_name_it_under_each_of_its_own_quotes(page: FlaskClient) -> None:
    link = '<a href="/doc/source/bao-mau">'
    own, other = page.get("/doc/source/bao-mau").text, page.get("/doc/person/dinh-thi-hoa-1").text
    assert "bà Đinh Thị Hòa, Trưởng Ban" in own
    assert (link in own, link in other) == (False, True)


def test_what_was_merged_sends_to_what_it_was_merged_into_until_it_is_split(own: Flask) -> None:
    other = """
    person:dinh-thi-hoa-2 a bm:Person , foaf:Person ; rdfs:label "Đinh Thị Hòa"@vi ; foaf:name "Đinh Thị Hòa" ;
        bm:key "dinh thi hoa" ; bm:curatedBy agent:lan ."""
    client, graph = own.test_client(), own.extensions["bomay"].graph
    graph.submit_update(f"INSERT DATA {{ {other} }}", agent=iri("agent:lan"), reason="x", accept_warnings=True)
    gone, kept = iri("person:dinh-thi-hoa-2"), iri("person:dinh-thi-hoa-1")
    assert client.get("/id/person/dinh-thi-hoa-2").status_code == 303
    with graph.reader() as reader:
        change = merge(reader, kept, gone, iri("agent:lan"), "một người")
    graph.submit(change)
    response = client.get("/id/person/dinh-thi-hoa-2")
    assert (response.status_code, response.location) == (301, "/id/person/dinh-thi-hoa-1")
    assert response.headers["Cache-Control"] == "no-cache"
    page = client.get("/doc/person/dinh-thi-hoa-2.html")
    assert (page.status_code, page.location) == (301, "/doc/person/dinh-thi-hoa-1.html")
    graph.submit(ChangeSet(change.remove, change.add, iri("agent:lan"), "hai người"), accept_warnings=True)
    assert client.get("/id/person/dinh-thi-hoa-2").status_code == 303


def test_a_relation_between_bodies_is_shown_with_its_days(own: Flask) -> None:
    facts = """
organ:so-mau a bm:Organ , org:Organization ; rdfs:label "Sở Mẫu"@vi ; bm:key "so mau" ;
    bm:kind organkind:Department ; bm:ladder ladder:State ; bm:curatedBy agent:bien-tap-vien .
relation:chi-dinh-mau a bm:OrganRelation ; rdfs:label "Ban Tuyên giáo chỉ định Sở Mẫu"@vi ;
    bm:relationKind relationkind:appointment ; bm:fromOrgan organ:ban-mau ; bm:toOrgan organ:so-mau ;
    bm:validFrom "2025-07-01"^^xsd:date ; bm:validTo "2026-01-01"^^xsd:date ; bm:curatedBy agent:bien-tap-vien ."""
    own.extensions["bomay"].graph.submit_update(
        f"INSERT DATA {{ {facts} }}", agent=iri("agent:lan"), reason="quan hệ", accept_warnings=True
    )
    text = own.test_client().get("/doc/organ/so-mau", headers={"Accept": "text/html", "Accept-Language": "vi"}).text
    assert "chỉ định, 01/07/2025 – 31/12/2025" in text
