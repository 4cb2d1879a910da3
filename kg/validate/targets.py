"""Which nodes a shape speaks about (https://www.w3.org/TR/shacl/#targets)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.namespaces import iri
from kg.validate.paths import Link, Repeat, Term, backward, rdf_1_1

_TYPE = iri("rdf:type")
SUBCLASS = iri("rdfs:subClassOf")
_DOWN = Repeat(Link(SUBCLASS), zero=True, many=True)


@dataclass(frozen=True, slots=True)
class Targets:
    """The target declarations of one shape; a class counts with its subclasses in the data."""

    nodes: frozenset[Term] = frozenset()
    classes: frozenset[NamedNode] = frozenset()
    subjects_of: frozenset[NamedNode] = frozenset()
    objects_of: frozenset[NamedNode] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def enumerate(self, store: Store) -> set[Term]:
        """Every focus node of the store's default graph."""
        found: set[Term] = set(self.nodes)
        for cls in self._with_subclasses(store):
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, _TYPE, cls, DefaultGraph()))
        for predicate in self.subjects_of:
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        for predicate in self.objects_of:
            found.update(rdf_1_1(q.object) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        return found

    def among(self, store: Store, nodes: Iterable[Term]) -> set[Term]:
        """Those of `nodes` that are focus nodes in the store."""
        classes = self._with_subclasses(store)
        return {node for node in nodes if self._holds(store, node, classes)}

    def touched(self, quad: Quad) -> set[Term]:
        """The nodes that may become or cease to be focus nodes when the quad is added or removed."""
        found: set[Term] = set()
        if (self.classes and quad.predicate == _TYPE) or quad.predicate in self.subjects_of:
            found.add(rdf_1_1(quad.subject))
        if quad.predicate in self.objects_of:
            found.add(rdf_1_1(quad.object))
        return found

    def _with_subclasses(self, store: Store) -> set[Term]:
        return backward(store, _DOWN, set(self.classes)) if self.classes else set()

    def _holds(self, store: Store, node: Term, classes: set[Term]) -> bool:
        default = DefaultGraph()
        if node in self.nodes:
            return True
        if any(True for p in self.objects_of for _ in store.quads_for_pattern(None, p, node, default)):
            return True
        if isinstance(node, Literal):
            return False
        if classes and any(q.object in classes for q in store.quads_for_pattern(node, _TYPE, None, default)):
            return True
        return any(True for p in self.subjects_of for _ in store.quads_for_pattern(node, p, None, default))
