"""A network in the libraries that reckon with it: networkx, and rustworkx where a million edges are to be ranked."""

import networkx as nx
import rustworkx as rx

from kg.namespaces import curie
from kg.network.values import Edge, Network


def as_networkx(network: Network) -> "nx.Graph[str] | nx.DiGraph[str]":
    """Nodes are IRIs with `node`, edges have `edge` and `weight`; a DiGraph for a directed network."""
    graph: nx.Graph[str] | nx.DiGraph[str] = nx.DiGraph() if network.directed else nx.Graph()
    for iri, node in network.nodes.items():
        graph.add_node(iri, node=node)
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, edge=edge, weight=edge.weight)
    return graph


def undirected(network: Network) -> "rx.PyGraph[str, float]":
    """Without directions; two edges against each other become one of their summed weight. Node k is the k-th node."""
    place = {iri: at for at, iri in enumerate(network.nodes)}
    graph: rx.PyGraph[str, float] = rx.PyGraph()
    graph.add_nodes_from(list(network.nodes))
    graph.add_edges_from([(place[one], place[other], weight) for (one, other), weight in _summed(network).items()])
    return graph


def undirected_networkx(network: Network) -> "nx.Graph[str]":
    """The same in networkx; `to_undirected` would keep the weight of one of two edges and drop the other."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.nodes)
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in _summed(network).items())
    return graph


def _summed(network: Network) -> dict[tuple[str, str], float]:
    weights: dict[tuple[str, str], float] = {}
    for edge in network.edges:
        pair = (edge.source, edge.target) if edge.source <= edge.target else (edge.target, edge.source)
        weights[pair] = weights.get(pair, 0.0) + edge.weight
    return weights


def directed(network: Network) -> "rx.PyDiGraph[str, float]":
    """With directions; an edge of an undirected network goes both ways. Node k is the k-th node."""
    place = {iri: at for at, iri in enumerate(network.nodes)}
    there = [(place[edge.source], place[edge.target], edge.weight) for edge in network.edges]
    back = [] if network.directed else [(other, one, weight) for one, other, weight in there]
    graph: rx.PyDiGraph[str, float] = rx.PyDiGraph()
    graph.add_nodes_from(list(network.nodes))
    graph.add_edges_from(there + back)
    return graph


def relation_words(edge: Edge) -> str:
    """What the edge is, as prefix:local names."""
    return " ".join(curie(one) for one in edge.relations)
