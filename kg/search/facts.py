"""What a graph says of one thing after the other, each looked up once."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Reader, Term
from kg.namespaces import iri

KINDS: Final = ("person", "organ", "post", "place", "meeting", "directive", "term")
CLASSES: Final = {kind: iri(f"bm:{kind.capitalize()}") for kind in KINDS}
TYPE: Final = iri("rdf:type")
LABEL: Final = iri("rdfs:label")
REPLACED: Final = iri("dcterms:isReplacedBy")
_KIND_OF: Final[dict[Term, str]] = {node: kind for kind, node in CLASSES.items()}
_KEPT: Final = 20_000  # things, each a few kB; others are looked up again

Told = dict[str, list[Term]]


class Facts:
    """The default graph, thing by thing."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._told: dict[NamedNode, Told] = {}

    def told(self, node: NamedNode) -> Told:
        """The values of each property of a thing, by the IRI of the property."""
        found = self._told.get(node)
        if found is None:
            found = {}
            for quad in self._reader.quads(node):
                if isinstance(quad.object, NamedNode | Literal):
                    found.setdefault(quad.predicate.value, []).append(quad.object)
            if len(self._told) >= _KEPT:
                self._told.clear()
            self._told[node] = found
        return found

    def nodes(self, node: NamedNode, *properties: NamedNode) -> list[NamedNode]:
        """What the properties lead to, in the order of the IRIs."""
        told = self.told(node)
        found = {term for each in properties for term in told.get(each.value, ()) if isinstance(term, NamedNode)}
        return sorted(found, key=str)

    def words(self, node: NamedNode, *properties: NamedNode) -> list[str]:
        """The literals of the properties, each once, those in Vietnamese first."""
        told = self.told(node)
        found = {term for each in properties for term in told.get(each.value, ()) if isinstance(term, Literal)}
        ordered = sorted(found, key=lambda term: (term.language != "vi", term.value))
        return list(dict.fromkeys(term.value for term in ordered))

    def word(self, node: NamedNode, *properties: NamedNode) -> str:
        """The first of these literals, or nothing."""
        return next(iter(self.words(node, *properties)), "")

    def days(self, node: NamedNode, prop: NamedNode) -> list[dt.date]:
        """The days of a property; what is no day of the calendar is left out."""
        return sorted(day for word in self.words(node, prop) if (day := _day(word)) is not None)

    def pointing(self, node: NamedNode, *properties: NamedNode) -> Iterator[NamedNode]:
        """What has the node as a value of one of the properties."""
        for each in properties:
            for quad in self._reader.quads(None, each, node):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject

    def kind(self, node: NamedNode) -> str | None:
        """Which of `KINDS` a thing is that has a name and was not merged into another; None for all else."""
        told = self.told(node)
        if LABEL.value not in told or REPLACED.value in told:
            return None
        kinds = {_KIND_OF[term] for term in told.get(TYPE.value, ()) if term in _KIND_OF}
        return next((kind for kind in KINDS if kind in kinds), None)

    def label(self, node: NamedNode) -> str:
        """The name of a thing that is to be found, nothing for all else."""
        return self.word(node, LABEL) if self.kind(node) else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
