"""`kg import`: posts from tables (CSV with a mapping, Popolo), each row validated before it counts."""

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeGuard

from pyoxigraph import Literal, NamedNode

from kg.cli.arguments import Subparsers, add_data, add_verb
from kg.cli.progress import Report as Progress
from kg.cli.progress import progress
from kg.errors import UnreadableInput
from kg.extract import Held, read_held, table_of
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.spans import Span
from kg.namespaces import curie, iri
from kg.propose import known_rows, propose_rows
from kg.read import PostTable, Unread, read_table
from kg.settings import data_folder
from kg.store import Graph, Refused, open_graph
from kg.validate import Finding, Report, Shapes, with_repairs_of_change

_EXAMPLES = """\
  kg import posts.csv --mapping posts.yaml             shows what would be added; writes nothing
  kg import posts.csv --mapping posts.yaml --commit    stores the rows that conform
  kg import assembly.popolo.json --mapping words.yaml --commit
"""

_AGENT = iri("agent:kg-import")
_AT_ONCE: Final = 200  # rows in one change set; the rows of one person are never parted
_SHOWN: Final = 20
_shapes: Final = cache(Shapes.load)
_Person = tuple[str, tuple[str, ...]]


@dataclass(slots=True)
class Outcome:
    """What became of a table's posts, of which a row may hold several.

    `undecided` are new persons beside whom the graph has others of their name.
    """

    rows: int = 0
    posts: int = 0
    new: int = 0
    known: int = 0
    persons: int = 0
    undecided: int = 0
    facts: int = 0
    in_words: int = 0
    unread: list[Unread] = field(default_factory=list)
    refused: list[tuple[Held, Report]] = field(default_factory=list)
    warnings: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> int:
        """Rows of which nothing could be taken."""
        return sum(one.is_whole for one in self.unread)

    @property
    def status(self) -> int:
        """0 all rows are in, 1 some are not, 2 none could be read."""
        if not self.new and not self.known and not self.refused:
            return 2
        return 1 if self.refused or self.left_out else 0


