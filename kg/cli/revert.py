"""`kg revert`: a change undone."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.curating import agent, node, put_in
from kg.history import as_patch, undo
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Folder, open_graph

_EXAMPLES = """\
  kg revert change:12-0a1b2c3d4e5f --reason "the wrong person" --dry-run    shows what would change
  kg revert change:12-0a1b2c3d4e5f --reason "the wrong person"              undoes it
  kg history                                                                which changes there are
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "revert", "undo a change, as long as no later change rests on it", _EXAMPLES)
    parser.add_argument("change", metavar="CHANGESET", help="the change, as 'kg history' shows it")
    parser.add_argument("--reason", required=True, metavar="WORDS", help="why it is undone")
    parser.add_argument("--agent", metavar="NAME", help="who undoes it; the name stands in the journal (default: you)")
    parser.add_argument("--dry-run", action="store_true", help="show it as RDF Patch, and store nothing")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Undoes the change, or shows what that would change and what the shapes say of it."""
    folder = Folder(data_folder(args.data))
    with open_graph(folder.root) as graph:
        with graph.reader() as reader:
            change = undo(reader, folder.journal, node(args.change), agent(args.agent), args.reason)
        if args.dry_run:
            print(as_patch(change.add, change.remove), end="")
        done = put_in(graph, change, commit=not args.dry_run)
    if done is not None:
        print(f"{curie(node(args.change))} was undone by {curie(done)}.")
    return 0
