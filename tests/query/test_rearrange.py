"""OPTIONAL is moved where that changes no answer, and nowhere else."""

import time
from collections import Counter

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.namespaces import PREFIXES
from kg.query import Library, QueryPool, rearranged
from kg.query.evaluate import evaluate

EX = "http://example.org/"
PROLOGUE = f"PREFIX : <{EX}> "
NODES = [NamedNode(f"{EX}n{i}") for i in range(4)]
PROPERTIES = [NamedNode(f"{EX}{name}") for name in "pqr"]
NAMES = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("{ ?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d }", "{ ?a :p ?b . ?a :r ?d . OPTIONAL { ?a :q ?c } }"),
        ("{ ?a :p ?b . OPTIONAL { ?a :q ?c } . ?a :r ?d . }", "{ ?a :p ?b . ?a :r ?d . OPTIONAL { ?a :q ?c } . }"),
        (
            "{ ?a :p ?b OPTIONAL{?a :q ?c} FILTER(?b > 1) ?b :r/:p* ?d OPTIONAL {?d :q ?e} }",
            "{ ?a :p ?b . FILTER(?b > 1) ?b :r/:p* ?d . OPTIONAL{?a :q ?c} OPTIONAL {?d :q ?e} }",
        ),
        (
            "{ ?a :p ?b # first\n OPTIONAL { ?a :q ?c } # second\n ?a :r ?d }",
            "{ ?a :p ?b . # second\n ?a :r ?d . # first\n OPTIONAL { ?a :q ?c } }",
        ),
        (
            "{ { ?a :p ?b OPTIONAL { ?b :q ?c } ?a :r ?d } UNION { ?a :q ?b } }",
            "{ { ?a :p ?b . ?a :r ?d . OPTIONAL { ?b :q ?c } } UNION { ?a :q ?b } }",
        ),
        (
            "{ ?a :p ?b OPTIONAL { ?b :q ?c OPTIONAL { ?c :q ?d } ?c :r ?e } }",
            "{ ?a :p ?b OPTIONAL { ?b :q ?c . ?c :r ?e . OPTIONAL { ?c :q ?d } } }",
        ),
    ],
)
def test_optional_goes_behind_what_does_not_depend_on_it(query: str, wanted: str) -> None:
    assert rearranged(f"SELECT * WHERE {query}") == f"SELECT * WHERE {wanted}"


@pytest.mark.parametrize(
    "pattern",
    [
        "?a :p ?b OPTIONAL { ?a :q ?c } ?c :r ?d",  # what follows needs it
        "OPTIONAL { ?a :q ?c } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c FILTER(?d > 1) } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } OPTIONAL { ?c :q ?d } ?a :r ?e",
        "?a :p ?b OPTIONAL { ?a :q ?c } BIND(1 AS ?x) ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } VALUES ?x { 1 } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } MINUS { ?a :r ?d } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } { SELECT ?a { ?a :r ?d } } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } GRAPH ?g { ?a :r ?d } ?a :r ?d",
        "?a :p ?b OPTIONAL { BIND(?a AS ?c) } ?a :r ?d",
        "?a :p ?b OPTIONAL { ?a :q ?c } _:x :r ?d",
        "?a :p ?b FILTER EXISTS { ?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d }",
        "?a :p ?b MINUS { ?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d }",
        "?a :p ?b FILTER(?a<?b&&?b>?a) OPTIONAL { ?a :q ?c } ?a :r ?d",
        "?a :p ?b FILTER:f(?d) OPTIONAL { ?a :q ?c } ?a :r ?d",
        '?a :p "} OPTIONAL { ?a :q ?c } ?a :r ?d"',
        "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d" + " { " * 60 + " }" * 60,
        "?a :p ?b OPTIONAL { ?a :q ?c } ?a :r ?d } }",
        "?a :p ?b OPTIONAL ?a :r ?d",
    ],
)
def test_everything_else_is_left_alone(pattern: str) -> None:
    query = f"SELECT * WHERE {{ {pattern} }}"
    assert rearranged(query) == query


def test_many_open_brackets_do_not_overflow() -> None:
    query = "SELECT * " + "{ OPTIONAL " * 4000
    assert rearranged(query) == query


triples = st.builds(
    lambda s, p, o: f"{s} {p} {o}",
    st.sampled_from([f"?{name}" for name in NAMES]),
    st.sampled_from([":p", ":q", ":r", ":p/:q", ":p*", "^:r", "?e"]),
    st.sampled_from([f"?{name}" for name in NAMES] + [":n0", "1", "[]"]),
)
filters = st.builds(
    lambda form, one, other: f"FILTER{form.format(one, other)}",
    st.sampled_from(
        ["(?{} != ?{})", "(!BOUND(?{}) || ?{} = 1)", "(isIRI(?{}) && BOUND(?{}))", " NOT EXISTS {{ ?{} :r ?{} }}"]
    ),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)


