"""Tab-separated tables with their origin in comment lines at the head."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def read_table(file: Path) -> Iterator[dict[str, str]]:
    """One dict a row, keyed by column name; an empty cell is an empty string.

    Lines that begin with `#` are the header comment; the first other line names the columns.
    Raises ValueError for a row with more or fewer cells than columns.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = next(rows)
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"{file.name}: a row of {len(row)} cells for {len(columns)} columns: {row}")
            yield dict(zip(columns, row, strict=True))


def write_table(file: Path, comments: Sequence[str], columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """Writes comments, column names and rows; raises ValueError for a cell that holds a tab or a line break."""
    out = [f"# {comment}" for comment in comments]
    out.append("\t".join(columns))
    for row in rows:
        cells = [row[column] for column in columns]
        if any("\t" in cell or "\n" in cell for cell in cells):
            raise ValueError(f"{file.name}: a cell with a tab or a line break: {cells}")
        out.append("\t".join(cells))
    file.write_text("\n".join(out) + "\n", encoding="utf-8")
