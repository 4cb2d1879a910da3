"""`kg history`: what was changed, by whom and why, the newest first."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.curating import node
from kg.curate import entries, said, touching
from kg.errors import NotFound
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Folder, open_graph

_EXAMPLES = """\
  kg history                                          the last changes
  kg history person:nguyen-van-an-1                   those that say something of one thing
  kg history change:12-0a1b2c3d4e5f                   one change, fact by fact
  kg history --limit 100
"""
_SHOWN = 20


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "history", "list changes, those of one thing, or the facts of one change", _EXAMPLES)
    parser.add_argument("thing", nargs="?", metavar="IRI", help="an entity, or a change as this verb lists it")
    parser.add_argument("--limit", type=_count, default=_SHOWN, metavar="N", help=f"how many (default {_SHOWN})")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints one line a change, or the facts of one; 1 where there is none."""
    folder = data_folder(args.data)
    journal = Folder(folder).journal
    thing = None if args.thing is None else node(args.thing)
    with open_graph(folder) as graph, graph.reader() as reader:
        found = list(entries(reader))
        one = next((entry for entry in found if entry.change == thing), None)
        if one is not None:
            done = one.recorded(journal)
            print(f"{curie(one.change)}  {one.at}  {one.agent}  {one.reason}")
            for sign, quads in (("-", done.removed), ("+", done.added)):
                for quad in sorted(quads, key=str):
                    print(f"{sign} {said(quad)}")
            return 0
        if thing is not None:
            found = list(touching(found, journal, thing, args.limit))
    for entry in found[: args.limit]:
        print(f"{curie(entry.change)}  {entry.at}  {entry.agent}  +{entry.added} -{entry.removed}  {entry.reason}")
    if not found:
        raise NotFound(f"No change says anything of {curie(thing)}." if thing else "Nothing was changed yet.")
    return 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"'{text}' is no number from 1 to 1000000")
    return int(text)
