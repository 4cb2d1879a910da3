"""What one line of a table says: who held which post from when to when, each with the cells that say so."""

import re
from dataclasses import dataclass, field
from typing import Final

from kg.model.dates import PartialDate
from kg.model.documents import Document
from kg.model.spans import Span
from kg.read.capitals import person_name
from kg.read.cell_dates import Period

_OTHER_NAME: Final = re.compile(r"(?P<name>[^()]+?)\s*\((?P<other>[^()]+)\)")
_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the table and where they stand; no span for words that the mapping supplies."""

    words: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Life:
    """A day of birth or death as far as it is given."""

    day: PartialDate
    span: Span


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post of one person. `where` names the row for people ("row 12"), `same` tells its person from others.

    `has_days`: the table tells days, so a row without one says nothing of when; else it is a list of who is in office.
    """

    where: str
    name: str
    name_span: Span
    other_names: tuple[str, ...]
    same: tuple[str, ...]
    title: Wording
    body: Wording | None = None
    place: str | None = None
    period: Period = field(default_factory=Period)
    spans: tuple[Span, ...] = ()
    birth: Life | None = None
    death: Life | None = None
    has_days: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be taken of a row: its place, the column, the words, why. `is_whole`: nothing of the row was."""

    where: str
    column: str
    words: str
    reason: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class PostTable:
    """A table as a source, its posts in order, and what of it could not be read."""

    document: Document
    rows: tuple[PostRow, ...]
    unread: tuple[Unread, ...]


def read_name(written: str) -> tuple[str, tuple[str, ...]]:
    """A person's name in the capitals of running text, and another name in parentheses; raises ValueError."""
    both = _OTHER_NAME.fullmatch(written.strip())
    name = person_name(both["name"] if both else written)
    other = (person_name(both["other"]),) if both else ()
    words = name.split()
    if not words or len(words) > _MOST_WORDS or not words[0][0].isalpha() or any(ch.isdigit() for ch in name):
        raise ValueError("it is no name of a person")
    return name, other
