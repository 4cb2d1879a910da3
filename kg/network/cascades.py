"""What became of a directive on its way down: depth, breadth, lag."""

import datetime as dt
import statistics
from collections import Counter
from dataclasses import dataclass

import networkx as nx

from kg.errors import QueryRefused
from kg.network.graphs import as_networkx
from kg.network.values import Network


@dataclass(frozen=True, slots=True)
class Level:
    """What stands so many steps from the directive: papers and meetings, and days after it where both are dated."""

    depth: int
    papers: int
    meetings: int
    shortest_lag: int | None
    median_lag: float | None
    longest_lag: int | None
    undated: int


@dataclass(frozen=True, slots=True)
class Cascade:
    """`depth`: the most steps from the directive; `breadth`: the most nodes at one depth; `size`: all but itself."""

    directive: str
    day: dt.date | None
    depth: int
    breadth: int
    size: int
    levels: tuple[Level, ...]


def cascade(network: Network) -> Cascade:
    """The shape of a network that was projected as `cascade`; a node's depth is its shortest way to the directive.

    Raises QueryRefused for another network.
    """
    if network.projection != "cascade" or network.focus is None:
        raise QueryRefused("Depth, breadth and lag are of the projection 'cascade'; project that with a directive.")
    depths = nx.single_source_shortest_path_length(as_networkx(network).reverse(), network.focus)
    sizes = Counter(depth for depth in depths.values() if depth)
    root = network.nodes[network.focus].day
    at = {depth: [node for node, steps in depths.items() if steps == depth] for depth in sorted(sizes)}
    levels = tuple(_level(network, root, depth, members) for depth, members in at.items())
    return Cascade(
        network.focus, root, max(sizes, default=0), max(sizes.values(), default=0), sum(sizes.values()), levels
    )


def _level(network: Network, root: dt.date | None, depth: int, members: list[str]) -> Level:
    nodes = [network.nodes[one] for one in members]
    lags = sorted((node.day - root).days for node in nodes if node.day and root)
    meetings = sum(node.kind == "meeting" for node in nodes)
    return Level(
        depth,
        len(nodes) - meetings,
        meetings,
        lags[0] if lags else None,
        float(statistics.median(lags)) if lags else None,
        lags[-1] if lags else None,
        len(nodes) - len(lags),
    )
