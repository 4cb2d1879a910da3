"""What a report becomes in the graph."""

import unicodedata
from dataclasses import replace

import pytest

from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.namespaces import PREFIXES, iri
from tests.propose.factories import CODES, MemoryGraph, ingest, paper, report

UBND = "Ủy ban nhân dân tỉnh Bắc Kạn"


@pytest.fixture
def graph() -> MemoryGraph:
    return MemoryGraph()


def tenures(graph: MemoryGraph) -> list[str]:
    return [t.value.removeprefix(PREFIXES["tenure"]) for t in graph.of_class("bm:Tenure")]


def only_tenure(graph: MemoryGraph) -> str:
    (tenure,) = tenures(graph)
    return f"tenure:{tenure}"


def test_a_mention_in_office_attests_the_day_and_invents_no_start(graph):
    ingest(graph, report("Phó Chủ tịch Lê Văn An dự.", ("Lê Văn An", "Phó Chủ tịch", UBND, "current")))
    tenure = only_tenure(graph)
    assert graph.values(tenure, "bm:attestedOn") == {"2022-04-05"}
    assert not any(
        graph.values(tenure, f"bm:{b}") for b in ("startEarliest", "startLatest", "endEarliest", "endLatest")
    )


def test_the_body_is_named_by_kind_and_place_version_and_led_by_its_party_committee(graph):
    ingest(graph, report("Phó Chủ tịch Lê Văn An dự.", ("Lê Văn An", "Phó Chủ tịch", UBND, "current")))
    assert graph.values("organ:ubnd-tinh-bac-kan", "bm:jurisdiction") == {iri("place:tinh-bac-kan").value}
    assert graph.values("organ:cap-uy-tinh-bac-kan", "bm:leads") == {iri("organ:ubnd-tinh-bac-kan").value}
    assert graph.values("organ:cap-uy-tinh-bac-kan", "bm:derivedByRule")


def test_the_same_name_of_a_province_is_the_unit_of_the_day(graph):
    organ = ("Ủy ban nhân dân tỉnh Thái Nguyên", "PeoplesCommittee", "tỉnh Thái Nguyên")
    ingest(graph, report("UBND tỉnh Thái Nguyên họp.", day="2025-08-01", organs=(organ,)))
    ingest(graph, report("UBND tỉnh Thái Nguyên họp bàn.", day="2024-08-01", organs=(organ,)))
    assert graph.values("organ:ubnd-tinh-thai-nguyen-2025", "rdf:type")
    assert graph.values("organ:ubnd-tinh-thai-nguyen", "rdf:type")


@pytest.mark.parametrize("form", [str, lambda t: t.replace("\n", "\r\n"), lambda t: unicodedata.normalize("NFD", t)])
def test_the_same_source_again_adds_nothing(graph, form):
    text = "Hội nghị.\nPhó Chủ tịch Lê Văn An dự."
    document, extraction = report(text, ("Lê Văn An", "Phó Chủ tịch", UBND, "current"))
    ingest(graph, (document, extraction))
    again = ingest(graph, (Document("e", form(text), published="2022-04-05"), extraction))
    assert again.is_empty


def test_every_fact_of_a_report_has_evidence_or_a_rule_and_quotes_are_the_text(graph):
    text = "Sáng nay họp. Phó Chủ tịch Lê Văn An dự và nêu Quy chế phối hợp. Hết."
    case = report(
        text, ("Lê Văn An", "Phó Chủ tịch", UBND, "current"), papers=(paper(text, "Quy chế phối hợp"),), meeting=True
    )
    ingest(graph, case)
    facts = [
        n
        for c in ("Person", "Organ", "Post", "Tenure", "Meeting", "Participation", "Directive", "Claim")
        for n in graph.of_class(f"bm:{c}")
    ]
    assert len(facts) >= 8
    for fact in facts:
        backed = list(graph.quads(None, iri("bm:supports"), fact)) or list(graph.quads(fact, iri("bm:derivedByRule")))
        assert backed, fact
    pieces = graph.of_class("bm:Evidence")
    assert pieces
    for piece in pieces:
        start, end, quote = (next(graph.quads(piece, iri(f"bm:{p}"))).object.value for p in ("start", "end", "quote"))
        assert text[int(start) : int(end)] == quote


def test_two_titles_of_one_paper_are_two_claims_in_conflict_and_the_last_said_stands(graph):
    text = "Quy chế phối hợp giữa các cấp. Quy chế làm việc của ban."
    ingest(graph, report(text, papers=(paper(text, "Quy chế phối hợp giữa các cấp", "Quy chế làm việc của ban"),)))
    (directive,) = graph.of_class("bm:Directive")
    assert directive == iri("directive:238-qd-tw-khoa-12")
    (conflict,) = graph.of_class("bm:Conflict")
    assert len(list(graph.quads(conflict, iri("bm:claim")))) == 2
    assert {q.object.value for q in graph.quads(directive, iri("dcterms:title"))} == {"Quy chế làm việc của ban"}


def test_a_title_cut_short_is_no_conflict(graph):
    text = "“về Quy chế phối hợp” và Quy chế phối hợp giữa các cấp."
    ingest(graph, report(text, papers=(paper(text, "về Quy chế phối hợp", "Quy chế phối hợp giữa các cấp"),)))
    assert not graph.of_class("bm:Conflict")


