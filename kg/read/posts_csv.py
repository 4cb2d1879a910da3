"""A table of posts, one a record, read by a mapping of its columns. Each value comes with its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import UnreadableInput
from kg.model.documents import Document
from kg.model.spans import Span
from kg.read.cell_dates import Period, read_date, read_period
from kg.read.cells import Cell, Row, read_rows
from kg.read.post_mapping import PostMapping
from kg.read.post_rows import Life, PostRow, Unread, Wording, read_name


def table_document(name: str, text: str, mapping: PostMapping) -> Document:
    """The table as a source: its text as it was received, with what the mapping says of it."""
    about = mapping.source
    return Document(
        name,
        text,
        title=about.get("title") or name,
        published=about.get("published"),
        place=mapping.constants.get("place"),
        publisher=about.get("publisher"),
        url=about.get("url"),
    )


def read_posts(text: str, mapping: PostMapping) -> Iterator[PostRow | Unread]:
    """The posts of a table in its order, and what of it could not be read.

    A row without a person or a title is left out whole, and so is one whose cells do not match the head; what else
    cannot be read (a day, say) is left out of its row alone. Raises UnreadableInput where the head lacks a column.
    """
    rows = read_rows(text, mapping.delimiter)
    head = next(rows, None)
    if head is None:
        raise UnreadableInput("The table is empty; its first line must name the columns.")
    names = [cell.value for cell in head.cells]
    missing = [name for name in (*mapping.columns.values(), *mapping.same_person) if name not in names]
    if missing:
        raise UnreadableInput(f"The table has no column '{missing[0]}'; it has {', '.join(names)}.")
    for row in rows:
        if len(row.cells) != len(names):
            reason = f"it has {len(row.cells)} cells under a head of {len(names)}: quote what holds the delimiter"
            yield Unread(f"line {row.line}", "", "", reason, True)
        else:
            yield from _Record(row, dict(zip(names, row.cells, strict=True)), mapping).posts()


@dataclass
class _Record:
    row: Row
    cells: Mapping[str, Cell]
    mapping: PostMapping
    unread: list[Unread] = field(default_factory=list)

    def posts(self) -> Iterator[PostRow | Unread]:
        named = self._cell("person")
        titles = self._titles()
        try:
            name, other = read_name(named.value if named else "")
        except ValueError as fault:
            self._leave("person", str(fault), is_whole=True)
        else:
            if not titles:
                self._leave("title", "no post is named", is_whole=True)
            elif named and named.span:
                period, spans = self._period(), self._spans()
                birth, death = self._life("birth"), self._life("death")
                body, place = self._wording("body"), self._wording("place")
                same = tuple(self.cells[column].value for column in self.mapping.same_person)
                for title in titles:
                    yield PostRow(
                        self._where,
                        name,
                        named.span,
                        other,
                        same or (str(birth.day) if birth else "",),
                        title,
                        body,
                        place.words if place else None,
                        period,
                        spans,
                        birth,
                        death,
                        has_days=not {"period", "start", "end"}.isdisjoint(self.mapping.columns),
                    )
        yield from self.unread

    @property
    def _where(self) -> str:
        return f"line {self.row.line}"

    def _cell(self, what: str) -> Cell | None:
        """The filled cell of a column that the mapping names."""
        column = self.mapping.columns.get(what)
        cell = self.cells[column] if column else None
        return cell if cell and cell.span else None

    def _wording(self, what: str) -> Wording | None:
        cell = self._cell(what)
        constant = self.mapping.constants.get(what)
        return Wording(cell.value, cell.span) if cell else Wording(constant, None) if constant else None

    def _titles(self) -> list[Wording]:
        whole = self._wording("title")
        parts = whole.words.split(self.mapping.separator) if whole and self.mapping.separator else []
        return [Wording(words, whole.span) for part in parts if whole and (words := " ".join(part.split()))] or (
            [whole] if whole else []
        )

    def _spans(self) -> tuple[Span, ...]:
        """The cells that bear out when, and by which source."""
        cells = (self._cell(what) for what in ("period", "start", "end", "url"))
        return tuple(cell.span for cell in cells if cell and cell.span)

    def _period(self) -> Period:
        if cell := self._cell("period"):
            try:
                return read_period(cell.value)
            except ValueError as fault:
                self._leave("period", str(fault))
                return Period()
        start, end = self._cell("start"), self._cell("end")
        try:
            first = read_date(start.value) if start else None
        except ValueError as fault:
            self._leave("start", str(fault))
            first = None
        try:
            last = read_date(end.value) if end else None
        except ValueError as fault:
            self._leave("end", str(fault))
            return Period(first)
        if first and last and last.last_day < first.first_day:
            self._leave("end", "it lies before the start")
            return Period()
        return Period(first, last, last is None and end is not None)

    def _life(self, what: str) -> Life | None:
        cell = self._cell(what)
        if cell is None or cell.span is None:
            return None
        try:
            day = read_date(cell.value)
        except ValueError as fault:
            self._leave(what, str(fault))
            return None
        return Life(day, cell.span) if day else None

    def _leave(self, what: str, reason: str, *, is_whole: bool = False) -> None:
        column = self.mapping.columns.get(what, what)
        words = self.cells[column].value if column in self.cells else ""
        self.unread.append(Unread(self._where, column, words, reason, is_whole))
