"""Documents taken into a graph in groups: each is proposed in sight of those before it, all are stored at once."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.cli.progress import Report as Progress
from kg.cli.proposing import Proposal, Proposer
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import PREFIXES, curie, iri
from kg.read import BadDocument
from kg.store import Graph, Refused
from kg.validate import Report

COUNTED = {
    "person": iri("bm:Person"),
    "meeting": iri("bm:Meeting"),
    "directive": iri("bm:Directive"),
    "conflict": iri("bm:Conflict"),
}
MOST = 128
"""Documents of a group. The first groups are smaller, so that something is stored soon."""
_LONGEST = 800_000
"""Characters of a group, whatever the number of its documents."""
_TYPE, _SUPPORTS, _UNDECIDED = iri("rdf:type"), iri("bm:supports"), iri("bm:possiblySameAs")


@dataclass(slots=True)
class Summary:
    """What became of the documents; `added` counts triples and new things by kind, `named` what persons came to.

    `waiting` are those that the queue of review holds already.
    """

    bad: list[BadDocument] = field(default_factory=list)
    refused: list[tuple[str, Report]] = field(default_factory=list)
    warned: list[tuple[str, Report]] = field(default_factory=list)
    documents: int = 0
    known: int = 0
    waiting: int = 0
    added: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)

    @property
    def status(self) -> int:
        """0 all went in, 1 some did not, 2 nothing could be read."""
        if not self.documents and self.bad:
            return 2
        return 1 if self.bad or self.refused else 0

    @property
    def refused_by(self) -> Counter[str]:
        """How many documents each shape refused."""
        return _shapes(self.refused, "Violation")

    @property
    def warned_by(self) -> Counter[str]:
        """Of how many documents each shape warned."""
        return _shapes(self.warned, "Warning")

    def took(self, name: str, change: ChangeSet, report: Report) -> None:
        """A document went in, or would."""
        self.documents += 1
        if change.is_empty:
            self.known += 1
            return
        if report.findings:
            self.warned.append((name, report))
        kinds = Counter(quad.object for quad in change.add if quad.predicate == _TYPE)
        self.added.update({"fact": len(change.add), **{name: kinds[kind] for name, kind in COUNTED.items()}})
        self.named.update(_persons(change))

    def was_refused(self, name: str, report: Report) -> None:
        """A document did not go in."""
        self.documents += 1
        self.refused.append((name, report))


def _shapes(told: list[tuple[str, Report]], severity: str) -> Counter[str]:
    return Counter(
        name for _, report in told for name in {curie(f.shape) for f in report.findings if f.severity == severity}
    )


def _persons(change: ChangeSet) -> dict[str, int]:
    """Persons that a document names: new ones, those of the graph, and those of whom it is left open who they are."""
    named = {quad.object for quad in change.add if quad.predicate == _SUPPORTS and _is_person(quad)}
    new = {quad.subject for quad in change.add if quad.predicate == _TYPE and quad.object == COUNTED["person"]}
    open_to_doubt = {quad.subject for quad in change.add if quad.predicate == _UNDECIDED}
    return {"new": len(new), "linked": len(named - new), "undecided": len(open_to_doubt)}


def _is_person(quad: Quad) -> bool:
    return isinstance(quad.object, NamedNode) and quad.object.value.startswith(PREFIXES["person"])


def take_in(
    graph: Graph, documents: Iterator[Document], proposer: Proposer, summary: Summary, report: Progress, total: int
) -> None:
    """Stores the documents, group after group.

    Of a group that does not conform nothing is stored at first: those before the document that seems to be at fault
    are tried again, then that one alone. What was proposed in sight of a refused document is proposed anew, and so is
    what was proposed before somebody else changed the graph.
    """
    report("ingesting", summary.documents, total)
    proposer.begin(graph)
    queue = _Queue(documents, proposer)
    most, generation, is_suspect = 1, None, False
    while group := queue.next(most):
        try:
            span = _store(graph, group, summary)
        except Refused as refused:
            if len(group) > 1:
                queue.ready.extendleft(reversed(group))
                most, is_suspect = max(1, len(group) // 2 if refused.at is None else refused.at), True
                continue
            summary.was_refused(group[0].document.id, refused.report)
            queue.begin(graph)
        else:
            if span and generation is not None and span[0] != generation + 1:
                queue.begin(graph)
            generation = span[1] if span else generation
        most, is_suspect = 1 if is_suspect and len(group) > 1 else min(2 * most, MOST), False
        report("ingesting", summary.documents, total)


@dataclass(slots=True)
class _Queue:
    """Proposals to come, in order: those that are `ready`, those that were asked for, those still to be asked for."""

    documents: Iterator[Document]
    proposer: Proposer
    ready: deque[Proposal] = field(default_factory=deque)
    _given: deque[Document] = field(default_factory=deque)
    _again: deque[Document] = field(default_factory=deque)

    def next(self, most: int) -> list[Proposal]:
        """The next proposals, up to `most`; none at the end."""
        group: list[Proposal] = []
        while len(group) < most and sum(len(one.document.text) for one in group) <= _LONGEST:
            if self.ready:
                group.append(self.ready.popleft())
                continue
            self._ask()
            if not self._given:
                break
            group.append(self.proposer.take(self._given.popleft()))
        return group

    def begin(self, graph: Graph) -> None:
        """Has everything to come proposed anew."""
        self._again.extendleft(reversed([*(one.document for one in self.ready), *self._given]))
        self.ready.clear()
        self._given.clear()
        self.proposer.begin(graph)

    def _ask(self) -> None:
        while len(self._given) < self.proposer.ahead:
            document = self._again.popleft() if self._again else next(self.documents, None)
            if document is None:
                return
            self.proposer.give(document)
            self._given.append(document)


def _store(graph: Graph, group: list[Proposal], summary: Summary) -> tuple[int, int] | None:
    """Commits a group; its first and last generation, None where the graph has all of it. Raises Refused."""
    changes: list[ChangeSet] = []
    with graph.stage() as stage:
        for one in group:
            changes.append(one.change(stage.reader))
            stage.add(changes[-1])
        receipts = stage.commit(accept_warnings=True)
    for one, change, receipt in zip(group, changes, receipts, strict=True):
        summary.took(one.document.id, change, receipt.report)
    generations = [receipt.generation for receipt in receipts if receipt.change_iri]
    return (generations[0], generations[-1]) if generations else None


def check(
    graph: Graph, documents: Iterable[Document], proposer: Proposer, summary: Summary, report: Progress, total: int
) -> None:
    """Says of each document by itself what would be added; stores nothing."""
    report("checking", summary.documents, total)
    for document in documents:
        proposer.give(document)
        with graph.reader() as reader:
            change = proposer.take(document).change(reader)
        try:
            found = Report() if change.is_empty else graph.check(change)
            if found.blocks(accept_warnings=True):
                raise Refused(found)
            summary.took(document.id, change, found)
        except Refused as refused:
            summary.was_refused(document.id, refused.report)
        report("checking", summary.documents, total)
