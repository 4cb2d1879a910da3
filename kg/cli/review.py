"""`kg review`: what waits, and what becomes of it."""

import argparse
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg import review
from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.curating import agent, node
from kg.cli.tables import print_table
from kg.errors import QueryRefused
from kg.namespaces import curie
from kg.review import LEVELS, Choice, Filter, Kind, Outcome, Proposal, Queue, State
from kg.settings import data_folder, self_accept
from kg.store import Graph, open_graph
from kg.validate import Report

_MOST: Final = 50
_EXAMPLES = """\
  kg review list                                           what waits, the most doubtful first
  kg review show 4f1c09a2b7d35e60                          one proposal: its facts, their sentences, its report
  kg review accept 4f1c09a2b7d35e60 --reason "checked"     all of it
  kg review accept 4f1c09a2b7d35e60 --fact person:le-van-moi-1 --fact tenure:moi-1
  kg review accept --source source:hoi-nghi-1a2b3c4d       what is sure of one source; the rest keeps waiting
  kg review reject 4f1c09a2b7d35e60 --reason "no source"
"""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb with its four actions."""
    parser = add_verb(subparsers, "review", "list, show, accept or reject what was proposed", _EXAMPLES)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the queue, the most doubtful first")
    listing.add_argument("--state", choices=(*State, "any"), default=State.PROPOSED, help="where they stand")
    listing.add_argument("--kind", choices=tuple(Kind), help="how they came")
    listing.add_argument("--source", metavar="IRI", help="those of one source")
    listing.add_argument("--author", metavar="NAME", help="those of one agent")
    listing.add_argument("--limit", metavar="N", type=_number, default=_MOST, help=f"how many at most ({_MOST})")
    show = actions.add_parser("show", help="one proposal with all that one decides by")
    show.add_argument("id", metavar="ID", help="as 'kg review list' shows it")
    show.add_argument("--patch", action="store_true", help="its quads, as an RDF Patch, and nothing else")
    accept = actions.add_parser("accept", help="commit a proposal, some facts of it, or what is sure of a source")
    accept.add_argument("id", metavar="ID", nargs="?", help="as 'kg review list' shows it")
    accept.add_argument("--fact", metavar="IRI", action="append", help="this fact alone, and others given so")
    accept.add_argument("--source", metavar="IRI", help="in place of an ID: all proposals of this source")
    accept.add_argument(
        "--confidence", choices=LEVELS[::-1], default="high", help="with --source: how sure a fact is at least (high)"
    )
    accept.add_argument("--reason", metavar="WORDS", default="", help="why; it is kept with the proposal")
    reject = actions.add_parser("reject", help="turn a proposal down for good")
    reject.add_argument("id", metavar="ID", help="as 'kg review list' shows it")
    reject.add_argument("--reason", metavar="WORDS", required=True, help="what is wrong; it is kept")
    for action in (accept, reject):
        action.add_argument("--agent", metavar="NAME", help="who decides (default: you)")
    for action in (listing, show, accept, reject):
        add_data(action)
    return parser


def run(args: argparse.Namespace) -> int:
    """Does the action. Raises ReviewRefused, Forbidden, Refused, NotFound."""
    data = data_folder(args.data)
    with open_graph(data) as graph:
        queue = Queue(data)
        match args.action:
            case "list":
                _list(graph, queue, args)
            case "show":
                _show(graph, queue, args.id, patch=args.patch)
            case "accept":
                return _accept(graph, queue, args)
            case _:
                done = review.reject(graph, queue, args.id, agent(args.agent), args.reason)
                print(f"{done.id} is rejected: {args.reason}")
    return 0


def _list(graph: Graph, queue: Queue, args: argparse.Namespace) -> None:
    wanted = Filter(
        None if args.state == "any" else State(args.state),
        Kind(args.kind) if args.kind else None,
        node(args.source) if args.source else None,
        agent(args.author) if args.author else None,
    )
    total, found = review.settled_page(graph, queue, wanted, args.limit)
    head = ("id", "state", "doubt", "kind", "author", "added", "removed", "title")
    print_table(head, map(_row, found))
    if len(found) < total:
        print(f"{total - len(found)} more; --limit {total} shows them all.")


def _row(one: Proposal) -> tuple[str, ...]:
    numbers = str(one.added), str(one.removed)
    return one.id, one.state, str(one.doubt.score), one.kind, curie(one.author), *numbers, one.title


def _show(graph: Graph, queue: Queue, id_: str, *, patch: bool) -> None:
    one = review.settle(graph, queue, id_)
    change = queue.change(one)
    if patch:
        print("TX .", *(f"D {line}" for line in review.lines(change.remove)), sep="\n")
        print(*(f"A {line}" for line in review.lines(change.add)), "TC .", sep="\n")
        return
    print(f"{one.id}: {one.title}")
    print(f"{one.state}, by {curie(one.author)}, {one.created:%Y-%m-%d %H:%M} UTC, on generation {one.base}")
    print(f"reason: {one.reason}")
    grounds = ", ".join(f"{r.count} {r.ground.replace('_', ' ')} ({r.points})" for r in one.doubt.reasons)
    print(f"doubt {one.doubt.score}: {grounds}")
    for line in (*_decisions(one), *_findings(one.report)):
        print(line)
    with graph.reader() as reader:
        fits, facts = review.fit(reader, change), review.facts_of(reader, change)
    for dispute in fits.disputes:
        print(f"no longer fits: {curie(dispute.predicate)} of {curie(dispute.subject)} was changed since")
    for fact in facts:
        kinds = ", ".join(curie(kind) for kind in fact.kinds) or "what is said of it"
        needs = f"; needs {', '.join(sorted(map(curie, fact.needs)))}" if fact.needs else ""
        print(f"\n{curie(fact.node)}: {fact.label} ({kinds}; {fact.confidence or 'no sentence'}{needs})")
        for quoted in fact.quoted:
            print(f"  “{' '.join(quoted.quote.split())}” [{quoted.start}–{quoted.end}, {quoted.confidence}]")
        for quads, sign in ((fact.remove, "-"), (fact.add if not fact.quoted else (), "+")):
            for line in review.lines(quads):
                print(f"  {sign} {line}")


def _decisions(one: Proposal) -> Iterator[str]:
    for decision in one.decisions:
        of = f" {len(decision.facts)} facts" if decision.facts else ""
        change = f" as {curie(decision.change)}" if decision.change else ""
        why = f": {decision.reason}" if decision.reason else ""
        yield f"{decision.verdict}{of} by {curie(decision.by)}{change}{why}"


def _findings(report: Report) -> Iterator[str]:
    for finding in report.findings:
        who = finding.focus_label or finding.focus
        message = f"{finding.message_en} / {finding.message_vi}"
        yield f"{finding.severity.lower()}: {curie(finding.shape)}: {who}: {message}"


def _accept(graph: Graph, queue: Queue, args: argparse.Namespace) -> int:
    if (args.id is None) == (args.source is None) or (args.source and args.fact):
        raise QueryRefused("Give the ID of a proposal, with --fact where not all of it is meant, or --source alone.")
    by = agent(args.agent)
    allowed = self_accept()
    if args.source is None:
        chosen: frozenset[NamedNode] | None = frozenset(map(node, args.fact)) if args.fact else None
        done = review.accept(
            graph,
            queue,
            args.id,
            by,
            Choice(facts=chosen),
            reason=args.reason,
            accept_warnings=True,
            self_accept=allowed,
        )
        _say(done)
        return 0
    source = node(args.source)
    outcomes = review.accept_batch(graph, queue, by, source, args.confidence, accept_warnings=True, self_accept=allowed)
    done_any = False
    for outcome in outcomes:
        _say(outcome)
        done_any |= outcome.receipt is not None
    if not done_any:
        print(f"Nothing of {curie(source)} was accepted.")
    return 0 if done_any else 1


def _say(outcome: Outcome) -> None:
    one, receipt = outcome.proposal, outcome.receipt
    if receipt is None:
        print(f"{one.id} is left as it is: {outcome.why}")
        return
    for line in _findings(receipt.report):
        print(line)
    change = f" as {curie(receipt.change_iri)}" if receipt.change_iri else ", which the graph had already"
    rest = "" if one.state == State.ACCEPTED else f"; {one.added + one.removed} quads of it still wait"
    print(f"{one.id} is accepted{change}: {receipt.added} added, {receipt.removed} removed{rest}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of proposals; give 1 or more")
    return int(text)
