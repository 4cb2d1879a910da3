"""A branch that is walked names what the engine names for it; one that is no tree of triple patterns is left to it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.model.sparql_bind import bind_terms
from kg.validate.branches import branches
from kg.validate.lookups import Lookups

EX = "http://example.org/"
PROLOGUE = f"PREFIX e: <{EX}>\n"
NODES = [NamedNode(f"{EX}{name}") for name in "abcd"]
THERE = frozenset(Quad(node, NamedNode(f"{EX}is"), node) for node in NODES)
"""Has all nodes in the graph: the engine lets a path of no length begin only there."""
LINKS = [NamedNode(f"{EX}{name}") for name in "pqr"]

graphs = st.frozensets(
    st.builds(Quad, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from([*NODES, Literal("x")])),
    max_size=12,
)
paths = st.sampled_from(["e:p", "e:q", "e:p/e:q", "e:q?", "e:p*/e:q", "e:p+", "e:p|e:r"])


@st.composite
def trees(draw: st.DrawFn) -> str:
    """Triple patterns along a chain from ?changed to ?focus, and up to two on a node of it and something else."""
    chain = draw(st.sampled_from([["?changed", "?focus"], ["$changed", "?x", "?focus"]]))
    pairs = list(pairwise(chain))
    for at in range(draw(st.integers(0, 2))):
        pairs.append((draw(st.sampled_from(chain)), draw(st.sampled_from([f"?leaf{at}", "e:a"]))))
    turned = [pair if draw(st.booleans()) else pair[::-1] for pair in pairs]
    return " . ".join(f"{subject} {draw(paths)} {value}" for subject, value in draw(st.permutations(turned)))


def query(*bodies: str) -> str:
    return f"{PROLOGUE}SELECT ?focus WHERE {{ {' UNION '.join(f'{{ {body} }}' for body in bodies)} }}"


def store_of(graph: frozenset[Quad]) -> Store:
    store = Store()
    store.extend(graph)
    return store


@settings(max_examples=400, deadline=None)
@given(graph=graphs, body=trees())
def test_a_walk_names_what_the_engine_names(graph: frozenset[Quad], body: str) -> None:
    text = query(body)
    found = branches(text)
    assert found is not None and found.walks, body
    store = store_of(graph | THERE)
    look = Lookups(store)
    named: set[object] = set()
    for node in NODES:
        answer = store.query(bind_terms(text, {"changed": node}))
        assert isinstance(answer, QuerySolutions)
        singly = {row["focus"] for row in answer}
        assert found.walks[0].answers(look, {node}) == singly
        named |= singly
    assert found.walks[0].answers(look, set(NODES)) == named


@pytest.mark.parametrize(
    "body",
    [
        "?focus e:p ?changed",
        "?changed e:p ?x . ?focus e:p ?x ; e:q ?y .",
        "?x e:p ?changed , e:a ; e:q ?focus",
        "?focus e:p/e:q? ?changed",
    ],
)
def test_a_tree_of_patterns_is_walked(body: str) -> None:
    found = branches(query("BIND(?changed AS ?focus)", body))
    assert found is not None and found.names_itself
    assert (len(found.walks), len(found.asked)) == (1, 0)


@pytest.mark.parametrize(
    "body",
    [
        "?focus e:p ?changed . FILTER(?focus != ?changed)",
        "?focus e:p ?changed . OPTIONAL { ?focus e:q ?x }",
        "?focus e:p ?changed ; e:q ?x . ?changed e:q ?x",
        "?focus e:p ?changed ; e:q ?changed",
        "?focus e:p ?changed . ?x e:q ?y",
        "?focus !e:p ?changed",
        "?focus ^e:p ?changed",
        "?focus (e:p|e:q)/e:r ?changed",
        '?focus e:p ?changed ; e:q "x"',
        "?focus e:p ?changed ; ?y ?x",
        "?focus e:p [ e:q ?changed ]",
        "?changed e:p ?x . BIND(?x AS ?focus)",
    ],
)
def test_any_other_branch_is_asked(body: str) -> None:
    found = branches(query("?focus e:p ?changed", body))
    assert found is not None and not found.names_itself
    assert (len(found.walks), len(found.asked)) == (1, 1)


@pytest.mark.parametrize("form", ["{{ {0} }}", "{{ {{ {0} }} }}"])
def test_a_body_without_a_union_is_one_branch(form: str) -> None:
    found = branches(f"{PROLOGUE}SELECT ?focus WHERE {form.format('?focus e:p ?changed')}")
    assert found is not None and (len(found.walks), len(found.asked)) == (1, 0)


@pytest.mark.parametrize("form", ["{{ {0} }} LIMIT 1", "{{ {{ {0} }} }} LIMIT 1", "{{ {{ {0} }} ?focus e:q ?x }}"])
def test_a_query_of_another_form_is_not_taken_apart(form: str) -> None:
    assert branches(f"{PROLOGUE}SELECT ?focus WHERE {form.format('?focus e:p ?changed')}") is None
