"""As much of an answer as a page holds."""

import io
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final, cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from kg.errors import QueryRefused
from kg.query import Answer
from server.asking import tongue
from server.contexts import Table
from server.neighbourhood import Neighbourhood

_ROWS: Final = 1000
_BYTES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a page: a table, a truth, or the text of a graph."""

    table: Table | None = None
    truth: bool | None = None
    graph: str = ""


def shown(answer: Answer) -> Shown:
    """As much of an answer as a page holds; the worker is let go of when that is read. Raises QueryRefused."""
    try:
        if answer.kind == "graph":
            return Shown(graph=_beginning(answer))
        result = parse_query_results(cast(IO[bytes], _Reading(answer)), QueryResultsFormat.JSON)
        if isinstance(result, QueryBoolean):
            return Shown(truth=bool(result))
        assert isinstance(result, QuerySolutions)
        names = [variable.value for variable in result.variables]
        try:
            found = list(islice(result, _ROWS + 1))
        except MemoryError as error:  # the reader of results holds one row at a time, up to a bound of its own
            raise QueryRefused("A row of this answer is too long for a page; take it as a file, as CSV say.") from error
        finally:
            del result  # the engine wants it to end in this thread, and a traceback would carry it to another
        around = Neighbourhood((), tongue())
        rows = tuple(
            tuple(
                around.link(term) if (term := row[name]) is not None and not isinstance(term, Triple) else None
                for name in names
            )
            for row in found[:_ROWS]
        )
        return Shown(Table(tuple(names), rows, answer.is_cut or len(found) > _ROWS))
    finally:
        answer.chunks.close()


def _beginning(answer: Answer) -> str:
    held = b""
    for chunk in answer.chunks:
        held += chunk
        if len(held) > _BYTES:
            return held[:_BYTES].decode("utf-8", "ignore") + "\n…"
    return held.decode("utf-8")


class _Reading(io.RawIOBase):
    """The parts of an answer as a file to read from."""

    def __init__(self, answer: Answer) -> None:
        self._chunks, self._held = answer.chunks, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._held or size < 0:
            part = next(self._chunks, b"")
            if not part:
                break
            self._held += part
        given = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(given) :]
        return given
