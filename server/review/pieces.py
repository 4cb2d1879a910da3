"""A text cut at the ends of its marks, so that marks may nest and overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.review import Fact, Mark

MOST_MARKS: Final = 2_000
"""Marks of one text that are shown, the first ones; beyond them a page would be slow."""

DEEPEST: Final = 16
"""Marks over one piece that are told of, the innermost ones."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks. `marks` are their numbers, the innermost last; `names` where they name something.

    `fact` is what the first words of a mark lead to, of several the one that is called in the fewest words; else 0.
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


def cut(text: str, marks: Sequence[Mark], facts: Sequence[Fact], first: int, name: str) -> Cut:
    """The pieces of a text. Facts are numbered from 1, marks from `first`; identifiers begin with `name`."""
    numbers = {fact.node: at for at, fact in enumerate(facts, 1)}
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
        leads = (node for at in reversed(begun) for node in shown[at].nodes if node in numbers)
        pieces.append(
            Piece(
                identifier,
                text[start:end],
                tuple(at + first for at in open_now[-DEEPEST:]),
                min((numbers[node] for node in leads), key=lambda fact: (len(facts[fact - 1].label), fact), default=0),
                any(shown[at].names for at in open_now),
            )
        )
    return Cut(tuple(pieces), saying, naming, begins, len(marks) - len(shown))
