"""Updates read as operations: what they change is what the engine changes when it runs them."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Store,
)

from kg.namespaces import PREFIXES
from kg.store.effective import canonical
from kg.store.operations import Data, Modify, data_changes, operations
from kg.store.working_out import difference, work_out

READ = [
    "DELETE WHERE { ?s :p ?o }",
    "DELETE WHERE { ?s :p ?o . ?o :q ?x } ;",
    "DELETE WHERE { GRAPH ?g { ?s :p ?o } . ?o :q ?x }",
    "INSERT { ?s :q ?o } WHERE { ?s :p ?o }",
    "DELETE { ?s :p ?o } WHERE { ?s :p ?o FILTER(?o != :a) }",
    "DELETE { ?s :p ?o } INSERT { ?o :p ?s ; a :T } WHERE { ?s :p ?o }",
    'DELETE { ?s ?p ?o } INSERT { ?s ?p "}" , "007"^^xsd:integer , ?new } WHERE { ?s ?p ?o BIND(STR(?o) AS ?new) }',
    "# a comment } {\nDELETE { ?s :p ?o } INSERT { ?s :p ?o } WHERE { ?s :p ?o OPTIONAL { ?o :q ?z } }",
    "INSERT { ?s :q ?o } WHERE { { SELECT ?s ?o { GRAPH :g { ?s :p ?o } } } }",
    "INSERT { :a :q :b , 'x' } WHERE {}",
    "INSERT { :a :q ?nowhere } WHERE { ?s ?p ?o }",
    "INSERT { GRAPH ?g { ?s :q ?g } GRAPH :h { ?s ?p ?o } ?s :q ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?g { ?s :q ?o } } WHERE { ?s :p ?o OPTIONAL { GRAPH ?g { ?s ?q ?o } } }",
    "INSERT { GRAPH ?o { ?o ?s ?p } ?o ?o ?o } WHERE { ?s ?p ?o }",
    "WITH :g DELETE { ?s :p ?o } INSERT { ?s :q ?o . GRAPH :h { ?s :p ?o } } WHERE { ?s :p ?o }",
    "WITH :g INSERT { ?s :q ?g } WHERE { GRAPH ?g { ?s :p ?o } }",
    "WITH <http://example.org/g> DELETE { ?s ?p ?o } USING :h WHERE { ?s ?p ?o }",
    "DELETE { ?s :p ?o } USING :g WHERE { ?s :p ?o }",
    "INSERT { ?s :q ?g } USING :g USING NAMED :h WHERE { { ?s :p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "DELETE { GRAPH :g { ?s ?p ?o } } USING NAMED :g WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "INSERT { ?s :q <<( ?s ?p ?o )>> } WHERE { ?s ?p ?o }",
    "BASE <http://example.org/> PREFIX e: <> INSERT { <a> e:q ?o } WHERE { ?s <p> ?o }",
]
IN_A_ROW = [
    "DELETE WHERE { ?s :p ?o } ; INSERT { ?s :p :a } WHERE { ?s :q ?o }",
    "INSERT DATA { :a :p '1'^^xsd:integer } ; DELETE { ?s :p ?o } INSERT { ?s :q ?o } WHERE { ?s :p ?o }",
    "INSERT { ?s :q ?o } WHERE { ?s :p ?o } ; DELETE { ?s :q ?o } WHERE { ?s :q ?o } ; INSERT DATA { :a :q :b }",
    "PREFIX e: <http://example.org/> DELETE DATA { e:a :p e:b } ; "
    "INSERT { ?s :p e:x } WHERE { FILTER NOT EXISTS { :a :p :b } ?s :p ?o } ; WITH :g DELETE { ?s ?p ?o } WHERE "
    "{ ?s ?p ?o FILTER EXISTS { ?s ?q :c } }",
]
WITH_NEW_NODES = [
    "INSERT { ?s :q [] } WHERE { ?s :p ?o }",
    "INSERT { _:x :p ?o . _:x :q ?s . GRAPH :g { _:x :p [ :q _:x ] } } WHERE { ?s :p ?o }",
    "INSERT { ?s :q ( ?o 'x' ?nowhere ) } WHERE { ?s :p ?o }",
    "INSERT { ?s :q ?new } WHERE { ?s :p ?o BIND(BNODE() AS ?new) }",
    "INSERT { _:x :p ?o } WHERE { ?s :p ?o } ; DELETE { ?b :p ?o } INSERT { ?b :q ?o } WHERE { ?b :p ?o }",
]
LEFT_TO_THE_COMPARISON = [
    "CLEAR GRAPH :g",
    "COPY DEFAULT TO :g ; DELETE WHERE { ?s :p ?o }",
    "CREATE SILENT GRAPH :g",
    r"DELETE WHERE { ?s :p '\u0041' }",
]

PREFIX = "PREFIX : <http://example.org/>\n"
NODES = [NamedNode(f"http://example.org/{name}") for name in ("a", "b", "c", "p", "q", "g")]
OTHER = NamedNode("http://example.org/h")
QUADS = st.builds(
    Quad,
    st.sampled_from(NODES[:3]),
    st.sampled_from(NODES[3:5]),
    st.sampled_from([*NODES[:3], Literal("x"), Literal("Tên", language="vi")]),
    st.sampled_from([NODES[5], OTHER, DefaultGraph(), DefaultGraph()]),
)


def _after(quads: frozenset[Quad], text: str) -> tuple[Store, Store]:
    before, after = Store(), Store()
    for store in (before, after):
        store.extend(quads)
    after.update(PREFIX + text, prefixes=PREFIXES)
    return before, after


def _copy(store: Store) -> Callable[[], Store]:
    def copied() -> Store:
        copy = Store()
        copy.extend(store)
        return copy

    return copied


@pytest.mark.parametrize("text", [*READ, *IN_A_ROW, *LEFT_TO_THE_COMPARISON])
@settings(max_examples=8)
@given(quads=st.frozensets(QUADS, max_size=10))
def test_what_is_worked_out_is_what_running_it_changes(text: str, quads: frozenset[Quad]) -> None:
    if text == LEFT_TO_THE_COMPARISON[0]:
        quads |= {Quad(NODES[0], NODES[3], NODES[1], NODES[5])}
    before, after = _after(quads, text)
    add, remove = map(canonical, work_out(before, PREFIX + text, None, _copy(before)))
    present = set(before)
    assert (add - present, (remove & present) - add) == difference(before, after)


@pytest.mark.parametrize("text", WITH_NEW_NODES)
@settings(max_examples=8)
@given(quads=st.frozensets(QUADS, max_size=6))
def test_new_blank_nodes_are_those_of_the_engine_by_another_name(text: str, quads: frozenset[Quad]) -> None:
    old = BlankNode("old")
    before, after = _after(quads | {Quad(old, NODES[3], NODES[0])}, text)
    add, remove = work_out(before, PREFIX + text, None, _copy(before))
    ours, theirs = Dataset((set(before) - remove) | add), Dataset(after)
    for dataset in (ours, theirs):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert ours == theirs
    assert all(isinstance(quad.object, BlankNode) for quad in add if quad.subject == old and quad not in after)


@pytest.mark.parametrize("text", [*READ, *IN_A_ROW, *WITH_NEW_NODES])
def test_these_are_read_without_comparing(text: str) -> None:
    steps = operations(PREFIX + text)
    assert steps
    assert any(isinstance(step, Modify) for step in steps)
    assert all(isinstance(step, Modify | Data) for step in steps)


@pytest.mark.parametrize("text", LEFT_TO_THE_COMPARISON)
def test_what_is_not_plain_beyond_doubt_is_left_to_the_comparison(text: str) -> None:
    assert operations(PREFIX + text) is None


def test_an_iri_like_a_marker_stays_what_it_is() -> None:
    store = Store()
    store.add(Quad(NODES[0], NODES[3], NODES[1]))
    text = "INSERT { <urn:bomay:variable:x> :q ?x } WHERE { ?x :p ?y }"
    add, _ = work_out(store, PREFIX + text, None, _copy(store))
    assert add == {Quad(NamedNode("urn:bomay:variable:x"), NODES[4], NODES[0])}


def test_values_drawn_at_random_are_drawn_once_for_both_templates() -> None:
    store = Store()
    store.add(Quad(NODES[0], NODES[3], NODES[1]))
    text = "DELETE { ?s :p ?new } INSERT { ?s :q ?new } WHERE { ?s :p ?o BIND(UUID() AS ?new) }"
    add, remove = work_out(store, PREFIX + text, None, _copy(store))
    assert [quad.object for quad in add] == [quad.object for quad in remove]


DATA = [
    "INSERT DATA { :a :p :b , :c }",
    "DELETE DATA { :a :p :b . GRAPH :g { :a :p :b } } ;",
    "DELETE DATA { :a :p :b } ; INSERT DATA { :a :p :b } ; # again\nDELETE DATA { :a :p :c }",
    "INSERT DATA { :a :p :b , 'x' } ; DELETE DATA { :a :p 'x' , 'y' }",
    "PREFIX o: <http://example.org/> INSERT DATA { o:a o:p '}' , 1.50 , \"Tên\"@VI } ; DELETE DATA { o:a :p o:b }",
    "BASE <http://example.org/> INSERT DATA { <a> <p> <b> } ; INSERT DATA { GRAPH :g { <a> <q> 'x' } }",
]


@pytest.mark.parametrize("text", DATA)
@given(quads=st.frozensets(QUADS, max_size=10))
def test_data_written_out_changes_what_running_the_update_changes(text: str, quads: frozenset[Quad]) -> None:
    before, after = Store(), Store()
    for store in (before, after):
        store.extend(quads)
    after.update(PREFIX + text, prefixes=PREFIXES)

    changes = data_changes(PREFIX + text)
    assert changes is not None
    insert, delete = (canonical(part) for part in changes)

    present = set(before)
    assert (insert - present, (delete & present) - insert) == difference(before, after)


@pytest.mark.parametrize("text", [*READ, *IN_A_ROW, *LEFT_TO_THE_COMPARISON])
def test_only_data_written_out_is_read_as_such(text: str) -> None:
    assert data_changes(PREFIX + text) is None
