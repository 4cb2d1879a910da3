"""The graph as its owner has it: the door, its lock, and the socket for other processes."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, Self

from pyoxigraph import NamedNode

from kg.errors import FolderError
from kg.model.changes import ChangeSet
from kg.store import door
from kg.store.generations import Generation, current, pinned
from kg.store.layout import Folder
from kg.store.operations import Changes
from kg.store.ownership import announce, withdraw
from kg.store.reader import StoreReader
from kg.store.readers import Readers
from kg.store.receipt import Receipt, StaleValidation
from kg.store.service import Service
from kg.store.stage import Stage
from kg.store.working import UpdateLimits, Wanted, Working
from kg.store.writer import Writer
from kg.validate import Report, Shapes


class Owner:
    """A `Graph` of this process; one change at a time, readers beside it."""

    def __init__(
        self, folder: Folder, descriptor: int, shapes: Callable[[], Shapes], limits: UpdateLimits | None = None
    ) -> None:
        """Takes over a folder whose lock this process holds by `descriptor`."""
        self._folder = folder
        self._facts = folder.read_format()
        self._journalled = self._facts["profile"] != "empty"
        self._lock = threading.Lock()
        self._shapes: Shapes | None = None
        self._load_shapes = shapes
        self._readers = Readers(folder)
        self._writer: Writer | None = Writer.open(folder, journalled=self._journalled)
        self._descriptor = descriptor
        self._working = Working(limits or UpdateLimits(), folder.root)
        self._service = Service(self)
        announce(folder, self._service.path)

    def reader(self) -> AbstractContextManager[StoreReader]:
        """See `Graph`."""
        return self._readers.current()

    def pin(self) -> AbstractContextManager[Generation]:
        """See `Graph`."""
        return pinned(self._folder)

    def submit(self, change: ChangeSet, *, accept_warnings: bool = False) -> Receipt:
        """See `Graph`."""
        with self._lock:
            return door.submit(self._opened(), change, self._built(), accept_warnings=accept_warnings)

    def bring_in(self, release: ChangeSet) -> Receipt:
        """Commits a change that may write to the protected graphs, as only the program's own release does.

        Raises Refused with what it would introduce.
        """
        with self._lock:
            return door.bring_in(self._opened(), release, self._built())

    @contextmanager
    def stage(self) -> Iterator[Stage]:
        """See `Graph`."""
        with self._lock, door.stage(self._opened(), self._built()) as stage:
            yield stage

    def submit_all(self, changes: Sequence[ChangeSet], *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """See `Graph`."""
        with self.stage() as stage:
            for change in changes:
                stage.add(change)
            return stage.commit(accept_warnings=accept_warnings)

    def check(self, change: ChangeSet) -> Report:
        """See `Graph`."""
        with self._lock:
            return door.check(self._opened(), change, self._built())

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
        """See `Graph`."""
        text = door.without_outreach(sparql, base)
        wanted = Wanted(text, base, graph and graph.value, seconds)

        def commit(changes: Changes) -> Receipt:
            change = door.as_change(text, changes, agent, reason)
            return door.submit(self._opened(), change, self._built(), accept_warnings=accept_warnings)

        if door.is_plain(text):
            with self._lock:
                self._require_generation(generation)
                return commit(door.plain_changes(self._opened(), wanted))
        with self._working.turn():
            with self.pin() as seen:
                changes = self._working.work_out(seen.path, wanted)
            with self._lock:
                self._require_generation(generation)
                self._opened().recover()
                if self._opened().generation != seen.number:  # another change came in: once more, with all others out
                    with self.pin() as current_one:
                        changes = self._working.work_out(current_one.path, wanted)
                return commit(changes)

    def _require_generation(self, wanted: int | None) -> None:
        number = self._opened().generation
        if wanted is not None and number != wanted:
            raise StaleValidation(f"The update was meant for generation {wanted}, but {number} is current.")

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
        """See `Graph`."""
        text = door.without_outreach(sparql, base)
        wanted = Wanted(text, base, graph and graph.value, seconds)
        if door.is_plain(text):
            with self._lock:
                changes = door.plain_changes(self._opened(), wanted)
        else:
            with self._working.turn(), self.pin() as seen:
                changes = self._working.work_out(seen.path, wanted)
        return door.as_change(text, changes, agent, reason)

    def source_text(self, digest: str) -> str:
        """See `Graph`."""
        return self._folder.source_text(digest)

    def info(self) -> dict[str, Any]:
        """See `Graph`."""
        where = {"path": str(self._folder.root), "generation": current(self._folder), "owner": os.getpid()}
        return {**self._facts, **where}

    def close(self) -> None:
        """Waits for the change under way, unless that is still being worked out, then lets the folder go."""
        self._service.close()
        self._working.close()
        with self._lock:
            if self._writer is not None:
                self._writer = None
                self._readers.close()
                withdraw(self._folder, self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> Writer:
        if self._writer is None:
            raise FolderError(f"{self._folder.root} was closed; open it again.")
        return self._writer

    def _built(self) -> Shapes:
        if self._shapes is None:
            self._shapes = self._load_shapes() if self._journalled else Shapes.parse(b"")
        return self._shapes
