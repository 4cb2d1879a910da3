"""What the default graph of a store says after a change, told from what it said before and from the change.

Nearly all that a change touches is new, and to find that a store has nothing on a node takes it a fraction of the time
of reading a description.
"""

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from kg.validate.lookups import NO_LINKS, SUBCLASS, Links, Lookups
from kg.validate.paths import Term

_Ends = dict[Term, dict[NamedNode, list[Term]]]


class Overlay(Lookups):
    """`after`, which is read for queries alone; look-ups go to `before` and to the quads added to and removed from it.

    The quads must be as a store gives them back (`as_stored`); one that is in both sets is there afterwards.
    """

    def __init__(self, after: Store, before: Lookups, add: frozenset[Quad], remove: frozenset[Quad]) -> None:
        super().__init__(after)
        self._before = before
        self._values_added, self._subjects_added = self._by_ends(add)
        self._values_removed, self._subjects_removed = self._by_ends(remove - add)
        self._moves_classes = any(quad.predicate == SUBCLASS for quads in (add, remove) for quad in quads)

    @property
    def plain(self) -> bool:
        """See `Lookups`."""
        return self._plain and self._before.plain

    def with_subclasses(self, cls: NamedNode) -> frozenset[Term]:
        """See `Lookups`."""
        return super().with_subclasses(cls) if self._moves_classes else self._before.with_subclasses(cls)

    def changed(self) -> Iterator[tuple[Term, NamedNode, Sequence[Term]]]:
        """The triples of the default graph that were added or removed: subject, predicate, values."""
        for values in (self._values_added, self._values_removed):
            for subject, links in values.items():
                yield from ((subject, predicate, objects) for predicate, objects in links.items())

    def _by_ends(self, quads: Iterable[Quad]) -> tuple[_Ends, _Ends]:
        """The values of each subject and the subjects of each value, by predicate."""
        values: _Ends = {}
        subjects: _Ends = {}
        for quad in quads:
            if isinstance(quad.graph_name, DefaultGraph):
                subject, predicate, value = self._met(quad.subject), quad.predicate, self._met(quad.object)
                values.setdefault(subject, {}).setdefault(predicate, []).append(value)
                subjects.setdefault(value, {}).setdefault(predicate, []).append(subject)
        return values, subjects

    def _ask_outgoing(self, node: NamedNode | BlankNode) -> Links:
        added, removed = self._values_added.get(node), self._values_removed.get(node)
        return _with(self._before.outgoing(node), added or NO_LINKS, removed or NO_LINKS)

    def _ask_incoming(self, node: Term) -> Links | None:
        known = self._before.incoming(node)
        added, removed = self._subjects_added.get(node), self._subjects_removed.get(node)
        return None if known is None else _with(known, added or NO_LINKS, removed or NO_LINKS)

    def _ask_neighbours(self, node: Term, predicate: NamedNode, inverse: bool) -> Sequence[Term]:
        if not inverse and (node in self._values_added or node in self._values_removed):
            return self.outgoing(node).get(predicate, ())
        known = self._before.neighbours(node, predicate, inverse)
        if not inverse:
            return known
        added, removed = self._subjects_added.get(node, NO_LINKS), self._subjects_removed.get(node, NO_LINKS)
        return _but_for(known, added.get(predicate, ()), removed.get(predicate, ()))

    def _ask_link(self, node: Term, predicate: NamedNode) -> bool:
        if predicate in self._subjects_added.get(node, NO_LINKS):
            return True
        if predicate in self._subjects_removed.get(node, NO_LINKS):
            return bool(self.neighbours(node, predicate, inverse=True))
        return self._before.has_link(node, predicate, inverse=True)


def _with(known: Links, added: Links, removed: Links) -> Links:
    if not added and not removed:
        return known
    if not known:
        return added
    changed = {
        predicate: _but_for(known.get(predicate, ()), added.get(predicate, ()), removed.get(predicate, ()))
        for predicate in added.keys() | removed.keys()
    }
    return {predicate: values for predicate, values in {**known, **changed}.items() if values}


def _but_for(known: Sequence[Term], added: Sequence[Term], removed: Sequence[Term]) -> Sequence[Term]:
    """The known terms without those removed and with those added, each once."""
    left = [term for term in known if term not in removed] if removed else known
    return [*left, *(term for term in added if term not in left)] if added else left
