"""`kg upgrade`: a data folder carried to the release of this program."""

import argparse
from pathlib import Path

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.curating import told
from kg.cli.progress import progress
from kg.namespaces import curie
from kg.settings import data_folder
from kg.store import Refused, upgrade

_EXAMPLES = """\
  kg upgrade --dry-run      how much this release would change in ./data
  kg upgrade                brings it in; what people wrote stays
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(
        subparsers, "upgrade", "bring this release of ontology, codes and reference facts into a data folder", _EXAMPLES
    )
    parser.add_argument("--dry-run", action="store_true", help="say how much would change, and store nothing")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Upgrades; raises FolderError for a folder that somebody else has open, Refused where the release does not fit."""
    folder = Path(data_folder(args.data))
    with progress("items") as report:
        try:
            done = upgrade(folder, report, dry_run=args.dry_run)
        except Refused as refused:
            told(refused.report)
            raise
    if done.receipt is not None and done.receipt.change_iri is not None:
        told(done.receipt.report)
        what = f"has the release of this program now, as {curie(done.receipt.change_iri)}"
    elif args.dry_run:
        what = "would be given the release of this program; nothing was written"
    else:
        what = "has the release of this program; there was nothing to change"
    print(f"{folder} {what}: {done.added:,} facts added, {done.removed:,} removed.")
    if done.kept:
        print(f"{done.kept:,} facts of an earlier release stay, because what people wrote names their nodes.")
    return 0
