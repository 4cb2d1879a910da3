"""Rows of posts → what they say of people, bodies and posts, each at its cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.post_cells import read_post
from kg.model.documents import Document
from kg.model.extraction import Extraction, OrganRead, PersonRead, Position, Spans
from kg.model.fold import accented_key
from kg.model.spans import Span
from kg.read import PostRow, Unread

_RULE: Final = "table-cell"
_WORDS_RULE: Final = "table-cell-as-words"


@dataclass(frozen=True, slots=True)
class Held:
    """A row whose post was understood: its posts and their bodies at the cells. `is_words`: the body stayed unread."""

    row: PostRow
    positions: tuple[Position, ...]
    organs: tuple[OrganRead, ...]
    is_words: bool

    @property
    def person(self) -> tuple[str, tuple[str, ...]]:
        """What rows of one person have in common."""
        return accented_key(self.row.name), self.row.same

    @property
    def post_span(self) -> Span:
        """The cell that tells this row from the others of its table."""
        return self.positions[0].spans[0]


@dataclass(frozen=True, slots=True)
class Table:
    """An extraction from rows, and by the first cell of each person's name the cells of birth and death."""

    extraction: Extraction
    lives: Mapping[Span, Spans]


def read_held(row: PostRow) -> tuple[Held | None, list[Unread]]:
    """What a row says, None where it names no post of a body; and what of it was left out or kept as words."""
    body = row.body.words if row.body else None
    read = read_post(row.title.words, body, row.place)
    said = f"{row.title.words} {body}" if body else row.title.words
    if read is None:
        return None, [Unread(row.where, "title", said, "no post of a body can be read in it", True)]
    spans = _unique(row.title.span or row.name_span, row.body.span if row.body else None, *row.spans)
    rule = _WORDS_RULE if read.is_words else _RULE
    positions = tuple(replace(_dated(post, row), spans=spans, rule=rule) for post in read.positions)
    organs = tuple(replace(organ, spans=_unique(_body_span(row))) for organ in read.organs)
    left = [Unread(row.where, "title", title, "it names no body and was left out", False) for title in read.left]
    if read.is_words:
        left.append(Unread(row.where, "title", said, "the body cannot be read; the post was kept as words", False))
    return Held(row, positions, organs, read.is_words), left


def table_of(
    document: Document, rows: Sequence[Held], first_names: Mapping[tuple[str, tuple[str, ...]], Span]
) -> Table:
    """One extraction of rows; `first_names` are the first name cells of the people in the whole table.

    A person is named at the first cell wherever it stands, so that the same table makes the same people in any parts.
    """
    people: dict[tuple[str, tuple[str, ...]], list[Held]] = {}
    organs: dict[str, list[OrganRead]] = {}
    for held in rows:
        people.setdefault(held.person, []).append(held)
        for organ in held.organs:
            organs.setdefault(organ.name, []).append(organ)
    lives: dict[Span, Spans] = {}
    persons = []
    for person, theirs in people.items():
        first = first_names[person]
        persons.append(_person(first, [held.row for held in theirs], theirs))
        lives[first] = _unique(*(life.span for held in theirs for life in (held.row.birth, held.row.death) if life))
    merged = tuple(replace(same[0], spans=_unique(*(s for o in same for s in o.spans))) for same in organs.values())
    return Table(Extraction(document.id, document.published, document.place, tuple(persons), merged), lives)


def _person(first: Span, rows: Sequence[PostRow], held: Iterable[Held]) -> PersonRead:
    births = [row.birth.day for row in rows if row.birth]
    deaths = [row.death.day for row in rows if row.death]
    return PersonRead(
        rows[0].name,
        _unique(first, *(row.name_span for row in rows)),
        tuple(position for one in held for position in one.positions),
        tuple(dict.fromkeys(name for row in rows for name in row.other_names)),
        birth_date=str(births[0]) if births else None,
        death_date=str(deaths[0]) if deaths else None,
    )


def _dated(post: Position, row: PostRow) -> Position:
    """The post with the row's days: held no more when an end is named; begun, not seen in it, when only a start is."""
    start, end = (str(date) if date else None for date in (row.period.start, row.period.end))
    status = post.status
    if end and status in ("current", "appointed"):
        status = "former"
    elif (start or row.has_days) and not row.period.goes_on and status == "current":
        status = "appointed"
    return replace(post, start=start, end=end, status=status)


def _body_span(row: PostRow) -> Span:
    return (row.body.span if row.body else None) or row.title.span or row.name_span


def _unique(*spans: Span | None) -> Spans:
    return tuple(dict.fromkeys(span for span in spans if span))
