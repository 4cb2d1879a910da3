"""Measures on small graphs by hand, on random graphs beside igraph."""

import math
import random

import igraph
import pytest

from kg.errors import QueryRefused
from kg.network import MEASURES, Network, assortativity, communities, rank

from .conftest import drawn

# a triangle a b c, and d hanging on c
PAW = drawn([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")])
WEIGHED = drawn([("a", "b", 2), ("a", "c", 3), ("b", "c", 1), ("c", "d", 4)])
ARROWS = drawn([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")], directed=True)


def scores(network: Network, measure: str) -> dict[str, float]:
    return {score.node: score.value for score in rank(network, measure)}


@pytest.mark.parametrize(
    ("network", "measure", "expected"),
    [
        (PAW, "degree", {"a": 2, "b": 2, "c": 3, "d": 1}),
        (WEIGHED, "degree", {"a": 2, "b": 2, "c": 3, "d": 1}),
        (WEIGHED, "strength", {"a": 5, "b": 3, "c": 8, "d": 4}),
        (ARROWS, "in-degree", {"a": 0, "b": 1, "c": 2, "d": 1}),
        (ARROWS, "out-degree", {"a": 2, "b": 1, "c": 1, "d": 0}),
        (ARROWS, "degree", {"a": 2, "b": 2, "c": 3, "d": 1}),
        # of the three pairs of others, c stands between a and d, b and d
        (PAW, "betweenness", {"a": 0, "b": 0, "c": 2 / 3, "d": 0}),
        # of six ordered pairs: a to d, b to d
        (ARROWS, "betweenness", {"a": 0, "b": 0, "c": 2 / 6, "d": 0}),
        (PAW, "core", {"a": 2, "b": 2, "c": 2, "d": 1}),
        (ARROWS, "core", {"a": 2, "b": 2, "c": 2, "d": 1}),
        # x = 0.0375 + 0.85(x/2 + y/3), y = 0.0375 + 0.85(x + z), z = 0.0375 + 0.85y/3
        (PAW, "pagerank", {"a": 0.245928, "b": 0.245928, "c": 0.366736, "d": 0.141409}),
        # a: (1/2 + 1/2·1/3)² + (1/2 + 1/2·1/2)²; c: (1/3 + 1/3·1/2)² twice + (1/3)²
        (PAW, "constraint", {"a": 145 / 144, "b": 145 / 144, "c": 11 / 18, "d": 1}),
    ],
)
def test_a_measure_is_as_reckoned_by_hand(network: Network, measure: str, expected: dict[str, float]):
    assert scores(network, measure) == pytest.approx(expected, abs=1e-6)


def test_the_greatest_comes_first_and_of_constraint_the_least():
    assert [score.node for score in rank(PAW, "degree")] == ["c", "a", "b", "d"]
    assert [score.node for score in rank(PAW, "constraint")] == ["c", "d", "a", "b"]


def test_two_edges_against_each_other_are_one_for_cores():
    assert scores(drawn([("a", "b"), ("b", "a")], directed=True), "core") == {"a": 1, "b": 1}


@pytest.mark.parametrize("measure", sorted(MEASURES.keys() - {"in-degree", "out-degree"}))
def test_a_network_of_nothing_has_no_ranks(measure: str):
    assert rank(drawn([]), measure) == ()


@pytest.mark.parametrize(
    ("measure", "words"), [("fame", "no measure 'fame'"), ("in-degree", "'in-degree' is for directed networks")]
)
def test_a_measure_that_does_not_fit_is_refused(measure: str, words: str):
    with pytest.raises(QueryRefused, match=words):
        rank(PAW, measure)


def test_betweenness_of_what_is_too_large_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kg.network.measures._STEPS", 15)
    with pytest.raises(QueryRefused, match="narrow the network by days, a place or certainty, or rank by pagerank"):
        rank(PAW, "betweenness")


def some(seed: int, *, directed: bool) -> tuple[Network, igraph.Graph]:
    chance = random.Random(seed)
    names = [f"n{number:02}" for number in range(chance.randint(8, 30))]
    pairs = {tuple(chance.sample(range(len(names)), 2)) for _ in range(chance.randint(10, 90))}
    if not directed:
        pairs = {tuple(sorted(pair)) for pair in pairs}
    edges = [(*pair, chance.choice([0.5, 1, 2, 5])) for pair in sorted(pairs)]
    groups = {name: chance.choice(["Party", "State", "Front"]) for name in names}
    network = drawn([(names[a], names[b], w) for a, b, w in edges], groups, directed=directed, nodes=names)
    graph = igraph.Graph(len(names), [(a, b) for a, b, _ in edges], directed=directed)
    graph.es["weight"] = [w for _, _, w in edges]
    graph.vs["name"] = names
    return network, graph


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_measures_are_those_of_igraph(seed: int, directed: bool):
    network, graph = some(seed, directed=directed)
    simple = graph.copy()
    simple.to_undirected(mode="collapse", combine_edges="sum")
    n = len(network.nodes)
    pairs = (n - 1) * (n - 2) / (1 if directed else 2)
    theirs = {
        "degree": graph.degree(),
        "strength": graph.strength(weights="weight"),
        "pagerank": graph.pagerank(weights="weight"),
        "betweenness": [value / pairs for value in graph.betweenness()],
        "core": simple.coreness(),
        "constraint": graph.constraint(weights="weight"),
    }
    for measure, values in theirs.items():
        known = {name: v for name, v in zip(graph.vs["name"], values, strict=True) if not math.isnan(v)}
        assert scores(network, measure) == pytest.approx(known, abs=1e-6), measure


@pytest.mark.parametrize("seed", range(6))
def test_modularity_and_assortativity_are_those_of_igraph(seed: int):
    network, graph = some(seed, directed=False)
    found = communities(network, seed=seed)
    place = {node: at for at, members in enumerate(found.members) for node in members}
    membership = [place[name] for name in graph.vs["name"]]
    assert found.modularity == pytest.approx(graph.modularity(membership, weights="weight"))
    # Louvain is a heuristic that its seed turns; igraph's own run must not be much better
    assert found.modularity > graph.community_multilevel(weights="weight").modularity - 0.05
    words = [node.ladder for node in network.nodes.values()]
    types = [sorted(set(words)).index(word) for word in words]
    assert assortativity(network, "ladder").coefficient == pytest.approx(graph.assortativity_nominal(types))
