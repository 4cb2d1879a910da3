"""Counting the rows of an answer as it goes by, without keeping or parsing it."""

import re
from collections.abc import Callable
from typing import Final

_LONGEST: Final = 1 << 20
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class Rows:
    """Rows (or triples) of what was seen so far; `number` is None where the form does not tell."""

    def __init__(self, media_type: str) -> None:
        self._count = _COUNTERS.get(media_type.partition(";")[0])
        self._tail = b""
        self._seen = 0
        self._head = media_type.startswith(("text/csv", "text/tab-separated-values"))

    @property
    def number(self) -> int | None:
        """How many; a table's line of names is not one."""
        return None if self._count is None else max(0, self._seen - self._head)

    def see(self, part: bytes) -> None:
        """Takes the next part."""
        if self._count is not None:
            seen, self._tail = self._count(self._tail + part)
            self._seen += seen
            if len(self._tail) > _LONGEST:  # one value of such a length is not worth looking through again and again
                self._count = None


def _lines(buffer: bytes) -> tuple[int, bytes]:
    return buffer.count(b"\n"), b""


def _csv(buffer: bytes) -> tuple[int, bytes]:
    """Line ends outside quotes; what stands behind an open quote waits for its end."""
    pieces = buffer.split(b'"')
    opened = len(pieces) % 2 == 0
    whole = pieces[:-1] if opened else pieces
    return sum(piece.count(b"\n") for piece in whole[::2]), b'"' + pieces[-1] if opened else b""


def _xml(buffer: bytes) -> tuple[int, bytes]:
    return buffer.count(b"<result>"), buffer[-len(b"<result") :] if b"<" in buffer[-len(b"<result") :] else b""


def _json(buffer: bytes) -> tuple[int, bytes]:
    """Without its strings, a row is an object in an array: its brace follows a bracket or a comma."""
    bare = _STRING.sub(b"", buffer)
    start = bare.find(b'"')
    done, tail = (bare, b"") if start < 0 else (bare[:start], bare[start:])
    if done[-1:] in (b"[", b",") and not tail:
        done, tail = done[:-1], done[-1:]
    return done.count(b"[{") + done.count(b",{"), tail


_COUNTERS: Final[dict[str, Callable[[bytes], tuple[int, bytes]]]] = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _lines,
    "application/n-triples": _lines,
    "application/n-quads": _lines,
}
