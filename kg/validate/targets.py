"""Which nodes a shape speaks about (https://www.w3.org/TR/shacl/#targets)."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.validate.lookups import TYPE, Lookups
from kg.validate.paths import Term, rdf_1_1


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
        look = Lookups(store)
        for below in {sub for cls in self.classes for sub in look.with_subclasses(cls)}:
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, TYPE, below, DefaultGraph()))
        for predicate in self.subjects_of:
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        for predicate in self.objects_of:
            found.update(rdf_1_1(q.object) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        return found

    def among(self, look: Lookups, nodes: Iterable[Term]) -> set[Term]:
        """Those of `nodes` that are focus nodes in the store that is looked at."""
        return {node for node in nodes if self._holds(look, node)}

    def touched(self, quad: Quad, look: Lookups) -> set[Term]:
        """The nodes that may become or cease to be focus nodes when the quad is added or removed.

        `look` is at a store with the same classes as before and after.
        """
        found: set[Term] = set()
        retyped = quad.predicate == TYPE and any(quad.object in look.with_subclasses(cls) for cls in self.classes)
        if retyped or quad.predicate in self.subjects_of:
            found.add(rdf_1_1(quad.subject))
        if quad.predicate in self.objects_of:
            found.add(rdf_1_1(quad.object))
        return found

    @property
    def predicates(self) -> frozenset[NamedNode]:
        """The predicates whose triples make a node a focus node."""
        return self.subjects_of | self.objects_of | ({TYPE} if self.classes else frozenset())

    def _holds(self, look: Lookups, node: Term) -> bool:
        if node in self.nodes or any(look.is_instance(node, cls) for cls in self.classes):
            return True
        if any(_has_any(look.store, node, p, inverse=True) for p in self.objects_of):
            return True
        return any(_has_any(look.store, node, p, inverse=False) for p in self.subjects_of)


def _has_any(store: Store, node: Term, predicate: NamedNode, *, inverse: bool) -> bool:
    if inverse:
        return any(True for _ in store.quads_for_pattern(None, predicate, node, DefaultGraph()))
    if isinstance(node, Literal):
        return False
    return any(True for _ in store.quads_for_pattern(node, predicate, None, DefaultGraph()))
