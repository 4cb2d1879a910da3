"""Careers and cascades of the small world, by hand."""

import datetime as dt

import pytest

from kg.errors import QueryRefused
from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.namespaces import curie, iri
from kg.network import Step, career_steps, cascade, project, transitions

from .conftest import drawn


def test_a_step_goes_from_rank_to_rank_on_one_ladder_within_bounds(world: Reader):
    (step,) = career_steps(world)
    assert (curie(step.person), curie(step.ladder)) == ("person:a", "ladder:State")
    assert (curie(step.origin), curie(step.destination)) == ("rank:DeputyHead", "rank:Director")
    assert [curie(fact) for fact in step.facts] == ["tenure:a-pho", "tenure:a"]
    # deputy from somewhere in January 2015, director from December 2019 at the earliest, seen on 10 January 2020
    assert step.shortest == (dt.date(2019, 12, 1) - dt.date(2015, 2, 1)).days
    assert step.longest == (dt.date(2020, 1, 10) - dt.date(2015, 1, 1)).days
    assert step.certainty == Certainty.CERTAIN
    assert career_steps(world, [iri("person:a").value]) == (step,)
    assert career_steps(world, [iri("person:b").value]) == ()


def test_transitions_gather_steps_and_an_unknown_bound_stays_unknown():
    def step(person: str, shortest: int, longest: int | None, end: str = "y") -> Step:
        return Step(person, "l", "x", end, ("t", "u"), shortest, longest, Certainty.LIKELY)

    steps = [step("a", 5, 9), step("a", 3, 20), step("b", 4, 8), step("b", 1, None, "z")]
    first, second = transitions(steps)
    assert (first.destination, len(first.steps), first.people, first.bounds) == ("y", 3, 2, (3, 20))
    assert (second.destination, second.people, second.bounds) == ("z", 1, (1, None))


def test_a_cascade_has_depth_breadth_and_lags_and_counts_what_has_no_day(world: Reader):
    found = cascade(project(world, "cascade", directive=iri("directive:goc").value))
    assert (found.depth, found.breadth, found.size, found.day) == (2, 3, 4, dt.date(2020, 1, 1))
    first, second = found.levels
    # the plan after 30 days, the first meeting after 9, a letter without a day
    assert (first.papers, first.meetings, first.undated) == (2, 1, 1)
    assert (first.shortest_lag, first.median_lag, first.longest_lag) == (9, 19.5, 30)
    assert (second.papers, second.meetings, second.shortest_lag, second.undated) == (0, 1, 490, 0)


def test_a_directive_that_nothing_takes_up_has_a_cascade_of_nothing(world: Reader):
    network = project(world, "cascade", directive=iri("directive:cong-van").value)
    assert [curie(node) for node in network.nodes] == ["directive:cong-van"]
    found = cascade(network)
    assert (found.depth, found.breadth, found.size, found.levels) == (0, 0, 0, ())


def test_another_network_has_no_depth():
    with pytest.raises(QueryRefused, match="project that with a directive"):
        cascade(drawn([("a", "b")]))
