"""Papers whose symbols repeat are told apart, and the reasons are kept with the decision."""

from dataclasses import replace

import pytest

from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.model.extraction import Citation, DirectiveRead, Extraction
from kg.model.spans import Span
from kg.namespaces import PREFIXES, curie, iri
from kg.propose.directives import Directives
from kg.propose.draft import Draft
from kg.propose.organs import Organs
from kg.propose.places import Gazetteer
from kg.propose.tenures import Tenures
from kg.propose.terms import Terms
from tests.propose.factories import CODES, MemoryGraph, ingest, report

TERM_13 = """
term:trung-uong-khoa-13 a bm:Term ; bm:termOf organ:ban-chap-hanh-trung-uong-dang ; bm:ordinal 13 ;
    bm:firstDay "2021-02-02"^^xsd:date .
doctype:Decision a skos:Concept ; skos:prefLabel "Quyết định"@vi .
doctype:Regulation a skos:Concept ; skos:prefLabel "Quy định"@vi .
"""
BAC_KAN = ("Tỉnh ủy Bắc Kạn", "PartyCommittee", "tỉnh Bắc Kạn")
THAI_NGUYEN = ("Tỉnh ủy Thái Nguyên", "PartyCommittee", "tỉnh Thái Nguyên")
UBND = ("Ủy ban nhân dân tỉnh Bắc Kạn", "PeoplesCommittee", "tỉnh Bắc Kạn")


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph(CODES + TERM_13)


def cited(number: str, type: str = "Chỉ thị", **known) -> DirectiveRead:
    """A paper cited once, at the beginning of the text."""
    return DirectiveRead(type, number, (Citation(Span(0, 12), "number-with-type", known.get("date")),), **known)


def told(
    paper: DirectiveRead, day: str = "2022-04-05", organ: tuple[str, str, str] = UBND
) -> tuple[Document, Extraction]:
    """A report of that day that cites the paper."""
    return report(
        f"Văn bản số {paper.number} ({paper}) trong báo ngày {day}.", papers=(paper,), day=day, organs=(organ,)
    )


def papers(graph: MemoryGraph) -> list[str]:
    return sorted(node.value.removeprefix(PREFIXES["directive"]) for node in graph.of_class("bm:Directive"))


def decided(graph: MemoryGraph, paper: DirectiveRead, organ: tuple[str, str, str] = UBND) -> Directives:
    """The papers of one more report, with their decisions."""
    document, extraction = told(paper, organ=organ)
    draft = Draft(graph, document, iri("source:bao"))
    organs = Organs(draft, Gazetteer(graph, PartialDate(2022, 4, 5), "Bắc Kạn"))
    for read in extraction.organs:
        organs.mention(read)
    directives = Directives(draft, organs, Tenures(draft, organs, Terms(draft, organs)))
    directives.mention(paper)
    return directives


def test_one_symbol_of_two_terms_is_two_papers_and_each_is_found_again(graph):
    for term in ("khóa XII", "khóa XIII", "khóa XII", "khóa XIII"):
        ingest(graph, told(cited("05-CT/TW", issuer_term=term), day=f"2022-04-{len(papers(graph)) + 1:02d}"))
    assert papers(graph) == ["05-ct-tw-khoa-12", "05-ct-tw-khoa-13"]


def test_a_day_of_issue_tells_the_term(graph):
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XII")))
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XIII")))
    directives = decided(graph, cited("05-CT/TW", date="2016-05-15"))
    assert directives.all() == [iri("directive:05-ct-tw-khoa-12")]


def test_a_term_that_the_graph_has_no_node_for_still_tells_papers_apart(graph):
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XII")))
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XI")))
    assert papers(graph) == ["05-ct-tw-khoa-11", "05-ct-tw-khoa-12"]


def test_a_symbol_that_fits_two_terms_is_left_undecided(graph):
    for term in ("khóa XII", "khóa XIII"):
        ingest(graph, told(cited("05-CT/TW", issuer_term=term)))
    directives = decided(graph, cited("05-CT/TW"))
    (node,) = directives.all()
    assert node.value.removeprefix(PREFIXES["directive"]) not in papers(graph)
    (found,) = directives.decisions.values()
    assert found.choice is None
    assert len(found.ranked) == 2


def test_a_report_dated_before_the_paper_of_its_term_doubts_the_day_and_not_the_paper(graph):
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XII", date="2016-05-15")))
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XII"), day="2016-01-30"))
    assert papers(graph) == ["05-ct-tw-khoa-12"]


