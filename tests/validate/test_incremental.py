"""What a change introduces, found from the change alone, against both graphs validated in full."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.validate import Shapes, validate_graph
from kg.validate.check import introduced

SHAPES = Shapes.parse((Path(__file__).parent / "every-kind.ttl").read_bytes())

EX = "http://example.org/"
NODES = [NamedNode(f"{EX}{name}") for name in "abcd"]
CLASSES = [NamedNode(f"{EX}{name}") for name in ("Person", "Organ", "Post", "Holding", "Special", "Sub")]
LINKS = [NamedNode(f"{EX}{name}") for name in ("p", "q", "r", "s", "next", "member")]
VALUES = [Literal("x"), Literal("yy"), Literal("Tên", language="vi"), Literal("7", datatype=iri("xsd:integer"))]
AGENT = iri("agent:test")

quads = st.one_of(
    st.builds(Quad, st.sampled_from(NODES), st.just(iri("rdf:type")), st.sampled_from(CLASSES)),
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from([*NODES, *VALUES])),
    st.builds(Quad, st.sampled_from(NODES), st.just(iri("rdfs:label")), st.sampled_from(VALUES)),
    st.builds(Quad, st.just(CLASSES[5]), st.just(iri("rdfs:subClassOf")), st.sampled_from(CLASSES[:2])),
)
graphs = st.frozensets(quads, max_size=14)


def _store(facts: frozenset[Quad]) -> Store:
    store = Store()
    store.extend(facts)
    return store


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")  # one shape recurs on purpose
@settings(max_examples=150, deadline=None)
@given(before=graphs, change=st.frozensets(quads, min_size=1, max_size=4), back=st.data())
def test_a_change_introduces_what_full_validation_finds_after_but_not_before(
    before: frozenset[Quad], change: frozenset[Quad], back: st.DataObject
) -> None:
    gone = back.draw(st.frozensets(st.sampled_from(sorted(before, key=str)), max_size=3)) if before else frozenset()
    after = (before - gone) | change
    asked = ChangeSet(after - before, before - after, AGENT, "test")
    old, new = _store(before), _store(after)

    found = introduced(old, new, asked, SHAPES)

    assert (
        found == (Counter(validate_graph(new, SHAPES).findings) - Counter(validate_graph(old, SHAPES).findings)).keys()
    )


def test_the_shapes_under_test_cover_every_way_of_deriving_focus_nodes() -> None:
    reads = [read for shape in SHAPES.targeted for read in shape.needs.reads]
    assert any(read.link is None for read in reads)
    assert any(read.link and read.link.inverse for read in reads)
    assert any(len(read.prefix) >= 2 for read in reads)
    assert any(shape.needs.declared for shape in SHAPES.targeted)
    assert any(shape.targets.objects_of for shape in SHAPES.targeted)
    assert any(shape.targets.subjects_of for shape in SHAPES.targeted)
    assert any(shape.targets.nodes for shape in SHAPES.targeted)


def test_shapes_that_cannot_be_derived_are_listed_with_the_reason() -> None:
    reasons = dict(SHAPES.unbounded)
    assert set(reasons) == {f"{EX}Undeclared", f"{EX}Own"}
    assert "bm:affectedFocus" in reasons[f"{EX}Undeclared"]


@pytest.mark.parametrize("name", ["Sequence", "Closed", "Nested", "Recursive", "Ring", "DisjointSiblings"])
def test_a_shape_that_can_be_derived_is_not_listed(name: str) -> None:
    assert f"{EX}{name}" not in dict(SHAPES.unbounded)


def test_values_of_one_spelling_and_two_datatypes_are_two_nodes_of_a_shape_within_a_shape() -> None:
    shapes = Shapes.parse((Path(__file__).parent / "hostile.ttl").read_bytes())
    seven, other = (Literal("7", datatype=iri(f"xsd:{name}")) for name in ("decimal", "integer"))
    before = {Quad(NODES[0], iri("rdf:type"), CLASSES[1]), Quad(NODES[0], LINKS[4], seven)}
    more = Quad(NODES[0], LINKS[4], other)
    asked = ChangeSet(frozenset({more}), frozenset(), AGENT, "test")
    found = introduced(_store(frozenset(before)), _store(frozenset({*before, more})), asked, shapes)
    assert [finding.focus_term for finding in found if finding.shape == f"{EX}Deep"] == [other]
