"""A merge undone: its own patch turned round, as long as nothing later rests on what it changed."""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.curate.journal import Recorded
from kg.curate.merging import PERSON, REPLACED, TYPE, CurationRefused
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import curie


def merged_pair(done: Recorded) -> tuple[NamedNode, NamedNode]:
    """(kept, gone) of a merge. Raises CurationRefused for any other change."""
    pairs = [
        (quad.object, quad.subject)
        for quad in done.added
        if quad.predicate == REPLACED and Quad(quad.subject, TYPE, PERSON, DefaultGraph()) in done.removed
    ]
    match pairs:
        case [(NamedNode() as kept, NamedNode() as gone)]:
            return kept, gone
    raise CurationRefused(f"{curie(done.change)} is no merge of two persons, so it cannot be split.")


def split(reader: Reader, done: Recorded, later: Iterable[Recorded], agent: NamedNode, reason: str = "") -> ChangeSet:
    """The change that undoes the merge `done`: afterwards the default graph is as if it had never been.

    `later` are the changes since, oldest first; they are looked at only to name the one in the way. What later changes
    said of the person kept stays with that person. Raises CurationRefused for a change that is no merge, and where a
    quad that the merge added is gone, or one that it removed is back.
    """
    kept, gone = merged_pair(done)
    blocked = {quad for quad in done.added if not _has(reader, quad)}
    blocked |= {quad for quad in done.removed if _has(reader, quad)}
    if blocked:
        raise CurationRefused(_in_the_way(done, later, blocked))
    words = reason.strip() or f"{curie(gone)} is not {curie(kept)}: {curie(done.change)} is undone"
    return ChangeSet(done.removed, done.added, agent, words)


def _in_the_way(done: Recorded, later: Iterable[Recorded], blocked: set[Quad]) -> str:
    start = f"{curie(done.change)} cannot be split any more"
    for change in later:
        for verb, quads in (("removed", change.removed & blocked), ("added", change.added & blocked)):
            if quads:
                first, *more = sorted(quads, key=str)
                count = f" and {len(more)} more" if more else ""
                return (
                    f"{start}: the later {curie(change.change)} ({change.reason}) {verb} '{_said(first)}'{count}; "
                    "undo that first."
                )
    return f"{start}: '{_said(min(blocked, key=str))}' is no longer as the merge left it."


def _said(quad: Quad) -> str:
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(curie(term) if isinstance(term, NamedNode) else str(term) for term in terms)


def _has(reader: Reader, quad: Quad) -> bool:
    return any(True for _ in reader.quads(quad.subject, quad.predicate, quad.object, quad.graph_name))  # type: ignore[arg-type]  # no triple terms here
