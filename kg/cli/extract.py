"""`kg extract`: reads documents and prints what they say."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from rich.console import Console

from kg.cli.arguments import Subparsers, add_context, add_input_format, add_verb
from kg.cli.explaining import explain
from kg.cli.tables import on_terminal, print_table
from kg.extract import extract
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.read import BadDocument, read_documents

_EXAMPLES = """\
  kg extract report.txt --place "Bắc Kạn" --published 2022-04-05
  kg extract reports/ --format jsonl > said.jsonl
  cat report.txt | kg extract - --format table
  kg extract report.txt --place "Bắc Kạn" --explain
  kg extract page.html decision.pdf minutes.docx --place "Bắc Kạn"
"""

_WIDTH = 140  # of an explanation that goes to a file


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "extract", "read documents and print what they say; writes nothing", _EXAMPLES)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="texts, .html, .pdf, .docx and .jsonl files, folders, globs, or -"
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--explain", action="store_true", help="show each text marked up, with the rule of every mention beside it"
    )
    forms.add_argument(
        "--format",
        choices=("json", "jsonl", "table"),
        help="json: one object, or a list for several documents; jsonl: one object a line; table: for reading "
        "(default: table on a terminal, else json)",
    )
    add_input_format(parser)
    add_context(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints every readable document's extraction; 1 when some could not be read, 2 when none could."""
    bad: list[BadDocument] = []
    if args.explain:
        return _status(bad, any_read=_explain(args, bad) > 0)
    said = (read for _, read in _read(args, bad))
    form = args.format or ("table" if on_terminal() else "json")
    first = list(islice(said, 2))
    everything = chain(first, said)
    if form == "jsonl":
        for one in everything:
            print(json.dumps(one.to_json(), ensure_ascii=False))
    elif form == "table":
        print_table(("document", "kind", "what", "more", "rule"), _rows(everything))
    elif len(first) == 1:
        print(json.dumps(first[0].to_json(), ensure_ascii=False, indent=1))
    elif first:
        _print_list(everything)
    return _status(bad, any_read=bool(first))


def _status(bad: list[BadDocument], *, any_read: bool) -> int:
    for document in bad:
        print(f"kg extract: {document.name}: {document.reason}", file=sys.stderr)
    if not bad:
        return 0
    return 1 if any_read else 2


def _explain(args: argparse.Namespace, bad: list[BadDocument]) -> int:
    console = Console(highlight=False, width=None if on_terminal() else _WIDTH)
    count = 0
    for document, said in _read(args, bad):
        explain(console, document, said)
        count += 1
    return count


def _read(args: argparse.Namespace, bad: list[BadDocument]) -> Iterator[tuple[Document, Extraction]]:
    context = {name: getattr(args, name) for name in ("published", "place", "publisher", "input_format")}
    for document in read_documents(args.files, **context):
        if isinstance(document, BadDocument):
            bad.append(document)
        else:
            yield document, extract(document)


def _print_list(said: Iterable[Extraction]) -> None:
    """A JSON list, written as it comes."""
    opening = "["
    for one in said:
        print(opening)
        print(json.dumps(one.to_json(), ensure_ascii=False, indent=1), end="")
        opening = ","
    print("\n]")


def _rows(said: Iterable[Extraction]) -> Iterator[tuple[str, str, str, str, str]]:
    for one in said:
        for person in one.persons:
            for post in person.positions:
                held = f"{post.title}, {post.organ}" if post.organ else post.title
                yield one.id, "person", person.name, f"{held} ({post.status})", post.rule
            if not person.positions:
                yield one.id, "person", person.name, "", ""
        for meeting in one.meetings:
            yield one.id, "meeting", meeting.name, " · ".join(filter(None, (meeting.date, meeting.organizer))), ""
            for who in meeting.participants:
                yield one.id, "participant", who.name, " · ".join(filter(None, (who.role, who.site))), ""
        for directive in one.directives:
            about = " · ".join(filter(None, (directive.type, directive.issuer, directive.date, directive.title)))
            yield one.id, "directive", directive.ref, about, directive.citations[0].rule
        for relation in one.relations:
            yield one.id, "relation", relation.subject, f"{relation.predicate} {relation.object}", ""
        for task in one.tasks:
            yield one.id, "task", task.text, task.period or "", ""
