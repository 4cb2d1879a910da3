"""A change undone: the graph is as if it had never been, or what depends on it is named."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Store

from kg.curate import Depended, recorded, recorded_after, revert
from kg.errors import NotFound
from kg.model.changes import ChangeSet
from kg.namespaces import HISTORY, iri
from kg.store import Folder, Graph, StoreReader, create, open_graph
from tests.curate.world import CLERK, made
from tests.propose.factories import MemoryGraph
from tests.store.conftest import AGENT, adding, facts, person, removing, shapes

NODES = st.sampled_from([iri("person:a"), iri("person:b"), iri("organ:c"), BlankNode("x"), BlankNode("y")])
PREDICATES = st.sampled_from([iri("foaf:knows"), iri("rdfs:seeAlso")])
GRAPHS = st.sampled_from([NamedNode("https://example.org/w"), None])
QUADS = st.frozensets(
    st.builds(
        lambda s, p, o, g: Quad(s, p, o) if g is None else Quad(s, p, o, g),
        NODES,
        PREDICATES,
        NODES | st.sampled_from([Literal("1"), Literal("đ", language="vi")]),
        GRAPHS,
    ),
    max_size=8,
)


def canonical(quads: frozenset[Quad]) -> str:
    """The graph by RDFC-1.0."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))


@settings(deadline=None, max_examples=60)
@given(QUADS, QUADS, QUADS, QUADS)
def test_the_graph_is_as_if_the_change_had_never_been(
    start: frozenset[Quad], add: frozenset[Quad], remove: frozenset[Quad], other: frozenset[Quad]
) -> None:
    graph = MemoryGraph("")
    graph.store.extend(start)
    done = made(graph, ChangeSet(add, remove, CLERK, "thử"), 1)
    touched = done.added | done.removed
    later = made(graph, ChangeSet(other - touched, frozenset(), CLERK, "việc khác"), 2)
    try:
        graph.apply(revert(graph, done, [later], CLERK))
    except Depended as fault:
        assert any(one.verb == "refers" for one in fault.obstacles)
    else:
        assert canonical(frozenset(graph.store)) == canonical(start | later.added)


def test_a_change_can_be_undone_and_that_undone_again() -> None:
    graph = MemoryGraph("")
    done = made(graph, adding(*facts("a")), 1)
    after = frozenset(graph.store)
    undone = made(graph, revert(graph, done, [], CLERK, "nhầm nguồn"), 2)
    assert not frozenset(graph.store)
    graph.apply(revert(graph, undone, [], CLERK))
    assert frozenset(graph.store) == after


def test_what_depends_on_it_is_named_with_all_its_quads() -> None:
    graph = MemoryGraph("")
    done = made(graph, adding(*facts("a")), 1)
    label = Quad(person("a"), iri("rdfs:label"), Literal("Nguyễn Văn A", language="vi"))
    gone = made(graph, removing(label, reason="sửa tên"), 2)
    knows = Quad(person("b"), iri("foaf:knows"), person("a"))
    led = made(graph, adding(knows, reason="quen nhau"), 3)
    with pytest.raises(
        Depended, match=r"change:1-0a cannot be reverted any more: the later change:2-0a \(sửa tên\)"
    ) as caught:
        revert(graph, done, [gone, led], CLERK)
    assert [(one.change, one.verb, one.quads) for one in caught.value.obstacles] == [
        (gone, "removed", (label,)),
        (led, "refers", (knows,)),
    ]


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    create(tmp_path / "data", "minimal")
    return open_graph(tmp_path / "data", own=True, shapes=shapes)


def test_through_the_door_the_journal_names_what_was_undone(graph: Graph, tmp_path: Path) -> None:
    journal = Folder(tmp_path / "data").journal
    with graph:
        before = state(graph)
        first = graph.submit(adding(*facts("a"))).change_iri
        graph.submit(adding(*facts("b")))
        assert first is not None
        with graph.reader() as reader:
            done = recorded(reader, journal, first)
            change = revert(reader, done, recorded_after(reader, journal, done), AGENT)
        undone = graph.submit(change).change_iri
        assert undone is not None
        with graph.reader() as reader:
            assert [q.object for q in reader.quads(undone, iri("prov:used"), None, HISTORY)] == [first]
            with pytest.raises(NotFound, match="no change"):
                recorded(reader, journal, iri("change:9-0a"))
        assert state(graph) == before | facts("b")


def state(graph: Graph) -> frozenset[Quad]:
    """The facts, without the journal."""
    with graph.pin() as generation:
        return frozenset(StoreReader(Store.read_only(str(generation.path))).quads())
