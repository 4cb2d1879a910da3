"""`kg validate`: checks RDF files, or the whole graph of a data folder, against the shapes."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, Store

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.progress import progress
from kg.cli.tongue import language
from kg.errors import SyntaxFault, UnreadableInput
from kg.namespaces import PROTECTED_GRAPHS, curie
from kg.read import load_rdf
from kg.reference import code_files
from kg.settings import data_folder
from kg.store import copy_generation, open_graph
from kg.validate import Report, Shapes, validate_graph, with_repairs_of_data

_EXAMPLES = """\
  kg validate changes.ttl                            exit status 0: conforms, 1: does not, 2: cannot be read
  kg validate a.ttl b.nt --format csv > findings.csv
  kg validate data.ttl --shapes my-shapes.ttl
  kg validate data.ttl --repairs                     with repairs that were tried, where the right value can be known
  kg validate --graph --data data --format csv > findings.csv      all of it, as it stands; a server may be running
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers,
        "validate",
        "check RDF files, taken together, or the graph of a data folder against the shapes; writes nothing",
        _EXAMPLES,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, by ending"
    )
    parser.add_argument("--graph", action="store_true", help="the whole graph of the data folder, instead of files")
    parser.add_argument("--shapes", metavar="FILE", help="shapes in Turtle instead of our own")
    parser.add_argument(
        "--format",
        choices=("human", "json", "ttl", "csv"),
        default="human",
        help="human: lines in the language of the locale; ttl: a sh:ValidationReport (default human)",
    )
    parser.add_argument("--repairs", action="store_true", help="try repairs, and tell those that work; writes nothing")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the report; 1 when there is any finding."""
    if args.graph is bool(args.files):
        raise UnreadableInput("Name the files to check, or give --graph for the whole graph of the data folder.")
    shapes = _shapes(args.shapes) if args.shapes else Shapes.load()
    report = _of_graph(args, shapes) if args.graph else _of_files(args, shapes)
    sys.stdout.write(_written(report, args.format))
    return 0 if report.conforms else 1


def _of_graph(args: argparse.Namespace, shapes: Shapes) -> Report:
    """The report on a generation, which stays as it is while others write; how far it is goes to standard error."""
    with open_graph(data_folder(args.data)) as graph, graph.pin() as generation:
        store = Store.read_only(str(generation.path))
        with progress("nodes") as tell:
            report = validate_graph(store, shapes, lambda shape, done, total: tell(curie(shape), done, total))
        if not args.repairs:
            return report
        # the store's own threads may still write for a moment after a dry run
        with tempfile.TemporaryDirectory(prefix="bomay-repairs-", ignore_cleanup_errors=True) as place:
            copy = Path(place) / "store"
            return with_repairs_of_data(report, shapes, store, lambda: copy_generation(generation.path, copy))


def _of_files(args: argparse.Namespace, shapes: Shapes) -> Report:
    store = Store()
    for file in args.files:
        store.extend(_as_facts(_quads(file)))
    if not args.shapes:
        for codes in code_files():
            store.extend(load_rdf(codes))
    report = validate_graph(store, shapes)
    return with_repairs_of_data(report, shapes, store) if args.repairs else report


def _quads(file: str) -> list[Quad]:
    with _naming(file):
        return load_rdf(file)


def _shapes(file: str) -> Shapes:
    with _naming(file):
        return Shapes.parse(Path(file).read_bytes())


@contextmanager
def _naming(file: str) -> Iterator[None]:
    """Has what cannot be read name its file: there may be many."""
    try:
        yield
    except (SyntaxFault, UnreadableInput) as fault:
        raise UnreadableInput(f"{file}: {fault}") from fault


def _as_facts(quads: list[Quad]) -> list[Quad]:
    """All of it in the default graph, where facts live; an export's journal, ontology and shapes are left out."""
    return [
        Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if q.graph_name not in PROTECTED_GRAPHS
    ]


def _written(report: Report, form: str) -> str:
    if form == "json":
        return json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
    if form == "ttl":
        return report.to_turtle()
    if form == "csv":
        return report.to_csv()
    return report.to_text(language()) + "\n"
