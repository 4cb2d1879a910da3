"""Whether a proposal still fits a graph that others have changed since: it does where the changes commute."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import NotFound
from kg.history import load_patch
from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Term
from kg.namespaces import HISTORY, SHAPES, curie, iri
from kg.review.facts import lines
from kg.review.proposal import ReviewRefused
from kg.store import Folder

MOST_CHANGES: Final = 200
"""Changes since a proposal's base that are looked through for what touched the same nodes."""

_SINGLE = """
SELECT DISTINCT ?class ?path WHERE { GRAPH ?shapes {
  ?node sh:targetClass ?class ; sh:property ?property . ?property sh:path ?path ; ?limit ?one
  FILTER(isIRI(?path) && ((?limit = sh:maxCount && ?one = 1) || (?limit = sh:uniqueLang && ?one = true)))
} }"""
_LATER = """
SELECT ?change ?generation ?digest ?agent ?reason WHERE {
  GRAPH ?history {
    ?change bm:generation ?generation ; bm:patchDigest ?digest ; prov:wasAssociatedWith ?agent ; bm:reason ?reason .
    FILTER(?generation > ?base)
  }
} ORDER BY DESC(?generation)"""
_TYPE = iri("rdf:type")

_Slot = tuple[Term, NamedNode, str | None, object]
"""What has one value: a property of a node, in one language, in one graph."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property that the proposal would change and that is no longer as the proposal found it."""

    subject: NamedNode
    predicate: NamedNode
    wanted: frozenset[Quad]
    unwanted: frozenset[Quad]
    standing: frozenset[Quad]

    def to_json(self) -> dict[str, Any]:
        """The fields by their names, quads as lines of N-Quads."""
        quads = {"add": lines(self.wanted), "remove": lines(self.unwanted), "standing": lines(self.standing)}
        return {"subject": self.subject.value, "property": self.predicate.value, **quads}


@dataclass(frozen=True, slots=True)
class Since:
    """A change since the base, with those of its quads that are about disputed nodes."""

    change: NamedNode
    generation: int
    agent: NamedNode
    reason: str
    added: frozenset[Quad]
    removed: frozenset[Quad]

    def to_json(self) -> dict[str, Any]:
        """The fields by their names, quads as lines of N-Quads."""
        who = {"change": self.change.value, "generation": self.generation, "agent": self.agent.value}
        return {**who, "reason": self.reason, "added": lines(self.added), "removed": lines(self.removed)}


@dataclass(frozen=True, slots=True)
class Fit:
    """A change cut down to what it would alter now, and what stands against making it."""

    change: ChangeSet
    disputes: tuple[Dispute, ...]


class Stale(ReviewRefused):
    """A proposal that no longer fits: what is disputed, and the changes since its base that made it so."""

    def __init__(self, id_: str, base: int, disputes: tuple[Dispute, ...], since: tuple[Since, ...]) -> None:
        first = disputes[0]
        more = f" and {len(disputes) - 1} more" if len(disputes) > 1 else ""
        by = f" by {curie(since[0].change)} ({since[0].reason})" if since else ""
        super().__init__(
            f"The proposal {id_} no longer fits: {curie(first.predicate)} of {curie(first.subject)}{more} was changed "
            f"since{by}; send it again as it should be now, or reject it."
        )
        self.base, self.disputes, self.since = base, disputes, since

    def diff(self) -> dict[str, Any]:
        """{base, disputes, changes} as JSON."""
        told = {"disputes": [one.to_json() for one in self.disputes], "changes": [one.to_json() for one in self.since]}
        return {"base": self.base, **told}


def fit(reader: Reader, change: ChangeSet) -> Fit:
    """The change as it would be now.

    What is there already need not be added, and what is gone need not be removed, where the outcome is the one that was
    proposed. A quad to remove that is gone otherwise, and another value of a property that has one, are disputes.
    """
    wanted, unwanted = _by_slot(change.add), _by_slot(change.remove)
    there = {quad for quads in (change.add, change.remove) for quad in quads if has(reader, quad)}
    single = _single_valued(reader)
    disputes = []
    for slot in sorted(wanted.keys() | unwanted.keys(), key=str):
        add, remove = wanted.get(slot, frozenset()), unwanted.get(slot, frozenset())
        standing = _standing(reader, slot)
        is_single = any((kind, slot[1]) in single for kind in _kinds(reader, slot[0], wanted))
        others = standing - add - remove
        is_gone = bool(remove - there) and not (add <= there and not (is_single and others))
        is_taken = is_single and bool(add) and bool(others)
        if is_gone or is_taken:
            assert isinstance(slot[0], NamedNode)
            disputes.append(Dispute(slot[0], slot[1], add, remove, standing))
    cut = replace(change, add=change.add - there, remove=change.remove & there)
    return Fit(cut, tuple(disputes))


def changes_since(reader: Reader, data: Path, base: int, disputes: Iterable[Dispute]) -> tuple[Since, ...]:
    """The changes after the generation `base` that touched a disputed property, the last one first.

    At most `MOST_CHANGES` are looked through; one whose patch is not there any more is passed over.
    """
    touched = {(dispute.subject, dispute.predicate) for dispute in disputes}
    after = Literal(str(base), datatype=iri("xsd:integer"))
    found = []
    for row in reader.select(_LATER, {"history": HISTORY, "base": after})[:MOST_CHANGES]:
        try:
            patch = load_patch(Folder(data).journal, row["digest"].value)
        except NotFound:
            continue
        added, removed = (frozenset(q for q in quads if (q.subject, q.predicate) in touched) for quads in patch)
        if added or removed:
            change, agent = row["change"], row["agent"]
            assert isinstance(change, NamedNode) and isinstance(agent, NamedNode)
            found.append(Since(change, int(row["generation"].value), agent, row["reason"].value, added, removed))
    return tuple(found)


def has(reader: Reader, quad: Quad) -> bool:
    """Whether the graph has the quad."""
    return next(reader.quads(quad.subject, quad.predicate, quad.object, quad.graph_name), None) is not None  # type: ignore[arg-type]  # no triple terms here


def _by_slot(quads: Iterable[Quad]) -> dict[_Slot, frozenset[Quad]]:
    found: dict[_Slot, set[Quad]] = defaultdict(set)
    for quad in quads:
        found[_slot(quad)].add(quad)
    return {slot: frozenset(of_it) for slot, of_it in found.items()}


def _slot(quad: Quad) -> _Slot:
    language = quad.object.language if isinstance(quad.object, Literal) else None
    return quad.subject, quad.predicate, language, quad.graph_name  # type: ignore[return-value]  # no triple terms here


def _standing(reader: Reader, slot: _Slot) -> frozenset[Quad]:
    subject, predicate, _, graph = slot
    assert isinstance(subject, NamedNode) and isinstance(graph, NamedNode | DefaultGraph)
    return frozenset(quad for quad in reader.quads(subject, predicate, None, graph) if _slot(quad) == slot)


def _kinds(reader: Reader, subject: Term, wanted: dict[_Slot, frozenset[Quad]]) -> set[object]:
    assert isinstance(subject, NamedNode)
    stated = {quad.object for quad in reader.quads(subject, _TYPE)}
    proposed = {quad.object for quad in wanted.get((subject, _TYPE, None, DefaultGraph()), ())}
    return {*stated, *proposed}


def _single_valued(reader: Reader) -> frozenset[tuple[object, object]]:
    """(class, property) of which the shapes want one value, or one in each language."""
    return frozenset((row["class"], row["path"]) for row in reader.select(_SINGLE, {"shapes": SHAPES}))
