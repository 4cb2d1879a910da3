"""Answers of the library as tables of words."""

import csv
import sys
from pathlib import Path

from pyoxigraph import NamedNode

from kg.model.graph import Reader, Term
from kg.namespaces import curie
from kg.query import Library
from kg.query.library import LibraryQuery
from kg.store import open_graph


def table(reader: Reader, query: LibraryQuery) -> list[list[str]]:
    """Header and rows of a question with its example parameters; IRIs as prefix:local, an unbound cell as nothing."""
    values = query.bind({name: param.example for name, param in query.params.items()})
    rows = reader.select(query.text, dict(values))
    return [list(query.returns), *([shown(row.get(column)) for column in query.returns] for row in rows)]


def shown(term: Term | None) -> str:
    """A cell: words that a reviewer can read."""
    if term is None:
        return ""
    return curie(term) if isinstance(term, NamedNode) else term.value


def main() -> None:
    """Prints, for review, the answer of one question on a data folder: python -m tests.queries.answers NAME DATA"""
    name, folder = sys.argv[1:]
    with open_graph(Path(folder)) as graph, graph.reader() as reader:
        csv.writer(sys.stdout, lineterminator="\n").writerows(table(reader, Library.load().find(name)))


if __name__ == "__main__":
    main()
