"""The journal read backwards, from the last change to the first."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.history.journal import HEAD
from kg.model.graph import Reader, Term
from kg.namespaces import HISTORY, iri


@dataclass(frozen=True, slots=True)
class Step:
    """One change: what is needed to undo it and to go on with the one `before`."""

    change: NamedNode
    generation: int
    digest: str
    size: int
    """Triples added and removed."""

    before: NamedNode | None


def steps_back(reader: Reader) -> Iterator[Step]:
    """The changes, the last one first; each is read before it is given, so that it may then be undone."""
    change = _node(_one(reader, HISTORY, HEAD))
    while change is not None:
        step = _step(reader, change)
        yield step
        change = step.before


def last_change(reader: Reader) -> NamedNode | None:
    """The change to which the graph owes its state; None for a graph as it was created."""
    return _node(_one(reader, HISTORY, HEAD))


def _step(reader: Reader, change: NamedNode) -> Step:
    generation, added, removed = (
        int(_text(_one(reader, change, iri(name)))) for name in ("bm:generation", "bm:added", "bm:removed")
    )
    digest = _text(_one(reader, change, iri("bm:patchDigest")))
    before = _node(_one(reader, change, iri("prov:wasRevisionOf")))
    return Step(change, generation, digest, added + removed, before)


def _one(reader: Reader, subject: NamedNode, predicate: NamedNode) -> Term | None:
    found = next(reader.quads(subject, predicate, None, HISTORY), None)
    return None if found is None or not isinstance(found.object, NamedNode | Literal) else found.object


def _node(term: Term | None) -> NamedNode | None:
    return term if isinstance(term, NamedNode) else None


def _text(term: Term | None) -> str:
    assert isinstance(term, Literal)  # as the journal writes it
    return term.value
