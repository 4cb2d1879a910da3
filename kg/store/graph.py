"""What an opened data folder can do, whoever owns it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self

from pyoxigraph import NamedNode

from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.store.generations import Generation
from kg.store.receipt import Receipt
from kg.store.stage import Stage
from kg.validate import Report


class Graph(Protocol):
    """A graph that many can read, changed through its one door. A context manager; closing lets the folder go."""

    def reader(self) -> AbstractContextManager[Reader]:
        """A reader of the current state; the state stays the same within the block."""
        ...

    def pin(self) -> AbstractContextManager[Generation]:
        """The current generation, whose checkpoint stays on disk within the block."""
        ...

    def submit(self, change: ChangeSet, *, accept_warnings: bool = False) -> Receipt:
        """Validates and commits. Raises Refused with its report, FolderError when the disk is full."""
        ...

    def stage(self) -> AbstractContextManager[Stage]:
        """A stage on which to gather changes that are to be committed as a group.

        Within the block no other change is let in, and this graph must not be asked for any.
        """
        ...

    def submit_all(self, changes: Sequence[ChangeSet], *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """Validates changes that follow each other as one and commits them at once, each with its journal entry.

        Raises Refused for all of them together, FolderError when the disk is full.
        """
        ...

    def check(self, change: ChangeSet) -> Report:
        """What the change would introduce; stores nothing. Raises Refused for blank nodes and protected graphs."""
        ...

    def submit_update(
        self,
        sparql: str,
        *,
        agent: NamedNode,
        reason: str,
        accept_warnings: bool = False,
        base: str | None = None,
        generation: int | None = None,
        graph: NamedNode | None = None,
        seconds: float | None = None,
    ) -> Receipt:
        """Runs a SPARQL 1.1 Update as a change set, its relative IRIs resolved against `base`.

        `graph` is all that the update sees and changes, as its default graph; its text must name no other
        (`require_one_graph`). `seconds` can only shorten the time that working out its patterns may take.
        Raises Refused, SyntaxFault, QueryRefused (SERVICE, LOAD), LimitExceeded (time, memory, result-bytes,
        concurrency), and StaleValidation where a `generation` is given that is no longer the current one.
        """
        ...

    def change_of(
        self,
        sparql: str,
        *,
        agent: NamedNode,
        reason: str,
        base: str | None = None,
        graph: NamedNode | None = None,
        seconds: float | None = None,
    ) -> ChangeSet:
        """What a SPARQL 1.1 Update would change in the graph as it is, as in `submit_update`; stores nothing.

        Raises SyntaxFault, QueryRefused, LimitExceeded.
        """
        ...

    def source_text(self, digest: str) -> str:
        """The text of a source as it was received. Raises NotFound."""
        ...

    def info(self) -> dict[str, Any]:
        """path, format, software, profile, created, generation, and the pid of the owner."""
        ...

    def close(self) -> None:
        """Lets the folder go; harmless when done twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
