"""Tables for people on a terminal, tab-separated lines for everything else."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def on_terminal() -> bool:
    """Whether a person is reading standard output."""
    return sys.stdout.isatty()


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints the rows under their head; elsewhere than on a terminal one row a line, cells parted by tabs."""
    if not on_terminal():
        for row in (head, *rows):
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table()
    for name in head:
        table.add_column(name, overflow="fold")  # an IRI that is cut cannot be copied
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