def groups(depth: int) -> st.SearchStrategy[str]:
    parts: list[st.SearchStrategy[str]] = [triples.map(lambda text: f"{text} ."), triples.map(lambda text: f"{text} .")]
    if depth:
        deeper = groups(depth - 1)
        parts += [deeper.map(lambda text: f"OPTIONAL {text}")] * 2
        parts += [filters, st.tuples(deeper, deeper).map(" UNION ".join), deeper.map(lambda text: f"MINUS {text}")]
    return st.lists(st.one_of(parts), min_size=1, max_size=5).map(lambda parts: "{ " + " ".join(parts) + " }")


@st.composite
def designed(draw: st.DrawFn) -> str:
    """A group with OPTIONAL in mid-pattern, most of them well designed: each has a variable of its own."""
    seed, out = "?a", [draw(triples.map(lambda text: f"{text} ."))]
    for number in range(draw(st.integers(1, 3))):
        own = f"?x{number}"
        inner = [f"{draw(st.sampled_from(['?a', '?b', seed]))} {draw(st.sampled_from([':p', ':q', ':r']))} {own} ."]
        inner += draw(st.lists(st.one_of(triples.map(lambda text: f"{text} ."), filters), max_size=1))
        out += ["OPTIONAL { " + " ".join(inner) + " }", draw(triples) + " ."]
        out += draw(st.lists(filters, max_size=1))
    return "{ " + " ".join(out) + " }"


facts = st.lists(
    st.builds(
        Quad,
        st.sampled_from(NODES),
        st.sampled_from(PROPERTIES),
        st.sampled_from([*NODES, Literal(1), Literal(2)]),
    ),
    max_size=14,
)


def bag(store: Store, query: str) -> Counter[tuple[str, ...]]:
    found = store.query(PROLOGUE + query)
    assert isinstance(found, QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return Counter(tuple(str(solution[name]) for name in names) for solution in found)


@settings(max_examples=400, deadline=None)
@given(facts, st.one_of(designed(), designed(), groups(2)))
def test_a_rearranged_query_has_the_same_answers_as_often(quads: list[Quad], group: str) -> None:
    select = "SELECT ?a ?b ?c ?d ?e ?x0 ?x1 ?x2"
    query = f"{select} WHERE {group}"
    moved = rearranged(query)
    note(moved)
    store = Store()
    store.extend(quads)
    assert bag(store, moved) == bag(store, query)


@pytest.mark.parametrize("name", Library.load())
def test_the_questions_of_the_library_stay_readable_to_the_engine(name: str) -> None:
    Store().query(rearranged(Library.load()[name].text), prefixes=PREFIXES)


class Recorder:
    """Stands for a store and keeps what it is asked."""

    asked = ""

    def query(self, text: str, **more: object) -> None:
        self.asked = text


@pytest.mark.parametrize("wanted", [True, False])
def test_a_switch_lets_the_query_run_as_it_was_written(wanted: bool) -> None:
    query = "SELECT * { ?a rdfs:label ?b OPTIONAL { ?a bm:key ?c } ?a bm:rank ?d }"
    store = Recorder()
    evaluate(store, query, {}, rearrange=wanted)
    assert store.asked == (rearranged(query) if wanted else query)
    with QueryPool(1, spares=0, rearrange=wanted) as pool:
        assert pool.plan(query) == store.asked


def test_a_question_with_parameters_is_rearranged_when_they_are_bound() -> None:
    store = Recorder()
    query = "SELECT * { ?a rdfs:label ?b OPTIONAL { ?a bm:key ?x } ?x bm:rank ?d }"
    evaluate(store, query, {})
    assert store.asked == query
    evaluate(store, query, {"x": NODES[0]})
    assert store.asked.index("bm:rank") < store.asked.index("OPTIONAL")


def test_a_group_with_thousands_of_parts_is_read_at_once() -> None:
    """Nothing compares each OPTIONAL with each other one: that would be six million comparisons here."""
    many = " ".join(f"OPTIONAL {{ ?a :p ?x{n} }} ?a :q ?y{n} ." for n in range(2400))
    query = f"SELECT * {{ ?a :p ?b . {many} }}"
    assert len(query) < 100_000
    began = time.process_time()
    moved = rearranged(query)
    assert moved.index("?y2399") < moved.index("OPTIONAL")
    assert time.process_time() - began < 5
