"""To revert is to have the graph as if the change had never been, or to hear which later changes rest on it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from kg.history import Recorded, RevertRefused, revert
from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.store import Graph, create, open_graph
from tests.propose.factories import CLERK, MemoryGraph

WHY = "nhầm"
NODES = st.sampled_from([*(NamedNode(f"urn:n:{n}") for n in "abc"), *(BlankNode(f"b{n}") for n in range(3))])
QUADS = st.frozensets(
    st.builds(
        Quad,
        NODES,
        st.sampled_from([NamedNode("urn:p"), NamedNode("urn:q"), iri("rdf:type")]),
        NODES | st.sampled_from([Literal("một", language="vi"), Literal("1")]),
        st.sampled_from([NamedNode("urn:g:1"), NamedNode("urn:g:2")]),
    ),
    max_size=6,
)
CHANGES = st.builds(lambda add, remove: ChangeSet(add, remove - add, CLERK, "đổi"), QUADS, QUADS)


def canonical(quads: Iterable[Quad]) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def everything(graph: Graph) -> frozenset[Quad]:
    with graph.reader() as reader:
        return frozenset(reader.quads(graph=None))


def applied(graph: MemoryGraph, change: ChangeSet, number: int) -> Recorded:
    """What the journal would have of it: what it really altered."""
    before = frozenset(graph.store)
    graph.apply(change)
    after = frozenset(graph.store)
    return Recorded(iri(f"change:{number}-0a"), number, change.reason, after - before, before - after)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "data"
    create(folder, "empty")
    return folder


def test_a_reverted_change_leaves_a_workspace_canonically_as_it_was(empty: Path) -> None:
    with open_graph(empty, own=True) as graph:

        @settings(deadline=None, max_examples=12)
        @given(CHANGES, CHANGES)
        def holds(first: ChangeSet, change: ChangeSet) -> None:
            graph.submit(first)
            before = everything(graph)
            graph.submit(change)
            after = everything(graph)
            done = Recorded(iri("change:2-0a"), 2, change.reason, after - before, before - after)
            with graph.reader() as reader:
                back = revert(reader, done, [], CLERK, WHY)
            graph.submit(back)
            assert canonical(everything(graph)) == canonical(before)
            assert back.reverts == done.change

        holds()


@settings(deadline=None, max_examples=150)
@given(CHANGES, CHANGES, st.lists(CHANGES, max_size=3))
def test_with_unrelated_changes_since_it_is_the_graph_that_never_had_it(
    first: ChangeSet, change: ChangeSet, others: list[ChangeSet]
) -> None:
    graph = MemoryGraph("")
    graph.apply(first)
    never = MemoryGraph("")
    never.store.extend(graph.store)
    done = applied(graph, change, 2)
    later = [applied(graph, other, number) for number, other in enumerate(others, 3)]
    touched = done.added | done.removed
    if any((other.added | other.removed) & touched for other in later):
        return
    for other in later:
        never.apply(ChangeSet(other.added, other.removed, CLERK, ""))
    now = frozenset(graph.store)
    try:
        graph.apply(revert(graph, done, later, CLERK, WHY))
    except RevertRefused as refused:
        assert refused.dependents
        assert all(one.added or one.removed for one in refused.dependents)
        assert frozenset(graph.store) == now
        return
    assert canonical(graph.store) == canonical(never.store)


def said(subject: str, prop: str, value: str) -> Quad:
    return Quad(iri(subject), iri(prop), iri(value) if ":" in value else Literal(value))


def adding(*quads: Quad) -> ChangeSet:
    return ChangeSet(frozenset(quads), frozenset(), CLERK, "thêm")


def removing(*quads: Quad) -> ChangeSet:
    return ChangeSet(frozenset(), frozenset(quads), CLERK, "bớt")


PERSON = (said("person:an", "rdf:type", "bm:Person"), said("person:an", "foaf:name", "An"))
MEMBER = said("tenure:x", "org:member", "person:an")


def test_a_change_whose_class_was_taken_and_put_back_by_later_ones_can_be_undone() -> None:
    """As when a duplicate was merged, split, merged and split again."""
    graph, label = MemoryGraph(""), said("person:an", "rdfs:label", "An")
    graph.apply(adding(*PERSON, label))
    led_on = said("person:an", "dcterms:isReplacedBy", "person:binh")
    merge = ChangeSet(frozenset({led_on}), frozenset({PERSON[0]}), CLERK, "gộp")
    merged = applied(graph, merge, 2)
    split = applied(graph, revert(graph, merged, [], CLERK, WHY), 3)
    again = applied(graph, revert(graph, split, [], CLERK, WHY), 4)
    back = applied(graph, revert(graph, again, [], CLERK, WHY), 5)
    before = frozenset(graph.store)
    graph.apply(revert(graph, split, [again, back], CLERK, WHY))
    assert frozenset(graph.store) == before - {PERSON[0]} | {led_on}


def test_what_leads_to_a_node_that_would_go_is_in_the_way() -> None:
    graph = MemoryGraph("")
    done = applied(graph, adding(*PERSON), 1)
    later = [applied(graph, adding(said("organ:o", "rdfs:label", "O")), 2), applied(graph, adding(MEMBER), 3)]
    with pytest.raises(
        RevertRefused, match=r"the later change:3-0a \(thêm\) added 'tenure:x org:member person:an'"
    ) as no:
        revert(graph, done, later, CLERK, WHY)
    (dependent,) = no.value.dependents
    assert (dependent.change, dependent.added) == (iri("change:3-0a"), {MEMBER})
    assert dependent.to_json()["added"] == [str(MEMBER)]


def test_what_is_said_later_of_a_node_whose_class_would_go_is_in_the_way() -> None:
    graph = MemoryGraph("")
    done = applied(graph, adding(*PERSON), 1)
    later = [applied(graph, adding(said("person:an", "skos:altLabel", "Ân")), 2)]
    with pytest.raises(RevertRefused, match="change:2-0a"):
        revert(graph, done, later, CLERK, WHY)


def test_what_would_come_back_may_not_name_a_node_whose_class_was_taken_since() -> None:
    graph = MemoryGraph("")
    graph.apply(adding(*PERSON, MEMBER))
    done = applied(graph, removing(MEMBER), 1)
    later = [applied(graph, removing(*PERSON), 2)]
    with pytest.raises(RevertRefused, match=r"change:2-0a \(bớt\) removed"):
        revert(graph, done, later, CLERK, WHY)


def test_what_was_dangling_before_the_change_may_dangle_after_its_revert() -> None:
    graph = MemoryGraph("")
    graph.apply(adding(MEMBER))
    before = frozenset(graph.store)
    done = applied(graph, adding(*PERSON), 1)
    graph.apply(revert(graph, done, [], CLERK, WHY))
    assert frozenset(graph.store) == before


def test_a_revert_is_reverted_and_the_first_change_then_again() -> None:
    graph = MemoryGraph("")
    empty, done = frozenset(graph.store), applied(graph, adding(*PERSON, MEMBER), 1)
    full = frozenset(graph.store)
    back = applied(graph, revert(graph, done, [], CLERK, WHY), 2)
    assert frozenset(graph.store) == empty
    again = applied(graph, revert(graph, back, [], CLERK, WHY), 3)
    assert frozenset(graph.store) == full
    graph.apply(revert(graph, done, [back, again], CLERK, WHY))
    assert frozenset(graph.store) == empty


def test_all_that_is_in_the_way_is_counted() -> None:
    graph = MemoryGraph("")
    done = applied(graph, adding(*PERSON), 1)
    later = [applied(graph, adding(said(f"tenure:{n}", "org:member", "person:an")), n) for n in (2, 3)]
    with pytest.raises(RevertRefused, match="and 1 later changes more are in the way") as no:
        revert(graph, done, later, CLERK, WHY)
    assert [one.change for one in no.value.dependents] == [iri("change:2-0a"), iri("change:3-0a")]


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_no_revert(reason: str) -> None:
    graph = MemoryGraph("")
    with pytest.raises(RevertRefused, match="needs a reason"):
        revert(graph, applied(graph, adding(MEMBER), 1), [], CLERK, reason)