def add_parser(subparsers: Subparsers) -> argparse.ArgumentParser:
    """Adds the verb."""
    parser = add_verb(subparsers, "import", "take posts from a table into the graph, row by row", _EXAMPLES)
    parser.add_argument("file", metavar="FILE", type=Path, help="a .csv or .tsv table, or a Popolo .json file")
    parser.add_argument(
        "--mapping", metavar="FILE", type=Path, help="YAML that says what the columns mean (kg/read/README.md)"
    )
    parser.add_argument("--commit", action="store_true", help="store what conforms; without it nothing is written")
    parser.add_argument("--repairs", action="store_true", help="try repairs of refused rows, and tell those that work")
    add_data(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Takes every row in that can be read and conforms; the others are listed and keep none out."""
    for path in (args.file, args.mapping):
        if path is not None and not path.is_file():
            raise UnreadableInput(f"There is no file '{path}'; check the path.")
    table = read_table(args.file, args.mapping)
    outcome = Outcome(unread=list(table.unread))
    with open_graph(data_folder(args.data)) as graph:
        try:
            with progress("posts") as report:
                take_in(graph, table, outcome, report, commit=args.commit, repairs=args.repairs)
        finally:  # an interruption too ends with what became of the rows so far
            _print(outcome, commit=args.commit)
    return outcome.status


def take_in(
    graph: Graph, table: PostTable, outcome: Outcome, report: Progress, *, commit: bool, repairs: bool = False
) -> None:
    """Reads, links and validates the rows of a table in parts; `report` is told of the rows that are done."""
    lost = [one.where for one in table.unread if one.is_whole]
    rows = len({*(row.where for row in table.rows), *lost})
    outcome.rows, outcome.posts = rows, len(table.rows) + len(lost)
    held: list[Held] = []
    for row in table.rows:
        read, unread = read_held(row)
        outcome.unread += unread
        held += [read] if read else []
    first_names: dict[_Person, Span] = {}
    for one in held:
        first_names.setdefault(one.person, one.row.name_span)
    with graph.reader() as reader:
        known = known_rows(reader, table.document)
    fresh = [one for one in held if one.post_span not in known]
    outcome.known = len(held) - len(fresh)
    importer = _Importer(graph, table.document, first_names, outcome, commit, repairs)
    done = outcome.known
    for part in _parts(fresh):
        importer.take(part)
        done += len(part)
        report("importing" if commit else "checking", done, len(held))


def _parts(rows: Iterable[Held]) -> list[list[Held]]:
    """The rows person by person, in parts of a size that one change set carries well."""
    people: dict[_Person, list[Held]] = {}
    for one in rows:
        people.setdefault(one.person, []).append(one)
    parts: list[list[Held]] = []
    for theirs in people.values():
        if not parts or len(parts[-1]) + len(theirs) > _AT_ONCE:
            parts.append([])
        parts[-1] += theirs
    return parts


def _blamed(rows: list[Held], change: ChangeSet, report: Report) -> dict[int, Report]:
    """The rows, by number, at whose cells a violating fact stands, with the findings on it."""
    supports, start = iri("bm:supports"), iri("bm:start")
    places = {q.subject: int(q.object.value) for q in change.add if q.predicate == start}  # type: ignore[union-attr]  # always a literal
    found: dict[int, list[Finding]] = {}
    for finding in report.findings:
        focus = NamedNode(finding.focus) if finding.severity == "Violation" else None
        cells = {places[q.subject] for q in change.add if q.predicate == supports and q.object == focus}
        for at, row in enumerate(rows):
            if row.post_span.start in cells:
                found.setdefault(at, []).append(finding)
    return {at: Report.of(findings) for at, findings in found.items()}


@dataclass
class _Importer:
    graph: Graph
    document: Document
    first_names: dict[_Person, Span]
    outcome: Outcome
    commit: bool
    repairs: bool

    def take(self, rows: list[Held]) -> None:
        """Takes the rows in without those that a shape refuses: at whose cells the fault stands, else by halving."""
        change, report = self._try(rows)
        if not report.blocks(accept_warnings=True):
            self._count(rows, change, report)
            return
        mended = self._mended(change, report)
        blamed = _blamed(rows, change, mended) if len(rows) > 1 else {0: mended}
        self.outcome.refused += [(rows[at], why) for at, why in blamed.items()]
        middle = len(rows) // 2
        rest = [row for at, row in enumerate(rows) if at not in blamed]
        for part in [rest] if blamed else [rows[:middle], rows[middle:]]:
            if part:
                self.take(part)

    def _mended(self, change: ChangeSet, report: Report) -> Report:
        """The report with repairs, where they are asked for and will be shown."""
        if not self.repairs or len(self.outcome.refused) >= _SHOWN:
            return report
        with self.graph.reader() as reader:
            return with_repairs_of_change(report, _shapes(), reader.quads, change, self.graph.check)

    def _try(self, rows: list[Held]) -> tuple[ChangeSet, Report]:
        """The change set of the rows, committed or checked as a whole, and what the shapes say of it."""
        table = table_of(self.document, rows, self.first_names)
        with self.graph.reader() as reader:
            change = propose_rows(reader, self.document, table.extraction, table.lives, _AGENT)
        try:
            if not self.commit:
                return change, self.graph.check(change)
            return change, self.graph.submit(change, accept_warnings=True).report
        except Refused as refused:
            return change, refused.report

    def _count(self, rows: list[Held], change: ChangeSet, report: Report) -> None:
        self.outcome.warnings.update(finding.shape for finding in report.findings)
        self.outcome.new += len(rows)
        self.outcome.in_words += sum(one.is_words for one in rows)
        self.outcome.facts += len(change.add)
        self._count_persons(change)

    def _count_persons(self, change: ChangeSet) -> None:
        """Counts the new persons, and those whose name the graph knows already."""
        key = iri("bm:key")
        minted = {q.subject for q in change.add if q.predicate == iri("rdf:type") and q.object == iri("bm:Person")}
        keys = [q.object for q in change.add if q.predicate == key and q.subject in minted]
        with self.graph.reader() as reader:
            for name in (name for name in keys if isinstance(name, Literal)):
                others = {quad.subject for quad in reader.quads(None, key, name)} - minted
                self.outcome.undecided += any(any(reader.quads(o, iri("foaf:name"))) for o in others if _is_node(o))
        self.outcome.persons += len(minted)


def _is_node(term: object) -> TypeGuard[NamedNode]:
    """Whether a term is a node with an IRI."""
    return isinstance(term, NamedNode)


def _print(outcome: Outcome, *, commit: bool) -> None:
    counts = {
        "stored" if commit else "new": outcome.new,
        "known already": outcome.known,
        "refused": len(outcome.refused),
        "left out": outcome.left_out,
    }
    said = ", ".join(f"{number:,} {word}" for word, number in counts.items())
    print(f"{outcome.rows:,} rows, {outcome.posts:,} posts: {said}")
    if outcome.new:
        print(
            f"{'added' if commit else 'would add'}: {outcome.facts:,} facts, {outcome.persons:,} new persons "
            f"({outcome.undecided:,} beside others of their name), {outcome.in_words:,} posts kept as words"
        )
    shapes = Counter(curie(f.shape) for _, report in outcome.refused for f in report.findings)
    for shape, number in shapes.most_common():
        print(f"refused by {shape}: {number:,}")
    for held, report in outcome.refused[:_SHOWN]:
        finding = report.findings[0]
        words = f"{held.row.name}, {held.row.title.words}"
        print(
            f"refused: {held.row.where}: {words}: {curie(finding.shape)}: {finding.message_en} / {finding.message_vi}"
        )
        for sentence in finding.evidence:
            print(f"  {sentence.words}")
        for repair in finding.repairs:
            print(f"  repair: {repair.sentence_en} / {repair.sentence_vi}")
    _more("refused", len(outcome.refused))
    for shape, number in outcome.warnings.most_common():
        print(f"warning: {curie(shape)}: {number:,}")
    for one in outcome.unread[:_SHOWN]:
        what = f"{one.column} '{one.words}'" if one.column else "row"
        print(f"{'left out' if one.is_whole else 'in part'}: {one.where}: {what}: {one.reason.rstrip('.')}")
    _more("unread", len(outcome.unread))
    if not commit:
        print("Nothing was written; add --commit to store it.")


def _more(what: str, number: int) -> None:
    if number > _SHOWN:
        print(f"{what}: and {number - _SHOWN:,} more")
