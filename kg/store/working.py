"""Updates worked out in a process of their own, one at a time: killed at its deadline, kept ready when it was not."""

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, parse

from kg.apart import ChildProcess
from kg.errors import BomayError, LimitExceeded
from kg.store import update_child
from kg.store.operations import Changes
from kg.store.update_child import Task
from kg.store.wire import error_from_wire

_START_SECONDS: Final = 60.0
_CLOSED: Final = "The data folder is being closed; the update was not carried out."


@dataclass(frozen=True, slots=True)
class UpdateLimits:
    """What working out one update with patterns may use, and how long it may wait for those before it."""

    seconds: float = 30.0
    memory_bytes: int = 2 << 30
    result_bytes: int = 128 << 20
    wait_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """An update: of one graph alone where `graph` is its IRI. `seconds` can only shorten the limit."""

    sparql: str
    base: str | None = None
    graph: str | None = None
    seconds: float | None = None


class Working:
    """Safe to share between threads. Its process is started at the first update that needs it."""

    def __init__(self, limits: UpdateLimits, scratch: Path) -> None:
        self.limits = limits
        self._scratch = scratch
        self._turn = threading.Lock()
        self._child: ChildProcess | None = None
        self._closed = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The block has the process to itself. Raises LimitExceeded("concurrency")."""
        if not self._turn.acquire(timeout=self.limits.wait_seconds):
            seconds = f"{self.limits.wait_seconds:g} seconds"
            raise LimitExceeded("concurrency", f"Other updates took longer than {seconds}; try again in a moment.")
        try:
            yield
        finally:
            self._turn.release()

    def work_out(self, generation: Path, wanted: Wanted) -> Changes:
        """(to add, to remove) by the update on a generation, which must stay in its place meanwhile. Within a `turn`.

        Raises SyntaxFault, QueryRefused, and LimitExceeded (time, memory, result-bytes).
        """
        most = self.limits.seconds
        seconds = most if wanted.seconds is None else min(wanted.seconds, most)
        with tempfile.TemporaryDirectory(prefix=".updating-", dir=self._scratch, ignore_cleanup_errors=True) as scratch:
            task = Task(str(generation), scratch, wanted.sparql, wanted.base, wanted.graph)
            reusable = False
            child = self._asked(task)
            try:
                outcome, reusable = self._heard(child, seconds)
            finally:
                if not reusable:
                    self._renew()
        if isinstance(outcome, BomayError):
            raise outcome
        return outcome

    def close(self) -> None:
        """Ends the process, also at work: who waits for it gets an error."""
        self._closed = True
        if child := self._child:
            child.kill()
        with self._turn:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _asked(self, task: Task) -> ChildProcess:
        """The process, with the task. One that died while idle is passed over once."""
        for is_last in (False, True):
            if self._closed:
                raise BomayError(_CLOSED)
            child = self._child = self._child or self._started()
            if not child.is_ready and not child.is_heard_within(_START_SECONDS):
                self._renew()
                raise BomayError("The process for updates did not start in time; try again in a moment.")
            try:
                child.ask(task)
            except (EOFError, OSError) as error:
                cause = BomayError(_CLOSED) if self._closed else child.cause_of_death()
                self._renew()
                if is_last:
                    raise cause from error
            else:
                return child
        raise AssertionError("the last turn returns or raises")

    def _heard(self, child: ChildProcess, seconds: float) -> tuple[Changes | BomayError, bool]:
        """What it made of its task, and whether it can be used again."""
        deadline = time.monotonic() + seconds
        parts: dict[bytes, list[bytes]] = {update_child.ADD: [], update_child.REMOVE: []}
        left = self.limits.result_bytes
        while True:
            if not child.is_heard_within(max(deadline - time.monotonic(), 0)):
                message = f"The update ran longer than {seconds:g} seconds and was stopped; change less at a time."
                raise LimitExceeded("time", message)
            try:
                tag, content = child.receive()
            except (EOFError, OSError) as error:
                raise (BomayError(_CLOSED) if self._closed else child.cause_of_death()) from error
            match tag:
                case update_child.END:
                    add, remove = (parse(b"".join(part), format=RdfFormat.N_QUADS) for part in parts.values())
                    return (frozenset(add), frozenset(remove)), not json.loads(content)["replace"]
                case update_child.FAULT:
                    fault = error_from_wire(json.loads(content))
                    return fault, not isinstance(fault, LimitExceeded)
            left -= len(content)
            if left < 0:
                message = f"The update changes over {self.limits.result_bytes} bytes of facts; change less at a time."
                raise LimitExceeded("result-bytes", message)
            parts[tag].append(content)

    def _started(self) -> ChildProcess:
        return ChildProcess("kg.store.update_child", "update", update_child.LONGEST, self.limits.memory_bytes)

    def _renew(self) -> None:
        """Ends the process and starts another ahead of the next update."""
        if self._child is not None:
            self._child.end()
        self._child = None
        with suppress(OSError):  # out of processes: the next update tries again
            self._child = None if self._closed else self._started()
