"""`kg search`: finds entities by words."""

import argparse
import datetime as dt

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.tables import print_table
from kg.namespaces import curie
from kg.query import Param
from kg.search import Follower
from kg.settings import data_folder
from kg.store import open_graph

_EXAMPLES = """\
  kg search "tran thi loc"
  kg search "tỉnh ủy bắc kạn" --kind organ --limit 3
  kg search '"phó chủ tịch" ubnd' --place "Bắc Kạn" --on 2022-04-05
"""

_DAY = Param("on", "date", "2022-04-05")


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers, "search", "find people, bodies, places and directives, with or without diacritics", _EXAMPLES
    )
    parser.add_argument("text", metavar="TEXT", help="words of a name, a title or a number")
    parser.add_argument(
        "--kind", metavar="KIND", help="only this kind: person, organ, post, place, meeting, directive or term"
    )
    parser.add_argument("--place", metavar="PLACE", help="only what belongs to this place or a unit of it: name or IRI")
    parser.add_argument("--on", metavar="DAY", help="only what there was or may have been on this day: YYYY-MM-DD")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (default 10)")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints the hits, best first; 1 when there are none."""
    data = data_folder(args.data)
    with open_graph(data) as graph:
        index = Follower(data, graph.reader).index()
    place = index.place(args.place).iri if args.place else None
    on = dt.date.fromisoformat(_DAY.term(args.on).value) if args.on else None
    hits = index.find(args.text, args.kind, args.limit, place=place, on=on)
    print_table(
        ("label", "kind", "note", "iri"), [(hit.label, hit.kind, hit.note or "", curie(hit.iri)) for hit in hits]
    )
    return 0 if hits else 1
