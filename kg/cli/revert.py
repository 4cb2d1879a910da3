"""`kg revert`: a change undone."""

import argparse

from kg.cli.arguments import Subparsers, add_verb
from kg.cli.curating import add_undoing, agent, node, put_in
from kg.curate import recorded, recorded_after, revert, said
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Folder, open_graph

_EXAMPLES = """\
  kg revert change:12-0a1b2c3d4e5f --reason "wrong source"             shows what would be undone
  kg revert change:12-0a1b2c3d4e5f --reason "wrong source" --commit    undoes it
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "revert", "undo a change, as long as nothing later depends on it", _EXAMPLES)
    add_undoing(parser, "CHANGE", "the change, as 'kg history' lists it", "why it is undone")
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows what is undone and what the shapes say of it; stores it with --commit."""
    folder = data_folder(args.data)
    journal = Folder(folder).journal
    with open_graph(folder) as graph:
        with graph.reader() as reader:
            done = recorded(reader, journal, node(args.change))
            change = revert(reader, done, recorded_after(reader, journal, done), agent(args.agent), args.reason)
        for sign, quads in (("-", change.remove), ("+", change.add)):
            for quad in sorted(quads, key=str):
                print(f"{sign} {said(quad)}")
        undone = put_in(graph, change, commit=args.commit)
    if args.commit and undone is not None:
        print(f"{curie(done.change)} was undone by {curie(undone)}.")
    elif not args.commit:
        print("Nothing was written; add --commit to store it.")
    return 0
