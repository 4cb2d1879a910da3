"""Plain updates read as queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.namespaces import PREFIXES
from kg.store.door import difference
from kg.store.effective import canonical
from kg.store.operations import data_changes, plain_operation

PLAIN = [
    "DELETE WHERE { ?s :p ?o }",
    "DELETE WHERE { ?s :p ?o . ?o :q ?x } ;",
    "INSERT { ?s :q ?o } WHERE { ?s :p ?o }",
    "DELETE { ?s :p ?o } WHERE { ?s :p ?o FILTER(?o != :a) }",
    "DELETE { ?s :p ?o } INSERT { ?o :p ?s ; a :T } WHERE { ?s :p ?o }",
    'DELETE { ?s ?p ?o } INSERT { ?s ?p "}" , "007"^^xsd:integer , ?new } WHERE { ?s ?p ?o BIND(STR(?o) AS ?new) }',
    "# a comment } {\nDELETE { ?s :p ?o } INSERT { ?s :p ?o } WHERE { ?s :p ?o OPTIONAL { ?o :q ?z } }",
    "INSERT { ?s :q ?o } WHERE { { SELECT ?s ?o { GRAPH :g { ?s :p ?o } } } }",
]

NOT_PLAIN = [
    "INSERT { GRAPH :g { ?s :q ?o } } WHERE { ?s :p ?o }",
    "DELETE WHERE { GRAPH :g { ?s :p ?o } }",
    "WITH :g DELETE { ?s :p ?o } WHERE { ?s :p ?o }",
    "DELETE { ?s :p ?o } USING :g WHERE { ?s :p ?o }",
    "DELETE WHERE { ?s :p ?o } ; INSERT { ?s :p :a } WHERE { ?s :q ?o }",
    "INSERT { ?s :q [] } WHERE { ?s :p ?o }",
    "INSERT { ?s :q ?new } WHERE { ?s :p ?o BIND(UUID() AS ?new) }",
    "INSERT { ?s :q ?o } WHERE { { SELECT * { ?s :p ?o } LIMIT 1 } }",
    "DELETE DATA { :a :p :b }",
    "CLEAR ALL",
    r"DELETE WHERE { ?s :p '\u0041' }",
]

PREFIX = "PREFIX : <http://example.org/>\n"
NODES = [NamedNode(f"http://example.org/{name}") for name in ("a", "b", "c", "p", "q", "g")]
QUADS = st.builds(
    Quad,
    st.sampled_from(NODES[:3]),
    st.sampled_from(NODES[3:5]),
    st.sampled_from([*NODES[:3], Literal("x"), Literal("Tên", language="vi")]),
    st.sampled_from([NODES[5], *[quad.graph_name for quad in [Quad(NODES[0], NODES[0], NODES[0])] * 3]]),
)


@pytest.mark.parametrize("text", PLAIN)
@given(quads=st.frozensets(QUADS, max_size=10))
def test_a_plain_update_changes_what_running_it_changes(text: str, quads: frozenset[Quad]) -> None:
    before, after = Store(), Store()
    for store in (before, after):
        store.extend(quads)
    after.update(PREFIX + text, prefixes=PREFIXES)

    operation = plain_operation(PREFIX + text)
    assert operation is not None
    insert, delete = (canonical(part) for part in operation.changes(before))

    present = set(before)
    assert (insert - present, (delete & present) - insert) == difference(before, after)


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


@pytest.mark.parametrize("text", [*PLAIN, *NOT_PLAIN])
def test_only_data_written_out_is_read_as_such(text: str) -> None:
    assert (data_changes(PREFIX + text) is not None) == (text == "DELETE DATA { :a :p :b }")


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_is_not_plain_beyond_doubt_is_left_to_the_comparison(text: str) -> None:
    Store().update(PREFIX + text, prefixes=PREFIXES)
    assert plain_operation(PREFIX + text) is None
