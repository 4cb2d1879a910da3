"""`kg backup`: a copy of the data folder in one file."""

import argparse

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.settings import data_folder
from kg.store import back_up

_EXAMPLES = """\
  kg backup 2026-07-01.bomay             all of ./data but the tokens, also while a server is writing
  kg backup all.bomay --tokens           with the tokens (as hashes)
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "backup", "write a consistent copy of the data folder into one file", _EXAMPLES)
    parser.add_argument("file", metavar="FILE", help="the file to make; it appears when it is whole")
    parser.add_argument(
        "--tokens", action="store_true", help="keep the tokens too; without them, make new ones after `kg restore`"
    )
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Writes the backup; raises FolderError for a file that is there already and a full disk."""
    made = back_up(data_folder(args.data), args.file, tokens=args.tokens)
    held = f"{made.files:,} files, {made.size:,} bytes, SHA-256 {made.digest}"
    print(f"Generation {made.generation} in {args.file}: {held}")
    return 0
