"""Counting the rows of an answer as it goes by, without keeping or parsing it."""

import re
from collections.abc import Callable
from typing import Final

_LONGEST: Final = 1 << 20
_BETWEEN: Final = b'},{"'
_FIRST: Final = b'"bindings":[{"'
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
        if self._count is None:
            return None
        waiting = _begun(self._tail, len(self._tail)) if self._count is _json else 0
        return max(0, self._seen + waiting - self._head)

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
    """Rows begin up to the last place that surely lies between two of them; the rest waits."""
    end = len(buffer)
    while (end := buffer.rfind(_BETWEEN, 0, end)) >= 0:
        if buffer[end + len(_BETWEEN) : end + len(_BETWEEN) + 1] not in (b"", b"}", b","):
            return _begun(buffer, end + 1), buffer[end + 1 :]
    return 0, buffer


def _begun(buffer: bytes, end: int) -> int:
    """How many rows begin before `end`, a place outside strings, as the beginning of the buffer is.

    The engine writes no blanks, and a quote within a string has a backslash before it. So a quote behind `},{` opens
    the first name of a row, or closes a string of somebody who wrote just that: then no name follows. Rows without
    any value are rare enough to be looked for by leaving all strings out.
    """
    if buffer.find(b"{}", 0, end) >= 0:
        bare = _STRING.sub(b"", buffer[:end])
        return bare.count(b"[{") + bare.count(b",{")
    closing = sum(buffer.count(_BETWEEN + sign, 0, end) for sign in (b"}", b","))
    return buffer.startswith(_BETWEEN[1:]) + buffer.count(_BETWEEN, 0, end) - closing + buffer.count(_FIRST, 0, end)


_COUNTERS: Final[dict[str, Callable[[bytes], tuple[int, bytes]]]] = {
    "application/sparql-results+json": _json,
    "application/sparql-results+xml": _xml,
    "text/csv": _csv,
    "text/tab-separated-values": _lines,
    "application/n-triples": _lines,
    "application/n-quads": _lines,
}
