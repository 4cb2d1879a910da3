"""What the verbs of curation share: who decides, about which node, and what the door says to it."""

import argparse
import getpass

from pyoxigraph import NamedNode

from kg.cli.arguments import add_data
from kg.errors import BomayError, QueryRefused
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.namespaces import PREFIXES, curie, iri
from kg.store import Graph, Refused
from kg.validate import Report


def add_decision(parser: argparse.ArgumentParser) -> None:
    """`--agent`, `--commit` and `--data`."""
    parser.add_argument("--agent", metavar="NAME", help="who decides; the name stands in the journal (default: you)")
    parser.add_argument("--commit", action="store_true", help="store it; without it nothing is written")
    add_data(parser)


def agent(name: str | None) -> NamedNode:
    """The agent of this name, else of the user's login name. Raises BomayError where there is no name."""
    try:
        words = name or getpass.getuser()
    except (KeyError, OSError) as error:  # a user without an entry: KeyError up to Python 3.12, then OSError
        raise BomayError("It is not known who you are; give a name with --agent.") from error
    slug = fold.slug(words)
    if not slug:
        raise BomayError(f"'{words}' has no letter or digit; give a name with --agent.")
    return iri(f"agent:{slug}")


def node(text: str) -> NamedNode:
    """The node that `prefix:local` or a whole IRI names. Raises QueryRefused for anything else."""
    given = text.strip("<>")
    prefix, _, local = given.partition(":")
    value = PREFIXES[prefix] + local if prefix in PREFIXES else given
    try:
        return NamedNode(value)
    except ValueError as error:
        raise QueryRefused(f"'{text}' is no IRI; write it as kg shows it, like person:nguyen-van-an-1.") from error


def put_in(graph: Graph, change: ChangeSet, *, commit: bool) -> NamedNode | None:
    """Commits or checks a change, and prints what the shapes say; the IRI of the change when it was stored.

    Raises Refused, in a dry run too.
    """
    change_iri = None
    try:
        if commit:
            receipt = graph.submit(change, accept_warnings=True)
            change_iri, report = receipt.change_iri, receipt.report
        else:
            report = graph.check(change)
    except Refused as refused:
        report = refused.report
    told(report)
    if report.blocks(accept_warnings=True):
        raise Refused(report)
    return change_iri


def told(report: Report) -> None:
    """Prints what the shapes say, a line for each finding."""
    for finding in report.findings:
        who = finding.focus_label or finding.focus
        print(f"{finding.severity.lower()}: {curie(finding.shape)}: {who}: {finding.message_en} / {finding.message_vi}")
