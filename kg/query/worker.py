"""A worker process: opens one generation at a time, read-only, and answers one request after another.

Started by `kg.query.process` with `main`. The engine cannot be interrupted, so
this process is made to be killed: it holds nothing that anybody would miss.
"""

import contextlib
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Store

from kg.apart import address_space, enter, niceness
from kg.errors import BomayError, FolderError, LimitExceeded, QueryRefused
from kg.query import messages
from kg.query.evaluate import evaluate
from kg.query.formats import Results, cut, kind_of, media_type, write
from kg.query.messages import Fault, PlanRequest, QueryRequest
from kg.query.outreach import refuse_outreach
from kg.query.rearrange import rearranged

_KEPT: Final = 256 << 20  # bytes that a worker may hold on to after a query

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Session:
    """The pipe to the parent and the generation that is open."""

    def __init__(self, channel: Connection) -> None:
        self.channel = channel
        self._path = ""
        self._store: Store | None = None

    def store(self, path: str) -> Store:
        """The generation at this path, opened when it is not the one that is open. Raises FolderError."""
        if self._store is None or path != self._path:
            self._store = None
            try:
                self._store, self._path = Store.read_only(path), path
            except OSError as error:
                raise FolderError(f"There is no generation to read at {path}: {error}") from error
        return self._store

    def send(self, tag: bytes, content: bytes | memoryview | dict[str, Any]) -> None:
        """One message to the parent."""
        body = json.dumps(content).encode() if isinstance(content, dict) else content
        self.channel.send_bytes(tag + body)


class _Parts(io.RawIOBase):
    """What is written here goes to the parent as parts of the answer, behind its head, until `mute` is set.

    What is written once `ending` is set waits in `rest`: it goes with the end, which spares short answers two messages.
    """

    def __init__(self, session: Session, head: dict[str, Any]) -> None:
        self._session, self.head = session, head
        self.ending = self.mute = False
        self.rest = b""

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        content = bytes(data)
        if self.ending:
            self.rest += content
        elif not self.mute:
            if self.head:
                self._session.send(messages.HEAD, self.head)
                self.head = {}
            for start in range(0, len(content), messages.PART):
                self._session.send(messages.DATA, content[start : start + messages.PART])
        return len(content)

    def end(self, told: dict[str, Any]) -> None:
        """Says that this was all, and what there is to tell of it."""
        self._session.send(messages.END, json.dumps({**self.head, **told}).encode() + b"\n" + self.rest)


class _Output(io.BufferedWriter):
    """A buffer before the parts. The engine flushes it when it has written all, which is left to `end` here."""

    def flush(self) -> None:
        """Nothing."""

    def end(self) -> None:
        """Writes what it still holds."""
        super().flush()


def answer_query(session: Session, request: QueryRequest) -> _Parts:
    """Runs a query and streams its answer but for the last part. Raises BomayError for what the asker should hear."""
    refuse_outreach(request.text)
    store = session.store(request.path)
    results: Results = evaluate(
        store,
        request.text,
        request.bindings,
        request.default_graphs,
        request.named_graphs,
        request.base,
        rearrange=request.rearrange,
    )
    kind, is_cut = kind_of(results), False
    parts = _Parts(session, {"kind": kind, "media_type": media_type(kind, request.formats)})
    output = _Output(parts, messages.PART)
    try:
        if request.rows is not None:
            results, is_cut = cut(results, request.rows)
        parts.head["cut"] = is_cut
        write(results, request.formats, output)
        parts.ending = True
        output.end()
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryRefused(f"The answer could not be finished: {error}") from error
    finally:
        parts.mute = not parts.ending  # a buffer that is thrown away writes what it still holds
    return parts


def answer_plan(session: Session, request: PlanRequest) -> _Parts:
    """Says what would be run for a query. Raises QueryRefused."""
    refuse_outreach(request.text)
    parts = _Parts(session, {})
    parts.write((rearranged(request.text) if request.rearrange else request.text).encode())
    return parts


OPERATIONS: Final[dict[type, Callable[[Session, Any], _Parts]]] = {QueryRequest: answer_query, PlanRequest: answer_plan}


def serve(session: Session, memory_bytes: int, baseline: int, request: object = None) -> object:
    """Answers this request and those that come, until the parent closes the pipe; tells it when so much memory is left
    in use that it is better to start another worker. `baseline` is the address space at the start, in bytes, 0 when not
    known.

    Gives a request back that came to a thread which has to yield to others: it was answered too slowly.
    """
    most = min(memory_bytes // 2, _KEPT)
    while True:
        try:
            request = request or session.channel.recv()
        except (EOFError, ConnectionResetError):
            return None
        if niceness():
            return request
        try:
            parts = OPERATIONS[type(request)](session, request)
            grown = address_space() - baseline if baseline else 0
            parts.end({"replace": grown > most})
        except BomayError as error:
            session.send(messages.FAULT, asdict(Fault.of(error)))
        except MemoryError:
            session.send(messages.FAULT, asdict(Fault.of(LimitExceeded("memory", messages.OUT_OF_MEMORY))))
            return None
        request = None


def main(arguments: list[str]) -> None:
    """`arguments`: descriptor of the pipe, bytes of memory that requests may use, a generation to open ahead."""
    memory_bytes = int(arguments[1])
    channel, sandbox, baseline = enter(int(arguments[0]), memory_bytes)
    session = Session(channel)
    with contextlib.suppress(BrokenPipeError):
        for path in arguments[2:]:
            with contextlib.suppress(FolderError):
                session.store(path)
        channel.send_bytes(messages.HELLO + sandbox.encode())
        request: object = None
        while True:
            with ThreadPoolExecutor(1) as thread:
                request = thread.submit(serve, session, memory_bytes, baseline, request).result()
            if request is None:
                return
