"""Changes as the journal has them: the entry in the history graph together with its patch on disk."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import NotFound
from kg.history.files import load_patch
from kg.model.graph import Reader, Row
from kg.namespaces import HISTORY, curie, iri

_LATER: Final = """
SELECT ?change WHERE {
  GRAPH ?history { ?change bm:generation ?generation . FILTER(?generation > ?after) }
} ORDER BY ?generation"""
_ENTRIES: Final = """
SELECT ?change ?generation ?digest ?agent ?reason ?at ?added ?removed ?source ?reverts ?reverted_by WHERE {
  GRAPH ?history {
    ?change bm:generation ?generation ; bm:patchDigest ?digest ; prov:wasAssociatedWith ?agent ; bm:reason ?reason ;
      prov:endedAtTime ?at ; bm:added ?added ; bm:removed ?removed .
    OPTIONAL { ?change prov:used ?source }
    OPTIONAL { ?change bm:reverts ?reverts }
    OPTIONAL { ?reverted_by bm:reverts ?change }
  }
} ORDER BY DESC(?generation)"""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the journal; `at` is in UTC, `added` and `removed` count quads."""

    change: NamedNode
    generation: int
    digest: str
    agent: NamedNode
    reason: str
    at: dt.datetime
    added: int
    removed: int
    source: NamedNode | None = None
    reverts: NamedNode | None = None
    reverted_by: NamedNode | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values, by their names; null for what there is not."""
        others = {name: getattr(self, name) for name in ("source", "reverts", "reverted_by")}
        return {
            "change": self.change.value,
            "generation": self.generation,
            "at": self.at.isoformat(timespec="milliseconds"),
            "agent": self.agent.value,
            "reason": self.reason,
            "added": self.added,
            "removed": self.removed,
            **{name: node.value if node else None for name, node in others.items()},
        }


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change that was made: its generation, its reason, and the quads that it really added and removed."""

    change: NamedNode
    generation: int
    reason: str
    added: frozenset[Quad]
    removed: frozenset[Quad]


def entries(reader: Reader) -> list[Listed]:
    """The whole journal, newest first."""
    found: dict[NamedNode, Listed] = {}
    for row in reader.select(_ENTRIES, {"history": HISTORY}):
        listed = _listed(row)
        found.setdefault(listed.change, listed)  # one that was undone, done again and undone has two that revert it
    return list(found.values())


def entry_of(reader: Reader, change: NamedNode) -> Listed:
    """The entry of this IRI. Raises NotFound where the journal has no such change."""
    for row in reader.select(_ENTRIES, {"history": HISTORY, "change": change}):
        return _listed({**row, "change": change})
    raise NotFound(f"The journal has no change {curie(change)}; 'kg history' lists what there is.")


def recorded(reader: Reader, journal: Path, change: NamedNode) -> Recorded:
    """The change of this IRI. Raises NotFound where the journal has no such change or its patch is missing."""
    listed = entry_of(reader, change)
    return Recorded(change, listed.generation, listed.reason, *load_patch(journal, listed.digest))


def recorded_after(reader: Reader, journal: Path, earlier: Recorded) -> Iterator[Recorded]:
    """The changes made since, oldest first, each read when it is asked for."""
    after = Literal(str(earlier.generation), datatype=iri("xsd:integer"))
    for row in reader.select(_LATER, {"history": HISTORY, "after": after}):
        yield recorded(reader, journal, _node(row, "change"))


def between(found: Iterable[Listed], since: dt.datetime | None, until: dt.datetime | None) -> list[Listed]:
    """Those written from `since` (included) to `until` (not included)."""
    return [one for one in found if (since is None or one.at >= since) and (until is None or one.at < until)]


def _listed(row: Row) -> Listed:
    words = {name: row[name].value for name in ("generation", "digest", "reason", "at", "added", "removed")}
    others = (row.get(name) for name in ("source", "reverts", "reverted_by"))
    return Listed(
        _node(row, "change"),
        int(words["generation"]),
        words["digest"],
        _node(row, "agent"),
        words["reason"],
        dt.datetime.fromisoformat(words["at"]),
        int(words["added"]),
        int(words["removed"]),
        *(each if isinstance(each, NamedNode) else None for each in others),
    )


def _node(row: Row, name: str) -> NamedNode:
    value = row[name]
    assert isinstance(value, NamedNode)  # as the journal writes it
    return value
