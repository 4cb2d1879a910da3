"""The networks there are, each defined by the question of its name in queries/network, and how one is built."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryRefused
from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.network.coverage import covered
from kg.network.grounds import Ground, grounds
from kg.network.nodes import describe
from kg.network.ties import (
    MEETING,
    WEIGHTINGS,
    Tie,
    ask,
    bindings,
    overlapping_posts,
    plain_ties,
    shared_meetings,
)
from kg.network.values import Coverage, Edge, Network, Node, Slice


@dataclass(frozen=True, slots=True)
class Projection:
    """A way to see the graph as a network. `warning` names the words that every picture and ranking of it carries."""

    name: str
    directed: bool
    weightings: tuple[str, ...] = ("events",)
    needs_directive: bool = False
    warning: str | None = None


PROJECTIONS: Final[Mapping[str, Projection]] = {
    one.name: one
    for one in (
        Projection("shared-meetings", False, WEIGHTINGS, warning="co-presence"),
        Projection("overlapping-posts", False, ("bodies",), warning="overlap"),
        Projection("person-meeting", False, warning="co-presence"),
        Projection("chain-of-command", True),
        Projection("directive-relations", True),
        Projection("cascade", True, needs_directive=True),
    )
}


def project(
    reader: Reader,
    name: str,
    part: Slice | None = None,
    *,
    weighting: str | None = None,
    directive: str | None = None,
) -> Network:
    """The network of this name, of what the slice asks for; an edge weighs the sum of what its events weigh.

    `weighting` is one of the projection's own, its first by default; `directive` is the IRI from which a cascade goes
    out. Raises QueryRefused for what the projection does not have, or lacks.
    """
    part = part or Slice()
    projection = projection_of(name)
    weighting = weighting or projection.weightings[0]
    if weighting not in projection.weightings:
        raise QueryRefused(f"'{name}' has no weighting '{weighting}'; it has {', '.join(projection.weightings)}.")
    if projection.needs_directive is not bool(directive):
        needed = "needs a directive from which it goes out" if projection.needs_directive else "takes no directive"
        raise QueryRefused(f"The projection '{name}' {needed}.")
    values = bindings(part) | ({"directive": NamedNode(directive)} if directive else {})
    makers: dict[str, Callable[[], Iterable[Tie]]] = {
        "shared-meetings": lambda: shared_meetings(reader, part, weighting),
        "overlapping-posts": lambda: overlapping_posts(reader, part),
        "person-meeting": lambda: plain_ties(ask(reader, name, values), MEETING),
    }
    with _uncollected():
        ties = makers.get(name, lambda: plain_ties(ask(reader, name, values)))()
        return _network(reader, projection, part, weighting, ties, directive)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for circles of garbage, of which rows make none: to look takes a third of a large projection."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def projection_of(name: str) -> Projection:
    """The projection of this name. Raises QueryRefused."""
    if name not in PROJECTIONS:
        raise QueryRefused(f"There is no projection '{name}'; there are {', '.join(PROJECTIONS)}.")
    return PROJECTIONS[name]


def _network(
    reader: Reader, projection: Projection, part: Slice, weighting: str, ties: Iterable[Tie], focus: str | None
) -> Network:
    rests: dict[str, Ground] = {}
    edges = tuple(_folded(reader, ties, part.at_least, rests))
    ends = {end for edge in edges for end in (edge.source, edge.target)} | ({focus} if focus else set())
    nodes = describe(reader, ends, part)
    coverage = covered(reader, nodes, edges, rests)
    return Network(projection.name, weighting, projection.directed, part, nodes, edges, coverage, focus)


def ground_of(reader: Reader, nodes: Mapping[str, Node], edges: tuple[Edge, ...]) -> Coverage:
    """The coverage of a part of a network."""
    return covered(reader, nodes, edges, grounds(reader, {fact for edge in edges for fact in edge.facts}))


def _folded(reader: Reader, ties: Iterable[Tie], at_least: Certainty, rests: dict[str, Ground]) -> Iterator[Edge]:
    """Edges in the order of their ends; `rests` is filled with the grounds of all facts that are met."""
    gathered: dict[tuple[str, str], list[tuple[Certainty, Tie]]] = defaultdict(list)
    for tie in ties:
        if any(fact not in rests for fact in tie.facts):
            rests.update(grounds(reader, tie.facts))
        certainty = tie.certainty
        for fact in tie.facts:
            certainty = min(certainty, rests[fact].certainty)
        if certainty >= at_least:
            gathered[tie.source, tie.target].append((certainty, tie))
    for pair in sorted(gathered):
        yield _edge(gathered.pop(pair))


def _edge(events: list[tuple[Certainty, Tie]]) -> Edge:
    certainty, tie = events[0]
    if len(events) == 1:  # most of a large network
        days = (tie.days,) if tie.days else ()
        return Edge(tie.source, tie.target, tie.weight, certainty, (tie.relation,), tie.facts, days)
    events.sort(key=lambda one: (one[1].event, one[1].facts))
    weights: dict[str, float] = {}
    for _, other in events:  # who was at two sites of a meeting was there once
        weights[other.event] = max(other.weight, weights.get(other.event, 0.0))
    facts = dict.fromkeys(fact for _, other in events for fact in other.facts)
    spells = {other.days for _, other in events if other.days}
    return Edge(
        tie.source,
        tie.target,
        sum(weights.values()),
        max(sure for sure, _ in events),
        tuple(sorted({other.relation for _, other in events})),
        tuple(facts),
        tuple(sorted(spells, key=str)),
    )
