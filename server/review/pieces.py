"""A text cut at the ends of its marks, so that marks may nest and overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode

from kg.review import Mark

MOST_MARKS: Final = 2_000
"""Marks of one text that are shown, the first ones; beyond them a page would be slow."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks. `marks` are their numbers, the innermost last; `fact` is what the first words of a
    mark lead to, 0 for other words; `names` where the words name something.
    """

    id: str
    text: str
    marks: tuple[int, ...]
    fact: int
    names: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in pieces.

    The marks that are evidence of a fact (by its number), those that name it, and the piece with which a mark begins.
    """

    pieces: tuple[Piece, ...]
    saying: Mapping[int, list[int]]
    naming: Mapping[int, list[int]]
    begins: Mapping[int, str]
    left_out: int


def cut(text: str, marks: Sequence[Mark], numbers: Mapping[NamedNode, int], first: int, name: str) -> Cut:
    """The pieces of a text. Marks are numbered from `first`, identifiers begin with `name`."""
    shown = [mark for mark in marks if mark.nodes & numbers.keys()][:MOST_MARKS]
    saying: dict[int, list[int]] = {}
    naming: dict[int, list[int]] = {}
    for at, mark in enumerate(shown, first):
        for node in mark.nodes & numbers.keys():
            (naming if mark.names else saying).setdefault(numbers[node], []).append(at)
    ends = sorted({0, len(text), *(end for mark in shown for end in (mark.span.start, mark.span.end))})
    opening: dict[int, list[int]] = {}
    for at, mark in enumerate(shown):
        opening.setdefault(mark.span.start, []).append(at)
    open_now: list[int] = []
    pieces: list[Piece] = []
    begins: dict[int, str] = {}
    for number, (start, end) in enumerate(pairwise(ends)):
        begun = opening.get(start, [])
        open_now = [at for at in open_now if shown[at].span.end > start] + begun
        identifier = f"{name}{number}"
        begins |= {at + first: identifier for at in begun}
        facts = _facts(shown[at] for at in reversed(begun))
        pieces.append(
            Piece(
                identifier,
                text[start:end],
                tuple(at + first for at in open_now),
                next((numbers[node] for node in facts if node in numbers), 0),
                any(shown[at].names for at in open_now),
            )
        )
    return Cut(tuple(pieces), saying, naming, begins, len(marks) - len(shown))


def _facts(marks: Iterable[Mark]) -> Iterable[NamedNode]:
    return (node for mark in marks for node in sorted(mark.nodes, key=str))
