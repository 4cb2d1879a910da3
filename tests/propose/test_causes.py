"""What a document makes of the words for how a post was taken up or left."""

from dataclasses import replace

import pytest

from kg.model.extraction import DirectiveRead
from kg.namespaces import iri
from tests.propose.factories import CODES, MemoryGraph, ingest, paper, report

UBND = "Ủy ban nhân dân tỉnh Bắc Kạn"
NUMBER = "12/QĐ-UBND"


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph(CODES + 'doctype:Decision a skos:Concept ; skos:prefLabel "quyết định"@vi .')


def told(graph: MemoryGraph, words: str, status: str, *papers: DirectiveRead) -> None:
    ingest(graph, report(words, ("Lê Văn An", "Phó Chủ tịch", UBND, status), papers=papers))


def own_paper(words: str) -> DirectiveRead:
    """The decision that the words themselves are."""
    cited = paper(words, NUMBER, number=NUMBER)
    return replace(cited, citations=tuple(replace(c, rule="letterhead") for c in cited.citations))


def kinds(graph: MemoryGraph) -> set[str]:
    return causes(graph, "bm:eventKind")


def causes(graph: MemoryGraph, end: str) -> set[str]:
    return {quad.object.value.rpartition("/")[2] for quad in graph.quads(None, iri(end))}


@pytest.mark.parametrize(
    ("words", "status", "end", "cause"),
    [
        ("Bầu bổ sung ông Lê Văn An.", "appointed", "bm:startCause", "SupplementaryElection"),
        ("Hiệp thương cử ông Lê Văn An.", "appointed", "bm:startCause", "Consultation"),
        ("Giao quyền cho ông Lê Văn An.", "acting", "bm:startCause", "Assignment"),
        ("Ông Lê Văn An xin từ chức.", "outgoing", "bm:endCause", "Resignation"),
        ("Bãi nhiệm ông Lê Văn An.", "outgoing", "bm:endCause", "Recall"),
    ],
)
def test_the_words_give_the_kind_of_event_and_the_cause_at_that_end(graph, words, status, end, cause):
    told(graph, words, status)
    assert kinds(graph) == {cause}
    assert causes(graph, end) == {cause}


def test_an_acting_holder_of_whom_nobody_says_who_was_put_in_makes_no_event(graph):
    told(graph, "Quyền Phó Chủ tịch Lê Văn An dự.", "acting")
    assert not kinds(graph)


def test_an_appointment_that_is_renewed_is_no_cause_of_the_start(graph):
    told(graph, "Bổ nhiệm lại ông Lê Văn An.", "appointed")
    assert kinds(graph) == {"Reappointment"}
    assert not causes(graph, "bm:startCause")


def test_a_report_carries_no_discipline_but_the_holding_is_over(graph):
    told(graph, "Cách chức ông Lê Văn An.", "outgoing")
    assert not kinds(graph)
    assert not causes(graph, "bm:endCause")
    assert causes(graph, "bm:endState") == {"ended"}


def test_the_decision_itself_carries_discipline_and_is_the_paper_of_the_event(graph):
    words = f"Số: {NUMBER} Quyết định cách chức ông Lê Văn An."
    told(graph, words, "outgoing", own_paper(words))
    assert kinds(graph) == causes(graph, "bm:endCause") == {"RemovalFromPost"}
    (event,) = graph.of_class("bm:PersonnelEvent")
    assert {q.object for q in graph.quads(event, iri("bm:byDirective"))} == set(graph.of_class("bm:Directive"))


def test_a_paper_that_a_report_cites_is_not_the_paper_of_the_event(graph):
    words = f"Theo {NUMBER}, bổ nhiệm ông Lê Văn An."
    told(graph, words, "appointed", paper(words, NUMBER, number=NUMBER))
    assert kinds(graph) == {"Appointment"}
    assert not causes(graph, "bm:byDirective")
