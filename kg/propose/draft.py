"""The change set while it is being put together: quads to add and remove, and look-ups over graph and draft at once."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model import fold
from kg.model.documents import Document
from kg.model.graph import Reader, Term
from kg.namespaces import PREFIXES, iri

_XSD = PREFIXES["xsd"]
_DEFAULT = DefaultGraph()


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def vi(value: str) -> Literal:
    """Words in Vietnamese, in NFC."""
    return Literal(fold.composed(value), language="vi")


def en(value: str) -> Literal:
    """Words in English, in NFC."""
    return Literal(fold.composed(value), language="en")


def day(value: dt.date) -> Literal:
    """A calendar day."""
    return Literal(value.isoformat(), datatype=NamedNode(_XSD + "date"))


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=NamedNode(_XSD + "integer"))


def short_hash(*parts: object) -> str:
    """Eight hex digits that tell things apart whose readable slugs are alike; the same parts give the same digits."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()[:8]


@dataclass
class Draft:
    """Facts being gathered from one document, against the graph as it is; `cells`: spans are quotes as they stand."""

    reader: Reader
    document: Document
    source: NamedNode
    cells: bool = False
    removed: set[Quad] = field(default_factory=set)
    _by_subject: dict[NamedNode, set[Quad]] = field(default_factory=lambda: defaultdict(set))
    _by_value: dict[tuple[NamedNode, Term], set[NamedNode]] = field(default_factory=lambda: defaultdict(set))

    @property
    def added(self) -> frozenset[Quad]:
        """All quads stated so far."""
        return frozenset(quad for quads in self._by_subject.values() for quad in quads)

    def add(self, subject: NamedNode, prop: str, value: Term | None) -> None:
        """States `subject prop value` (prop as a curie); None states nothing."""
        if value is not None:
            self.add_quad(Quad(subject, iri(prop), value, _DEFAULT))

    def add_quad(self, quad: Quad) -> None:
        """States a quad of the default graph about a node with an IRI."""
        assert isinstance(quad.subject, NamedNode)
        self.removed.discard(quad)
        self._by_subject[quad.subject].add(quad)
        self._by_value[quad.predicate, quad.object].add(quad.subject)  # type: ignore[index]  # no triple terms here

    def replace(self, subject: NamedNode, prop: str, value: Term) -> None:
        """States the one value of a single-valued property in place of what stood there."""
        for old in list(self.values(subject, prop)):
            if old != value:
                quad = Quad(subject, iri(prop), old, _DEFAULT)
                self._by_subject[subject].discard(quad)
                self._by_value[quad.predicate, old].discard(subject)
                self.removed.add(quad)
        self.add(subject, prop, value)

    def node(self, subject: NamedNode, classes: tuple[str, ...], label: str, *, keyed: bool = False) -> NamedNode:
        """States what a new node is and is called; leaves one that the graph or the draft has as it stands."""
        if not self.known(subject):
            for name in classes:
                self.add(subject, "rdf:type", iri(name))
            self.add(subject, "rdfs:label", vi(label))
            if keyed:
                self.add(subject, "bm:key", text(fold.key(label)))
        return subject

    def known(self, subject: NamedNode) -> bool:
        """Whether graph or draft say of what class it is."""
        return next(self.values(subject, "rdf:type"), None) is not None

    def kept(self, node: NamedNode) -> NamedNode:
        """The node that a merged duplicate stands for; any other stands for itself."""
        seen = {node}
        while isinstance(kept := self.value(node, "dcterms:isReplacedBy"), NamedNode) and kept not in seen:
            seen.add(kept)
            node = kept
        return node

    def values(self, subject: NamedNode, prop: str) -> Iterator[Term]:
        """Values of a property, in the draft first, then in the graph."""
        predicate = iri(prop)
        drafted = {quad.object for quad in self._by_subject.get(subject, ()) if quad.predicate == predicate}
        yield from sorted(drafted, key=str)  # type: ignore[misc]  # triple terms do not occur in our data
        for quad in self.reader.quads(subject, predicate):
            if quad not in self.removed and quad.object not in drafted:
                yield quad.object  # type: ignore[misc]  # triple terms do not occur in our data

    def subjects(self, prop: str, value: Term) -> Iterator[NamedNode]:
        """Nodes that have this value, in the draft first, then in the graph."""
        predicate = iri(prop)
        drafted = self._by_value.get((predicate, value), set())
        yield from sorted(drafted, key=str)
        for quad in self.reader.quads(None, predicate, value):
            if quad not in self.removed and isinstance(quad.subject, NamedNode) and quad.subject not in drafted:
                yield quad.subject

    def value(self, subject: NamedNode, prop: str) -> Term | None:
        """One value of a property, or None."""
        return next(self.values(subject, prop), None)
