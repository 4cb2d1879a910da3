"""Networks as values: nodes, edges that list the facts behind them, and what the whole rests on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model.holding import Certainty, Stretch


@dataclass(frozen=True, slots=True)
class Node:
    """A person, meeting, body or paper. `ladders` and `provinces` (IRIs) are those of its posts or of itself."""

    iri: str
    kind: str
    label: str
    ladders: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    day: dt.date | None = None

    @property
    def ladder(self) -> str | None:
        """One word for the group: Party, State, Front, or several joined by + for who stands on several; or None."""
        return "+".join(sorted(one.rpartition("/")[2] for one in self.ladders)) or None

    @property
    def province(self) -> str | None:
        """The one province, as an IRI; None where none or several are known."""
        return self.provinces[0] if len(self.provinces) == 1 else None


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie and its grounds: `facts` are IRIs of the facts that it rests on, each with sentences (`sentences`).

    `relations` say of what kind it is (IRIs of properties or codes). `spells` are its days, half-open; for what holds
    over time they bound what is possible. `certainty` is that of the surest of the events behind it.
    """

    source: str
    target: str
    weight: float
    certainty: Certainty
    relations: tuple[str, ...]
    facts: tuple[str, ...]
    spells: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """What is asked for: days [`start`, `end`), a place with all within it, at least so sure; None asks for all."""

    start: dt.date | None = None
    end: dt.date | None = None
    place: str | None = None
    at_least: Certainty = Certainty.POSSIBLE

    @property
    def days(self) -> Stretch:
        """Its days."""
        return Stretch(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much stands behind a network. Counts of distinct things; `years` counts dated edges by year of their days.

    `provinces` counts nodes by the label of their province, `certainties` edges; `undated` edges have no known day.
    `published` are the first and last year in which a source was published.
    """

    facts: int
    sentences: int
    sources: int
    published: tuple[int, int] | None
    years: Mapping[int, int]
    undated: int
    provinces: Mapping[str, int]
    certainties: Mapping[Certainty, int]


@dataclass(frozen=True, slots=True)
class Network:
    """One projection of the graph. An undirected edge has the smaller IRI as its source; `focus` is the directive of a
    cascade, or the node about which a part was cut out.
    """

    projection: str
    weighting: str
    directed: bool
    slice: Slice
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    coverage: Coverage
    focus: str | None = None
