"""The journal: one bm:ChangeSet (a prov:Activity) in the history graph for each accepted change."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.model.changes import Approval
from kg.namespaces import HISTORY, iri

HEAD = iri("bm:head")
RELEASE = iri("bm:release")

_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_GENERATION = iri("bm:generation")
_INTEGER, _DATETIME = iri("xsd:integer"), iri("xsd:dateTime")


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted change. `digest` names its patch, `previous` the change before it, `reverts` one that it
    undoes, `release` the release of the program that it brought in; `ended` is in UTC."""

    generation: int
    digest: str
    agent: NamedNode
    reason: str
    ended: dt.datetime
    added: int
    removed: int
    source: NamedNode | None = None
    previous: NamedNode | None = None
    approval: Approval | None = None
    reverts: NamedNode | None = None
    release: str | None = None

    @property
    def change(self) -> NamedNode:
        """The IRI of the change: its generation and the start of its digest."""
        return iri(f"change:{self.generation}-{self.digest[:12]}")

    def quads(self) -> Iterator[Quad]:
        """The entry, in the history graph, with the head pointing to it."""
        yield Quad(HISTORY, HEAD, self.change, HISTORY)
        for predicate, value in self._facts():
            yield Quad(self.change, predicate, value, HISTORY)
        for agent in (self.agent, *((self.approval.by,) if self.approval else ())):
            yield Quad(agent, _TYPE, iri("prov:Agent"), HISTORY)
            yield Quad(agent, _LABEL, Literal(agent.value.rpartition("/")[2]), HISTORY)

    def head_before(self) -> Quad | None:
        """The head quad that this entry replaces."""
        return Quad(HISTORY, HEAD, self.previous, HISTORY) if self.previous else None

    def _facts(self) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        yield _TYPE, iri("bm:ChangeSet")
        yield _TYPE, iri("prov:Activity")
        yield _LABEL, Literal(self.reason or f"{self.generation}", language="vi")
        yield _GENERATION, Literal(str(self.generation), datatype=_INTEGER)
        yield iri("prov:wasAssociatedWith"), self.agent
        yield iri("bm:reason"), Literal(self.reason)
        yield iri("prov:endedAtTime"), Literal(self.ended.isoformat(timespec="milliseconds"), datatype=_DATETIME)
        yield iri("bm:patchDigest"), Literal(self.digest)
        yield iri("bm:added"), Literal(str(self.added), datatype=_INTEGER)
        yield iri("bm:removed"), Literal(str(self.removed), datatype=_INTEGER)
        if self.source is not None:
            yield iri("prov:used"), self.source
        if self.previous is not None:
            yield iri("prov:wasRevisionOf"), self.previous
        if self.approval is not None:
            yield iri("bm:acceptedBy"), self.approval.by
            yield iri("bm:proposalId"), Literal(self.approval.proposal)
        if self.reverts is not None:
            yield iri("bm:reverts"), self.reverts
        if self.release is not None:
            yield RELEASE, Literal(self.release)


def head(store: Store) -> tuple[NamedNode | None, int]:
    """(the last change, its generation); (None, 0) for a graph as it was created."""
    for quad in store.quads_for_pattern(HISTORY, HEAD, None, HISTORY):
        change = quad.object
        assert isinstance(change, NamedNode)
        for row in store.quads_for_pattern(change, _GENERATION, None, HISTORY):
            assert isinstance(row.object, Literal)
            return change, int(row.object.value)
    return None, 0
