"""How two are connected, and what is around one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Final

import networkx as nx

from kg.errors import NotFound
from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.namespaces import curie
from kg.network.graphs import as_networkx
from kg.network.grounds import Sentence, sentences
from kg.network.projections import ground_of
from kg.network.values import Edge, Network

COSTS: Final = {Certainty.CERTAIN: 1.0, Certainty.LIKELY: 2.0, Certainty.POSSIBLE: 3.0}
"""What a step costs: a doubtful one as much as two or three that are sure."""


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a chain, from one node to the next, by an edge of one projection."""

    origin: str
    destination: str
    projection: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one node to another, with the sum of what its steps cost (COSTS)."""

    links: tuple[Link, ...]
    cost: float

    @property
    def certainty(self) -> Certainty:
        """That of its least sure step."""
        return min(link.edge.certainty for link in self.links)


def chains(networks: Sequence[Network], origin: str, destination: str, k: int = 3) -> tuple[Chain, ...]:
    """The k cheapest chains without a repeated node, by any of the networks, directions aside.

    Of several edges of a pair the surest is taken. Raises NotFound for an end that is in none of the networks.
    """
    best: dict[frozenset[str], tuple[float, int]] = {}
    graph: nx.Graph[str] = nx.Graph()
    for at, network in enumerate(networks):
        graph.add_nodes_from(network.nodes)
        for edge in network.edges:
            if edge.source == edge.target:
                continue
            pair = frozenset((edge.source, edge.target))
            cost = COSTS[edge.certainty]
            if pair not in best or (cost, at) < best[pair]:
                best[pair] = (cost, at)
                graph.add_edge(edge.source, edge.target, cost=cost, link=(network.projection, edge))
    for end in (origin, destination):
        if end not in graph:
            raise NotFound(
                f"{curie(end)} is in none of these networks; nothing read so far ties it to anybody "
                "in the days, the place and the certainty asked for."
            )
    if origin == destination or not nx.has_path(graph, origin, destination):
        return ()
    found = [_chain(graph, path) for path in _cheapest(graph, origin, destination, k)]
    return tuple(sorted(found, key=lambda one: (one.cost, [link.destination for link in one.links]))[:k])


def _cheapest(graph: "nx.Graph[str]", origin: str, destination: str, k: int) -> Iterator[list[str]]:
    """Yen's paths in order of cost: the first k."""
    return islice(nx.shortest_simple_paths(graph, origin, destination, weight="cost"), k)


def _chain(graph: "nx.Graph[str]", path: list[str]) -> Chain:
    links = tuple(Link(one, other, *graph.edges[one, other]["link"]) for one, other in pairwise(path))
    return Chain(links, sum(COSTS[link.edge.certainty] for link in links))


def told(reader: Reader, edge: Edge) -> tuple[Sentence, ...]:
    """The sentences behind an edge, in the order of its facts."""
    return tuple(said for some in sentences(reader, edge.facts).values() for said in some)


def ego(reader: Reader, network: Network, node: str, radius: int = 1) -> Network:
    """What is within so many steps of a node, directions aside, with the edges among them. Raises NotFound."""
    if node not in network.nodes:
        raise NotFound(f"{curie(node)} is not in the network '{network.projection}' of what was asked for.")
    graph = as_networkx(network).to_undirected(as_view=True)
    near = nx.single_source_shortest_path_length(graph, node, cutoff=radius)
    nodes = {iri: one for iri, one in network.nodes.items() if iri in near}
    edges = tuple(edge for edge in network.edges if edge.source in near and edge.target in near)
    return replace(network, nodes=nodes, edges=edges, coverage=ground_of(reader, nodes, edges), focus=node)
