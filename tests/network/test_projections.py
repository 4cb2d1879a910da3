"""Each projection of the small world, edge by edge, as reckoned by hand from world.ttl."""

import datetime as dt
import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryRefused, SyntaxFault
from kg.model.graph import Reader, Row
from kg.model.holding import Certainty, Holding, Stretch
from kg.namespaces import curie, iri
from kg.network import PROJECTIONS, Edge, Network, Slice, project, sentences
from kg.network.ties import overlap
from kg.query import Library
from tests.model.holdings import DAY, HOLDING

from .conftest import pairs_of

A, B, C, D = (f"person:{letter}" for letter in "abcd")
PLACE = {name: iri(f"place:{name}").value for name in ("xa", "tinh")}


def edge_of(network: Network, one: str, other: str) -> Edge:
    return next(e for e in network.edges if (curie(e.source), curie(e.target)) == (one, other))


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [
        ("meetings", {(A, B): 2, (A, C): 1, (B, C): 1, (C, D): 1}),
        ("newman", {(A, B): 1.5, (A, C): 0.5, (B, C): 0.5, (C, D): 1}),  # 1/(3-1) for the first meeting
        ("role", {(A, B): 0.75, (A, C): 0.5, (B, C): 0.25, (C, D): 0.25}),  # An alone did more than attend
        ("site", {(A, B): 2, (C, D): 1}),  # Chi was at another site
    ],
)
def test_shared_meetings_weigh_by_meeting_role_and_site(world: Reader, weighting: str, expected: dict[object, float]):
    assert pairs_of(project(world, "shared-meetings", weighting=weighting)) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Slice(dt.date(2020, 1, 1), dt.date(2021, 1, 1)), {(A, B): 1, (A, C): 1, (B, C): 1}),
        (Slice(start=dt.date(2020, 1, 10), end=dt.date(2020, 1, 11)), {(A, B): 1, (A, C): 1, (B, C): 1}),
        (Slice(end=dt.date(2020, 1, 10)), {}),
        (Slice(start=dt.date(2020, 1, 11)), {(A, B): 1}),
        (Slice(place=PLACE["xa"]), {(A, B): 1, (A, C): 1, (B, C): 1}),
        (Slice(place=PLACE["tinh"]), {(A, B): 2, (A, C): 1, (B, C): 1}),
        (Slice(at_least=Certainty.LIKELY), {(A, B): 2, (A, C): 1, (B, C): 1}),
        (Slice(at_least=Certainty.CERTAIN), {(A, B): 1, (A, C): 1, (B, C): 1}),
    ],
)
def test_a_slice_narrows_by_days_place_and_certainty(world: Reader, part: Slice, expected: dict[object, float]):
    assert pairs_of(project(world, "shared-meetings", part)) == expected


def test_an_edge_lists_its_facts_its_days_and_so_its_sentences(world: Reader):
    edge = edge_of(project(world, "shared-meetings"), A, B)
    assert sorted(map(curie, edge.facts)) == [f"participation:{m}-{p}" for m in ("hai", "mot") for p in "ab"]
    assert edge.spells == tuple(
        Stretch(day, day + dt.timedelta(days=1)) for day in (dt.date(2020, 1, 10), dt.date(2021, 5, 5))
    )
    assert edge.certainty == Certainty.CERTAIN
    said = {one.quote for some in sentences(world, edge.facts).values() for one in some}
    assert said == {"Đỗ An chủ trì, Lê Bình, Vũ Chi dự.", "có Đỗ An", "và Bình"}


def test_a_fact_without_a_sentence_names_its_curator_or_rule(world: Reader):
    fact = iri("relation:chi-huy").value
    (said,) = sentences(world, [fact])[fact]
    assert (said.basis, said.quote, said.source) == ("luật", None, None)


def test_overlapping_posts_are_as_sure_as_a_day_of_both(world: Reader):
    network = project(world, "overlapping-posts")
    assert {pair: edge_of(network, *pair).certainty.word for pair in pairs_of(network)} == {
        (A, B): "likely",
        (A, C): "certain",
        (A, D): "possible",
        (B, C): "likely",
        (B, D): "possible",
        (C, D): "possible",
    }
    assert edge_of(network, A, B).spells == (Stretch(dt.date(2020, 3, 1), dt.date(2020, 6, 2)),)
    late = project(world, "overlapping-posts", Slice(start=dt.date(2022, 6, 1)))
    assert {edge.certainty for edge in late.edges} == {Certainty.POSSIBLE}
    early = project(world, "overlapping-posts", Slice(end=dt.date(2020, 5, 1), at_least=Certainty.LIKELY))
    assert set(pairs_of(early)) == {(A, B)}


