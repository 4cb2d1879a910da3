"""A split is the merge turned round: the graph is as it was, or one sentence says what is in the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from kg.curate import CurationRefused, merged_pair, split
from kg.history import RevertRefused
from kg.model.changes import ChangeSet
from kg.namespaces import curie, iri
from tests.curate.world import REPORTS, UNDECIDED, everything, graph_of, made, merged, pairs, persons, say, undo_apart
from tests.propose.factories import CLERK, ingest
from tests.propose.homonym_world import PLAIN, Told, told


@settings(deadline=None, max_examples=40)
@given(REPORTS, st.data())
def test_merge_then_split_gives_the_same_quads(reports: list[Told], data: st.DataObject) -> None:
    graph = graph_of(*reports)
    if not (two := pairs(graph)):
        return
    kept, gone = data.draw(st.sampled_from(two))
    undo_apart(graph, kept, gone)
    before = everything(graph)
    try:
        done = merged(graph, kept, gone)
    except CurationRefused:
        return
    assert everything(graph) != before
    graph.apply(split(graph, done, [], CLERK))
    assert everything(graph) == before


def test_merges_are_split_in_turn_and_not_out_of_turn() -> None:
    graph = graph_of(*UNDECIDED, told("2023-05-06", PLAIN, ("Ủy viên", None)))
    before = everything(graph)
    first, second, third = persons(graph)
    inner = merged(graph, second, third, 7)
    outer = merged(graph, first, second, 8)
    with pytest.raises(RevertRefused, match=r"change:7-0a cannot be undone any more: the later change:8-0a"):
        split(graph, inner, [outer], CLERK)
    graph.apply(split(graph, outer, [], CLERK))
    graph.apply(split(graph, inner, [outer], CLERK))
    assert everything(graph) == before


def test_a_merge_cannot_be_split_twice() -> None:
    graph = graph_of(*UNDECIDED)
    done = merged(graph, *persons(graph))
    undone = made(graph, split(graph, done, [], CLERK), 8)
    with pytest.raises(RevertRefused, match=r"the later change:8-0a .* is undone\) removed"):
        split(graph, done, [undone], CLERK)


def test_a_later_change_in_the_way_is_named_with_what_it_touched() -> None:
    graph = graph_of(*UNDECIDED)
    kept, gone = persons(graph)
    done = merged(graph, kept, gone)
    (why,) = graph.quads(gone, iri("bm:reason"))
    better = made(graph, ChangeSet(frozenset(), frozenset({why}), CLERK, "bỏ lý do"), 9)
    unrelated = made(graph, ChangeSet(frozenset(), frozenset(), CLERK, "không gì"), 8)
    with pytest.raises(RevertRefused) as refused:
        split(graph, done, [unrelated, better], CLERK)
    assert "change:9-0a (bỏ lý do) removed" in str(refused.value)
    assert f"{curie(gone)} bm:reason" in str(refused.value)


def test_a_quad_gone_that_no_later_change_explains_is_named_too() -> None:
    graph = graph_of(*UNDECIDED)
    kept, gone = persons(graph)
    done = merged(graph, kept, gone)
    say(graph, gone, "rdf:type", iri("bm:Person"))
    with pytest.raises(RevertRefused, match="no longer as that change left it"):
        split(graph, done, [], CLERK)


def test_what_was_said_later_stays_with_the_person_kept() -> None:
    graph = graph_of(*UNDECIDED)
    before = everything(graph)
    kept, gone = persons(graph)
    done = merged(graph, kept, gone)
    later = say(graph, kept, "skos:altLabel", Literal("Nông Khánh", language="vi"))
    ingest(graph, told("2024-01-01", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")).read())
    graph.apply(split(graph, done, [], CLERK))
    assert before < everything(graph)
    assert later in everything(graph)
    assert persons(graph) == [kept, gone]


def test_another_change_is_no_merge() -> None:
    graph = graph_of(*UNDECIDED)
    kept, gone = persons(graph)
    plain = made(graph, ChangeSet(frozenset({say(graph, kept, "bm:reason", Literal("x"))}), frozenset(), CLERK, "x"), 3)
    with pytest.raises(CurationRefused, match="change:3-0a is no merge"):
        merged_pair(plain)
    done = merged(graph, kept, gone)
    assert merged_pair(done) == (kept, gone)
    with pytest.raises(CurationRefused, match="is no merge"):
        merged_pair(made(graph, split(graph, done, [], CLERK), 8))
