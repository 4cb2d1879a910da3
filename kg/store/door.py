"""The door: every change is tried on a checkpoint and validated there before the live store hears of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import NamedNode

from kg.errors import QueryRefused
from kg.model.changes import ChangeSet
from kg.model.sparql_load import without_loads
from kg.model.sparql_prologue import with_prologue_first
from kg.model.sparql_text import forbidden_keyword, keywords_of, scan
from kg.namespaces import PREFIXES, PROTECTED_GRAPHS
from kg.store.commit import commit
from kg.store.effective import effective
from kg.store.operations import Changes, data_changes
from kg.store.reader import sparql_fault
from kg.store.receipt import Receipt, Refused
from kg.store.stage import OwnStage
from kg.store.working import Wanted
from kg.store.working_out import difference, moved, not_done, require_syntax
from kg.store.writer import Writer
from kg.validate import Report, Shapes, ValidatedChangeSet, validate

_REACHING_OUT = {"SERVICE", "LOAD"}
_DEEPEST = 100  # brackets in brackets; the engine's reader overflows its stack at some thousands


def submit(writer: Writer, change: ChangeSet, shapes: Shapes, *, accept_warnings: bool = False) -> Receipt:
    """Commits the change if it conforms. A change that alters nothing commits nothing.

    Raises Refused with what it would introduce, FolderError when the disk is full.
    """
    writer.recover()
    wanted = effective(writer.live, change, blank_nodes=not writer.journalled)
    if wanted.is_empty:
        return Receipt(None, writer.generation, 0, 0, Report())
    return _stored(writer, wanted, shapes, accept_warnings=accept_warnings)


def bring_in(writer: Writer, release: ChangeSet, shapes: Shapes) -> Receipt:
    """As `submit`, for what the program itself writes, to the protected graphs as well; nothing in it is put right.

    Every quad to add must be missing, and every one to remove be there.
    """
    writer.recover()
    return _stored(writer, release, shapes, accept_warnings=True)


def _stored(writer: Writer, wanted: ChangeSet, shapes: Shapes, *, accept_warnings: bool) -> Receipt:
    try:
        judged = _judge(writer, wanted, shapes, accept_warnings=accept_warnings)
        if isinstance(judged, Report):
            raise Refused(judged, change=wanted)
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


def without_outreach(sparql: str, base: str | None = None) -> str:
    """The update with its prefixes first and nothing in the place of LOAD SILENT.

    Raises QueryRefused for SERVICE and LOAD, and SyntaxFault where an update that is refused for LOAD is none.
    """
    text, loads = without_loads(with_prologue_first(sparql, PREFIXES))
    word = forbidden_keyword(text, _REACHING_OUT)
    if loads and word is None and is_plain(text):
        require_syntax(text, base)
    if loads or word:
        raise QueryRefused(f"An update may not reach out to other servers; take {word or 'LOAD'} out of it.")
    return text


def is_plain(sparql: str) -> bool:
    """Whether the effect of an update can be told in this process: no pattern, which has no bound to its time, no
    escapes, which may hide one, and no nesting deeper than its reading, by which the engine would end the process.
    """
    if "\\u" in sparql or "\\U" in sparql or forbidden_keyword(sparql, {"WHERE"}):
        return False
    depth = deepest = 0
    for token in scan(sparql):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token.text, 0)
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST


def plain_changes(writer: Writer, wanted: Wanted) -> Changes:
    """(to add, to remove) by an update that `is_plain`: data, or clearing, copying and moving of graphs.

    Raises SyntaxFault, and QueryRefused for what the engine will not do.
    """
    writer.recover()
    try:
        require_syntax(wanted.sparql, wanted.base)
        if data := data_changes(wanted.sparql, wanted.base):
            add, remove = data
            if wanted.graph is None:
                return data
            graph = NamedNode(wanted.graph)
            return frozenset(moved(add, graph)), frozenset(moved(remove, graph))
        after = writer.try_out(None).store
        after.update(wanted.sparql, prefixes=PREFIXES, base_iri=wanted.base)
        return difference(writer.live, after)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except RuntimeError as error:
        raise not_done(error) from error
    finally:
        writer.drop_trial()


def as_change(sparql: str, changes: Changes, agent: NamedNode, reason: str) -> ChangeSet:
    """The change set of an update. `CLEAR ALL`, `DROP ALL` and their like leave the protected graphs as they are; any
    other change of these comes out as such, to be refused.
    """
    add, remove = changes
    words = keywords_of(sparql)
    if words & {"CLEAR", "DROP"} and words & {"ALL", "NAMED"}:
        remove = frozenset(quad for quad in remove if quad.graph_name not in PROTECTED_GRAPHS)
    return ChangeSet(add, remove, agent, reason)
