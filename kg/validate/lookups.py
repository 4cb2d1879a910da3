"""What the default graph of a store says, asked once and kept while the store stays as it is."""

from collections.abc import Mapping
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from kg.namespaces import iri
from kg.validate.paths import Alternative, Link, Path, Repeat, Sequence, Term, inverted

TYPE = iri("rdf:type")
SUBCLASS = iri("rdfs:subClassOf")
_DEFAULT = DefaultGraph()
_FEW = 16
_NOTHING: Mapping[NamedNode, list[Term]] = {}


class Lookups:
    """A store that must not change meanwhile.

    `plain` turns False when a term comes up that RDF 1.1 does not have (a triple term, a direction of text): what
    rests on look-ups is then to be judged by other means.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.plain = True
        self._outgoing: dict[Term, Mapping[NamedNode, list[Term]]] = {}
        self._incoming: dict[Term, dict[NamedNode, list[Term]] | None] = {}  # None: too many to ask for all
        self._neighbours: dict[tuple[Term, NamedNode, bool], list[Term]] = {}
        self._closures: dict[NamedNode, frozenset[Term]] = {}

    def outgoing(self, node: Term) -> Mapping[NamedNode, list[Term]]:
        """The values of the node by property."""
        if isinstance(node, Literal):
            return _NOTHING
        if node not in self._outgoing:
            found: dict[NamedNode, list[Term]] = {}
            for quad in self.store.quads_for_pattern(node, None, None, _DEFAULT):
                found.setdefault(quad.predicate, []).append(self._met(quad.object))
            self._outgoing[node] = found
        return self._outgoing[node]

    def neighbours(self, node: Term, predicate: NamedNode, inverse: bool = False) -> list[Term]:
        """The objects of the node's triples with the predicate; with `inverse`, the subjects of those it is object of.

        Each once: a default graph is a set of triples.
        """
        if not inverse and node in self._outgoing:
            return self._outgoing[node].get(predicate, [])
        key = (node, predicate, inverse)
        if key not in self._neighbours:
            if inverse:
                self._neighbours[key] = self._subjects(node, predicate)
            elif isinstance(node, Literal):
                self._neighbours[key] = []
            else:
                quads = self.store.quads_for_pattern(node, predicate, None, _DEFAULT)
                self._neighbours[key] = [self._met(quad.object) for quad in quads]
        return self._neighbours[key]

    def _subjects(self, node: Term, predicate: NamedNode) -> list[Term]:
        known = self._all_incoming(node)
        if known is not None:
            return known.get(predicate, [])
        return [self._met(quad.subject) for quad in self.store.quads_for_pattern(None, predicate, node, _DEFAULT)]

    def _all_incoming(self, node: Term) -> dict[NamedNode, list[Term]] | None:
        if node not in self._incoming:
            quads = list(islice(self.store.quads_for_pattern(None, None, node, _DEFAULT), _FEW))
            found: dict[NamedNode, list[Term]] = {}
            for quad in quads:
                found.setdefault(quad.predicate, []).append(self._met(quad.subject))
            self._incoming[node] = found if len(quads) < _FEW else None
        return self._incoming[node]

    def has_any(self, node: Term, outgoing: frozenset[NamedNode], incoming: frozenset[NamedNode]) -> bool:
        """Whether the node is the subject of a triple with one of the first, or the object of one with the others."""
        if outgoing and not outgoing.isdisjoint(self.outgoing(node)):
            return True
        if not incoming:
            return False
        known = self._all_incoming(node)
        if known is not None:
            return not incoming.isdisjoint(known)
        return any(self.neighbours(node, predicate, inverse=True) for predicate in incoming)

    def forward(self, path: Path, nodes: set[Term]) -> set[Term]:
        """The nodes that the path leads to from any of `nodes`."""
        match path:
            case Link(predicate, inverse):
                return {found for node in nodes for found in self.neighbours(node, predicate, inverse)}
            case Sequence(parts):
                for part in parts:
                    nodes = self.forward(part, nodes)
                return nodes
            case Alternative(parts):
                return {found for part in parts for found in self.forward(part, nodes)}
            case Repeat(part, zero, many):
                reached, fresh = set(nodes) if zero else set(), nodes
                while fresh:
                    fresh = self.forward(part, fresh) - reached
                    reached |= fresh
                    if not many:
                        break
                return reached

    def backward(self, path: Path, nodes: set[Term]) -> set[Term]:
        """The nodes from which the path leads to any of `nodes`."""
        return self.forward(inverted(path), nodes)

    def with_subclasses(self, cls: NamedNode) -> frozenset[Term]:
        """The class and all its subclasses (https://www.w3.org/TR/shacl/#dfn-shacl-subclass)."""
        if cls not in self._closures:
            found: set[Term] = {cls}
            fresh: list[Term] = [cls]
            while fresh:  # not by `forward`: a class is the object of far too many triples to ask for all
                quads = self.store.quads_for_pattern(None, SUBCLASS, fresh.pop(), _DEFAULT)
                below = {self._met(quad.subject) for quad in quads} - found
                found |= below
                fresh += below
            self._closures[cls] = frozenset(found)
        return self._closures[cls]

    def is_instance(self, node: Term, cls: NamedNode) -> bool:
        """Whether the node is a SHACL instance of the class."""
        return not self.with_subclasses(cls).isdisjoint(self.neighbours(node, TYPE))

    def _met(self, term: Term | Triple) -> Term:
        if isinstance(term, Triple) or (isinstance(term, Literal) and term.language and term.direction):
            self.plain = False
            return BlankNode() if isinstance(term, Triple) else term
        return term
