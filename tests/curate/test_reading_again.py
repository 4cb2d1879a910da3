"""What was merged away does not come back with the next report: its names lead to the node kept."""

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from kg.curate import merge
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.namespaces import curie, iri
from tests.curate.world import WHY, graph_of
from tests.propose.factories import CLERK, MemoryGraph, ingest, paper, report

_BODIES = (("Sở Kế hoạch", "Department", "tỉnh Bắc Kạn"), ("Sở Hoạch định", "Department", "tỉnh Bắc Kạn"))


def world() -> MemoryGraph:
    graph = graph_of()
    text = "Báo cáo: ông Nông Quốc Khánh, Giám đốc Sở Kế hoạch; bà Đinh Thị Hòa, Giám đốc Sở Hoạch định."
    people = (
        ("Nông Quốc Khánh", "Giám đốc", "Sở Kế hoạch", "current"),
        ("Đinh Thị Hòa", "Giám đốc", "Sở Hoạch định", "current"),
    )
    ingest(graph, report(text, *people, organs=_BODIES))
    return graph


def body(graph: MemoryGraph, name: str) -> NamedNode:
    (node,) = (q.subject for q in graph.quads(None, iri("rdfs:label")) if q.object.value == name)
    assert isinstance(node, NamedNode)
    return node


def test_a_body_and_its_posts_are_not_made_anew_under_the_name_that_was_merged_away() -> None:
    graph = world()
    kept, gone = body(graph, "Sở Kế hoạch"), body(graph, "Sở Hoạch định")
    graph.apply(merge(graph, kept, gone, CLERK, WHY))
    ends = [body(graph, f"Giám đốc {name}") for name in ("Sở Kế hoạch", "Sở Hoạch định")]
    graph.apply(merge(graph, *ends, CLERK, WHY))
    text = "Báo cáo sau: ông Lê Văn Ba, Giám đốc Sở Hoạch định."
    ingest(graph, report(text, ("Lê Văn Ba", "Giám đốc", "Sở Hoạch định", "current"), day="2023-04-05", organs=_BODIES))
    for node in (gone, ends[1]):
        assert graph.values(curie(node), "rdf:type") == set()
    (tenure,) = (q.subject for q in graph.quads(None, iri("bm:attestedOn")) if q.object.value == "2023-04-05")
    assert [q.object for q in graph.quads(tenure, iri("bm:post"))] == [ends[0]]
    assert [q.object for q in graph.quads(tenure, iri("org:organization"))] == [kept]


def _told(kind: str, title: str) -> tuple[Document, Extraction]:
    """A report of one paper, or one meeting, of this name."""
    text = f"Báo cáo: {title}."
    if kind == "bm:Directive":
        return report(text, papers=(replace(paper(text, title), number=None, name=title),))
    document, extraction = report(text, meeting=True)
    return document, replace(extraction, meetings=(replace(extraction.meetings[0], name=title),))


@pytest.mark.parametrize("kind", ["bm:Directive", "bm:Meeting"])
def test_papers_and_meetings_read_again_after_their_source_was_withdrawn_stay_one(kind: str) -> None:
    graph = graph_of()
    reports = [_told(kind, title) for title in ("Hội nghị tổng kết một", "Kỳ họp chuyên đề hai")]
    for one in reports:
        ingest(graph, one)
    kept, gone = sorted(graph.of_class(kind), key=str)
    for quad in [*graph.quads(gone, iri("dcterms:title"))]:
        graph.store.remove(quad)
    graph.apply(merge(graph, kept, gone, CLERK, WHY))
    for quad in [*graph.quads(None, iri("bm:textDigest"))]:
        graph.store.remove(quad)
    for one in reports:
        ingest(graph, one)
    assert graph.of_class(kind) == [kept]
