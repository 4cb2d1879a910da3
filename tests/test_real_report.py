"""One real report through the whole path: read, extracted, proposed, validated, stored, asked."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli import main
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.store import open_graph


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A data folder with the full reference graph and the report."""
    folder = tmp_path_factory.mktemp("real") / "data"
    assert main(["init", "--data", str(folder)]) == 0
    report = shared / "corpus" / "articles" / "seed.txt"
    assert main(["ingest", str(report), "--place", "Bắc Kạn", "--commit", "--data", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def graph(folder: Path) -> Iterator[Reader]:
    with open_graph(folder) as owner, owner.reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "corpus" / "articles" / "seed.txt").read_bytes().decode("utf-8")


def rows(graph: Reader, query: str) -> list[tuple[str, ...]]:
    """Values of the projected variables, sorted, unbound ones empty."""
    names = [word[1:] for word in query.split("{")[0].split() if word.startswith("?")]
    return sorted(tuple(row[n].value if n in row else "" for n in names) for row in graph.select(query))


def short(values: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Local names in place of IRIs."""
    return sorted(tuple(v.rsplit("/", 1)[-1] if v.startswith("https://") else v for v in row) for row in values)


def test_four_officials_hold_four_posts_in_their_bodies(graph):
    found = rows(
        graph,
        """SELECT ?name ?title ?body WHERE {
             ?tenure org:member/foaf:name ?name ; bm:post/bm:title ?title ; org:organization/rdfs:label ?body }""",
    )
    assert found == [
        ("Hoàng Thu Trang", "Phó Chủ tịch Thường trực", "Hội đồng nhân dân tỉnh Bắc Kạn"),
        ("Phạm Duy Hưng", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh Bắc Kạn"),
        ("Triệu Thị Thu Hoài", "Phó Bí thư Thường trực", "Thành ủy Bắc Kạn"),
        ("Trần Thị Lộc", "Trưởng Ban", "Ban Tuyên giáo Tỉnh ủy Bắc Kạn"),
    ]


def test_holdings_are_attested_on_the_day_without_invented_bounds(graph):
    assert rows(graph, "SELECT ?day WHERE { ?tenure bm:attestedOn ?day }") == [("2022-04-05",)] * 4
    assert not graph.ask(
        "ASK { ?tenure a bm:Tenure ; bm:startEarliest|bm:startLatest|bm:endEarliest|bm:endLatest ?bound }"
    )


def test_the_meeting_has_its_day_form_convener_and_both_sites(graph):
    found = rows(graph, "SELECT ?day ?form ?by { ?m bm:day ?day ; bm:form ?form ; bm:convenedBy ?by }")
    assert short(found) == [("2022-04-05", "online", "ban-tuyen-giao-tinh-bac-kan")]
    sites = rows(
        graph,
        "SELECT ?site ?organ ?place WHERE { ?s bm:ofMeeting ?m ; rdfs:label ?site OPTIONAL { ?s bm:atOrgan ?organ } "
        "OPTIONAL { ?s bm:place ?place } }",
    )
    assert short(sites) == [
        ("điểm cầu Tỉnh ủy", "cap-uy-tinh-bac-kan", ""),
        ("điểm cầu thành phố Bắc Kạn", "", "thanh-pho-bac-kan-bac-kan"),
    ]


def test_who_was_at_which_site_in_which_role(graph):
    found = rows(
        graph,
        """SELECT ?name ?role ?site WHERE {
             ?p bm:participant/foaf:name ?name ; bm:roleWording ?role . OPTIONAL { ?p bm:site/rdfs:label ?site } }""",
    )
    assert found == [
        ("Hoàng Thu Trang", "tham dự", "điểm cầu Tỉnh ủy"),
        ("Phạm Duy Hưng", "báo cáo", "điểm cầu Tỉnh ủy"),
        ("Phạm Duy Hưng", "tham dự", "điểm cầu Tỉnh ủy"),
        ("Triệu Thị Thu Hoài", "tham dự", "điểm cầu thành phố Bắc Kạn"),
        ("Trần Thị Lộc", "dự và chỉ đạo", ""),
        ("Trần Thị Lộc", "quán triệt", ""),
    ]


def test_everyone_was_there_in_the_capacity_that_the_report_gives(graph):
    found = rows(
        graph,
        "SELECT ?name ?as WHERE { ?p bm:participant ?who ; bm:inCapacityOf/org:member ?who . "
        "?who foaf:name ?name . ?p bm:inCapacityOf/bm:post/bm:title ?as }",
    )
    assert len(found) == 4


def test_collective_participants_are_kept_as_words_at_their_site(graph):
    found = rows(
        graph,
        "SELECT ?words ?site WHERE { ?p bm:participantWording ?words OPTIONAL { ?p bm:site/rdfs:label ?site } }",
    )
    assert ("đại diện lãnh đạo các sở, ban, ngành tỉnh", "điểm cầu Tỉnh ủy") in found
    city = [words for words, site in found if site == "điểm cầu thành phố Bắc Kạn"]
    assert any("Thường trực HĐND" in words for words in city)
    assert any("8 xã, phường" in words for words in city)


def test_decision_238_is_one_directive_with_both_titles_in_conflict(graph, text):
    found = rows(
        graph,
        'SELECT ?d ?issuer ?day WHERE { ?d bm:symbol "238-QĐ/TW" ; bm:issuer/rdfs:label ?issuer ; bm:issuedOn ?day }',
    )
    assert short(found) == [("238-qd-tw-khoa-12", "Ban Bí thư Trung ương Đảng", "2020-09-30")]
    claims = rows(
        graph,
        """SELECT ?title WHERE { ?c a bm:Conflict ; bm:about directive:238-qd-tw-khoa-12 ; bm:property dcterms:title ;
             bm:state conflictstate:open ; bm:claim/bm:value ?title }""",
    )
    titles = sorted(title.split("cơ quan ")[1].split(" cùng")[0] for (title,) in claims)
    assert titles == ["nhà nước", "quản lý nhà nước"]
    cited = rows(graph, "SELECT ?quote WHERE { ?e bm:supports directive:238-qd-tw-khoa-12 ; bm:quote ?quote }")
    assert len(cited) == 3
    assert ("Quyết định số 238",) in cited


def test_conclusion_01_continues_directive_05_of_the_twelfth_term(graph):
    found = rows(
        graph,
        """SELECT ?day ?issuer ?next ?term WHERE {
             ?d bm:symbol "01-KL/TW" ; bm:issuedOn ?day ; bm:issuer/rdfs:label ?issuer ; bm:continues ?o .
             ?o bm:symbol ?next ; bm:inTerm/bm:ordinal ?term }""",
    )
    assert found == [("2021-05-18", "Bộ Chính trị", "05-CT/TW", "12")]


def test_the_unnumbered_programme_and_plan_of_2022_are_directives(graph):
    found = rows(
        graph,
        """SELECT ?type ?year WHERE {
             ?d a bm:Directive ; bm:year ?year ; bm:documentType ?type FILTER NOT EXISTS { ?d bm:symbol ?s } }""",
    )
    assert short(found) == [("Plan", "2022"), ("Programme", "2022")]


def test_the_boards_coordinate_with_council_and_committee_under_the_programme(graph):
    found = rows(
        graph,
        """SELECT ?from ?to ?type WHERE { ?r bm:relationKind relationkind:coordination ; bm:fromOrgan ?from ;
             bm:toOrgan ?to ; bm:underDirective/bm:documentType ?type }""",
    )
    assert short(found) == [
        ("ban-tuyen-giao-tinh-bac-kan", "hdnd-tinh-bac-kan", "Programme"),
        ("ban-tuyen-giao-tinh-bac-kan", "ubnd-tinh-bac-kan", "Programme"),
    ]


def test_the_tasks_are_set_for_the_second_quarter(graph):
    found = rows(
        graph,
        """SELECT ?from ?to ?text WHERE {
             ?t bm:periodStart ?from ; bm:periodEnd ?to ; bm:wording ?text ; bm:setBy ?m . ?m a bm:Meeting }""",
    )
    assert len(found) >= 5
    assert {(start, end) for start, end, _ in found} == {("2022-04-01", "2022-07-01")}


def test_the_byline_is_the_author_of_the_source_and_no_official(graph):
    assert rows(graph, "SELECT ?by WHERE { ?s a bm:Source ; bm:byline ?by }") == [("Đặng Tuyết",)]
    assert not graph.ask('ASK { ?p a bm:Person ; foaf:name "Đặng Tuyết" }')


def test_every_fact_of_the_report_has_evidence_and_every_quote_is_the_text_at_its_offsets(graph, text):
    quotes = rows(graph, "SELECT ?start ?end ?quote { ?e bm:start ?start ; bm:end ?end ; bm:quote ?quote }")
    assert len(quotes) > 30
    for start, end, quote in quotes:
        assert text[int(start) : int(end)] == quote
    by_rule = {q.subject for q in graph.quads(None, iri("bm:derivedByRule"), None)}
    for name in ("Person", "Tenure", "Meeting", "Site", "Participation", "Directive", "Task", "Claim", "OrganRelation"):
        found = (q.subject for q in graph.quads(None, iri("rdf:type"), iri(f"bm:{name}")))
        nodes = [node for node in found if node not in by_rule]
        assert nodes, name
        for node in nodes:
            assert next(iter(graph.quads(None, iri("bm:supports"), node)), None), node


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: "\ufeff" + text,
    ],
    ids=["the same", "CRLF", "NFD", "byte-order mark"],
)
def test_the_same_report_again_adds_no_triple(folder, shared, text, tmp_path, form, capsys):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(form(text).encode("utf-8"))
    before = _size(folder)
    assert main(["ingest", str(copy), "--place", "Bắc Kạn", "--commit", "--data", str(folder)]) == 0
    assert "1 known already" in capsys.readouterr().out
    assert _size(folder) == before


def _size(folder: Path) -> int:
    with open_graph(folder) as graph, graph.reader() as reader:
        return sum(1 for _ in reader.quads(graph=None))
