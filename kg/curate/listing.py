"""The journal as a list: what each change says of itself, and which changes say something of a thing."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.curate.journal import Recorded
from kg.history import load_patch, patch_path
from kg.model.graph import Reader, Row
from kg.namespaces import HISTORY

_ENTRIES = """
SELECT ?change ?generation ?digest ?agent ?reason ?at ?added ?removed ?source WHERE {
  GRAPH ?history {
    ?change bm:generation ?generation ; bm:patchDigest ?digest ; prov:wasAssociatedWith ?agent ; bm:reason ?reason ;
            prov:endedAtTime ?at ; bm:added ?added ; bm:removed ?removed .
    OPTIONAL { ?change prov:used ?source }
  }
} ORDER BY DESC(?generation)"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One change as the journal has it, without facts. `at` is an ISO 8601 time; `agent` the last part of its IRI."""

    change: NamedNode
    generation: int
    digest: str
    agent: str
    reason: str
    at: str
    added: int
    removed: int
    source: NamedNode | None

    @classmethod
    def of(cls, row: Row) -> "Listed":
        """From a solution with these names."""
        change, source = row["change"], row.get("source")
        assert isinstance(change, NamedNode)
        return cls(
            change=change,
            generation=int(row["generation"].value),
            digest=row["digest"].value,
            agent=row["agent"].value.rpartition("/")[2],
            reason=row["reason"].value,
            at=row["at"].value,
            added=int(row["added"].value),
            removed=int(row["removed"].value),
            source=source if isinstance(source, NamedNode) else None,
        )

    def recorded(self, journal: Path) -> Recorded:
        """The change with its facts. Raises NotFound where its patch is missing or was altered."""
        return Recorded(self.change, self.generation, self.reason, *load_patch(journal, self.digest))


def entries(reader: Reader) -> Iterator[Listed]:
    """All changes, the newest first."""
    yield from map(Listed.of, reader.select(_ENTRIES, {"history": HISTORY}))


def touching(found: Iterable[Listed], journal: Path, thing: NamedNode, most: int) -> Iterator[Listed]:
    """Those of the changes, at most so many, whose patch has the thing for subject or value.

    Looks through the packed patches one after the other (about a third of a millisecond each); one that is missing is
    passed over.
    """
    wanted = f"<{thing.value}>".encode()
    for entry in found:
        if most <= 0:
            return
        path = patch_path(journal, entry.digest)
        if path.is_file() and wanted in gzip.decompress(path.read_bytes()):
            most -= 1
            yield entry
