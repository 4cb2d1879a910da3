"""The process in which updates are worked out that cannot be in the owner: with patterns, or nested deeply.

`kg.store.working` starts it and kills it at its deadline. Down comes a `Task`; up go ADD and REMOVE (N-Quads in parts)
and END (JSON: whether memory is left in use for which another process is better), or FAULT (an error as on the wire).
"""

import contextlib
import json
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, serialize

from kg.apart import address_space, enter, out_of_memory
from kg.errors import BomayError, LimitExceeded
from kg.store.generations import copy_generation
from kg.store.operations import Changes
from kg.store.wire import error_to_wire
from kg.store.working_out import moved, work_out

HELLO: Final = b"S"
ADD: Final = b"A"
REMOVE: Final = b"R"
END: Final = b"E"
FAULT: Final = b"F"

LONGEST: Final = 64 << 20  # bytes of a message: a fault may quote the update
_PART: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """An update of the generation at `path`, with `scratch` for a copy; of one graph alone where `graph` is its IRI."""

    path: str
    scratch: str
    sparql: str
    base: str | None
    graph: str | None


class Session:
    """The generation that is open."""

    def __init__(self) -> None:
        self._path = ""
        self._store = Store()

    def changes(self, task: Task) -> Changes:
        """What the update adds and removes. Raises SyntaxFault and QueryRefused."""
        if task.path != self._path:
            self._store, self._path = Store.read_only(task.path), task.path
        if task.graph is not None:
            return _of_graph(self._store, NamedNode(task.graph), task)
        place = Path(task.scratch) / "store"
        return work_out(self._store, task.sparql, task.base, lambda: copy_generation(Path(task.path), place))


def _of_graph(store: Store, graph: NamedNode, task: Task) -> Changes:
    """The update of a store in which that graph is all there is, as its default graph."""

    def alone() -> Store:
        copy = Store()
        copy.extend(moved(store.quads_for_pattern(None, None, None, graph), DefaultGraph()))
        return copy

    add, remove = work_out(alone(), task.sparql, task.base, alone)
    return frozenset(moved(add, graph)), frozenset(moved(remove, graph))


def serve(channel: Connection, memory_bytes: int, baseline: int) -> None:
    """Does one task after another until the parent closes the pipe."""
    session = Session()
    while True:
        try:
            task = channel.recv()
        except (EOFError, ConnectionResetError):
            return
        try:
            for tag, quads in zip((ADD, REMOVE), session.changes(task), strict=True):
                data = serialize(quads, format=RdfFormat.N_QUADS)
                assert data is not None
                for start in range(0, len(data), _PART):
                    channel.send_bytes(tag + data[start : start + _PART])
            grown = address_space() - baseline if baseline else 0
            channel.send_bytes(END + json.dumps({"replace": grown > memory_bytes // 2}).encode())
        except BomayError as error:
            channel.send_bytes(FAULT + json.dumps(error_to_wire(error)).encode())
        except MemoryError:
            fault = error_to_wire(LimitExceeded("memory", out_of_memory("update")))
            channel.send_bytes(FAULT + json.dumps(fault).encode())
            return


def main(arguments: list[str]) -> None:
    """`arguments`: descriptor of the pipe, bytes of memory that updates may use."""
    memory_bytes = int(arguments[1])
    channel, sandbox, baseline = enter(int(arguments[0]), memory_bytes)
    with contextlib.suppress(BrokenPipeError):
        channel.send_bytes(HELLO + sandbox.encode())
        serve(channel, memory_bytes, baseline)
