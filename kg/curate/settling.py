"""Conflicts between sources, decided by a person: one claim is preferred, or both are kept; either can be reopened.

No claim is ever taken away. What the graph states of the node itself follows the preferred claim.
"""

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.curate.foresight import CurationRefused
from kg.errors import NotFound
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Term
from kg.namespaces import curie, iri

OPEN, SETTLED, KEPT = (iri(f"conflictstate:{name}") for name in ("open", "settled", "kept"))
_TYPE, _CONFLICT = iri("rdf:type"), iri("bm:Conflict")
_STATE, _PREFERRED = iri("bm:state"), iri("bm:preferred")
_DECIDED: Final = (_STATE, _PREFERRED, iri("bm:reason"), iri("bm:curatedBy"))
"""What a decision says of a conflict, so that the next one takes its place."""


def prefer(reader: Reader, conflict: NamedNode, claim: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that settles a conflict for one of its claims, whose value the node then states alone.

    Of a property whose values have languages the values of the claim's language give way, those of others stay.
    Raises NotFound for a node that is no conflict, CurationRefused without a reason and for a foreign claim.
    """
    words = _reason(reason)
    _require_conflict(reader, conflict)
    if not _has(reader, Quad(conflict, iri("bm:claim"), claim)):
        raise CurationRefused(f"{curie(claim)} is no claim of {curie(conflict)}; choose one that its page lists.")
    about, prop = _node(reader, conflict, "bm:about"), _node(reader, conflict, "bm:property")
    value = _one(reader, claim, "bm:value")
    standing = {quad for quad in reader.quads(about, prop) if _gives_way(quad.object, value)}
    stated = Quad(about, prop, value)
    decided = {Quad(conflict, _STATE, SETTLED), Quad(conflict, _PREFERRED, claim), *_by(conflict, agent, words)}
    return _change(reader, conflict, decided | {stated}, standing, agent, words)


def keep_both(reader: Reader, conflict: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that leaves a conflict undecided for good, with the reason; what the node states stays as it is.

    Raises NotFound for a node that is no conflict, CurationRefused without a reason.
    """
    words = _reason(reason)
    _require_conflict(reader, conflict)
    decided = {Quad(conflict, _STATE, KEPT), *_by(conflict, agent, words)}
    return _change(reader, conflict, decided, set(), agent, words)


def reopen(reader: Reader, conflict: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that takes a decision back; what the node states stays as it is.

    Raises NotFound for a node that is no conflict, CurationRefused without a reason and for one that is open.
    """
    words = _reason(reason)
    _require_conflict(reader, conflict)
    if _has(reader, Quad(conflict, _STATE, OPEN)):
        raise CurationRefused(f"{curie(conflict)} is open already; prefer one of its claims, or keep both.")
    return _change(reader, conflict, {Quad(conflict, _STATE, OPEN)}, set(), agent, words)


def _change(
    reader: Reader, conflict: NamedNode, add: set[Quad], remove: set[Quad], agent: NamedNode, reason: str
) -> ChangeSet:
    earlier = {quad for predicate in _DECIDED for quad in reader.quads(conflict, predicate)}
    gone = earlier | remove
    return ChangeSet(frozenset(add - gone), frozenset(gone - add), agent, reason)


def _by(conflict: NamedNode, agent: NamedNode, words: str) -> set[Quad]:
    return {Quad(conflict, iri("bm:reason"), Literal(words)), Quad(conflict, iri("bm:curatedBy"), agent)}


def _reason(given: str) -> str:
    words = fold.composed(given.strip())
    if not words:
        raise CurationRefused("A decision needs a reason; say which source it rests on, or why neither is right.")
    return words


def _require_conflict(reader: Reader, node: NamedNode) -> None:
    if not _has(reader, Quad(node, _TYPE, _CONFLICT)):
        raise NotFound(f"{curie(node)} is no conflict; 'kg query conflicts' lists what there is.")


def _gives_way(old: object, value: Term) -> bool:
    """Whether a value that stands cannot stand beside the new one."""
    if isinstance(old, Literal) and isinstance(value, Literal) and (old.language or value.language):
        return old.language == value.language
    return True


def _node(reader: Reader, subject: NamedNode, prop: str) -> NamedNode:
    value = _one(reader, subject, prop)
    assert isinstance(value, NamedNode)  # as the shapes have it
    return value


def _one(reader: Reader, subject: NamedNode, prop: str) -> Term:
    found: list[Term] = [quad.object for quad in reader.quads(subject, iri(prop))]  # type: ignore[misc]  # no triple terms here
    if len(found) != 1:
        raise CurationRefused(f"{curie(subject)} has {len(found)} values of {prop} instead of one; correct that first.")
    return found[0]


def _has(reader: Reader, quad: Quad) -> bool:
    return any(True for _ in reader.quads(quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]  # no triple terms here
