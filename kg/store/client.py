"""The graph as another process has it: it reads generations itself and asks the owner for changes."""

import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyoxigraph import NamedNode

from kg.errors import FolderError
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.store.generations import Generation, pinned
from kg.store.layout import Folder
from kg.store.ownership import OwnerRecord
from kg.store.reader import StoreReader
from kg.store.readers import Readers
from kg.store.receipt import Receipt
from kg.store.stage import Copy, Stage
from kg.store.wire import (
    Message,
    change_from_wire,
    change_to_wire,
    error_from_wire,
    receipt_from_wire,
    receive,
    report_from_wire,
    send,
)
from kg.validate import Report


class Client:
    """A `Graph` that another process owns."""

    def __init__(self, folder: Folder, owner: OwnerRecord) -> None:
        self._folder = folder
        self._owner = owner
        self._readers = Readers(folder)

    def reader(self) -> AbstractContextManager[StoreReader]:
        """See `Graph`."""
        return self._readers.current()

    def pin(self) -> AbstractContextManager[Generation]:
        """See `Graph`."""
        return pinned(self._folder)

    def submit(self, change: ChangeSet, *, accept_warnings: bool = False) -> Receipt:
        """See `Graph`."""
        request = {"op": "submit", "change": change_to_wire(change), "accept_warnings": accept_warnings}
        return receipt_from_wire(self._ask(request))

    @contextmanager
    def stage(self) -> Iterator[Stage]:
        """See `Graph`; another client may bring a change in before this group, which is then judged on that."""
        # the store's own threads may still write for a moment after a refusal, which must be what the caller hears of
        temporary = tempfile.TemporaryDirectory(prefix="bomay-stage-", ignore_cleanup_errors=True)
        with temporary as place, self.pin() as generation:
            yield ClientStage(self, Copy(generation.path, Path(place) / "store"))

    def submit_all(self, changes: Sequence[ChangeSet], *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """See `Graph`."""
        wire = [change_to_wire(change) for change in changes]
        answer = self._ask({"op": "submit_all", "changes": wire, "accept_warnings": accept_warnings})
        return tuple(map(receipt_from_wire, answer))

    def check(self, change: ChangeSet) -> Report:
        """See `Graph`."""
        return report_from_wire(self._ask({"op": "check", "change": change_to_wire(change)}))

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
        who = {"agent": agent.value, "reason": reason, "accept_warnings": accept_warnings}
        where = {"base": base, "generation": generation, "graph": graph and graph.value, "seconds": seconds}
        return receipt_from_wire(self._ask({"op": "submit_update", "sparql": sparql, **who, **where}))

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
        asked = {"sparql": sparql, "agent": agent.value, "reason": reason, "base": base, "seconds": seconds}
        return change_from_wire(self._ask({"op": "change_of", "graph": graph and graph.value, **asked}))

    def source_text(self, digest: str) -> str:
        """See `Graph`."""
        return self._folder.source_text(digest)

    def info(self) -> dict[str, Any]:
        """See `Graph`."""
        facts: dict[str, Any] = self._ask({"op": "info"})
        return facts

    def close(self) -> None:
        """See `Graph`."""
        self._readers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: Message) -> Any:  # noqa: ANN401  # an object or a list, as the request has it
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.connect(str(self._owner.socket))
                send(connection, request)
                answer = receive(connection)
        except OSError as error:
            raise self._gone() from error
        if answer is None:
            raise self._gone()
        if "error" in answer:
            raise error_from_wire(answer["error"])
        return answer["ok"]

    def _gone(self) -> FolderError:
        return FolderError(
            f"The process {self._owner.pid}, which owned {self._folder.root}, has ended; look again and try again."
        )


class ClientStage:
    """A `Stage` on a copy of the current generation, whose changes the owner commits."""

    def __init__(self, client: Client, copy: Copy) -> None:
        self._client = client
        self._copy = copy
        self._changes: list[ChangeSet] = []

    @property
    def reader(self) -> Reader:
        """See `Stage`."""
        return self._copy.reader

    def add(self, change: ChangeSet) -> None:
        """See `Stage`."""
        self._copy.put(change)
        self._changes.append(change)

    def commit(self, *, accept_warnings: bool = False) -> tuple[Receipt, ...]:
        """See `Stage`."""
        return self._client.submit_all(self._changes, accept_warnings=accept_warnings)
