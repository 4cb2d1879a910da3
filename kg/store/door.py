"""The door: every change is tried on a checkpoint and validated there before the live store hears of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import QueryRefused
from kg.model.changes import ChangeSet
from kg.model.sparql_load import without_loads
from kg.model.sparql_text import forbidden_keyword, keywords_of
from kg.namespaces import PREFIXES, PROTECTED_GRAPHS
from kg.store.commit import commit
from kg.store.effective import effective
from kg.store.operations import data_changes, plain_operation
from kg.store.reader import sparql_fault
from kg.store.receipt import Receipt, Refused
from kg.store.stage import OwnStage
from kg.store.writer import Writer
from kg.validate import Report, Shapes, ValidatedChangeSet, validate

_REACHING_OUT = {"SERVICE", "LOAD"}
_OF_GRAPHS = {"CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}  # these ask for graphs that are there


def submit(writer: Writer, change: ChangeSet, shapes: Shapes, *, accept_warnings: bool = False) -> Receipt:
    """Commits the change if it conforms. A change that alters nothing commits nothing.

    Raises Refused with what it would introduce, FolderError when the disk is full.
    """
    writer.recover()
    wanted = effective(writer.live, change, blank_nodes=not writer.journalled)
    if wanted.is_empty:
        return Receipt(None, writer.generation, 0, 0, Report())
    try:
        judged = _judge(writer, wanted, shapes, accept_warnings=accept_warnings)
        if isinstance(judged, Report):
            raise Refused(judged)
        (receipt,) = commit(writer, judged)
        return receipt
    finally:
        writer.drop_trial()


@contextmanager
def stage(writer: Writer, shapes: Shapes) -> Iterator[OwnStage]:
    """A stage for changes that are to be committed as a group; thrown away at the end of the block."""
    writer.recover()
    try:
        yield OwnStage(writer, shapes)
    finally:
        writer.drop_trial()


def check(writer: Writer, change: ChangeSet, shapes: Shapes) -> Report:
    """What the change would introduce. Stores nothing; raises Refused for what no report can say (`effective`)."""
    writer.recover()
    wanted = effective(writer.live, change, blank_nodes=not writer.journalled)
    try:
        judged = _judge(writer, wanted, shapes, accept_warnings=True)
        return judged if isinstance(judged, Report) else judged.report
    finally:
        writer.drop_trial()


def _judge(writer: Writer, change: ChangeSet, shapes: Shapes, *, accept_warnings: bool) -> ValidatedChangeSet | Report:
    after = writer.try_out(change).store
    return validate(writer.live, after, change, shapes, writer.generation, accept_warnings=accept_warnings)


def change_of_update(writer: Writer, sparql: str, agent: NamedNode, reason: str, base: str | None = None) -> ChangeSet:
    """What a SPARQL 1.1 Update would change, found by running it on a checkpoint unless it is plain.

    `CLEAR ALL`, `DROP ALL` and their like leave the protected graphs as they are; any other change of these comes out
    as such, to be refused. LOAD SILENT does nothing. Relative IRIs are resolved against `base`.
    Raises SyntaxFault, and QueryRefused for SERVICE, LOAD and what the engine will not do
    (clear a graph that is not there).
    """
    sparql, loads = without_loads(sparql)
    word = forbidden_keyword(sparql, _REACHING_OUT)
    if loads and word is None:
        _require_syntax(sparql, base)
    if loads or word:
        raise QueryRefused(f"An update may not reach out to other servers; take {word or 'LOAD'} out of it.")
    writer.recover()
    words = keywords_of(sparql)
    try:
        if not words & _OF_GRAPHS:
            Store().update(
                sparql, prefixes=PREFIXES, base_iri=base
            )  # for its complaints about the text as it was written
        if data := data_changes(sparql, base):
            add, remove = data
        elif operation := plain_operation(sparql):
            add, remove = operation.changes(writer.live, base)
        else:
            after = writer.try_out(None).store
            after.update(sparql, prefixes=PREFIXES, base_iri=base)
            add, remove = difference(writer.live, after)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except RuntimeError as error:
        raise QueryRefused(f"The update cannot be carried out: {error}.") from error
    finally:
        writer.drop_trial()
    if words & {"CLEAR", "DROP"} and words & {"ALL", "NAMED"}:
        remove = frozenset(quad for quad in remove if quad.graph_name not in PROTECTED_GRAPHS)
    return ChangeSet(add, remove, agent, reason)


def _require_syntax(sparql: str, base: str | None) -> None:
    try:
        Store().update(sparql, prefixes=PREFIXES, base_iri=base)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except RuntimeError:
        return  # it was read, and asks an empty store for a graph


def difference(before: Store, after: Store) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(added, removed): the quads in which two stores differ, blank nodes by their labels."""
    old, new = _lines(before), _lines(after)
    return _quads(new - old), _quads(old - new)


def _lines(store: Store) -> set[bytes]:
    data = store.dump(format=RdfFormat.N_QUADS)
    assert data is not None
    return set(data.split(b"\n"))


def _quads(lines: set[bytes]) -> frozenset[Quad]:
    return frozenset(parse(b"\n".join(lines), format=RdfFormat.N_QUADS))
