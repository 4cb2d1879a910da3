"""Which nodes a shape speaks about (https://www.w3.org/TR/shacl/#targets)."""

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Store

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
        for below in self.all_classes(look):
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, TYPE, below, DefaultGraph()))
        for predicate in self.subjects_of:
            found.update(rdf_1_1(q.subject) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        for predicate in self.objects_of:
            found.update(rdf_1_1(q.object) for q in store.quads_for_pattern(None, predicate, None, DefaultGraph()))
        return found

    def among(self, look: Lookups, nodes: set[Term]) -> set[Term]:
        """Those of `nodes` that are focus nodes in the store that is looked at."""
        found = look.of_classes(nodes, self.all_classes(look)) | (nodes & self.nodes)
        if self.subjects_of or self.objects_of:
            found |= look.having(nodes, self.subjects_of, self.objects_of)
        return found

    def all_classes(self, look: Lookups) -> frozenset[Term]:
        """The target classes with all their subclasses in the store that is looked at."""
        return frozenset().union(*(look.with_subclasses(cls) for cls in self.classes))
