"""Queries in worker processes that can be killed: within time, memory, length and number."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from kg.errors import QueryRefused
from kg.model.graph import Term
from kg.model.sparql_text import forbidden_keyword, keywords_of
from kg.query.answer import Answer, Chunks
from kg.query.formats import Formats
from kg.query.messages import QueryRequest
from kg.query.rearrange import rearranged
from kg.query.workforce import Lease, Limits, Load, Workforce

_UPDATE_WORDS: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_QUERY_WORDS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class QueryPool:
    """At most `workers` queries at a time, each in a process of its own without network; safe to share between threads.

    `spares` more processes stand ready, so that a query that had to be killed does not delay the next one. `rearrange`
    lets OPTIONAL be moved where that changes no answer (`kg.query.rearrange`).
    """

    def __init__(
        self, workers: int = 2, limits: Limits | None = None, *, spares: int = 1, rearrange: bool = True
    ) -> None:
        self.rearrange = rearrange
        self.limits = limits or Limits()
        self._force = Workforce(workers, spares, self.limits)
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
    ) -> Answer:
        """Runs a query on a generation, which must stay in its place until the answer's chunks are read or closed.

        Prefixes of `kg.namespaces` need no PREFIX. `bindings` are names without `?`. The two lists of graph IRIs are
        those of the SPARQL protocol and outrank FROM; `seconds` can only shorten the time limit; relative IRIs are
        resolved against `base`.
        Raises SyntaxFault, QueryRefused (WrongKind among them), LimitExceeded, FolderError. Once 64 KiB are out, errors
        come from the iteration of the chunks.
        """
        refuse_outreach(text)
        request = QueryRequest(
            str(generation_path),
            text,
            formats or Formats(),
            dict(bindings or {}),
            None if default_graphs is None else tuple(default_graphs),
            None if named_graphs is None else tuple(named_graphs),
            base,
            self.rearrange,
        )
        lease = self._ask(request, self.limits.seconds if seconds is None else min(seconds, self.limits.seconds))
        end, verdict = partial(self._force.release, lease), partial(self._force.verdict, lease)
        chunks = Chunks(lease.worker, self.limits.result_bytes, end, verdict)
        return Answer(chunks.kind, chunks.media_type, chunks)

    def plan(self, text: str) -> str:
        """The text that is run for a query without parameters."""
        return rearranged(text) if self.rearrange else text

    @property
    def load(self) -> Load:
        """How busy the workers are."""
        return self._force.load()

    @property
    def sandbox(self) -> str:
        """The measure that keeps workers off the network: "network namespace", "socket filter" or "parsing only"."""
        if self._sandbox is None:
            lease = self._force.acquire("", self.limits.seconds)
            alive = False
            try:
                self._sandbox = lease.worker.hello()
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

    def _ask(self, request: QueryRequest, seconds: float) -> Lease:
        """A lease on a worker that has the request. One that died while idle is passed over."""
        for left in reversed(range(self._force.count + 1)):
            lease = self._force.acquire(request.path, seconds)
            try:
                lease.worker.ask(request)
            except (EOFError, OSError) as error:
                verdict = self._force.verdict(lease)
                self._force.release(lease, False)
                if lease.expired or not left:
                    raise verdict from error
            else:
                self._force.begin(lease)
                self._sandbox = lease.worker.hello()
                return lease
        raise AssertionError("the last turn returns or raises")


def refuse_outreach(text: str) -> None:
    """Raises QueryRefused for a query that reaches out to another server, and for an update."""
    if forbidden_keyword(text, {"SERVICE"}):
        raise QueryRefused("SERVICE is refused: a query here may not reach out to other servers.")
    words = keywords_of(text)
    if words & _UPDATE_WORDS and not words & _QUERY_WORDS:
        raise QueryRefused("This is an update, not a query; send it to /update.")
