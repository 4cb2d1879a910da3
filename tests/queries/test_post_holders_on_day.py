"""The documented pattern for "who held X on day D" gives the answers of kg.model.holding."""

import datetime as dt
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.model.holding import Certainty, Holding
from kg.model.sparql_bind import bind_terms
from kg.namespaces import curie, iri, sparql_prologue
from kg.query import Library
from tests.model.holdings import ANY_HOLDING, WINDOW

QUERY = Library.load()["post-holders-on-day"]
POST = "post:chuc-vu"
BOUNDS = ("startEarliest", "startLatest", "endEarliest", "endLatest")


@dataclass(frozen=True)
class Kind:
    """What makes a post a single seat or not."""

    post_type: str
    has_organ: bool
    rank: str
    seats: int | None

    @property
    def is_single_seat(self) -> bool:
        is_known = self.has_organ or self.rank == "rank:PrimeMinister"
        return self.post_type == "posttype:head" and is_known and (self.seats or 1) == 1


HEAD = Kind("posttype:head", True, "rank:Head", None)
KINDS = st.just(HEAD) | st.builds(
    Kind,
    st.sampled_from(["posttype:head", "posttype:deputy"]),
    st.booleans(),
    st.sampled_from(["rank:Head", "rank:PrimeMinister"]),
    st.sampled_from([None, 1, 2]),
)
PERSON = st.sampled_from(["person:a", "person:b", "person:c"])
TENURES = st.lists(st.tuples(PERSON, ANY_HOLDING, st.sampled_from(["ended", "ongoing"])), min_size=1, max_size=4)
WEEK = WINDOW[:7]
KNOWN_TWICE = {
    "seen twice": Holding(frozenset({WEEK[1], WEEK[5]})),
    "begun and seen": Holding(frozenset({WEEK[5]}), start_latest=WEEK[1]),
    "seen and perhaps ended": Holding(frozenset({WEEK[1]}), end_earliest=WEEK[5]),
}
RIVALS = [
    *(Holding(frozenset({d})) for d in WEEK),
    *(Holding(start_earliest=d, start_latest=d) for d in WEEK),
    *(Holding(start_latest=start, end_earliest=end) for start, end in product(WEEK, WEEK)),
]


def date(day: dt.date) -> Literal:
    return Literal(day.isoformat(), datatype=iri("xsd:date"))


def stored(kind: Kind, tenures: list[tuple[str, Holding, str]]) -> Store:
    facts: list[tuple[str, str, NamedNode | Literal]] = [
        (POST, "bm:postType", iri(kind.post_type)),
        (POST, "bm:rank", iri(kind.rank)),
    ]
    if kind.has_organ:
        facts.append((POST, "org:postIn", iri("organ:so")))
    if kind.seats is not None:
        facts.append((POST, "bm:seats", Literal(kind.seats)))
    for n, (person, held, state) in enumerate(tenures):
        tenure = f"tenure:{n}"
        facts += [(tenure, "bm:post", iri(POST)), (tenure, "org:member", iri(person))]
        facts += [(person, "rdfs:label", Literal(person)), (tenure, "bm:endState", iri(f"endstate:{state}"))]
        facts += [(tenure, "bm:attestedOn", date(d)) for d in held.attested]
        bounds = (held.start_earliest, held.start_latest, held.end_earliest, held.end_latest)
        facts += [(tenure, f"bm:{name}", date(d)) for name, d in zip(BOUNDS, bounds, strict=True) if d]
    # a post beside it, whose holders must not count
    facts += [("tenure:beside", "bm:post", iri("post:khac")), ("tenure:beside", "org:member", iri("person:d"))]
    facts += [("tenure:beside", "bm:attestedOn", date(d)) for d in WINDOW]
    store = Store()
    store.extend(Quad(iri(subject), iri(prop), value) for subject, prop, value in facts)
    return store


def by_query(store: Store, day: dt.date) -> dict[str, str]:
    values = QUERY.bind({"post": POST, "day": day.isoformat()})
    return {
        curie(row["tenure"]): row["certainty"].value
        for row in store.query(sparql_prologue() + bind_terms(QUERY.text, values))
    }


def by_algebra(kind: Kind, tenures: list[tuple[str, Holding, str]], day: dt.date) -> dict[str, str]:
    found = {}
    for n, (person, held, _) in enumerate(tenures):
        rivals = [other for somebody, other, _ in tenures if somebody != person] if kind.is_single_seat else []
        certainty = held.certainty_on(day, rivals)
        if certainty > Certainty.NO:
            found[f"tenure:{n}"] = certainty.word
    return found


@settings(deadline=None, max_examples=150)
@given(KINDS, TENURES, st.sampled_from(WINDOW))
def test_the_query_and_the_algebra_agree(kind: Kind, tenures: list[tuple[str, Holding, str]], day: dt.date):
    assert by_query(stored(kind, tenures), day) == by_algebra(kind, tenures, day)


@pytest.mark.parametrize("held", KNOWN_TWICE.values(), ids=KNOWN_TWICE)
def test_they_agree_on_every_edge_of_a_rivals_time(held: Holding):
    for rival in RIVALS:
        tenures = [("person:a", held, "ongoing"), ("person:b", rival, "ongoing")]
        store = stored(HEAD, tenures)
        for day in WEEK[2:5]:
            assert by_query(store, day) == by_algebra(HEAD, tenures, day), (rival, day)


@pytest.mark.parametrize("post_type", ["posttype:head", "posttype:deputy"])
@pytest.mark.parametrize(
    ("has_organ", "rank", "seats"),
    list(product([True, False], ["rank:Head", "rank:PrimeMinister"], [None, 1, 2])),
)
def test_a_rival_counts_in_a_single_seat_only(post_type: str, has_organ: bool, rank: str, seats: int | None):
    kind = Kind(post_type, has_organ, rank, seats)
    tenures = [("person:a", KNOWN_TWICE["seen twice"], "ongoing"), ("person:b", Holding(frozenset({WEEK[3]})), "ended")]
    expected = "possible" if kind.is_single_seat else "likely"
    assert by_query(stored(kind, tenures), WEEK[2])["tenure:0"] == expected


def test_all_answers_occur_and_agree_on_every_day_of_a_handing_over():
    first, second = (WINDOW[n] for n in (0, 4))
    tenures = [
        ("person:a", Holding(frozenset({first, second}), end_latest=WINDOW[8]), "ended"),
        ("person:b", Holding(frozenset({WINDOW[6]}), start_earliest=WINDOW[1], start_latest=WINDOW[5]), "ongoing"),
    ]
    store = stored(HEAD, tenures)
    seen = set()
    for day in WINDOW:
        assert by_query(store, day) == by_algebra(HEAD, tenures, day)
        seen |= {held.certainty_on(day) for _, held, _ in tenures}
    assert seen == set(Certainty)
