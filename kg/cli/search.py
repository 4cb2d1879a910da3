"""`kg search`: finds entities by words."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.tables import print_table
from kg.namespaces import curie
from kg.search import Index
from kg.settings import data_folder
from kg.store import open_graph

_EXAMPLES = """\
  kg search "tran thi loc"
  kg search "tỉnh ủy bắc kạn" --kind organ --limit 3
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers, "search", "find people, bodies, places and directives, with or without diacritics", _EXAMPLES
    )
    parser.add_argument("text", metavar="TEXT", help="words of a name, a title or a number")
    parser.add_argument(
        "--kind", metavar="KIND", help="only this kind: person, organ, post, place, meeting or directive"
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (default 10)")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the hits, best first; 1 when there are none."""
    with open_graph(data_folder(args.data)) as graph, graph.reader() as reader:
        hits = Index.build(reader).find(args.text, kind=args.kind, limit=args.limit)
    print_table(
        ("label", "kind", "note", "iri"), [(hit.label, hit.kind, hit.note or "", curie(hit.iri)) for hit in hits]
    )
    return 0 if hits else 1
