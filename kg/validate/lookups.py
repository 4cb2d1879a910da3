"""What the default graph of a store says, asked once and kept while the store stays as it is."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from kg.namespaces import iri
from kg.validate import paths
from kg.validate.paths import Alternative, Link, Path, Repeat, Term, inverted

TYPE = iri("rdf:type")
SUBCLASS = iri("rdfs:subClassOf")
_DEFAULT = DefaultGraph()
FEW = 16
"""Incoming links that are read at once; a node with more is asked for each predicate by itself."""
Links = Mapping[NamedNode, Sequence[Term]]
"""The terms at the other end of a node's triples, by predicate."""
NO_LINKS: Links = {}


class Lookups:
    """A store that must not change meanwhile."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._plain = True
        self._outgoing: dict[Term, Links] = {}
        self._incoming: dict[Term, Links | None] = {}
        self._neighbours: dict[tuple[Term, NamedNode, bool], Sequence[Term]] = {}
        self._closures: dict[NamedNode, frozenset[Term]] = {}
        self._with_link: dict[tuple[NamedNode, bool], set[Term]] = {}
        self._linked: set[Term] = set()  # the nodes whose links are in `_with_link`
        self._busy: set[Term] = set()  # of these, the ones with too many incoming links to have them there
        self._of_class: dict[Term, set[Term]] = {}
        self._classed: set[Term] = set()  # the nodes whose classes are in `_of_class`

    @property
    def plain(self) -> bool:
        """False once a term has come up that RDF 1.1 does not have: a triple term, a direction of text.

        What rests on look-ups is then to be judged by other means.
        """
        return self._plain

    def outgoing(self, node: Term) -> Links:
        """The values of the node by property."""
        known = self._outgoing.get(node)
        if known is None:
            known = self._outgoing[node] = NO_LINKS if isinstance(node, Literal) else self._ask_outgoing(node)
        return known

    def incoming(self, node: Term) -> Links | None:
        """The subjects of the triples that the node is object of, by property; None where they are too many."""
        if node not in self._incoming:
            self._incoming[node] = self._ask_incoming(node)
        return self._incoming[node]

    def neighbours(self, node: Term, predicate: NamedNode, inverse: bool = False) -> Sequence[Term]:
        """The objects of the node's triples with the predicate; with `inverse`, the subjects of those it is object of.

        Each once: a default graph is a set of triples.
        """
        links = self.incoming(node) if inverse else self._outgoing.get(node)
        if links is not None:
            return links.get(predicate, ())
        key = (node, predicate, inverse)
        known = self._neighbours.get(key)
        if known is None:
            known = self._neighbours[key] = self._ask_neighbours(node, predicate, inverse)
        return known

    def has_link(self, node: Term, predicate: NamedNode, inverse: bool = False) -> bool:
        """Whether the node has any neighbour over the predicate."""
        links = self.incoming(node) if inverse else self.outgoing(node)
        return self._ask_link(node, predicate) if links is None else predicate in links

    def _ask_outgoing(self, node: NamedNode | BlankNode) -> Links:
        found: dict[NamedNode, list[Term]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, _DEFAULT):
            found.setdefault(quad.predicate, []).append(self._met(quad.object))
        return found

    def _ask_incoming(self, node: Term) -> Links | None:
        quads = list(islice(self.store.quads_for_pattern(None, None, node, _DEFAULT), FEW))
        found: dict[NamedNode, list[Term]] = {}
        for quad in quads:
            found.setdefault(quad.predicate, []).append(self._met(quad.subject))
        return found if len(quads) < FEW else None

    def _ask_neighbours(self, node: Term, predicate: NamedNode, inverse: bool) -> Sequence[Term]:
        if inverse:
            return [self._met(quad.subject) for quad in self.store.quads_for_pattern(None, predicate, node, _DEFAULT)]
        if isinstance(node, Literal):
            return ()
        return [self._met(quad.object) for quad in self.store.quads_for_pattern(node, predicate, None, _DEFAULT)]

    def _ask_link(self, node: Term, predicate: NamedNode) -> bool:
        return next(self.store.quads_for_pattern(None, predicate, node, _DEFAULT), None) is not None

    def having(
        self, nodes: set[Term], outgoing: Collection[NamedNode], incoming: Collection[NamedNode] = ()
    ) -> set[Term]:
        """Those of the nodes that are subject of a triple with one of the first, or object of one with the others."""
        for node in nodes - self._linked:
            for predicate in self.outgoing(node):
                self._with_link.setdefault((predicate, False), set()).add(node)
            links = self.incoming(node)
            if links is None:
                self._busy.add(node)
            for predicate in links or ():
                self._with_link.setdefault((predicate, True), set()).add(node)
        self._linked |= nodes
        found: set[Term] = set()
        for predicates, inverse in ((outgoing, False), (incoming, True)):
            for predicate in predicates:
                found |= nodes & self._with_link.get((predicate, inverse), set())
        busy = (nodes & self._busy) - found if incoming else ()
        return found.union(node for node in busy if any(self.has_link(node, p, inverse=True) for p in incoming))

    def of_classes(self, nodes: set[Term], classes: Collection[Term]) -> set[Term]:
        """Those of the nodes that have one of the classes as a type, subclasses left aside."""
        for node in nodes - self._classed:
            for cls in self.neighbours(node, TYPE):
                self._of_class.setdefault(cls, set()).add(node)
        self._classed |= nodes
        return set().union(*(nodes & self._of_class[cls] for cls in classes if cls in self._of_class))

    def forward(self, path: Path, nodes: set[Term]) -> set[Term]:
        """The nodes that the path leads to from any of `nodes`."""
        match path:
            case Link(predicate, inverse):
                return {found for node in nodes for found in self.neighbours(node, predicate, inverse)}
            case paths.Sequence(parts):
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
            while fresh:  # not by `incoming`: a class is the object of far too many triples to ask for all
                below = set(self._ask_neighbours(fresh.pop(), SUBCLASS, inverse=True)) - found
                found |= below
                fresh += below
            self._closures[cls] = frozenset(found)
        return self._closures[cls]

    def is_instance(self, node: Term, cls: NamedNode) -> bool:
        """Whether the node is a SHACL instance of the class."""
        return not self.with_subclasses(cls).isdisjoint(self.neighbours(node, TYPE))

    def _met(self, term: Term | Triple) -> Term:
        if isinstance(term, Triple) or (isinstance(term, Literal) and term.language and term.direction):
            self._plain = False
            return BlankNode() if isinstance(term, Triple) else term
        return term
