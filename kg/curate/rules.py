"""What the shapes say of a class that a merge must keep to: which properties have one value, which days are bounds."""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.model.graph import Reader
from kg.namespaces import SHAPES, iri

_DATE: Final = iri("xsd:date")
_EARLIEST, _LATEST = "Earliest", "Latest"
_KINDS: Final = "SELECT * WHERE { GRAPH ?shapes { bms:Fact sh:targetClass ?class } }"
_SINGLE: Final = """
SELECT * WHERE { GRAPH ?shapes {
  ?node sh:targetClass ?class ; sh:property ?property . ?property sh:path ?path ; sh:maxCount 1
  OPTIONAL { ?property sh:datatype ?type }
  FILTER(isIRI(?path))
} }"""
_STATEMENTS: Final = frozenset({iri("bm:Claim")})
"""Facts that say something of others: they go where those go, and are settled at their conflict."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day on which something may have begun, ended or happened.

    `exact` is the one of them that is the day itself where the other is absent (bm:validFrom, bm:validTo).
    """

    earliest: NamedNode
    latest: NamedNode
    exact: NamedNode | None


@dataclass(frozen=True, slots=True)
class Rules:
    """The properties of which the shapes of a class want one value at most, and the bounds among them."""

    single: frozenset[NamedNode]
    bounds: tuple[Bounds, ...]


def kinds(reader: Reader) -> frozenset[NamedNode]:
    """The classes of what can be merged: facts that are nodes of their own, and sources."""
    found = {row["class"] for row in reader.select(_KINDS, {"shapes": SHAPES})}
    facts = {each for each in found if isinstance(each, NamedNode)}
    return frozenset(facts - _STATEMENTS | {iri("bm:Source")} if facts else ())


def rules_of(reader: Reader, kind: NamedNode) -> Rules:
    """The rules of a class."""
    rows = reader.select(_SINGLE, {"shapes": SHAPES, "class": kind})
    single = {path: row.get("type") for row in rows if isinstance(path := row["path"], NamedNode)}
    days = frozenset(path for path, type_ in single.items() if type_ == _DATE)
    return Rules(frozenset(single), tuple(sorted(_bounds(days), key=lambda pair: pair.earliest.value)))


def _bounds(days: frozenset[NamedNode]) -> set[Bounds]:
    """By their names: birthEarliest and birthLatest; validFrom and validFromLatest; validToEarliest and validTo."""
    found = set()
    for day in days:
        for end in (_EARLIEST, _LATEST):
            if not day.value.endswith(end):
                continue
            stem = NamedNode(day.value.removesuffix(end))
            earliest, latest = (NamedNode(stem.value + each) for each in (_EARLIEST, _LATEST))
            if {earliest, latest} <= days:
                found.add(Bounds(earliest, latest, None))
            elif stem in days:
                found.add(Bounds(stem, day, stem) if end == _LATEST else Bounds(day, stem, stem))
    return found
