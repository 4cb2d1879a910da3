"""Queries in worker processes that can be killed: within time, memory, length and number."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from kg.errors import LimitExceeded
from kg.model.graph import Term
from kg.query.answer import Answer, Chunks
from kg.query.formats import Formats
from kg.query.lease import STREAMING, Asker, Lease, Limits, Load, Underway
from kg.query.messages import PlanRequest, QueryRequest
from kg.query.workforce import Workforce

_NOBODY: Final = Asker()
_ENDED: Final = "An administrator of this service ended this query; ask for less at a time, or ask them why."


class QueryPool:
    """At most `workers` short and `long` long queries at a time (`kg.query.workforce`), each in a process of its own
    without network; safe to share between threads.

    `spares` more processes stand ready, so that a query that had to be killed does not delay the next one. `rearrange`
    lets OPTIONAL be moved where that changes no answer (`kg.query.rearrange`).
    """

    def __init__(
        self,
        workers: int = 2,
        limits: Limits | None = None,
        *,
        spares: int = 1,
        long: int = 8,
        rearrange: bool = True,
    ) -> None:
        self.rearrange = rearrange
        self.limits = limits or Limits()
        self._force = Workforce(workers, spares, long, self.limits)
        self._sandbox: str | None = None

    def run(
        self,
        generation_path: str | Path,
        text: str,
        *,
        formats: Formats | None = None,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Iterable[str] | None = None,
        named_graphs: Iterable[str] | None = None,
        seconds: float | None = None,
        base: str | None = None,
        rows: int | None = None,
        asker: Asker = _NOBODY,
    ) -> Answer:
        """Runs a query on a generation, which must stay in its place until the answer's chunks are read or closed.

        Prefixes of `kg.namespaces` need no PREFIX. `bindings` are names without `?`. The two lists of graph IRIs are
        those of the SPARQL protocol and outrank FROM; `seconds` can only shorten the time limit, which counts from this
        call on; relative IRIs are resolved against `base`; `rows` cuts a table or a graph off (`Answer.is_cut`).
        Raises SyntaxFault, QueryRefused (WrongKind among them), LimitExceeded, FolderError. Once 64 KiB are out, errors
        come from the iteration of the chunks.
        """
        request = QueryRequest(
            str(generation_path),
            text,
            formats or Formats(),
            dict(bindings or {}),
            None if default_graphs is None else tuple(default_graphs),
            None if named_graphs is None else tuple(named_graphs),
            base,
            self.rearrange,
            rows,
        )
        chunks = self._chunks(request, seconds, asker)
        return Answer(chunks.kind, chunks.media_type, chunks, chunks.is_cut)

    def plan(self, text: str, *, seconds: float | None = None, asker: Asker = _NOBODY) -> str:
        """The text that is run for a query without parameters. Raises QueryRefused and LimitExceeded."""
        request = PlanRequest("", text, self.rearrange)
        return b"".join(self._chunks(request, seconds, asker)).decode()

    def underway(self) -> list[Underway]:
        """The queries that wait, run and stream their answers, the oldest first."""
        return self._force.underway()

    def end(self, identifier: str) -> bool:
        """Ends the queries whose asker gave this name: who asked gets LimitExceeded. False where there is none."""
        return self._force.end(identifier, LimitExceeded("ended", _ENDED)) > 0

    @property
    def load(self) -> Load:
        """How busy the workers are."""
        return self._force.load()

    @property
    def memory(self) -> int:
        """Bytes of memory that the workers hold now; 0 where the system does not tell."""
        return self._force.memory()

    @property
    def sandbox(self) -> str:
        """The measure that keeps workers off the network: "network namespace", "socket filter" or "parsing only"."""
        if self._sandbox is None:
            lease = Lease(_NOBODY, "", "", self.limits.seconds)
            self._force.acquire(lease)
            alive = False
            try:
                self._sandbox = lease.held.hello()
                alive = True
            except (EOFError, OSError) as error:
                raise self._force.verdict(lease) from error
            finally:
                self._force.release(lease, alive)
        return self._sandbox

    def close(self) -> None:
        """Ends all workers, also those at work; who reads from them gets an error."""
        self._force.close()

    def __enter__(self) -> "QueryPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _chunks(self, request: QueryRequest | PlanRequest, seconds: float | None, asker: Asker) -> Chunks:
        most = self.limits.seconds
        lease = Lease(asker, request.text, request.path, most if seconds is None else min(seconds, most))
        self._ask(request, lease)
        end, verdict = partial(self._force.release, lease), partial(self._force.verdict, lease)
        chunks = Chunks(lease.held, self.limits.result_bytes, end, verdict)
        lease.state = STREAMING
        return chunks

    def _ask(self, request: QueryRequest | PlanRequest, lease: Lease) -> None:
        """Gives a request to a worker. One that died while idle is passed over."""
        for left in reversed(range(self._force.count + 1)):
            self._force.acquire(lease)
            try:
                lease.held.ask(request)
            except (EOFError, OSError) as error:
                try:
                    if lease.fault or not left:
                        raise self._force.verdict(lease) from error
                finally:
                    self._force.release(lease, False)
            else:
                lease.run()
                self._sandbox = lease.held.hello()
                return
        raise AssertionError("the last turn returns or raises")
