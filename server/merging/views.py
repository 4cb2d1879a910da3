"""What the pages of merging show."""

from dataclasses import dataclass, field
from typing import Any

from kg.history import Part
from server.contexts import Form, Link, ProblemPage


@dataclass(frozen=True, slots=True)
class MergeView:
    """What a merge would do: facts that move by property, other effects and obstacles as sentences.

    `parts` are what the node kept would say that it does not say now, and the reverse.
    """

    kind: str
    moved: tuple[tuple[str, int], ...]
    effects: tuple[str, ...]
    obstacles: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class MergePage:
    """A merge of two nodes, whose IRIs are the notes of the links, and the form for it, as sent where that was refused.

    `report` are the findings of the shapes, `proposes` tells that it would wait for review, `proposal` is the address
    of the proposal that it became.
    """

    kept: Link
    gone: Link
    view: MergeView | None = None
    report: tuple[dict[str, Any], ...] = ()
    proposes: bool = False
    form: Form = field(default_factory=Form)
    problem: ProblemPage | None = None
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that may be one: of which kind, what they share, and where their merge is looked at."""

    kind: str
    thing: Link
    other: Link
    shared: str
    href: str


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """Pairs that may be one, of which `shown` are at most five hundred of `total`."""

    shown: tuple[Pair, ...]
    total: int
