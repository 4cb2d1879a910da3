"""Changes as the journal has them: the entry in the history graph together with its patch on disk."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import NotFound
from kg.history import load_patch
from kg.model.graph import Reader
from kg.namespaces import HISTORY, curie, iri

_LATER = """
SELECT ?change WHERE {
  GRAPH ?history { ?change bm:generation ?generation . FILTER(?generation > ?after) }
} ORDER BY ?generation"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change that was made: its generation, its reason, and the quads that it really added and removed."""

    change: NamedNode
    generation: int
    reason: str
    added: frozenset[Quad]
    removed: frozenset[Quad]


def recorded(reader: Reader, journal: Path, change: NamedNode) -> Recorded:
    """The change of this IRI. Raises NotFound where the journal has no such change or its patch is missing."""
    facts = {quad.predicate: quad.object for quad in reader.quads(change, None, None, HISTORY)}
    generation, digest, reason = (facts.get(iri(name)) for name in ("bm:generation", "bm:patchDigest", "bm:reason"))
    if not isinstance(generation, Literal) or not isinstance(digest, Literal):
        raise NotFound(f"The journal has no change {curie(change)}; take the IRI that 'kg merge' printed.")
    added, removed = load_patch(journal, digest.value)
    words = reason.value if isinstance(reason, Literal) else ""
    return Recorded(change, int(generation.value), words, added, removed)


def recorded_after(reader: Reader, journal: Path, earlier: Recorded) -> Iterator[Recorded]:
    """The changes made since, oldest first, each read when it is asked for."""
    after = Literal(str(earlier.generation), datatype=iri("xsd:integer"))
    for row in reader.select(_LATER, {"history": HISTORY, "after": after}):
        change = row["change"]
        assert isinstance(change, NamedNode)
        yield recorded(reader, journal, change)
