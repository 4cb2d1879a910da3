"""Repairs of data that are judged by themselves, tried on a store of their own."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from pyoxigraph import Quad, Store

from kg.model.changes import ChangeSet
from kg.validate.case import facts_of
from kg.validate.check import introduced
from kg.validate.repairing import RepairBounds, with_repairs
from kg.validate.report import Report
from kg.validate.shapes import Shapes
from kg.validate.stored import as_stored


def with_repairs_of_data(
    report: Report,
    shapes: Shapes,
    store: Store,
    copy: Callable[[], Store] | None = None,
    bounds: RepairBounds | None = None,
) -> Report:
    """The report on a store with repairs. `copy` makes a store of the same facts that may be written to, where there is
    a cheaper way than to read all of them.
    """
    dry_run = _Trial(store, copy or (lambda: _copy(store)), shapes, report)
    return with_repairs(report, shapes, facts_of(store), facts_of(Store()), dry_run, bounds)


def _copy(store: Store) -> Store:
    made = Store()
    made.bulk_extend(store)
    return made


class _Trial:
    """Calls give the report on a store with a change, told from what the change brings and takes away.

    The copy is made when first needed, and is as it was after each call.
    """

    def __init__(self, store: Store, copy: Callable[[], Store], shapes: Shapes, report: Report) -> None:
        self._store, self._copy, self._shapes, self._report = store, copy, shapes, report
        self._trial: Store | None = None

    def __call__(self, change: ChangeSet) -> Report:
        """The report as it would be with the change."""
        wanted = as_stored(change.add)
        add = frozenset(quad for quad in wanted if quad not in self._store)
        remove = frozenset(quad for quad in as_stored(change.remove) - wanted if quad in self._store)
        if self._trial is None:
            self._trial = self._copy()
        with changed(self._trial, add, remove):
            there = replace(change, add=add, remove=remove)
            new = introduced(self._store, self._trial, there, self._shapes)
            gone = introduced(self._trial, self._store, replace(change, add=remove, remove=add), self._shapes)
        left = Counter(self._report.findings)
        left.subtract(gone)  # of one that was found more than once it is not known how often it is gone
        return Report.of_all((left + Counter(new)).elements())


@contextmanager
def changed(store: Store, add: frozenset[Quad], remove: frozenset[Quad]) -> Iterator[None]:
    """The store with quads added that it has not and without others that it has, within the block alone."""
    store.extend(add)
    for quad in remove:
        store.remove(quad)
    try:
        yield
    finally:
        store.extend(remove)
        for quad in add:
            store.remove(quad)
