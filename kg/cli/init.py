"""`kg init`: makes a data folder."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.progress import progress
from kg.settings import data_folder
from kg.store import create

_EXAMPLES = """\
  kg init                           ./data with ontology, codes and all places and bodies
  kg init --data work --minimal     without districts and communes
  kg init --data scratch --empty    with nothing in it, not even shapes
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers, "init", "make a data folder with the ontology, the codes and the reference graph", _EXAMPLES
    )
    profile = parser.add_mutually_exclusive_group()
    profile.add_argument(
        "--minimal", action="store_const", const="minimal", dest="profile", help="without districts and communes"
    )
    profile.add_argument(
        "--empty", action="store_const", const="empty", dest="profile", help="with nothing in it: no shapes, no journal"
    )
    parser.set_defaults(profile="full")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Creates the folder; raises FolderError where one is already."""
    folder = data_folder(args.data)
    with progress("items") as report:
        create(folder, args.profile, report)
    print(f"Created {folder} ({args.profile}). Next: kg ingest REPORTS --commit --data {folder}")
    return 0