@settings(deadline=None, max_examples=60)
@given(HOLDING, HOLDING, DAY, st.integers(1, 8))
def test_an_overlap_is_as_sure_as_its_surest_day(mine: Holding, theirs: Holding, start: dt.date, length: int):
    within = Stretch(start, start + dt.timedelta(days=length))
    days = [day for day in (start + dt.timedelta(days=n) for n in range(length)) if day in within]
    surest = max(min(mine.certainty_on(day), theirs.certainty_on(day)) for day in days)
    found, stretch = overlap(mine, theirs, within)
    assert found == surest
    if found > Certainty.NO:
        assert all(min(mine.certainty_on(day), theirs.certainty_on(day)) >= found for day in days if day in stretch)
        assert any(day in stretch for day in days)


def test_the_chain_of_command_has_both_ladders_and_no_coordination(world: Reader):
    network = project(world, "chain-of-command")
    assert pairs_of(network) == {
        ("organ:bo", "organ:so"): 1,
        ("organ:so", "organ:phong"): 1,
        ("organ:uy", "organ:so"): 1,
    }
    command = edge_of(network, "organ:bo", "organ:so")
    assert command.relations == (iri("relationkind:command").value,)
    assert command.facts == (iri("relation:chi-huy").value,)
    assert command.spells == (Stretch(dt.date(2020, 1, 1), None),)
    assert set(pairs_of(project(world, "chain-of-command", Slice(start=dt.date(2020, 7, 1))))) == {
        ("organ:bo", "organ:so"),
        ("organ:uy", "organ:so"),
    }
    assert ("organ:bo", "organ:so") not in pairs_of(project(world, "chain-of-command", Slice(end=dt.date(2020, 1, 1))))


def test_relations_of_directives_rest_on_their_claim_or_else_on_the_paper(world: Reader):
    network = project(world, "directive-relations")
    facts = {pair: [curie(fact) for fact in edge_of(network, *pair).facts] for pair in pairs_of(network)}
    assert facts == {
        ("directive:cong-van", "directive:goc"): ["claim:can-cu"],
        ("directive:cong-van", "directive:ke-hoach"): ["directive:cong-van"],
        ("directive:ke-hoach", "directive:goc"): ["directive:ke-hoach"],
    }
    assert pairs_of(project(world, "directive-relations", Slice(start=dt.date(2020, 1, 1)))) == {
        ("directive:ke-hoach", "directive:goc"): 1
    }


def test_a_cascade_goes_through_papers_and_meetings(world: Reader):
    goc = iri("directive:goc").value
    assert set(pairs_of(project(world, "cascade", directive=goc))) == {
        ("directive:cong-van", "directive:goc"),
        ("directive:cong-van", "directive:ke-hoach"),
        ("directive:ke-hoach", "directive:goc"),
        ("meeting:hai", "directive:ke-hoach"),
        ("meeting:mot", "directive:goc"),
    }


def test_people_and_meetings_are_two_modes_and_bodies_no_people(world: Reader):
    network = project(world, "person-meeting")
    assert len(network.edges) == 7
    assert {network.nodes[e.source].kind for e in network.edges} == {"person"}
    assert {network.nodes[e.target].kind for e in network.edges} == {"meeting"}
    assert edge_of(network, A, "meeting:mot").weight == 1  # two roles are one presence


def test_nodes_stand_on_the_ladders_of_posts_that_fit_the_days(world: Reader):
    a = iri(A).value
    assert project(world, "shared-meetings").nodes[a].ladder == "Party+State"
    late = project(world, "shared-meetings", Slice(end=dt.date(2021, 1, 1))).nodes
    assert late[a].province == PLACE["tinh"]
    assert late[iri(C).value].ladder == "State"
    assert project(world, "shared-meetings").nodes[iri(D).value].ladder == "State"
    assert iri(D).value not in late


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("friends", {}, "no projection 'friends'"),
        ("shared-meetings", {"weighting": "love"}, "no weighting 'love'; it has meetings, newman, role, site"),
        ("cascade", {}, "needs a directive"),
        ("shared-meetings", {"directive": "x:y"}, "takes no directive"),
    ],
)
def test_what_a_projection_does_not_have_is_refused_with_what_it_has(world: Reader, name: str, options, words: str):
    with pytest.raises(QueryRefused, match=words):
        project(world, name, **options)


def test_each_projection_is_defined_by_the_question_of_its_name():
    library = Library.load()
    assert set(PROJECTIONS) <= {name for name, query in library.items() if query.topic == "network"}
    assert all({"source", "target", "fact_1"} <= set(library[name].returns) for name in PROJECTIONS)


def test_collecting_of_garbage_goes_on_after_a_network_and_after_a_refused_one(world: Reader):
    project(world, "shared-meetings")
    assert gc.isenabled()
    with pytest.raises(SyntaxFault):
        project(Broken(world), "shared-meetings")
    assert gc.isenabled()


class Broken:
    """A reader whose engine refuses."""

    def __init__(self, reader: Reader) -> None:
        self.quads = reader.quads

    def select(self, query: str, bindings: object = None) -> list[Row]:
        raise SyntaxFault("SPARQL query", "broken")