def test_an_older_source_does_not_unseat_what_a_later_one_says(graph):
    first, second = "Báo cáo: Quy chế phối hợp mới.", "Báo cáo: Quy chế làm việc cũ."
    ingest(graph, report(first, day="2022-05-01", papers=(paper(first, "Quy chế phối hợp mới"),)))
    ingest(graph, report(second, day="2021-05-01", papers=(paper(second, "Quy chế làm việc cũ"),)))
    assert graph.values("directive:238-qd-tw-khoa-12", "dcterms:title") == {"Quy chế phối hợp mới"}
    assert len(graph.of_class("bm:Conflict")) == 1


def test_a_later_day_in_the_same_post_is_the_same_tenure(graph):
    for day in ("2022-04-05", "2022-09-01"):
        ingest(graph, report(f"Ngày {day} Lê Văn An dự.", ("Lê Văn An", "Phó Chủ tịch", UBND, "current"), day=day))
    assert graph.values(only_tenure(graph), "bm:attestedOn") == {"2022-04-05", "2022-09-01"}
    assert len(graph.of_class("bm:Person")) == 1


def test_nguyen_ends_the_tenure_and_a_return_is_a_second_spell(graph):
    for day, status in (("2022-04-05", "current"), ("2023-01-10", "former"), ("2024-06-01", "current")):
        ingest(graph, report(f"Ngày {day} Lê Văn An dự.", ("Lê Văn An", "Phó Chủ tịch", UBND, status), day=day))
    assert len(tenures(graph)) == 2
    ended = [t for t in tenures(graph) if graph.values(f"tenure:{t}", "bm:endLatest")]
    assert graph.values(f"tenure:{ended[0]}", "bm:endLatest") == {"2023-01-11"}
    assert graph.values(f"tenure:{ended[0]}", "bm:endState") == {iri("endstate:ended").value}


def test_one_name_in_two_provinces_is_two_persons():
    other = CODES + 'place:tinh-nghe-an a bm:Place ; rdfs:label "Tỉnh Nghệ An"@vi ; bm:key "tinh nghe an" .'
    graph = MemoryGraph(other)
    ingest(graph, report("Lê Văn An dự họp.", ("Lê Văn An", "Phó Chủ tịch", UBND, "current")))
    nghe_an = ("Ủy ban nhân dân tỉnh Nghệ An", "PeoplesCommittee", "tỉnh Nghệ An")
    ingest(
        graph, report("Ông Lê Văn An dự họp.", ("Lê Văn An", "Phó Chủ tịch", nghe_an[0], "current"), organs=(nghe_an,))
    )
    assert len(graph.of_class("bm:Person")) == 2


def test_a_proposal_alone_proves_no_holding(graph):
    ingest(graph, report("Tờ trình về Lê Văn An.", ("Lê Văn An", "Phó Chủ tịch", UBND, "proposed")))
    assert not tenures(graph)


def test_an_appointment_is_an_event_that_bounds_the_start(graph):
    ingest(graph, report("Bổ nhiệm Lê Văn An.", ("Lê Văn An", "Phó Chủ tịch", UBND, "appointed")))
    tenure = only_tenure(graph)
    assert graph.values(tenure, "bm:startLatest") == {"2022-04-05"}
    (event,) = graph.of_class("bm:PersonnelEvent")
    assert {q.object for q in graph.quads(event, iri("bm:bounds"))} == {iri(tenure)}


def meeting_report(name: str, *people: str, day: str = "2022-04-05") -> tuple[Document, Extraction]:
    text = f"{name}. " + ", ".join(people) + f" dự ngày {day}."
    document, extraction = report(text, *((p, "Phó Chủ tịch", UBND, "current") for p in people), day=day, meeting=True)
    held = replace(extraction.meetings[0], name=name)
    return document, replace(extraction, meetings=(held,))


def test_two_reports_of_one_meeting_are_one_meeting_with_both_names(graph):
    ingest(graph, meeting_report("Hội nghị giao ban công tác quý I", "Lê Văn An", "Vũ Thị Bình"))
    ingest(graph, meeting_report("Hội nghị trực tuyến giao ban quý I", "Lê Văn An", "Vũ Thị Bình"))
    (meeting,) = graph.of_class("bm:Meeting")
    assert len(list(graph.quads(None, iri("bm:participant")))) == 2
    assert len(list(graph.quads(meeting, iri("skos:altLabel")))) == 1


@pytest.mark.parametrize(
    ("name", "people", "day"),
    [
        ("Hội nghị giao ban công tác quý I", ("Lê Văn An", "Vũ Thị Bình"), "2022-04-06"),
        ("Hội nghị giao ban quý I", ("Lê Văn An", "Hà Văn Cam"), "2022-04-05"),
        ("Lễ khởi công cầu Nam Giang", ("Lê Văn An", "Vũ Thị Bình"), "2022-04-05"),
    ],
    ids=["another day", "one official in common", "another name"],
)
def test_a_meeting_that_only_looks_alike_stays_apart(graph, name, people, day):
    ingest(graph, meeting_report("Hội nghị giao ban công tác quý I", "Lê Văn An", "Vũ Thị Bình"))
    ingest(graph, meeting_report(name, *people, day=day))
    assert len(graph.of_class("bm:Meeting")) == 2
