"""A post is tied to the term that its source names, of the body or of the one that elects it."""

from dataclasses import replace

import pytest

from tests.propose.factories import CODES, MemoryGraph, ingest, report

UBND = ("Ủy ban nhân dân tỉnh Bắc Kạn", "PeoplesCommittee", "tỉnh Bắc Kạn")
COMMITTEE = ("Tỉnh ủy Bắc Kạn", "PartyCommittee", "tỉnh Bắc Kạn")
CENTRE = ("Ban Chấp hành Trung ương Đảng", "CentralCommittee", "")
OF_THE_CENTRE = """
organ:ban-chap-hanh-trung-uong-dang a bm:Organ ; rdfs:label "Ban Chấp hành Trung ương Đảng"@vi ;
    bm:key "ban chap hanh trung uong dang" .
"""


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph(CODES + OF_THE_CENTRE)


def in_term(graph: MemoryGraph, organ: tuple[str, str, str], wording: str, title: str = "Ủy viên") -> set[str]:
    text = f"Ngày 5/4/2022 bà Lê Thị An {wording}"
    document, extraction = report(text, ("Lê Thị An", title, organ[0], "current"), organs=(organ,))
    (person,) = extraction.persons
    (position,) = person.positions
    told = replace(person, positions=(replace(position, term=wording),))
    ingest(graph, (document, replace(extraction, persons=(told,))))
    (tenure,) = graph.of_class("bm:Tenure")
    return {v.rsplit("/", 1)[1] for v in graph.values(f"tenure:{tenure.value.rsplit('/', 1)[1]}", "bm:inTerm")}


def test_years_name_the_term_of_the_body_and_it_says_its_rule(graph):
    assert in_term(graph, COMMITTEE, "nhiệm kỳ 2020 – 2025") == {"cap-uy-tinh-bac-kan-nhiem-ky-2020-2025"}
    assert graph.values("term:cap-uy-tinh-bac-kan-nhiem-ky-2020-2025", "bm:derivedByRule")


def test_committee_of_the_people_has_the_term_of_the_council_that_elects_it(graph):
    wording = "khóa XVII, nhiệm kỳ 2021-2026"
    assert in_term(graph, UBND, wording) == {"hdnd-tinh-bac-kan-nhiem-ky-2021-2026"}


def test_years_under_which_a_term_was_announced_name_it_as_well(graph):
    assert in_term(graph, UBND, "nhiệm kỳ 2004-2009") == {"hdnd-tinh-bac-kan-nhiem-ky-2004-2011"}


@pytest.mark.parametrize("wording", ["khóa XII", "khoá xii"])
def test_number_names_the_term_of_a_body_whose_terms_are_counted(graph, wording):
    assert in_term(graph, CENTRE, wording) == {"trung-uong-khoa-12"}


@pytest.mark.parametrize("wording", ["khóa XI, khóa XII", "nhiệm kỳ 2019-2024", "nhiệm kỳ này", "khóa XIX"])
def test_words_that_fit_no_term_or_several_stay_words(graph, wording):
    assert in_term(graph, COMMITTEE, wording) == set()


def test_term_of_the_graph_is_taken_before_one_is_made():
    known = """term:bac-kan-13 a bm:Term ; bm:termOf organ:cap-uy-tinh-bac-kan ;
        bm:nominalStart "2020"^^xsd:gYear ; bm:nominalEnd "2025"^^xsd:gYear ."""
    assert in_term(MemoryGraph(CODES + known), COMMITTEE, "nhiệm kỳ 2020-2025") == {"bac-kan-13"}
