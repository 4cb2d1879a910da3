"""The networks there are, each defined by the question of its name in queries/network, and how one is built."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryRefused
from kg.model.graph import Reader
from kg.model.holding import Certainty, Stretch
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
    ties = makers.get(name, lambda: plain_ties(ask(reader, name, values)))()
    return _network(reader, projection, part, weighting, ties, directive)


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


@dataclass(slots=True)
class _Folding:
    """An edge while its events come in."""

    events: set[str] = field(default_factory=set)
    weight: float = 0.0
    certainty: Certainty = Certainty.NO
    relations: set[str] = field(default_factory=set)
    facts: dict[str, None] = field(default_factory=dict)
    spells: set[Stretch] = field(default_factory=set)

    def take(self, tie: Tie, certainty: Certainty) -> None:
        """Adds an event, or more facts of one that is in already."""
        if tie.event not in self.events:
            self.events.add(tie.event)
            self.weight += tie.weight
        self.certainty = max(self.certainty, certainty)
        self.relations.add(tie.relation)
        self.facts.update(dict.fromkeys(tie.facts))
        if tie.days:
            self.spells.add(tie.days)


def _folded(reader: Reader, ties: Iterable[Tie], at_least: Certainty, rests: dict[str, Ground]) -> Iterator[Edge]:
    folding: dict[tuple[str, str], _Folding] = {}
    for tie in ties:
        rests.update(grounds(reader, (fact for fact in tie.facts if fact not in rests)))
        certainty = min(tie.certainty, *(rests[fact].certainty for fact in tie.facts))
        if certainty >= at_least:
            folding.setdefault((tie.source, tie.target), _Folding()).take(tie, certainty)
    for (source, target), edge in sorted(folding.items()):
        yield Edge(
            source,
            target,
            edge.weight,
            edge.certainty,
            tuple(sorted(edge.relations)),
            tuple(edge.facts),
            tuple(sorted(edge.spells, key=str)),
        )
