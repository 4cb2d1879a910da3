"""`kg queries`: lists the library."""

import argparse
import shlex

from kg.cli.arguments import Subparsers, add_verb
from kg.cli.tables import print_table
from kg.cli.tongue import language
from kg.query import Library, LibraryQuery

_EXAMPLES = """\
  kg queries
  kg queries | grep people
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    return add_verb(subparsers, "queries", "list the questions of the library", _EXAMPLES)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001  # every verb is run with its arguments; this one has none
    """Prints each query's name, question, and how to give its parameters."""
    rows = [(query.topic, query.name, _question(query), _parameters(query)) for query in Library.load().values()]
    print_table(("topic", "name", "question", "parameters"), rows)
    return 0


def _question(query: LibraryQuery) -> str:
    return query.summary_vi if language() == "vi" else query.summary


def _parameters(query: LibraryQuery) -> str:
    return " ".join("-p " + shlex.quote(f"{name}={param.example}") for name, param in query.params.items())
