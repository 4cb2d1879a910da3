"""`kg restore`: a data folder made of a backup."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.settings import data_folder
from kg.store import restore

_EXAMPLES = """\
  kg restore 2026-07-01.bomay                  into ./data, which must be empty or absent
  kg restore 2026-07-01.bomay --data other     into another folder
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "restore", "make a data folder of a backup, after checking it", _EXAMPLES)
    parser.add_argument("file", metavar="FILE", help="what `kg backup` has made")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Restores; raises FolderError for a folder that is not empty, UnreadableInput for a damaged backup."""
    folder = data_folder(args.data)
    made = restore(args.file, folder)
    print(f"Restored generation {made.generation} into {folder}: {made.files:,} files, backup SHA-256 {made.digest}")
    return 0
