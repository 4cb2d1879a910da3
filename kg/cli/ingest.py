"""`kg ingest`: read → extract → propose → validate → commit."""

import argparse
from collections import Counter
from dataclasses import dataclass, field

from kg.cli.arguments import Subparsers, add_context, add_data, add_input_format, add_verb
from kg.cli.progress import Report as Progress
from kg.cli.progress import progress
from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import curie, iri
from kg.propose import propose
from kg.read import BadDocument, read_documents
from kg.settings import data_folder
from kg.store import Graph, Refused, open_graph
from kg.validate import Report

_EXAMPLES = """\
  kg ingest report.txt --place "Bắc Kạn"             shows what would be added; writes nothing
  kg ingest reports/ more/*.txt --commit             stores it
  kg ingest corpus.jsonl --publisher "Báo Bắc Kạn" --commit
"""

_AGENT = iri("agent:kg-ingest")
_TYPE = iri("rdf:type")
_COUNTED = {
    "person": iri("bm:Person"),
    "meeting": iri("bm:Meeting"),
    "directive": iri("bm:Directive"),
    "conflict": iri("bm:Conflict"),
}
_SHOWN = 8


@dataclass(slots=True)
class Summary:
    """What became of the documents; `added` counts triples and new things by kind."""

    bad: list[BadDocument] = field(default_factory=list)
    refused: list[tuple[str, Report]] = field(default_factory=list)
    warned: list[tuple[str, Report]] = field(default_factory=list)
    documents: int = 0
    known: int = 0
    added: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> int:
        """0 all went in, 1 some did not, 2 nothing could be read."""
        if not self.documents and self.bad:
            return 2
        return 1 if self.bad or self.refused else 0


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "ingest", "read documents into the graph, each validated before it counts", _EXAMPLES)
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="texts, .html, .pdf, .docx and .jsonl files, folders, globs, or -"
    )
    parser.add_argument("--commit", action="store_true", help="store what conforms; without it nothing is written")
    add_input_format(parser)
    add_context(parser)
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Takes every readable document in; one that is bad or refused does not keep the rest out."""
    summary = Summary()
    documents: list[Document] = []
    context = {name: getattr(args, name) for name in ("published", "place", "publisher", "input_format")}
    for read in read_documents(args.paths, **context):
        if isinstance(read, BadDocument):
            summary.bad.append(read)
        else:
            documents.append(read)
    if not documents:
        _print(summary, commit=args.commit)
        return summary.status
    with open_graph(data_folder(args.data)) as graph:
        try:
            with progress("documents") as report:
                _take_in(graph, documents, summary, report, commit=args.commit)
        finally:  # an interruption too ends with what became of the documents so far
            _print(summary, commit=args.commit)
    return summary.status


def _take_in(graph: Graph, documents: list[Document], summary: Summary, report: Progress, *, commit: bool) -> None:
    stage = "ingesting" if commit else "checking"
    report(stage, 0, len(documents))
    for done, document in enumerate(documents, 1):
        try:
            _take_one(graph, document, summary, commit=commit)
        except Refused as refused:
            summary.refused.append((document.id, refused.report))
        summary.documents += 1
        report(stage, done, len(documents))


def _take_one(graph: Graph, document: Document, summary: Summary, *, commit: bool) -> None:
    said = extract(document)
    with graph.reader() as reader:
        change = propose(reader, document, said, _AGENT)
    if change.is_empty:
        summary.known += 1
        return
    report = graph.submit(change, accept_warnings=True).report if commit else graph.check(change)
    if report.blocks(accept_warnings=True):
        raise Refused(report)
    if report.findings:
        summary.warned.append((document.id, report))
    summary.added.update(_count(change))


def _count(change: ChangeSet) -> dict[str, int]:
    kinds = Counter(quad.object for quad in change.add if quad.predicate == _TYPE)
    return {"fact": len(change.add), **{name: kinds[kind] for name, kind in _COUNTED.items()}}


def _print(summary: Summary, *, commit: bool) -> None:
    new = summary.documents - summary.known - len(summary.refused)
    counts = {"stored" if commit else "new": new, "known already": summary.known}
    counts |= {"bad": len(summary.bad), "refused": len(summary.refused)}
    parts = ", ".join(f"{number} {word}" for word, number in counts.items())
    print(f"{_many(summary.documents + len(summary.bad), 'document')}: {parts}")
    if new:
        things = ", ".join(_many(summary.added[name], name) for name in ("fact", *_COUNTED))
        print(f"{'added' if commit else 'would add'}: {things}")
    for document in summary.bad:
        print(f"bad: {document.name}: {document.reason}")
    for kind, documents in (("refused", summary.refused), ("warning", summary.warned)):
        for name, report in documents:
            for finding in report.findings[:_SHOWN]:
                message = f"{finding.message_en} / {finding.message_vi}"
                print(f"{kind}: {name}: {curie(finding.shape)}: {finding.focus_label or finding.focus}: {message}")
            if len(report.findings) > _SHOWN:
                print(f"{kind}: {name}: and {len(report.findings) - _SHOWN} more")
    if not commit:
        print("Nothing was written; add --commit to store it.")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