def test_the_decision_keeps_its_reasons(graph):
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XII")))
    ingest(graph, told(cited("05-CT/TW", issuer_term="khóa XIII")))
    (found,) = decided(graph, cited("05-CT/TW", issuer_term="khóa XII")).decisions.values()
    assert found.ranked[0].explain("vi").startswith("cùng số và ký hiệu; khóa XII phù hợp")
    assert found.ranked[1].explain("en").startswith("same number and symbol; another term: XII, not XIII")


def test_decisions_and_regulations_of_the_centre_are_one_series(graph):
    ingest(graph, told(cited("37-QĐ/TW", "Quy định", issuer_term="khóa XIII")))
    ingest(graph, told(cited("37-QĐ/TW", "Quyết định", issuer_term="khóa XIII")))
    assert papers(graph) == ["37-qd-tw-khoa-13"]


def test_decisions_and_regulations_of_a_province_are_two_papers(graph):
    regulation = cited("37-QĐ/TU", "Quy định", issuer=BAC_KAN[0], issuer_from="code", year=2021)
    ingest(graph, told(regulation, organ=BAC_KAN))
    ingest(graph, told(replace(regulation, type="Quyết định"), organ=BAC_KAN))
    assert len(papers(graph)) == 2
    assert papers(graph)[0] == "37-qd-tu-tinh-bac-kan-2021"


def test_one_symbol_of_two_provinces_is_two_papers_and_each_is_found_again(graph):
    for organ in (BAC_KAN, THAI_NGUYEN, BAC_KAN, THAI_NGUYEN):
        plan = cited("12-KH/TU", "Kế hoạch", issuer=organ[0], issuer_from="code", year=2021)
        ingest(graph, told(plan, day=f"2022-04-{len(papers(graph)) + 1:02d}", organ=organ))
    assert papers(graph) == ["12-kh-tu-tinh-bac-kan-2021", "12-kh-tu-tinh-thai-nguyen-2021"]


def test_one_symbol_of_two_years_is_two_papers_and_each_is_found_again(graph):
    for date in ("2021-04-05", "2022-01-10", "2021-04-05"):
        decision = cited("543/QĐ-UBND", "Quyết định", issuer=UBND[0], issuer_from="code", date=date)
        ingest(graph, told(decision))
    assert papers(graph) == ["543-qd-ubnd-tinh-bac-kan-2021", "543-qd-ubnd-tinh-bac-kan-2022"]


def test_letters_that_fold_alike_do_not_make_two_codes_one(graph):
    ingest(graph, told(cited("12-ĐA/TW", "Đề án", issuer_term="khóa XII")))
    directives = decided(graph, cited("12-DA/TW", "Dự án", issuer_term="khóa XII"))
    ((node, found),) = directives.decisions.items()
    assert found.ranked == ()
    assert node.value.removeprefix(PREFIXES["directive"]) not in papers(graph)


@pytest.mark.parametrize(
    ("known", "issuer"),
    [
        ({"date": "2022-04-15"}, "organ:ubnd-tinh-thai-nguyen"),
        ({"year": 2022}, "organ:ubnd-tinh-thai-nguyen"),
        ({"date": "2025-08-15"}, "organ:ubnd-tinh-thai-nguyen-2025"),
        ({}, "organ:ubnd-tinh-thai-nguyen-2025"),
    ],
)
def test_an_older_paper_is_of_the_body_that_was_there_then(graph, known, issuer):
    organ = ("Ủy ban nhân dân tỉnh Thái Nguyên", "PeoplesCommittee", "tỉnh Thái Nguyên")
    paper = cited("1215/QĐ-UBND", "Quyết định", issuer=organ[0], issuer_from="code", **known)
    ingest(graph, told(paper, day="2026-03-11", organ=organ))
    (node,) = graph.of_class("bm:Directive")
    assert graph.values(curie(node), "bm:issuer") == {iri(issuer).value}
    assert "ubnd-tinh-thai-nguyen-2025" in {n.value.rpartition("/")[2] for n in graph.of_class("bm:Organ")}


def test_a_paper_cited_again_long_after_is_the_same_paper(graph):
    organ = ("Ủy ban nhân dân tỉnh Thái Nguyên", "PeoplesCommittee", "tỉnh Thái Nguyên")
    paper = cited("1215/QĐ-UBND", "Quyết định", issuer=organ[0], issuer_from="code", date="2022-04-15")
    ingest(graph, told(paper, day="2022-04-20", organ=organ))
    ingest(graph, told(paper, day="2026-03-11", organ=organ))
    assert papers(graph) == ["1215-qd-ubnd-tinh-thai-nguyen-2022"]
