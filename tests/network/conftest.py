"""A world small enough to reckon by hand, as a reader; networks made of letters."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.namespaces import PREFIXES, curie
from kg.network import Coverage, Edge, Network, Node, Slice
from kg.store import StoreReader
from tests.ontology.judge import store_with_codes

LADDER = PREFIXES["ladder"]
Made = Callable[..., Network]
NOTHING = Coverage(0, 0, 0, None, {}, 0, {}, {})


@pytest.fixture(scope="session")
def world() -> Reader:
    """The graph of world.ttl with the code lists."""
    return StoreReader(store_with_codes(Path(__file__).with_name("world.ttl")))


def drawn(
    edges: Iterable[tuple[str, str] | tuple[str, str, float]],
    groups: Mapping[str, str] | None = None,
    *,
    directed: bool = False,
    nodes: Iterable[str] = (),
) -> Network:
    """A network of these edges; `groups` gives the ladders (Party, State) of nodes."""
    pairs = [(*edge, 1.0)[:3] for edge in edges]
    names = sorted({end for one, other, _ in pairs for end in (one, other)} | set(nodes))
    made = {n: Node(n, "person", n, (LADDER + groups[n],) if groups and n in groups else ()) for n in names}
    ties = tuple(Edge(one, other, float(weight), Certainty.CERTAIN, (), ()) for one, other, weight in pairs)
    return Network("drawn", "events", directed, Slice(), made, ties, NOTHING)


def pairs_of(network: Network) -> dict[tuple[str, str], float]:
    """Edges by their ends, in short, with their weights."""
    return {(curie(edge.source), curie(edge.target)): edge.weight for edge in network.edges}
