"""Brokers, communities and assortativity by hand; brokerage besides against its definition written out."""

import random
from collections import Counter
from itertools import permutations

import pytest

from kg.network import Role, assortativity, brokerage, communities

from .conftest import drawn

P, S, F = "Party", "State", "Front"


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ((P, P, P), Role.COORDINATOR),
        ((P, S, P), Role.ITINERANT),
        ((P, S, S), Role.GATEKEEPER),
        ((P, P, S), Role.REPRESENTATIVE),
        ((P, S, F), Role.LIAISON),
    ],
)
def test_a_broker_is_named_by_the_groups_of_the_three(groups: tuple[str, str, str], role: Role):
    named = dict(zip("abc", groups, strict=True))
    assert brokerage(drawn([("a", "b"), ("b", "c")], named, directed=True)) == {"b": {role: 1}}


def test_nobody_brokers_between_two_who_have_an_edge():
    assert brokerage(drawn([("a", "b"), ("b", "c"), ("a", "c")], dict.fromkeys("abc", P), directed=True)) == {}


def test_an_undirected_pair_counts_both_ways_and_each_way_has_its_role():
    network = drawn([("a", "b"), ("b", "c")], {"a": P, "b": P, "c": S})
    assert brokerage(network) == {"b": {Role.REPRESENTATIVE: 1, Role.GATEKEEPER: 1}}


def test_who_is_of_no_known_group_neither_brokers_nor_is_brokered():
    edges = [("a", "b"), ("b", "c")]
    assert brokerage(drawn(edges, {"a": P, "c": S}, directed=True)) == {}
    assert brokerage(drawn(edges, {"a": P, "b": S}, directed=True)) == {}


@pytest.mark.parametrize("seed", range(4))
def test_brokerage_is_its_definition_over_all_triples(seed: int):
    chance = random.Random(seed)
    groups = {letter: chance.choice([P, S, F]) for letter in "abcdefgh"}
    edges = {(one, other) for one, other in permutations(groups, 2) if chance.random() < 0.3}
    role = {
        (True, True, True): Role.COORDINATOR,
        (False, False, True): Role.ITINERANT,
        (False, True, False): Role.GATEKEEPER,
        (True, False, False): Role.REPRESENTATIVE,
        (False, False, False): Role.LIAISON,
    }
    expected: dict[str, Counter[Role]] = {}
    for one, broker, other in permutations(groups, 3):
        if (one, broker) in edges and (broker, other) in edges and (one, other) not in edges:
            a, b, c = groups[one], groups[broker], groups[other]
            expected.setdefault(broker, Counter())[role[a == b, b == c, a == c]] += 1
    assert expected
    assert brokerage(drawn(sorted(edges), groups, directed=True)) == expected


def test_two_cliques_on_a_thread_are_two_communities_of_known_modularity():
    cliques = ["abcd", "wxyz"]
    edges = [(one, other) for some in cliques for at, one in enumerate(some) for other in some[at + 1 :]]
    found = communities(drawn([*edges, ("d", "w")]), seed=3)
    assert found.members == (tuple("abcd"), tuple("wxyz"))
    assert found.modularity == pytest.approx(2 * (6 / 13 - (13 / 26) ** 2))
    assert communities(drawn([*edges, ("d", "w")]), seed=3) == found


def test_nodes_without_edges_are_communities_of_their_own():
    assert communities(drawn([], nodes="ab")).members == (("a",), ("b",))


def test_assortativity_by_hand_leaves_out_whose_group_is_not_known():
    # of six ends: 2/6 Party to Party, 2/6 State to State; (4/6 - 1/2) / (1 - 1/2)
    groups = {"a": P, "b": P, "c": S, "d": S}
    found = assortativity(drawn([("a", "b"), ("c", "d"), ("b", "c"), ("d", "u")], groups), "ladder")
    assert found.coefficient == pytest.approx(1 / 3)
    assert (found.nodes, found.left_out) == (4, 1)


@pytest.mark.parametrize("edges", [[], [("a", "b")]])
def test_assortativity_of_one_group_is_not_defined(edges: list[tuple[str, str]]):
    assert assortativity(drawn(edges, {"a": P, "b": P}, nodes="ab"), "ladder").coefficient is None
