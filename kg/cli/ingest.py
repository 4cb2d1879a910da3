"""`kg ingest`: read → extract → propose → validate → queue for review, or commit."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.cli.arguments import Subparsers, add_context, add_data, add_input_format, add_verb
from kg.cli.garbage import rarely_collected
from kg.cli.ingesting import COUNTED, Summary, check, take_in
from kg.cli.progress import progress
from kg.cli.proposing import Here, proposer
from kg.cli.queueing import queue_up
from kg.extract import extract
from kg.model.documents import Document
from kg.namespaces import curie
from kg.propose import known_source
from kg.read import BadDocument, read_documents
from kg.review import Queue
from kg.settings import data_folder
from kg.store import Graph, open_graph

_EXAMPLES = """\
  kg ingest report.txt --place "Bắc Kạn" --dry-run   shows what would be added; writes nothing
  kg ingest report.txt --place "Bắc Kạn"             queues it for review; 'kg review list' shows what waits
  kg ingest reports/ more/*.txt --commit             stores it at once
  kg ingest corpus.jsonl --publisher "Báo Bắc Kạn" --commit
  kg ingest corpus.jsonl --commit --resume           goes on where it was cut off
"""


@dataclass(frozen=True, slots=True)
class _Way:
    """What is done with documents, in words."""

    done: str
    verb: str
    next: str = ""


_STORED = _Way("stored", "added")
_QUEUED = _Way("queued", "would add", "It waits for review: kg review list. To store at once, add --commit.")
_SHOWN_ONLY = _Way("new", "would add", "Nothing was written; without --dry-run it is queued, with --commit stored.")
_WAYS = {"review": _QUEUED, "commit": _STORED, "dry-run": _SHOWN_ONLY}
_SHOWN = 8
"""Findings of a document that are printed."""
_WARNED = 20
"""Documents whose warnings are printed."""


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "ingest", "read documents into the graph, each validated before it counts", _EXAMPLES)
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="texts, .html, .pdf, .docx and .jsonl files, folders, globs, or -"
    )
    what = parser.add_mutually_exclusive_group()
    for name, text in (
        ("review", "queue what conforms for review, a proposal a document (this is what is done without a word)"),
        ("commit", "store what conforms at once"),
        ("dry-run", "show what would be added, and write nothing"),
    ):
        what.add_argument(f"--{name}", dest="way", action="store_const", const=name, default="review", help=text)
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="processes to work with: 1, or 2 (the default on two cores or more), of which one reads ahead; "
        "more gain nothing, as each document is read in sight of those before it",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with what was cut off; documents that are stored or wait are passed over, with or without it",
    )
    add_input_format(parser)
    add_context(parser)
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Takes every readable document in; one that is bad or refused does not keep the rest out."""
    summary = Summary()
    way = _WAYS[args.way]
    inputs: Iterable[Document | BadDocument] = _Inputs(args)
    if "-" in args.paths:
        inputs = list(inputs)  # a stream comes once only
    total = sum(isinstance(one, Document) for one in inputs)
    if not total:
        summary.bad += [one for one in inputs if isinstance(one, BadDocument)]
        _print(summary, way)
        return summary.status
    data = data_folder(args.data)
    with open_graph(data) as graph:
        try:
            with progress("documents") as report, rarely_collected():
                documents = _fresh(graph, inputs, summary)
                if way is _STORED:
                    with proposer(total, extract, jobs=args.jobs) as proposing:
                        take_in(graph, documents, proposing, summary, report, total)
                elif way is _QUEUED:
                    queue_up(graph, Queue(data), documents, Here(extract), summary, report, total)
                else:
                    check(graph, documents, Here(extract), summary, report, total)
        finally:  # an interruption too ends with what became of the documents so far
            _print(summary, way)
    return summary.status


class _Inputs:
    """What the paths hold, read anew each time: a corpus is not kept in memory."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args

    def __iter__(self) -> Iterator[Document | BadDocument]:
        context = {name: getattr(self._args, name) for name in ("published", "place", "publisher", "input_format")}
        return read_documents(self._args.paths, **context)


def _fresh(graph: Graph, inputs: Iterable[Document | BadDocument], summary: Summary) -> Iterator[Document]:
    """The documents that the graph did not have at the beginning."""
    with graph.reader() as reader:
        for one in inputs:
            if isinstance(one, BadDocument):
                summary.bad.append(one)
            elif known_source(reader, one):
                summary.documents += 1
                summary.known += 1
            else:
                yield one


def _print(summary: Summary, way: _Way) -> None:
    new = summary.documents - summary.known - summary.waiting - len(summary.refused)
    counts = {way.done: new, "known already": summary.known}
    counts |= {"waiting already": summary.waiting} if way is _QUEUED else {}
    counts |= {"bad": len(summary.bad), "refused": len(summary.refused)}
    parts = ", ".join(f"{number} {word}" for word, number in counts.items())
    print(f"{_many(summary.documents + len(summary.bad), 'document')}: {parts}")
    if new:
        things = ", ".join(_many(summary.added[name], name) for name in ("fact", *COUNTED))
        print(f"{way.verb}: {things}")
        print(
            f"persons named: {', '.join(f'{summary.named[word]:,} {word}' for word in ('new', 'linked', 'undecided'))}"
        )
    for what, by in (("refused", summary.refused_by), ("warned", summary.warned_by)):
        shapes = ", ".join(f"{name} {_many(number, 'document')}" for name, number in by.most_common())
        if shapes:
            print(f"{what} by: {shapes}")
    for document in summary.bad:
        print(f"bad: {document.name}: {document.reason}")
    for kind, documents in (("refused", summary.refused), ("warning", summary.warned)):
        shown = documents if kind == "refused" else documents[:_WARNED]
        for name, report in shown:
            for finding in report.findings[:_SHOWN]:
                message = f"{finding.message_en} / {finding.message_vi}"
                print(f"{kind}: {name}: {curie(finding.shape)}: {finding.focus_label or finding.focus}: {message}")
            if len(report.findings) > _SHOWN:
                print(f"{kind}: {name}: and {len(report.findings) - _SHOWN} more")
        if len(shown) < len(documents):
            print(f"{kind}: and {_many(len(documents) - len(shown), 'document')} more")
    if way.next and (new or way is _SHOWN_ONLY):
        print(way.next)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of processes; give 1 or more")
    return int(text)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
