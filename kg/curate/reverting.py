"""A change undone: its own patch turned round, as long as nothing later rests on what it changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.curate.journal import Recorded
from kg.curate.merging import CurationRefused
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import curie

Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A later change, None where the journal has none to show for it, and the quads by which it is in the way.

    `verb` is "removed" or "added" for what it did to a quad of the change, "refers" for quads that lead to a node of
    which nothing would be left.
    """

    change: Recorded | None
    verb: str
    quads: tuple[Quad, ...]


class Depended(CurationRefused):
    """A change that cannot be undone any more, with all that depends on it, the oldest first."""

    def __init__(self, sentence: str, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__(sentence)
        self.obstacles = obstacles


def revert(
    reader: Reader,
    done: Recorded,
    later: Iterable[Recorded],
    agent: NamedNode,
    reason: str = "",
    verb: str = "reverted",
) -> ChangeSet:
    """The change that undoes `done`: afterwards the graph is as if it had never been, later changes aside.

    `later` are the changes since, oldest first; they are looked at only to name those in the way. The change that comes
    back names the one that it undoes as its source (prov:used).
    Raises Depended where a quad that `done` added is gone, one that it removed is back, or where something leads to a
    node of which nothing would be left.
    """
    blocked = {quad for quad in done.added if not _has(reader, quad)}
    blocked |= {quad for quad in done.removed if _has(reader, quad)}
    dangling = _dangling(reader, done)
    if blocked or dangling:
        obstacles = tuple(_obstacles(later, blocked, dangling))
        raise Depended(_sentence(done, obstacles, verb), obstacles)
    words = reason.strip() or f"{curie(done.change)} is undone"
    return ChangeSet(done.removed, done.added, agent, words, done.change)


def _dangling(reader: Reader, done: Recorded) -> set[Quad]:
    """Quads that would lead to a node of which nothing is left."""
    back = {quad.subject for quad in done.removed}
    gone = {quad.subject for quad in done.added if isinstance(quad.subject, NamedNode | BlankNode)} - back
    found: set[Quad] = set()
    for node in gone:
        if all(quad in done.added for quad in reader.quads(node, None, None, None)):
            found.update(quad for quad in reader.quads(None, None, node, None) if quad not in done.added)
    return found


def _obstacles(later: Iterable[Recorded], blocked: set[Quad], dangling: set[Quad]) -> Iterable[Obstacle]:
    left = blocked | dangling
    for change in later:
        for verb, quads in (
            ("removed", change.removed & blocked),
            ("added", change.added & blocked),
            ("refers", change.added & dangling),
        ):
            if quads:
                left -= quads
                yield Obstacle(change, verb, tuple(sorted(quads, key=str)))
    if left:
        yield Obstacle(None, "refers" if left <= dangling else "removed", tuple(sorted(left, key=str)))


def _sentence(done: Recorded, obstacles: tuple[Obstacle, ...], verb: str) -> str:
    first = obstacles[0]
    quad, *more = first.quads
    start, count = f"{curie(done.change)} cannot be {verb} any more", f" and {len(more)} more" if more else ""
    if first.change is None:
        return f"{start}: '{said(quad)}'{count} is no longer as it left it."
    by = f"the later {curie(first.change.change)} ({first.change.reason})"
    if first.verb == "refers":
        return f"{start}: {by} says '{said(quad)}'{count}, of which nothing would be left; undo that first."
    return f"{start}: {by} {first.verb} '{said(quad)}'{count}; undo that first."


def said(quad: Quad) -> str:
    """The triple of a quad, IRIs by their prefixes."""
    terms = (quad.subject, quad.predicate, quad.object)
    return " ".join(curie(term) if isinstance(term, NamedNode) else str(term) for term in terms)


def _has(reader: Reader, quad: Quad) -> bool:
    return any(True for _ in reader.quads(quad.subject, quad.predicate, quad.object, quad.graph_name))  # type: ignore[arg-type]  # no triple terms here
