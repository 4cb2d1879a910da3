"""What an overlay says of a changed graph is what the changed store itself says."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Quad, Store

from kg.namespaces import iri
from kg.validate import lookups
from kg.validate.lookups import SUBCLASS, TYPE, Lookups
from kg.validate.overlay import Overlay
from kg.validate.stored import as_stored

EX = "http://example.org/"
NODES = [NamedNode(f"{EX}{name}") for name in "abcd"]
PREDICATES = [NamedNode(f"{EX}{name}") for name in "pq"]
LITERALS = [
    Literal("x"),
    Literal("Tên", language="VI"),
    Literal("007", datatype=iri("xsd:integer")),
    Literal("7", datatype=iri("xsd:integer")),
]

quads = st.builds(
    Quad,
    st.sampled_from([*NODES, BlankNode("b")]),
    st.sampled_from([*PREDICATES, TYPE, SUBCLASS]),
    st.sampled_from([*NODES, BlankNode("b"), *LITERALS]),
)
others = st.builds(Quad, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES), st.just(NODES[0]))
graphs = st.frozensets(quads, max_size=12)
changes = st.frozensets(quads | others, max_size=6)


def _store(facts: frozenset[Quad]) -> Store:
    store = Store()
    store.extend(facts)
    return store


def _said(look: Lookups) -> list[object]:
    """The answers of everything that can be asked, in a form that does not depend on an order."""
    terms = sorted({*NODES, BlankNode("b"), *(q.object for q in as_stored(_every_literal()))}, key=str)
    said: list[object] = []
    for predicate in (*PREDICATES, TYPE):
        for inverse in (False, True):
            said += [sorted(map(str, look.neighbours(term, predicate, inverse))) for term in terms]
            said += [look.has_link(term, predicate, inverse) for term in terms]
        said += [look.having(set(terms), [predicate]), look.having(set(terms), [], [predicate])]
        said += [{p: sorted(map(str, v)) for p, v in look.outgoing(term).items()} for term in terms]
    said += [look.of_classes(set(terms), {cls}) for cls in NODES]
    said += [look.is_instance(term, cls) for term in terms for cls in NODES]
    return said


def _every_literal() -> frozenset[Quad]:
    return frozenset(Quad(NODES[0], PREDICATES[0], literal) for literal in LITERALS)


@settings(max_examples=300, deadline=None)
@given(before=graphs, add=changes, remove=changes, few=st.sampled_from([1, 2, 16]))
def test_an_overlay_says_what_the_changed_store_says(
    before: frozenset[Quad], add: frozenset[Quad], remove: frozenset[Quad], few: int
) -> None:
    kept, store = lookups.FEW, _store(before)
    after = _store(frozenset(store) - as_stored(remove) | as_stored(add))
    try:
        lookups.FEW = few
        overlay = Overlay(after, Lookups(store), as_stored(add), as_stored(remove))
        assert _said(overlay) == _said(Lookups(after))
    finally:
        lookups.FEW = kept


def test_a_term_that_rdf_1_1_does_not_have_is_told_wherever_it_comes_up() -> None:
    odd = frozenset({Quad(NODES[0], PREDICATES[0], Literal("x", language="en", direction=BaseDirection.RTL))})
    for before, add in ((odd, frozenset[Quad]()), (frozenset[Quad](), odd)):
        overlay = Overlay(_store(odd), Lookups(_store(before)), add, frozenset())
        overlay.outgoing(NODES[0])
        assert not overlay.plain
