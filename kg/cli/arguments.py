"""Options that several verbs share."""

import argparse
from typing import Any, TypeAlias

from kg.model.dates import PartialDate
from kg.read import INPUT_FORMATS
from kg.settings import KNOWN

Subparsers: TypeAlias = "argparse._SubParsersAction[Any]"  # a string: generic in the type stubs only


def add_verb(subparsers: Subparsers, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """A verb's parser, with its examples at the end of its help."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="examples:\n" + examples.rstrip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_data(parser: argparse.ArgumentParser) -> None:
    """`--data DIR`."""
    known = KNOWN["data"]
    parser.add_argument("--data", metavar="DIR", help=f"{known.meaning} (default ./{known.default}; {known.variable})")


def add_context(parser: argparse.ArgumentParser) -> None:
    """What is known of the documents when they do not say it themselves."""
    parser.add_argument("--place", metavar="NAME", help='the place that completes "UBND tỉnh", as in "Bắc Kạn"')
    parser.add_argument(
        "--published", metavar="DATE", type=_date, help="the day of publication: YYYY, YYYY-MM or YYYY-MM-DD"
    )
    parser.add_argument("--publisher", metavar="NAME", help="who published them")


def add_input_format(parser: argparse.ArgumentParser) -> None:
    """`--input-format`."""
    parser.add_argument(
        "--input-format",
        choices=INPUT_FORMATS,
        help="what all files are, whatever their names end in (default: by the ending; a stream by its first bytes)",
    )


def count(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"'{text[:20]}' is no number from 1")
    return int(text)


def _date(text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from error
