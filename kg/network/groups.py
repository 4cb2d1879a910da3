"""Groups in a network: brokers between them, communities, and how far like ties with like."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import networkx as nx

from kg.network.graphs import as_networkx, undirected_networkx
from kg.network.values import Network, Node

GROUPINGS: Final[Mapping[str, Callable[[Node], str | None]]] = {
    "ladder": lambda node: node.ladder,
    "province": lambda node: node.province,
}


class Role(StrEnum):
    """What a broker is between the groups of the two that it connects (Gould and Fernandez 1989)."""

    COORDINATOR = "coordinator"
    ITINERANT = "itinerant"
    GATEKEEPER = "gatekeeper"
    REPRESENTATIVE = "representative"
    LIAISON = "liaison"


@dataclass(frozen=True, slots=True)
class Communities:
    """Communities, the largest first, and the modularity of the partition."""

    members: tuple[tuple[str, ...], ...]
    modularity: float
    seed: int


@dataclass(frozen=True, slots=True)
class Assortativity:
    """Newman's coefficient among the nodes whose group is known, how many those are, how many were left out.

    `coefficient` is None where it is not defined: no edges, or all in one group.
    """

    grouping: str
    coefficient: float | None
    nodes: int
    left_out: int


def brokerage(network: Network, grouping: str = "ladder") -> dict[str, Counter[Role]]:
    """For each node, how often it stands between two others that have no edge, in each role.

    Counts ordered pairs (a, c) with edges a → broker → c and none a → c; an undirected edge goes both ways, so that
    each pair counts twice. Nodes whose group is not known neither broker nor are brokered.
    """
    group = {iri: GROUPINGS[grouping](node) for iri, node in network.nodes.items()}
    after: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for edge in network.edges:
        ways = (
            [(edge.source, edge.target)]
            if network.directed
            else [(edge.source, edge.target), (edge.target, edge.source)]
        )
        for one, other in ways:
            if group[one] and group[other] and one != other:
                after[one].add(other)
                before[other].add(one)
    found: dict[str, Counter[Role]] = {}
    for broker in sorted(set(after) & set(before)):
        roles = Counter(
            _role(group[one], group[broker], group[other])
            for one in before[broker]
            for other in after[broker]
            if one != other and other not in after[one]
        )
        if roles:
            found[broker] = roles
    return found


def _role(source: str | None, broker: str | None, target: str | None) -> Role:
    if source == target:
        return Role.COORDINATOR if broker == source else Role.ITINERANT
    if broker == target:
        return Role.GATEKEEPER
    return Role.REPRESENTATIVE if broker == source else Role.LIAISON


def communities(network: Network, *, seed: int = 0) -> Communities:
    """Communities by the Louvain method on weights, without directions; one seed gives one answer."""
    if not network.edges:
        return Communities(tuple((node,) for node in network.nodes), 0.0, seed)
    graph = undirected_networkx(network)
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    members = sorted((tuple(sorted(some)) for some in found), key=lambda some: (-len(some), some))
    return Communities(tuple(members), float(nx.community.modularity(graph, members, weight="weight")), seed)


def assortativity(network: Network, grouping: str) -> Assortativity:
    """How far edges join nodes of one group: 1 all, 0 as by chance, below 0 fewer; weights are not counted."""
    group = {iri: known for iri, node in network.nodes.items() if (known := GROUPINGS[grouping](node))}
    graph = as_networkx(network).subgraph(group).copy()
    nx.set_node_attributes(graph, group, "group")
    is_defined = graph.number_of_edges() > 0 and len({group[end] for edge in graph.edges for end in edge}) > 1
    found = float(nx.attribute_assortativity_coefficient(graph, "group")) if is_defined else None
    return Assortativity(grouping, found, len(group), len(network.nodes) - len(group))
