"""`kg split`: a merge undone."""

import argparse

from kg.cli.arguments import Subparsers, add_verb
from kg.cli.curating import add_decision, agent, node, put_in
from kg.curate import merged_pair, split
from kg.history import recorded, recorded_after
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Folder, open_graph

_EXAMPLES = """\
  kg split change:12-0a1b2c3d4e5f             shows what would come back
  kg split change:12-0a1b2c3d4e5f --commit    undoes the merge
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "split", "undo a merge, as long as no later change is in the way", _EXAMPLES)
    meaning = "the change that merged them, as 'kg merge' printed it"
    parser.add_argument("change", metavar="MERGE", help=meaning)
    parser.add_argument("--reason", default="", metavar="WORDS", help="why the two are two")
    add_decision(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows what comes back and what the shapes say of it; stores it with --commit."""
    folder = data_folder(args.data)
    journal = Folder(folder).journal
    with open_graph(folder) as graph:
        with graph.reader() as reader:
            done = recorded(reader, journal, node(args.change))
            kept, gone = merged_pair(done)
            later = recorded_after(reader, journal, done)
            change = split(reader, done, later, agent(args.agent), args.reason)
        print(f"{curie(gone)} comes back: {len(change.add):,} facts as before, {len(change.remove):,} of the merge go")
        print(f"what was said since of {curie(kept)} stays there")
        put_in(graph, change, commit=args.commit)
    if args.commit:
        print(f"{curie(gone)} and {curie(kept)} are two again.")
    else:
        print("Nothing was written; add --commit to store it.")
    return 0
