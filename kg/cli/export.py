"""`kg export`: writes the graph out."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.errors import UnreadableInput
from kg.namespaces import PREFIXES
from kg.settings import data_folder
from kg.store import open_graph

_EXAMPLES = """\
  kg export > graph.nq                   everything, journal, ontology and shapes in their graphs
  kg export --format ttl -o graph.ttl    the facts alone, as Turtle
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers, "export", "write the graph out as N-Quads (all graphs) or Turtle (the facts)", _EXAMPLES
    )
    parser.add_argument(
        "--format", choices=("nq", "ttl"), default="nq", help="nq: all graphs; ttl: the default graph (default nq)"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write here; the file appears when it is whole (default: standard output)",
    )
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Writes one consistent generation, while a server may be committing the next."""
    with open_graph(data_folder(args.data)) as graph, graph.pin() as generation:
        store = Store.read_only(str(generation.path))
        with _target(args.output) as out:
            if args.format == "nq":
                store.dump(out, RdfFormat.N_QUADS)
            else:
                store.dump(out, RdfFormat.TURTLE, from_graph=DefaultGraph(), prefixes=PREFIXES)
    return 0


@contextmanager
def _target(path: str | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that takes its name only when it is complete."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if not target.parent.is_dir():
        raise UnreadableInput(f"There is no folder {target.parent} to write {target.name} into; make it first.")
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("wb") as out:
            yield out
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
