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
    weights: dict[tuple[int, int], float] = {}
    for edge in network.edges:
        one, other = place[edge.source], place[edge.target]
        pair = (one, other) if one <= other else (other, one)
        weights[pair] = weights.get(pair, 0.0) + edge.weight
    graph: rx.PyGraph[str, float] = rx.PyGraph()
    graph.add_nodes_from(list(network.nodes))
    graph.add_edges_from([(one, other, weight) for (one, other), weight in weights.items()])
    return graph


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
