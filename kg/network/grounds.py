"""On what facts rest: sentences of sources, curators, rules; and how sure that makes them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Reader, Row
from kg.model.holding import Certainty
from kg.namespaces import iri
from kg.query import Library

SURENESS: Final = {
    iri("confidence:high"): Certainty.CERTAIN,
    iri("confidence:medium"): Certainty.LIKELY,
    iri("confidence:low"): Certainty.POSSIBLE,
}
"""How sure a fact is that a sentence supports, by the confidence of its reading."""

_BASES: Final = (iri("bm:curatedBy"), iri("bm:derivedByRule"))


@dataclass(frozen=True, slots=True)
class Ground:
    """How sure a fact is, with its evidence and the sources of that (IRIs)."""

    certainty: Certainty
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that support a fact; for a fact without any, `basis` is its curator or rule and the rest is None."""

    fact: str
    basis: str
    quote: str | None = None
    confidence: str | None = None
    source: str | None = None
    source_name: str | None = None
    published: dt.date | None = None


@cache
def library() -> Library:
    """The questions that define the networks, read once."""
    return Library.load()


def grounds(reader: Reader, facts: Iterable[str]) -> dict[str, Ground]:
    """The ground of each fact: certain by a curator, a rule or a sentence read with high confidence, likely by one of
    medium confidence, else possible.
    """
    return {fact: _ground(reader, NamedNode(fact)) for fact in facts}


def _ground(reader: Reader, fact: NamedNode) -> Ground:
    supports = reader.quads(None, iri("bm:supports"), fact)
    evidence = [quad.subject for quad in supports if isinstance(quad.subject, NamedNode)]
    read = [SURENESS[code] for one in evidence for code in objects(reader, one, "bm:confidence") if code in SURENESS]
    certainty = max(read, default=Certainty.POSSIBLE)
    if certainty < Certainty.CERTAIN and any(True for base in _BASES for _ in reader.quads(fact, base)):
        certainty = Certainty.CERTAIN
    sources = {source.value for one in evidence for source in objects(reader, one, "bm:source")}
    return Ground(certainty, tuple(sorted(one.value for one in evidence)), tuple(sorted(sources)))


def sentences(reader: Reader, facts: Iterable[str]) -> dict[str, tuple[Sentence, ...]]:
    """The sentences behind each fact, by the question `sentences-of-facts`; a fact that rests on nothing has none."""
    query = library()["sentences-of-facts"]
    found: dict[str, tuple[Sentence, ...]] = {}
    for fact in facts:
        rows = reader.select(query.text, {"fact": NamedNode(fact)})
        found[fact] = tuple(_sentence(fact, row) for row in rows)
    return found


def _sentence(fact: str, row: Row) -> Sentence:
    quote, confidence, source, name = (
        row[column].value if column in row else None for column in ("quote", "confidence", "source", "name")
    )
    return Sentence(fact, row["basis"].value, quote, confidence, source, name, day(row.get("published")))


def objects(reader: Reader, subject: NamedNode, prop: str) -> list[NamedNode]:
    """The IRIs that a property of a node points to."""
    found = (quad.object for quad in reader.quads(subject, iri(prop)))
    return [term for term in found if isinstance(term, NamedNode)]


def day(term: object) -> dt.date | None:
    """The day that a literal of the store stands for, or None for no literal."""
    return dt.date.fromisoformat(term.value) if isinstance(term, Literal) else None
