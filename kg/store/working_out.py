"""What a SPARQL Update changes, found without changing anything. With patterns in it, only in `update_child`."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import QueryRefused
from kg.model.sparql_text import keywords_of
from kg.namespaces import PREFIXES
from kg.store.operations import Changes, Data, Modify, operations
from kg.store.reader import sparql_fault
from kg.validate import as_stored

_OF_GRAPHS = {
    "CLEAR",
    "DROP",
    "CREATE",
    "ADD",
    "MOVE",
    "COPY",
}  # these may ask for graphs, which an empty store has not


def work_out(store: Store, sparql: str, base: str | None, copy: Callable[[], Store]) -> Changes:
    """(to add, to remove) by the update on this store; `copy` gives a store with the same in it, to be changed.

    Raises SyntaxFault, and QueryRefused for what the engine will not do (clear a graph that is not there).
    """
    require_syntax(sparql, base)
    steps = operations(sparql)
    try:
        if steps is not None:
            with suppress(SyntaxError):  # the engine took the whole, so it was read amiss
                return steps[0].changes(store, base) if len(steps) == 1 else _one_by_one(steps, copy(), base)
        after = copy()
        after.update(sparql, prefixes=PREFIXES, base_iri=base)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except (RuntimeError, OSError) as error:
        raise not_done(error) from error
    return difference(store, after)


def require_syntax(sparql: str, base: str | None) -> None:
    """Raises SyntaxFault for what is no update, with the place in the text as it was written, and QueryRefused."""
    try:
        Store().update(sparql, prefixes=PREFIXES, base_iri=base)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except (RuntimeError, OSError) as error:
        if not keywords_of(sparql) & _OF_GRAPHS:
            raise not_done(error) from error


def not_done(error: Exception) -> QueryRefused:
    """What the engine would not do, or could not (reach somebody from a process without network)."""
    return QueryRefused(f"The update cannot be carried out: {error}.")


def _one_by_one(steps: tuple[Data | Modify, ...], store: Store, base: str | None) -> Changes:
    """Each operation sees what those before it did."""
    add: frozenset[Quad] = frozenset()
    remove: frozenset[Quad] = frozenset()
    for step in steps:
        inserted, deleted = map(as_stored, step.changes(store, base))
        deleted -= inserted
        for quad in deleted:
            store.remove(quad)
        store.extend(inserted)
        add, remove = (add - deleted) | inserted, (remove - inserted) | deleted
    return add, remove


def difference(before: Store, after: Store) -> Changes:
    """(added, removed): the quads in which two stores differ, blank nodes by their labels."""
    old, new = _lines(before), _lines(after)
    return _quads(new - old), _quads(old - new)


def _lines(store: Store) -> set[bytes]:
    data = store.dump(format=RdfFormat.N_QUADS)
    assert data is not None
    return set(data.split(b"\n"))


def _quads(lines: set[bytes]) -> frozenset[Quad]:
    return frozenset(parse(b"\n".join(lines), format=RdfFormat.N_QUADS))


def moved(quads: Iterable[Quad], graph: NamedNode | DefaultGraph) -> Iterable[Quad]:
    """The same triples in another graph."""
    return (Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads)
