"""Tables of comma-separated values (RFC 4180), each cell with its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import UnreadableInput
from kg.model.spans import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is meant (doubled quotes single, blanks around it gone), and where it stands in the text.

    `span` has the letters of the cell as they stand there, without the quotes around it; None for an empty cell.
    """

    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one record; `line` is the line of the text, from 1, on which it begins."""

    line: int
    cells: tuple[Cell, ...]


def read_rows(text: str, delimiter: str = ",") -> Iterator[Row]:
    """The records of a table, empty lines left out; raises UnreadableInput for a quote that is never closed."""
    at, line = 1 if text.startswith("\ufeff") else 0, 1
    while at < len(text):
        begin, first = at, line
        cells: list[Cell] = []
        more = True
        while more:
            cell, at = _cell(text, at, delimiter, first)
            cells.append(cell)
            more = text.startswith(delimiter, at)
            at += more
        at += 2 if text.startswith("\r\n", at) else 1
        line += _line_ends(text[begin:at])
        if len(cells) > 1 or cells[0].value:
            yield Row(first, tuple(cells))


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _cell(text: str, at: int, delimiter: str, line: int) -> tuple[Cell, int]:
    """The cell that begins at a place, and the place of the mark that ends it."""
    if not text.startswith('"', at):
        end = at
        while end < len(text) and text[end] not in ("\n", "\r", delimiter):
            end += 1
        return _trimmed(text, at, end), end
    close = at + 1
    while True:
        close = text.find('"', close)
        if close < 0:
            raise UnreadableInput(f"The quote that opens in the record on line {line} is never closed; close it.")
        if not text.startswith('"', close + 1):
            break
        close += 2
    end = close + 1
    while end < len(text) and text[end] not in ("\n", "\r", delimiter):
        if not text[end].isspace():
            raise UnreadableInput(
                f"Words follow a closing quote in the record on line {line}; double quotes in a cell."
            )
        end += 1
    return _trimmed(text, at + 1, close, quoted=True), end


def _trimmed(text: str, start: int, end: int, *, quoted: bool = False) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        return Cell("", None)
    value = text[start:end]
    return Cell(value.replace('""', '"') if quoted else value, Span(start, end))
