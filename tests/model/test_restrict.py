"""A variable of a query held to given terms."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kg.errors import QueryRefused
from kg.model.sparql_bind import restrict

QUERY = "# { a comment\nSELECT ?s ?o WHERE { ?s <http://e.org/p> ?o } ORDER BY ?o"


@pytest.fixture
def store() -> Store:
    store = Store()
    store.update(
        'INSERT DATA { <http://e.org/a> <http://e.org/p> 1 . <http://e.org/b> <http://e.org/p> 2 , "x } #" . }'
    )
    return store


def test_only_given_terms_are_found(store: Store) -> None:
    nodes = [NamedNode("http://e.org/b"), NamedNode("http://e.org/nothing")]
    assert {row["s"].value for row in store.query(restrict(QUERY, "s", nodes))} == {"http://e.org/b"}


def test_a_literal_is_one_term_whatever_it_holds(store: Store) -> None:
    found = list(store.query(restrict(QUERY, "o", [Literal('x } #"'), Literal("x } #")])))
    assert [row["s"].value for row in found] == ["http://e.org/b"]


def test_no_terms_find_nothing(store: Store) -> None:
    assert list(store.query(restrict(QUERY, "s", []))) == []


def test_a_blank_node_and_a_query_without_group_are_refused() -> None:
    with pytest.raises(QueryRefused, match="blank node"):
        restrict(QUERY, "s", [BlankNode()])
    with pytest.raises(QueryRefused, match="no group"):
        restrict("DESCRIBE <http://e.org/a>", "s", [])
