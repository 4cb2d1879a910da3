"""Terms take the place of variables, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.errors import QueryRefused
from kg.model.graph import Term
from kg.model.sparql_bind import bind_terms
from kg.model.sparql_text import unescaped

P = NamedNode("http://example.org/p")
THREE = {"x": Literal(3)}


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(Quad(NamedNode(f"http://example.org/{n}"), P, Literal(n)) for n in range(5))
    return store


def rows(store: Store, query: str, bindings: dict[str, Term]) -> list[tuple[str, ...]]:
    found = store.query(bind_terms(query, bindings))
    assert isinstance(found, QuerySolutions)
    return sorted(tuple(row[name].value if row[name] else "" for name in found.variables) for row in found)  # type: ignore[union-attr]  # no triple terms here


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SELECT ?o { ?s ?p ?o FILTER(?o > ?x) }", ["4"]),
        ("SELECT ?o { ?s ?p ?o FILTER(?o > $x) }", ["4"]),
        ("SELECT ?o { ?s ?p ?o { SELECT ?s { ?s ?p ?v FILTER(?v > ?x) } } }", ["4"]),
        ("SELECT ?o { ?s ?p ?o FILTER NOT EXISTS { ?s ?p ?x } }", ["0", "1", "2", "4"]),
        ("SELECT ?o { ?s ?p ?o FILTER(!BOUND(?x) || ?o = ?x) }", ["3"]),
        ("SELECT ?o { ?s ?p ?o FILTER BOUND(?x) FILTER(?o = ?x) }", ["3"]),
        ("SELECT ?o { ?s ?p ?o FILTER(! bound ( $x ) || ?o = ?x) }", ["3"]),
        ("SELECT ?o { ?s ?p ?o FILTER(COALESCE(?x, 1) = ?o) }", ["3"]),
        ("SELECT ?o { ?s ?p ?o . VALUES ?y { 3 } FILTER(?o = ?y && ?o = ?x) }", ["3"]),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o < ?x) }", ["3"]),
        ("SELECT (?x + 1 AS ?n) { }", ["4"]),
        ("SELECT ?o { ?s ?p ?o } ORDER BY ?x DESC(?x) LIMIT 5", ["0", "1", "2", "3", "4"]),
        ("SELECT ?n { { SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?x } }", ["5"]),
    ],
)
def test_a_bound_variable_is_its_term_wherever_it_stands(store: Store, query: str, answer: list[str]) -> None:
    assert [row[0] for row in rows(store, query, dict(THREE))] == answer


def test_a_projected_parameter_stays_a_column(store: Store) -> None:
    found = store.query(bind_terms("SELECT DISTINCT ?o ?x WHERE { ?s ?p ?o FILTER(?o = ?x) }", THREE))
    assert isinstance(found, QuerySolutions)
    assert [name.value for name in found.variables] == ["o", "x"]
    assert [row["x"] for row in found] == [Literal(3)]


def test_templates_and_questions_are_bound_too(store: Store) -> None:
    graph = store.query(bind_terms("CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?o FILTER(?o > ?x) }", THREE))
    assert isinstance(graph, QueryTriples)
    assert [triple.object for triple in graph] == [Literal(3)]
    answer = store.query(bind_terms("ASK { ?s ?p ?o FILTER(?o > ?x && ?o > 4) }", THREE))
    assert isinstance(answer, QueryBoolean)
    assert not answer


def test_an_optional_parameter_that_is_not_given_stays_free(store: Store) -> None:
    assert len(rows(store, "SELECT ?o { ?s ?p ?o FILTER(!BOUND(?x) || ?o = ?x) }", {})) == 5


@pytest.mark.parametrize("text", ["'?x'", '"$x"', "'''?x\n'?x'''", "<http://example.org/?x>", "?xy", "# ?x\n"])
def test_what_only_looks_like_the_variable_is_left_alone(text: str) -> None:
    query = f"SELECT * {{ ?s ?p {text} }}"
    assert bind_terms(query, THREE) == query


@pytest.mark.parametrize(
    "query", ["SELECT * { BIND(1 AS ?x) }", "SELECT * { VALUES (?y ?x) { (1 2) } }", "SELECT (1 AS ?x) { }"]
)
def test_a_variable_that_the_query_assigns_cannot_be_a_parameter(query: str) -> None:
    with pytest.raises(QueryRefused, match=r"\?x"):
        bind_terms(query, THREE)


def test_an_unclear_less_than_sign_is_refused() -> None:
    with pytest.raises(QueryRefused, match="blanks"):
        bind_terms("SELECT * { ?s ?p ?o FILTER(?o<?x&&?o>?s) }", THREE)


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(QueryRefused, match="blank node"):
        bind_terms("SELECT * { ?s ?p ?x }", {"x": BlankNode()})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_value_becomes_anything_but_one_term(value: str) -> None:
    found = Store().query(bind_terms("SELECT (?x AS ?same) { }", {"x": Literal(value)}))
    assert isinstance(found, QuerySolutions)
    assert [row["same"] for row in found] == [Literal(value)]


@given(st.text(st.sampled_from('\\uU0021"ab\x01\n')))
def test_a_value_is_the_same_to_a_parser_that_reads_unicode_escapes_first(value: str) -> None:
    """SPARQL 1.1 §19.2 reads escapes such as \\u0111 before the grammar; this engine reads it inside strings."""
    bound = bind_terms("SELECT (?x AS ?same) { }", {"x": Literal(value)})
    for text in (bound, unescaped(bound)):
        found = Store().query(text)
        assert isinstance(found, QuerySolutions)
        assert [row["same"] for row in found] == [Literal(value)]
