"""Two people in one head seat at a time are found, as plain Python finds them by days seen and bounds."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg.model.sparql_bind import bind_terms
from kg.namespaces import iri, sparql_prologue
from kg.reference import shape_files

DAYS = st.integers(0, 9)
SPELLS = st.lists(
    st.tuples(st.integers(0, 2), st.frozensets(DAYS, max_size=3), st.none() | DAYS, st.none() | DAYS),
    min_size=2,
    max_size=4,
)
"""(person, days seen, latest start, earliest end) of each holding of one post."""

Spell = tuple[int, frozenset[int], int | None, int | None]


def rule() -> str:
    """The query of the shape."""
    quads = [q for file in shape_files() for q in parse(path=str(file), format=RdfFormat.TURTLE)]
    (constraint,) = (
        q.object for q in quads if q.subject == iri("bms:Tenure-singleSeat") and "sparql" in str(q.predicate)
    )
    (text,) = (q.object.value for q in quads if q.subject == constraint and str(q.predicate).endswith("#select>"))
    return str(text)


RULE = rule()


def graph(spells: list[Spell]) -> Store:
    store = Store()
    post = iri("post:truong-ban")
    store.add(Quad(post, iri("bm:postType"), iri("posttype:head")))
    store.add(Quad(post, iri("org:postIn"), iri("organ:ban")))
    for n, (person, seen, start, end) in enumerate(spells):
        tenure = iri(f"tenure:t{n}")
        store.add(Quad(tenure, iri("bm:post"), post))
        store.add(Quad(tenure, iri("org:member"), iri(f"person:p{person}")))
        for prop, days in (("attestedOn", seen), ("startLatest", {start}), ("endEarliest", {end})):
            for day in days - {None}:
                store.add(Quad(tenure, iri(f"bm:{prop}"), _day(day)))
    return store


def _day(number: int | None) -> Literal:
    assert number is not None
    return Literal((dt.date(2020, 1, 1) + dt.timedelta(number)).isoformat(), datatype=iri("xsd:date"))


def others(store: Store, tenure: NamedNode) -> set[str]:
    found = store.query(sparql_prologue() + bind_terms(RULE.replace("$this", "?this"), {"this": tenure}))
    assert isinstance(found, QuerySolutions)
    return {row["value"].value for row in found}


def is_seen_within(day: int, spell: Spell) -> bool:
    """Whether the holder of the spell was surely there on a day: seen before and after, or bounded."""
    _, seen, start, end = spell
    after = {*seen, *({end} if end is not None else ())}
    between = bool(seen) and min(seen) <= day <= max(seen)
    return between or (start is not None and start < day and any(day < last for last in after))


def share_the_seat(one: Spell, other: Spell) -> bool:
    if one[0] == other[0]:
        return False
    if any(is_seen_within(day, other) for day in one[1]) or any(is_seen_within(day, one) for day in other[1]):
        return True
    (_, _, first, last), (_, _, other_first, other_last) = one, other
    if None in (first, last, other_first, other_last):
        return False
    assert first is not None and last is not None and other_first is not None and other_last is not None
    return first < last and other_first < other_last and first < other_last and other_first < last


@settings(max_examples=200, deadline=None)
@given(SPELLS)
def test_shape_and_plain_python_find_the_same_pairs(spells: list[Spell]) -> None:
    store = graph(spells)
    for n, spell in enumerate(spells):
        expected = {
            iri(f"tenure:t{m}").value for m, other in enumerate(spells) if m != n and share_the_seat(spell, other)
        }
        assert others(store, iri(f"tenure:t{n}")) == expected


def test_the_days_matter_and_the_person() -> None:
    seen_by_turns = [(0, frozenset({1, 5}), None, None), (1, frozenset({3}), None, None)]
    assert others(graph(seen_by_turns), iri("tenure:t0")) == {iri("tenure:t1").value}
    one_after_the_other = [(0, frozenset({1, 3}), None, None), (1, frozenset({5}), None, None)]
    assert others(graph(one_after_the_other), iri("tenure:t0")) == set()
    same_person = [(0, frozenset({1, 5}), None, None), (0, frozenset({3}), None, None)]
    assert others(graph(same_person), iri("tenure:t0")) == set()
