"""Which spell in a post a report speaks of, and which days it bounds."""

from dataclasses import replace

import pytest

from kg.model.documents import Document
from kg.model.extraction import Extraction
from tests.propose.factories import MemoryGraph, ingest, report

UBND = "Ủy ban nhân dân tỉnh Bắc Kạn"


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph()


def said(day: str, status: str, **period: str) -> tuple[Document, Extraction]:
    """A report of that day on the one person, with `start` and `end` of the position as its words give them."""
    text = f"Báo ngày {day} viết {status} {period}: Lê Văn An."
    document, extraction = report(text, ("Lê Văn An", "Phó Chủ tịch", UBND, status), day=day)
    (person,) = extraction.persons
    (position,) = person.positions
    told = replace(person, positions=(replace(position, **period),))  # type: ignore[arg-type]  # dates are strings
    return document, replace(extraction, persons=(told,))


def tenures(graph: MemoryGraph) -> list[str]:
    return [f"tenure:{t.value.rsplit('/', 1)[1]}" for t in graph.of_class("bm:Tenure")]


def test_a_last_day_in_words_and_a_sighting_on_it_are_one_spell(graph):
    ingest(graph, said("2023-08-31", "current"))
    ingest(graph, said("2024-01-10", "former", start="2020", end="2023-08-31"))
    (tenure,) = tenures(graph)
    assert graph.values(tenure, "bm:startLatest") == {"2020-12-31"}
    assert graph.values(tenure, "bm:endEarliest") == {"2023-08-31"}
    assert graph.values(tenure, "bm:endLatest") == {"2023-09-01"}


def test_a_start_after_the_days_on_which_somebody_was_seen_opens_a_second_spell(graph):
    ingest(graph, said("2020-05-01", "current"))
    ingest(graph, said("2023-05-01", "current", start="2022-06"))
    assert len(tenures(graph)) == 2


def test_who_is_seen_after_leaving_is_back_in_the_post(graph):
    ingest(graph, said("2022-04-05", "current"))
    ingest(graph, said("2020-04-05", "outgoing"))
    assert len(tenures(graph)) == 2


def test_a_removal_told_after_the_end_is_of_the_spell_that_ended(graph):
    ingest(graph, said("2020-04-05", "former"))
    ingest(graph, said("2022-04-05", "outgoing"))
    (tenure,) = tenures(graph)
    assert graph.values(tenure, "bm:endLatest") == {"2020-04-06"}
    assert not graph.values(tenure, "bm:endEarliest")


def test_an_appointment_after_the_end_opens_a_second_spell(graph):
    ingest(graph, said("2020-04-05", "former"))
    ingest(graph, said("2022-04-05", "appointed"))
    assert len(tenures(graph)) == 2


def test_words_that_are_no_date_bound_nothing(graph):
    ingest(graph, said("2020-04-05", "current", start="đầu nhiệm kỳ"))
    assert not graph.values(tenures(graph)[0], "bm:startLatest")


@pytest.mark.parametrize(
    ("status", "period", "where"),
    [
        ("former", {"start": "2015", "end": "2020"}, "tinh-thai-nguyen"),
        ("former", {"start": "2015"}, "tinh-thai-nguyen"),
        ("current", {"start": "2025-07-01"}, "tinh-thai-nguyen-2025"),
        ("former", {"start": "2025-07-01", "end": "2025-12-31"}, "tinh-thai-nguyen-2025"),
    ],
)
def test_a_post_that_ended_was_in_the_body_of_its_time(graph, status: str, period: dict[str, str], where: str):
    organ = ("Ủy ban nhân dân tỉnh Thái Nguyên", "PeoplesCommittee", "tỉnh Thái Nguyên")
    text = f"Báo viết {status} {period}: Lê Văn An."
    document, extraction = report(
        text, ("Lê Văn An", "Phó Chủ tịch", organ[0], status), day="2026-03-11", organs=(organ,)
    )
    (person,) = extraction.persons
    told = replace(person, positions=(replace(person.positions[0], **period),))
    ingest(graph, (document, replace(extraction, persons=(told,))))
    (tenure,) = tenures(graph)
    assert graph.values(tenure, "org:organization") == {f"https://w3id.org/bomay/id/organ/ubnd-{where}"}
