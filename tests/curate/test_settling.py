"""Conflicts between sources: one claim preferred, both kept, reopened; and what later reports do to a decision."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.curate import CurationRefused, keep_both, prefer, reopen
from kg.errors import NotFound
from kg.namespaces import iri
from kg.validate import Shapes, validate
from tests.curate.world import graph_of
from tests.propose.factories import CLERK, MemoryGraph, ingest, paper, report

FIRST, SECOND, THIRD = "Quy chế phối hợp mới", "Quy chế làm việc cũ", "Quy chế bảo mật"
WHY = "Theo bản công bố chính thức"


def told(graph: MemoryGraph, title: str, day: str) -> None:
    text = f"Báo cáo: {title}."
    ingest(graph, report(text, day=day, papers=(paper(text, title),)))


@pytest.fixture
def graph() -> MemoryGraph:
    """Two reports that name one paper differently; the later one stands for the time being."""
    graph = graph_of()
    told(graph, FIRST, "2022-05-01")
    told(graph, SECOND, "2021-05-01")
    return graph


@pytest.fixture
def conflict(graph: MemoryGraph) -> NamedNode:
    (node,) = graph.of_class("bm:Conflict")
    return node


def claim_of(graph: MemoryGraph, title: str) -> NamedNode:
    (quad,) = graph.quads(None, iri("bm:value"), Literal(title, language="vi"))
    assert isinstance(quad.subject, NamedNode)
    return quad.subject


def directive_of(graph: MemoryGraph) -> NamedNode:
    (node,) = graph.of_class("bm:Directive")
    return node


def titles(graph: MemoryGraph) -> set[str]:
    return {quad.object.value for quad in graph.quads(directive_of(graph), iri("dcterms:title"))}


def state(graph: MemoryGraph, conflict: NamedNode) -> dict[str, set[str]]:
    names = ("bm:state", "bm:preferred", "bm:reason", "bm:curatedBy")
    return {name: {quad.object.value for quad in graph.quads(conflict, iri(name))} for name in names}


def test_the_preferred_claim_is_what_the_node_states(graph: MemoryGraph, conflict: NamedNode) -> None:
    chosen = claim_of(graph, SECOND)
    graph.apply(prefer(graph, conflict, chosen, CLERK, f"  {WHY} "))
    assert titles(graph) == {SECOND}
    assert state(graph, conflict) == {
        "bm:state": {iri("conflictstate:settled").value},
        "bm:preferred": {chosen.value},
        "bm:reason": {WHY},
        "bm:curatedBy": {CLERK.value},
    }
    assert claim_of(graph, FIRST) != chosen


def test_a_second_decision_takes_the_place_of_the_first(graph: MemoryGraph, conflict: NamedNode) -> None:
    graph.apply(prefer(graph, conflict, claim_of(graph, SECOND), CLERK, WHY))
    graph.apply(keep_both(graph, conflict, CLERK, "Hai bản khác nhau"))
    assert titles(graph) == {SECOND}
    kept = state(graph, conflict)
    assert (kept["bm:state"], kept["bm:preferred"]) == ({iri("conflictstate:kept").value}, set())
    graph.apply(reopen(graph, conflict, CLERK, "Có nguồn mới"))
    assert state(graph, conflict) == {
        "bm:state": {iri("conflictstate:open").value},
        "bm:preferred": set(),
        "bm:reason": set(),
        "bm:curatedBy": set(),
    }


@pytest.mark.parametrize("decide", ["prefer", "keep"])
def test_each_decision_conforms(graph: MemoryGraph, conflict: NamedNode, decide: str) -> None:
    change = (
        prefer(graph, conflict, claim_of(graph, SECOND), CLERK, WHY)
        if decide == "prefer"
        else keep_both(graph, conflict, CLERK, WHY)
    )
    before = MemoryGraph("")
    before.store.extend(graph.store)
    graph.apply(change)
    judged = validate(before.store, graph.store, change, Shapes.load(), 0, accept_warnings=False)
    assert not getattr(judged, "findings", ()), judged


@pytest.mark.parametrize("decide", ["prefer", "keep"])
def test_a_later_report_does_not_unseat_a_decision(graph: MemoryGraph, conflict: NamedNode, decide: str) -> None:
    if decide == "prefer":
        graph.apply(prefer(graph, conflict, claim_of(graph, FIRST), CLERK, WHY))
    else:
        graph.apply(keep_both(graph, conflict, CLERK, WHY))
    told(graph, THIRD, "2023-05-01")
    assert titles(graph) == {FIRST}
    assert len(list(graph.quads(conflict, iri("bm:claim")))) == 3
    assert state(graph, conflict)["bm:reason"] == {WHY}


def test_titles_in_another_language_stay(graph: MemoryGraph, conflict: NamedNode) -> None:
    english = Literal("Rules", language="en")
    graph.store.update(f"INSERT DATA {{ {directive_of(graph)} {iri('dcterms:title')} {english} }}")
    graph.apply(prefer(graph, conflict, claim_of(graph, SECOND), CLERK, WHY))
    assert titles(graph) == {SECOND, "Rules"}


def test_what_cannot_be_decided_is_one_sentence(graph: MemoryGraph, conflict: NamedNode) -> None:
    with pytest.raises(CurationRefused, match="needs a reason"):
        prefer(graph, conflict, claim_of(graph, SECOND), CLERK, "  ")
    with pytest.raises(CurationRefused, match="no claim of"):
        prefer(graph, conflict, directive_of(graph), CLERK, WHY)
    with pytest.raises(CurationRefused, match="open already"):
        reopen(graph, conflict, CLERK, WHY)
    with pytest.raises(NotFound, match="no conflict"):
        keep_both(graph, directive_of(graph), CLERK, WHY)
