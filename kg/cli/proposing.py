"""Documents read and made into change sets, here or in a process beside this one, so that both of two cores work."""

import itertools
import json
import os
import pickle
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Protocol, Self

from kg.cli.garbage import rarely_collected
from kg.errors import BomayError
from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import propose
from kg.store import Copy, Graph, change_from_wire, change_to_wire

AGENT: Final = iri("agent:kg-ingest")
FEW: Final = 40
"""Up to so many documents are read here: starting a process takes as long."""
_AHEAD: Final = 256
_RUN = "from kg.cli.proposing import serve; serve()"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document, and how it comes to its change set: `change` takes a reader of the graph with all before it."""

    document: Document
    change: Callable[[Reader], ChangeSet]


class Proposer(Protocol):
    """Takes documents and gives their proposals in the same order."""

    ahead: int
    """How many documents it can be given before their proposals are taken."""

    def begin(self, graph: Graph) -> None:
        """Starts from the graph as it is now; what was given and not taken is forgotten."""
        ...

    def give(self, document: Document) -> None:
        """Hands it the next document."""
        ...

    def take(self, document: Document) -> Proposal:
        """The proposal for `document`, the first of those given and not taken."""
        ...


class Here:
    """Reads a document when its proposal is taken, and proposes when it is asked for."""

    ahead = 1

    def __init__(self, read: Callable[[Document], Extraction] = extract) -> None:
        self._read = read

    def begin(self, graph: Graph) -> None:
        """See `Proposer`."""

    def give(self, document: Document) -> None:
        """See `Proposer`."""

    def take(self, document: Document) -> Proposal:
        """See `Proposer`."""
        said = self._read(document)
        return Proposal(document, lambda reader: propose(reader, document, said, AGENT))


class Beside:
    """A fresh interpreter that runs `serve` on a copy of the graph; it ends when this process does.

    Changes come in files, of which the pipe carries the names alone: it is full after one or two changes, and the
    process beside would then wait for this one instead of reading ahead.
    """

    ahead = _AHEAD

    def __init__(self) -> None:
        self._place = tempfile.mkdtemp(prefix="bomay-stage-")
        paths = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self._begun = 0

    def begin(self, graph: Graph) -> None:
        """See `Proposer`."""
        self._begun += 1
        with graph.pin() as generation:
            self._send((str(generation.path), self._place, self._begun), "")
            while self._receive("") != self._begun:
                pass

    def give(self, document: Document) -> None:
        """See `Proposer`."""
        self._send(document, document.id)

    def take(self, document: Document) -> Proposal:
        """See `Proposer`. Raises BomayError naming the document where the process has ended."""
        file = Path(self._place, self._receive(document.id))
        change = change_from_wire(json.loads(file.read_bytes()))
        file.unlink()
        return Proposal(document, lambda _reader: change)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._from.close()
        with suppress(BrokenPipeError):  # what is still unsent is not wanted any more
            self._to.close()
        shutil.rmtree(self._place, ignore_errors=True)

    def _send(self, message: object, name: str) -> None:
        try:
            pickle.dump(message, self._to)
            self._to.flush()
        except BrokenPipeError as error:
            raise self._ended(name) from error

    def _receive(self, name: str) -> Any:  # noqa: ANN401  # the name of a file with a change, or a number
        try:
            return pickle.load(self._from)
        except EOFError as error:
            raise self._ended(name) from error

    def _ended(self, name: str) -> BomayError:
        at = f" at the document '{name}' or one before it" if name else ""
        status = self._process.wait()
        return BomayError(f"The process that reads ahead ended ({status}){at}; what was stored before stays.")


def proposer(
    count: int, read: Callable[[Document], Extraction] = extract, *, jobs: int | None = None
) -> AbstractContextManager[Proposer]:
    """A proposer for so many documents: beside this process where there are many and a core for it, else here.

    `jobs`, the number of processes to work with, has the number of cores count for nothing.
    """
    if count > FEW and (jobs or os.cpu_count() or 1) > 1:
        return Beside()
    return nullcontext(Here(read))


def serve() -> None:
    """Answers on standard output what comes on standard input, until that ends.

    (generation, folder, number): copies the generation and answers the number; a document: answers the name of a file
    in the folder with its change, and goes on from the graph with that change.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked is interrupted as well, and ends this one
    given: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, given), daemon=True).start()
    copy: Copy | None = None
    place = ""
    numbers = itertools.count()
    with suppress(BrokenPipeError), rarely_collected():
        while (message := given.get()) is not None:
            if isinstance(message, Document):
                assert copy is not None, "a generation comes first"
                change = propose(copy.reader, message, extract(message), AGENT)
                copy.put(change)
                answer: object = f"{next(numbers)}.json"
                Path(place, str(answer)).write_text(json.dumps(change_to_wire(change)), encoding="ascii")
            else:
                generation, place, answer = message
                copy = Copy(Path(generation), Path(tempfile.mkdtemp(dir=place)) / "store")
            pickle.dump(answer, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    if place:
        shutil.rmtree(place, ignore_errors=True)  # for one whose asker was killed


def _listen(stream: IO[bytes], given: "queue.SimpleQueue[Any]") -> None:
    """Takes what is sent while work goes on: two processes that both wait to send would wait for ever.

    What waits when a new beginning or the end comes is not wanted any more.
    """
    message: Any = True
    while message is not None:
        try:
            message = pickle.load(stream)
        except EOFError:
            message = None
        if not isinstance(message, Document):
            with suppress(queue.Empty):
                while True:
                    given.get_nowait()
        given.put(message)
