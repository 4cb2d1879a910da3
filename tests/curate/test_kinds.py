"""Merge and split of every kind: nothing is lost, the shapes hold, and a split gives back the same graph."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.curate import CurationRefused, foresee, kinds, merge, merged_pair, split
from kg.namespaces import curie, iri
from tests.curate.kinds import ALL_CODES, CODES, KINDS, Two, graph_of_kind, two_of
from tests.curate.world import WHY, date, everything, made, merged
from tests.history.test_reverting import canonical
from tests.ontology.judge import violated
from tests.propose.factories import CLERK, MemoryGraph

_REMAIN = {"rdfs:label", "bm:key", "bm:derivedByRule", "dcterms:isReplacedBy", "bm:curatedBy", "bm:reason"}


def test_the_kinds_are_those_of_the_shapes() -> None:
    assert {curie(kind) for kind in kinds(graph_of_kind("Person"))} == {f"bm:{kind}" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_said_of_the_duplicate_moves(kind: str) -> None:
    two = two_of(kind)
    graph = graph_of_kind(kind, *two.facts)
    before = everything(graph)
    done = merged(graph, two.kept, two.gone)
    assert merged_pair(done) == (two.kept, two.gone)
    assert {curie(quad.predicate) for quad in graph.quads(two.gone)} <= _REMAIN
    for quad in before - everything(graph):
        subject, value = (two.kept if term == two.gone else term for term in (quad.subject, quad.object))
        assert Quad(subject, quad.predicate, value) in everything(graph) or _is_statement(before, quad)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_merge_breaks_no_shape(kind: str) -> None:
    two = two_of(kind)
    graph = graph_of_kind(kind, *two.facts, codes=ALL_CODES)
    broken = violated(graph.store)
    merged(graph, two.kept, two.gone)
    after = violated(graph.store)
    assert {name: nodes for name, nodes in after.items() if nodes - broken.get(name, set())} == {}


def _is_statement(before: frozenset[Quad], quad: Quad) -> bool:
    """Whether it is of a claim or a conflict, which join those of the node kept."""
    classes = {q.object for q in before if q.subject == quad.subject and q.predicate == iri("rdf:type")}
    return bool(classes & {iri("bm:Claim"), iri("bm:Conflict")})


def split_gives_back(kind: str, data: st.DataObject) -> None:
    two = two_of(kind)
    is_needed = {iri("rdf:type"), iri("rdfs:label")}
    chosen = [q for q in two.facts if q.predicate in is_needed or data.draw(st.booleans(), label=str(q))]
    graph = graph_of_kind(kind, *chosen, *data.draw(_extras(two)))
    before = everything(graph)
    try:
        done = merged(graph, two.kept, two.gone)
    except CurationRefused:
        assert everything(graph) == before
        return
    assert everything(graph) != before
    graph.apply(split(graph, done, [], CLERK))
    assert canonical(everything(graph) - CODES) == canonical(before - CODES)


def _extras(two: Two) -> st.SearchStrategy[list[Quad]]:
    """Other names, days and claims, with which the two agree or not."""
    node = st.sampled_from((two.kept, two.gone))
    names = st.sampled_from(["Tên một", "Tên hai"])
    named = st.builds(lambda n, name: Quad(n, iri("skos:altLabel"), Literal(name, language="vi")), node, names)
    days = st.builds(
        lambda n, prop, on: Quad(n, iri(f"bm:{prop}"), date(on)),
        node,
        st.sampled_from(["day", "validFrom", "validFromLatest", "birthLatest", "endEarliest"]),
        st.sampled_from(["2020-01-01", "2021-01-01"]),
    )
    claims = st.builds(_claim, st.integers(0, 3), node, names).map(list)
    return st.tuples(st.lists(named | days, max_size=3), st.lists(claims, max_size=2)).map(
        lambda both: [*both[0], *(quad for claim in both[1] for quad in claim)]
    )


def _claim(number: int, about: NamedNode, value: str) -> tuple[Quad, ...]:
    node = iri(f"claim:{about.value.rpartition('/')[2]}-{number}-{value[-3:]}".replace("ộ", "o"))
    said = {
        "rdf:type": iri("bm:Claim"),
        "rdfs:label": Literal(value, language="vi"),
        "bm:about": about,
        "bm:property": iri("dcterms:title"),
        "bm:value": Literal(value, language="vi"),
    }
    return tuple(Quad(node, iri(name), term) for name, term in said.items())


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=2)
@given(st.data())
def test_a_split_gives_back_a_canonically_identical_graph(kind: str, data: st.DataObject) -> None:
    split_gives_back(kind, data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_split_gives_back_a_canonically_identical_graph_in_many_worlds(kind: str, data: st.DataObject) -> None:
    split_gives_back(kind, data)


def test_later_facts_about_the_node_kept_stay_there_after_a_split() -> None:
    two = two_of("Directive")
    graph = graph_of_kind("Directive", *two.facts)
    before = everything(graph)
    done = merged(graph, two.kept, two.gone)
    later = Quad(two.kept, iri("skos:altLabel"), Literal("Quyết định 238", language="vi"))
    graph.store.add(later)
    graph.apply(split(graph, done, [], CLERK))
    assert everything(graph) == before | {later}


def test_the_words_of_a_merge_of_papers_name_what_they_are(graph: MemoryGraph) -> None:
    assert made(graph, merge(graph, *sorted(graph.of_class("bm:Person"), key=str), CLERK, WHY), 3).reason == WHY
    effects = {e.code for e in foresee(*_papers(), CLERK).effects}
    assert effects == {"disputed", "name"}


def _papers() -> tuple[MemoryGraph, NamedNode, NamedNode]:
    two = two_of("Directive")
    title = iri("dcterms:title")
    facts = [q for q in two.facts if q.predicate != title]
    other = Literal("Quy định khác hẳn", language="vi")
    own = {q.object for q in graph_of_kind("Directive").quads(two.kept, title)}
    claims = [(two.gone, other), *((two.kept, value) for value in own)]
    told = [
        quad
        for at, (about, value) in enumerate(claims)
        for quad in (
            Quad(iri(f"claim:t-{at}"), iri("rdf:type"), iri("bm:Claim")),
            Quad(iri(f"claim:t-{at}"), iri("bm:about"), about),
            Quad(iri(f"claim:t-{at}"), iri("bm:property"), title),
            Quad(iri(f"claim:t-{at}"), iri("bm:value"), value),
        )
    ]
    label = Quad(two.gone, iri("skos:altLabel"), Literal("QĐ 238", language="vi"))
    return graph_of_kind("Directive", *facts, Quad(two.gone, title, other), label, *told), two.kept, two.gone
