"""Measures of nodes under their standard names; README.md gives the definition and the source of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

import networkx as nx
import rustworkx as rx

from kg.errors import QueryRefused
from kg.network.graphs import directed, undirected, undirected_networkx
from kg.network.values import Network

DAMPING: Final = 0.85
_STEPS: Final = 500_000_000
"""Products of nodes and edges up to which all shortest paths are counted: some minutes of one core at the most."""

_EDGES_OF_CONSTRAINT: Final = 200_000


@dataclass(frozen=True, slots=True)
class Score:
    """What a node scores."""

    node: str
    value: float


def rank(network: Network, measure: str) -> tuple[Score, ...]:
    """All nodes for which the measure is defined, the greatest first (constraint: the least first, the freest broker).

    Ties stand in the order of their IRIs. Raises QueryRefused for a measure that is not there, does not fit the
    network, or would take too long on one of its size.
    """
    if measure not in MEASURES:
        raise QueryRefused(f"There is no measure '{measure}'; there are {', '.join(MEASURES)}.")
    if measure in _DIRECTED_ONLY and not network.directed:
        raise QueryRefused(f"'{measure}' is for directed networks; edges of '{network.projection}' have no direction.")
    sign = 1 if measure == "constraint" else -1
    scores = [Score(node, value) for node, value in MEASURES[measure](network).items()]
    return tuple(sorted(scores, key=lambda score: (sign * score.value, score.node)))


def degree(network: Network) -> dict[str, float]:
    """The number of neighbours; of a directed network the number of edges in and out."""
    return _counted(network, lambda _: 1.0, ins=True, outs=True)


def in_degree(network: Network) -> dict[str, float]:
    """The number of edges that come in."""
    return _counted(network, lambda _: 1.0, ins=True, outs=False)


def out_degree(network: Network) -> dict[str, float]:
    """The number of edges that go out."""
    return _counted(network, lambda _: 1.0, ins=False, outs=True)


def strength(network: Network) -> dict[str, float]:
    """The sum of the weights of a node's edges."""
    return _counted(network, lambda weight: weight, ins=True, outs=True)


def pagerank(network: Network) -> dict[str, float]:
    """PageRank by weight with damping 0.85; an undirected edge is followed both ways. Sums to 1."""
    if not network.nodes:
        return {}
    ranks = rx.pagerank(directed(network), alpha=DAMPING, weight_fn=float, tol=1e-10, max_iter=1000)
    return dict(zip(network.nodes, (ranks[at] for at in range(len(network.nodes))), strict=True))


def betweenness(network: Network) -> dict[str, float]:
    """Shortest paths through a node as a share of those there can be, by number of steps; weights are not distances."""
    if len(network.nodes) * len(network.edges) > _STEPS:
        raise QueryRefused(
            f"Betweenness of {len(network.nodes)} nodes and {len(network.edges)} edges takes too long; "
            "narrow the network by days, a place or certainty, or rank by pagerank."
        )
    if network.directed:
        found = rx.digraph_betweenness_centrality(directed(network), normalized=True)
    else:
        found = rx.graph_betweenness_centrality(undirected(network), normalized=True)
    return dict(zip(network.nodes, (found[at] for at in range(len(network.nodes))), strict=True))


def core(network: Network) -> dict[str, float]:
    """The greatest k for which the node is in the k-core, without directions and weights."""
    found = cast(Mapping[int, int], rx.core_number(undirected(network)))  # its stub says int
    return dict(zip(network.nodes, (float(found[at]) for at in range(len(network.nodes))), strict=True))


def constraint(network: Network) -> dict[str, float]:
    """Burt's constraint by the weights of both directions together; a node without a neighbour has none."""
    if len(network.edges) > _EDGES_OF_CONSTRAINT:
        raise QueryRefused(
            f"Constraint of {len(network.edges)} edges takes too long; narrow it by days, a place or certainty."
        )
    found: Mapping[str, float] = nx.constraint(undirected_networkx(network), weight="weight")
    return {node: value for node, value in found.items() if value == value}  # not a number where it is not defined


def _counted(network: Network, worth: Callable[[float], float], *, ins: bool, outs: bool) -> dict[str, float]:
    found = dict.fromkeys(network.nodes, 0.0)
    for edge in network.edges:
        if outs:
            found[edge.source] += worth(edge.weight)
        if ins:
            found[edge.target] += worth(edge.weight)
    return found


MEASURES: Final[Mapping[str, Callable[[Network], dict[str, float]]]] = {
    "degree": degree,
    "in-degree": in_degree,
    "out-degree": out_degree,
    "strength": strength,
    "pagerank": pagerank,
    "betweenness": betweenness,
    "core": core,
    "constraint": constraint,
}
_DIRECTED_ONLY: Final = frozenset({"in-degree", "out-degree"})
