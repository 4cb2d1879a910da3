"""`kg query`: a question of the library, or any SPARQL."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.tables import on_terminal, print_table
from kg.errors import NotFound, QueryRefused
from kg.model.graph import Term
from kg.namespaces import curie
from kg.query import BINDINGS_FORMATS, GRAPH_FORMATS, Answer, Formats, Library, Limits, QueryPool
from kg.read import decode
from kg.settings import data_folder, rearrange
from kg.store import open_graph

_EXAMPLES = """\
  kg query conflicts
  kg query post-holders-on-day -p post=post:chu-tich-ubnd-tinh-bac-kan -p day=2022-04-05
  kg query my-question.rq --format csv > rows.csv
  kg query 'SELECT ?name WHERE { ?person a bm:Person ; foaf:name ?name }'
  kg query - < my-question.rq
"""
_SECONDS: Final = Limits().seconds


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "query", "run a question of the library, or any SPARQL", _EXAMPLES)
    parser.add_argument(
        "question",
        metavar="NAME|FILE|-",
        help="a name that `kg queries` lists, a file, - for standard input, or SPARQL itself; our prefixes are known",
    )
    parser.add_argument(
        "-p",
        dest="parameters",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        type=_pair,
        help="a parameter of a library query",
    )
    parser.add_argument(
        "--format",
        choices=("table", *BINDINGS_FORMATS, *GRAPH_FORMATS),
        help="the form of the answer (default: a table on a terminal, csv elsewhere; ttl for a graph)",
    )
    parser.add_argument(
        "--seconds", type=float, default=_SECONDS, metavar="N", help=f"give up after so long (default {_SECONDS:.0f})"
    )
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the answer; 1 for an ASK whose answer is no."""
    text, bindings = _question(args.question, dict(args.parameters))
    shape = args.format or ("table" if on_terminal() else None)
    with (
        open_graph(data_folder(args.data)) as graph,
        graph.pin() as generation,
        QueryPool(1, Limits(seconds=args.seconds), spares=0, long=0, rearrange=rearrange(None)) as pool,
    ):
        answer = pool.run(generation.path, text, formats=_formats(shape), bindings=bindings)
        return _print(answer, as_table=shape == "table")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form name=value")
    return name, value


def _question(given: str, parameters: Mapping[str, str]) -> tuple[str, dict[str, Term]]:
    library = Library.load()
    topic, _, name = given.rpartition("/")
    if name in library and topic in ("", library[name].topic):
        return library[name].text, library[name].bind(parameters)
    if parameters:
        raise QueryRefused(
            "Parameters (-p) belong to the questions of the library; write the values into your own query."
        )
    if given == "-":
        return decode(sys.stdin.buffer.read()), {}
    if "{" in given:
        return given, {}
    if Path(given).is_file():
        return decode(Path(given).read_bytes()), {}
    raise NotFound(f"There is no query and no file named '{given}'; `kg queries` lists the library.")


def _formats(shape: str | None) -> Formats:
    if shape is None:
        return Formats("csv", "ttl")
    if shape == "table":
        return Formats("json", "ttl")
    return Formats(shape if shape in BINDINGS_FORMATS else None, shape if shape in GRAPH_FORMATS else None)


def _print(answer: Answer, *, as_table: bool) -> int:
    if answer.kind == "boolean":
        body = b"".join(answer.chunks)
        said = b"true" in body
        print(("yes" if said else "no") if as_table else body.decode("utf-8").rstrip())
        return 0 if said else 1
    if as_table and answer.kind == "bindings":
        results = json.loads(b"".join(answer.chunks))
        names = results["head"]["vars"]
        rows = results["results"]["bindings"]
        print_table(names, ([_cell(row.get(name)) for name in names] for row in rows))
        return 0
    _pass_on(answer.chunks)
    return 0


def _pass_on(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _cell(term: Mapping[str, Any] | None) -> str:
    if term is None:
        return ""
    value = str(term["value"])
    return curie(value) if term["type"] == "uri" else value
