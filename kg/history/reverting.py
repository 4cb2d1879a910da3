"""A change undone: its own patch turned round, as long as nothing later rests on what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import BomayError
from kg.history.recorded import Recorded, recorded, recorded_after
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import HISTORY, curie, iri

Node = NamedNode | BlankNode
_TYPE = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Dependent:
    """A later change in the way, and its quads that are."""

    change: NamedNode
    reason: str
    added: frozenset[Quad] = frozenset()
    removed: frozenset[Quad] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """Plain values; the quads as N-Quads, one a line, without their full stops."""
        quads = {"added": self.added, "removed": self.removed}
        told = {name: sorted(map(str, each)) for name, each in quads.items()}
        return {"change": self.change.value, "reason": self.reason, **told}


class RevertRefused(BomayError):
    """A change that cannot be undone as the graph stands; `dependents`: the later changes in the way, oldest first."""

    exit_status = 1

    def __init__(self, sentence: str, dependents: tuple[Dependent, ...] = ()) -> None:
        super().__init__(sentence)
        self.dependents = dependents


def revert(reader: Reader, done: Recorded, later: Iterable[Recorded], agent: NamedNode, reason: str) -> ChangeSet:
    """The change that undoes `done`: the graph is then as if that had never been.

    `later` are the changes since, oldest first; they are read only where something may be in the way. That is a quad
    that `done` added and that is gone, or one that it removed and that is back; what a later change says of a node, or
    by it, that would go with `done` (no triple is left that begins with it, or its class goes); and a node that would
    be named again whose class a later change took away. What else later changes said of the same nodes stays.
    Raises RevertRefused with the changes in the way, and without a reason.
    """
    if not reason.strip():
        raise RevertRefused(f"To undo {curie(done.change)} needs a reason; say why it was wrong.")
    look = _Look(reader, done)
    blocked = {quad for quad in done.added if not look.has(quad)} | {quad for quad in done.removed if look.has(quad)}
    resting = look.resting()
    missing = look.missing()
    if blocked or resting or missing:
        found = tuple(_in_the_way(look, later, blocked, resting, missing))
        if found:
            raise RevertRefused(_sentence(done, found), found)
        if blocked:
            said = _said(min(blocked, key=str))
            raise RevertRefused(
                f"{curie(done.change)} cannot be undone any more: '{said}' is no longer as that change left it."
            )
    return ChangeSet(done.removed, done.added, agent, reason.strip(), reverts=done.change)


def undo(reader: Reader, journal: Path, change: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that undoes the one of this IRI. Raises NotFound, and what `revert` raises."""
    done = recorded(reader, journal, change)
    return revert(reader, done, recorded_after(reader, journal, done), agent, reason)


@dataclass(slots=True)
class _Look:
    """The graph as it is now, seen from a change that is to be undone."""

    reader: Reader
    done: Recorded
    _left: dict[Node, list[Quad]] = field(default_factory=dict)

    def has(self, quad: Quad) -> bool:
        subject, value = _terms(quad)
        return any(True for _ in self.reader.quads(subject, quad.predicate, value, quad.graph_name))  # type: ignore[arg-type]  # graphs have IRIs here

    def left(self, node: Node) -> list[Quad]:
        """What would still be said of a node, the journal apart."""
        if node not in self._left:
            now = {quad for quad in self.reader.quads(node, graph=None) if quad.graph_name != HISTORY}
            kept = (now - self.done.added) | {quad for quad in self.done.removed if quad.subject == node}
            self._left[node] = list(kept)
        return self._left[node]

    def resting(self) -> set[Quad]:
        """What would be left that begins with, or leads to, a node that goes."""
        found: set[Quad] = set()
        for node in {_terms(quad)[0] for quad in self.done.added}:
            left = self.left(node)
            classless = any(_is_class_of(quad, node) for quad in self.done.added) and not _classes(left)
            if classless or not left:
                to_it = {quad for quad in self.reader.quads(None, None, node, None) if quad.graph_name != HISTORY}
                found |= {*left, *(to_it - self.done.added)}
        return found - self.done.removed

    def missing(self) -> set[Node]:
        """The nodes of what would come back that have no class."""
        named = {term for quad in self.done.removed for term in _terms(quad) if not isinstance(term, Literal)}
        return {node for node in named if not _classes(self.left(node))}


def _in_the_way(
    look: _Look, later: Iterable[Recorded], blocked: set[Quad], resting: set[Quad], missing: set[Node]
) -> Iterable[Dependent]:
    """A class that a later change took away counts only while it is gone."""
    for change in later:
        added = change.added & (blocked | resting)
        removed = change.removed & blocked
        classes = {quad for quad in change.removed if quad.predicate == _TYPE and quad.subject in missing}
        removed |= {quad for quad in classes if not look.has(quad)}
        if added or removed:
            yield Dependent(change.change, change.reason, frozenset(added), frozenset(removed))


def _sentence(done: Recorded, found: tuple[Dependent, ...]) -> str:
    first = found[0]
    verb, quads = ("removed", first.removed) if first.removed else ("added", first.added)
    more = len(first.removed) + len(first.added) - 1
    others = f", and {len(found) - 1} later changes more are in the way" if len(found) > 1 else ""
    return (
        f"{curie(done.change)} cannot be undone any more: the later {curie(first.change)} ({first.reason}) {verb} "
        f"'{_said(min(quads, key=str))}'{f' and {more} more' if more else ''}{others}; undo that first."
    )


def _said(quad: Quad) -> str:
    return " ".join(curie(term) if isinstance(term, NamedNode) else str(term) for term in quad.triple)


def _is_class_of(quad: Quad, node: Node) -> bool:
    return quad.predicate == _TYPE and quad.subject == node


def _classes(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate == _TYPE for quad in quads)


def _terms(quad: Quad) -> tuple[Node, Node | Literal]:
    subject, value = quad.subject, quad.object
    assert isinstance(subject, NamedNode | BlankNode) and isinstance(value, NamedNode | BlankNode | Literal)
    return subject, value  # triple terms are never stored
