"""An answer that is still being written by a worker."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from kg.errors import BomayError, LimitExceeded
from kg.query import messages
from kg.query.messages import Fault
from kg.query.process import WorkerProcess

End = Callable[[bool], None]
Verdict = Callable[[], BomayError]


class Parts(Iterator[bytes], Protocol):
    """Bytes in order, to be read once; `size` is how many are left where all of them are here already, else None."""

    @property
    def size(self) -> int | None: ...

    def close(self) -> None:
        """Lets go of whoever makes them; what was not read is lost."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a query: `kind` is bindings, boolean or graph.

    `chunks` are its bytes in order, to be read once. They may end in LimitExceeded after some of them were given: then
    what was given is not a whole answer. `chunks.close()` lets go of the worker early. `is_cut` says whether more rows
    would follow than were asked for.
    """

    kind: str
    media_type: str
    chunks: "Parts"
    is_cut: bool = False


class Chunks(Iterator[bytes]):
    """The parts of an answer. The first part is fetched on construction, so that most faults are raised there.

    `end` is called once, with whether the worker can be used again; `verdict` says why a worker died.
    """

    def __init__(self, worker: WorkerProcess, result_bytes: int, end: End, verdict: Verdict) -> None:
        self._worker, self._end, self._verdict = worker, end, verdict
        self._left = result_bytes
        self._result_bytes = result_bytes
        self._held: list[bytes] = []
        self._open = True
        self.kind, self.media_type, self.is_cut = "", "", False
        held = 0
        while self._open and held < messages.PART:
            if part := self._receive():
                self._held.append(part)
                held += len(part)
        self._held.reverse()

    @property
    def size(self) -> int | None:
        """The bytes that are left, once the worker has said its last."""
        return None if self._open else sum(map(len, self._held))

    def __next__(self) -> bytes:
        if self._held:
            return self._held.pop()
        while self._open:
            if part := self._receive():
                return part
        raise StopIteration

    def close(self) -> None:
        """Lets go of the worker; what it still had to say is lost."""
        self._held.clear()
        self._finish(False)

    def _finish(self, reusable: bool) -> None:
        if self._open:
            self._open = False
            self._end(reusable)

    def _receive(self) -> bytes:
        """The next part; empty when the message was another. The lease ends with the last message and any error."""
        try:
            tag, content = self._worker.receive()
        except (EOFError, OSError) as error:
            try:
                raise self._verdict() from error
            finally:
                self._finish(False)
        match tag:
            case messages.DATA:
                self._count(content)
                return content
            case messages.HEAD:
                self._begin(json.loads(content))
            case messages.END:
                said, _, rest = content.partition(b"\n")
                told = json.loads(said)
                self._begin(told)
                self._count(rest)
                self._finish(not told["replace"])
                return rest
            case messages.FAULT:
                fault = Fault(**json.loads(content))
                self._finish(fault.name != "memory")
                raise fault.error()
        return b""

    def _begin(self, head: dict[str, object]) -> None:
        if "kind" in head:
            self.kind, self.media_type, self.is_cut = str(head["kind"]), str(head["media_type"]), bool(head["cut"])

    def _count(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            self._finish(False)
            message = f"The answer is longer than {self._result_bytes} bytes; ask for less, or add LIMIT."
            raise LimitExceeded("result-bytes", message)
