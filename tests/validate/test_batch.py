"""Asking many nodes at once says what asking each of them says; what might not is asked singly."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Variable
from rdflib import SH

from kg.errors import QueryRefused
from kg.model.sparql_bind import bind_terms
from kg.model.sparql_text import tokens
from kg.namespaces import PREFIXES
from kg.validate import Shapes
from kg.validate.anchors import anchors
from kg.validate.batch import constraint, declared
from kg.validate.lookups import Lookups

EX = "http://example.org/"
PROLOGUE = f"PREFIX e: <{EX}>\n"
NODES = [NamedNode(f"{EX}{name}") for name in "abcd"]
LINKS = [NamedNode(f"{EX}{name}") for name in "pqr"]
VALUES = [*NODES, Literal(1), Literal(2), Literal("x"), Literal("2022-04-05")]

graphs = st.frozensets(
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from(VALUES)), max_size=10
)
predicates = st.sampled_from(["e:p", "e:q", "^e:p", "e:p/e:q", "e:q?", "e:p+", "e:p|e:r"])


def groups(given: str, depth: int = 2) -> st.SearchStrategy[str]:
    """Bodies of groups that speak of the given variable, of ?value and of ?x, in all ways that we know of."""
    variables = st.sampled_from([f"${given}", f"?{given}", "?value", "?x"])
    objects = variables | st.sampled_from(["e:a", "1", '"x"'])
    triples = st.builds("{} {} {} .".format, variables, predicates, objects)
    tests = st.one_of(
        st.builds("{} {} {}".format, variables, st.sampled_from(["=", "!=", "<"]), objects),
        st.builds("{}({})".format, st.sampled_from(["isIRI", "!isLiteral", "!BOUND", "BOUND"]), variables),
        st.builds("COALESCE({} = {}, true)".format, variables, objects),
        st.builds("{} IN (e:a, {})".format, variables, objects),
    )
    parts = [triples, triples, triples, st.builds("FILTER({})".format, tests)]
    if depth:
        inner = groups(given, depth - 1)
        parts += [
            st.builds("OPTIONAL {{ {} }}".format, inner),
            st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
            st.builds("FILTER {}EXISTS {{ {} }}".format, st.sampled_from(["", "NOT "]), inner),
            st.builds("FILTER(EXISTS {{ {} }} || {})".format, inner, tests),
            st.builds("BIND({} AS ?{})".format, variables | st.just("EXISTS { ?x e:p ?y }"), st.sampled_from("yz")),
            st.builds("{{ {} }}".format, inner),
            st.builds("MINUS {{ {} }}".format, inner),
        ]
    return st.lists(st.one_of(parts), min_size=1, max_size=3).map(" ".join)


def ask(store: Store, query: str, node: NamedNode) -> set[object]:
    """What the engine says of one focus node, pre-bound as pySHACL pre-binds it."""
    answer = store.query(query, substitutions={Variable("this"): node})
    assert isinstance(answer, QuerySolutions)
    return {row["this"] for row in answer}


def store_of(graph: frozenset[Quad]) -> Store:
    store = Store()
    store.extend(graph)
    return store


@settings(max_examples=200, deadline=None)
@given(graph=graphs, body=groups("this"), distinct=st.sampled_from(["", "DISTINCT "]))
def test_a_constraint_names_together_the_nodes_that_it_names_one_by_one(
    graph: frozenset[Quad], body: str, distinct: str
) -> None:
    query = f"{PROLOGUE}SELECT {distinct}$this ?value WHERE {{ {body} }}"
    batch = constraint(query)
    assume(batch is not None)
    assert batch is not None
    store = store_of(graph)
    assert set(batch.answers(store, NODES)) == {node for node in NODES if ask(store, query, node)}


@settings(max_examples=120, deadline=None)
@given(graph=graphs, body=groups("changed"), bound=st.booleans())
def test_a_declared_query_names_together_what_it_names_one_by_one(
    graph: frozenset[Quad], body: str, bound: bool
) -> None:
    body = f"{{ BIND(?changed AS ?focus) }} UNION {{ {body} BIND(?x AS ?focus) }}" if bound else f"{body} ?focus ?l ?x"
    query = f"{PROLOGUE}SELECT ?focus WHERE {{ {body} }}"
    try:
        batch = declared(query)
        assume(batch is not None)
        assert batch is not None
        store = store_of(graph)
        singly: set[object] = set()
        for node in NODES:
            answer = store.query(bind_terms(query, {"changed": node}), prefixes=PREFIXES)
            assert isinstance(answer, QuerySolutions)
            singly |= {row["focus"] for row in answer if row["focus"] is not None}
    except SyntaxError:  # the drawn body binds a variable twice
        assume(False)
    assert set(batch.answers(store, NODES)) == singly


@settings(max_examples=200, deadline=None)
@given(graph=graphs, body=groups("changed", 1))
def test_a_branch_has_no_answer_for_a_node_without_anchors(graph: frozenset[Quad], body: str) -> None:
    branch = f"{body} BIND(?x AS ?focus)"
    found = anchors(list(tokens(branch)), "changed", {"e": EX})
    assume(found is not None)
    assert found is not None
    store = store_of(graph)
    for node in set(NODES) - found.hold(Lookups(store), set(NODES)):
        query = bind_terms(f"{PROLOGUE}SELECT ?focus WHERE {{ {{ {branch} }} }}", {"changed": node})
        try:
            answer = store.query(query, prefixes=PREFIXES)
        except (SyntaxError, QueryRefused):  # the drawn body binds a variable twice
            return
        assert isinstance(answer, QuerySolutions)
        assert list(answer) == []


@pytest.mark.parametrize(
    ("branch", "links"),
    [
        ("?focus e:p ?changed", ["^p"]),
        ("?focus e:q/e:p? ?changed . ?focus e:r ?x", ["^p", "^q"]),
        ("?changed e:p+/e:q ?focus", ["p"]),
        ("?changed e:p*/e:q ?focus", ["p", "q"]),
        ("?focus e:p|e:q ?changed", ["^p", "^q"]),
        ("?x e:r ?y ; e:p ?z , ?changed . FILTER(?y != ?changed)", ["^p"]),
        ("OPTIONAL { ?focus e:q ?changed } ?changed e:p ?focus", ["p"]),
        ("?focus e:p? ?changed", None),
        ("?focus ?p ?changed", None),
        ("?focus !e:p ?changed", None),
        ("?focus ^e:p ?changed", None),
        ("?focus (e:p|e:q)/e:r ?changed", None),
        ("?focus e:p ?x . FILTER(?x = ?changed)", None),
        ("?focus e:p ?x . OPTIONAL { ?x e:q ?changed }", None),
        ("?focus e:p ?x . FILTER NOT EXISTS { ?x e:q ?changed }", None),
        ("{ ?focus e:p ?changed }", None),
    ],
)
def test_the_links_that_a_branch_needs_are_read_from_it(branch: str, links: list[str] | None) -> None:
    found = anchors(list(tokens(branch)), "changed", {"e": EX})
    if links is None:
        assert found is None
    else:
        assert found is not None
        ways = (("^", found.incoming), ("", found.outgoing))
        assert sorted(mark + p.value.removeprefix(EX) for mark, needed in ways for p in needed) == links


def test_many_nodes_are_asked_in_parts() -> None:
    batch = constraint(f"{PROLOGUE}SELECT $this WHERE {{ $this e:p ?x }}")
    assert batch is not None
    nodes = [NamedNode(f"{EX}n{at}") for at in range(4_500)]
    store = Store()
    store.extend([Quad(node, LINKS[0], Literal(1)) for node in nodes[::3]])
    assert set(batch.answers(store, nodes)) == set(nodes[::3])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { BIND($this AS ?x) ?x e:p ?y }",
        "SELECT $this WHERE { FILTER($this = e:a) }",
        "SELECT $this WHERE { $this e:p ?x . OPTIONAL { ?x e:q ?y . FILTER(?y = $this) } }",
        "SELECT $this WHERE { $this e:p ?x . FILTER(BOUND($this)) }",
        "SELECT $this WHERE { $this e:p ?x . MINUS { $this e:q ?y } }",
        "SELECT $this WHERE { $this e:p ?x . { SELECT $this WHERE { $this e:q ?z } LIMIT 1 } }",
        "SELECT $this (COUNT(?x) AS ?value) WHERE { $this e:p ?x }",
        "SELECT ?value WHERE { $this e:p ?value }",
        "SELECT * WHERE { $this e:p ?value }",
        "SELECT $this WHERE { $this e:p ?x } ORDER BY ?x LIMIT 1",
        "SELECT $this WHERE { $this e:p ?x . FILTER(?x < RAND()) }",
        "SELECT $this WHERE { ?a e:p ?c . FILTER(?a<?this&&?c>?a) }",
        "SELECT $this WHERE { GRAPH ?g { $this e:p ?x } }",
        "SELECT $this WHERE { VALUES ?x { e:a } $this e:p ?x }",
        r"SELECT $this WHERE { $this e:p ?x . FILTER(\u0042OUND($this)) }",
        "SELECT $this WHERE { $this nowhere:p ?x }",
        "SELECT $this WHERE { $this e:p ?x ",
        "ASK { $this e:p ?x }",
    ],
)
def test_a_query_that_might_say_something_else_together_is_not_asked_of_many(query: str) -> None:
    assert constraint(PROLOGUE + query) is None


def test_every_query_of_our_shapes_is_asked_of_many() -> None:
    shapes = Shapes.load()
    selects = {str(text) for text in shapes.engine.graph.objects(None, SH.select)}
    assert len(selects) > 40
    assert [text for text in selects if constraint(text) is None] == []
    asked = [d for shape in shapes.targeted for d in shape.needs.declared if not d.is_identity]
    assert len(asked) > 10
    walked = [d for d in asked if not d.by_subject]  # those asked of subjects alone are few nodes at a time
    assert [d.query for d in asked if d.batch is None] == []
    assert [d.query for d in walked if d.branches is None] == []
    assert [d.query for d in asked if d.branches and any(one.anchors is None for one in d.branches.asked)] == []
