"""Answers of the query workers as responses: streamed, and broken off rather than ended short."""

from collections.abc import Iterator

from flask import Response, current_app

from kg.errors import BomayError
from kg.query import Answer
from server import watching
from server.rows import Rows


class BrokenOff(ConnectionAbortedError):
    """A body that cannot be finished. An OSError, so that the server drops the connection and does not end the body."""


class Stream(Iterator[bytes]):
    """The parts of an answer on their way out; a fault after the first of them breaks the connection off."""

    def __init__(self, answer: Answer) -> None:
        self._chunks = answer.chunks
        self._log = current_app.logger
        self._rows = Rows(answer.media_type)
        watching.note(rows=self._rows)

    def __next__(self) -> bytes:
        try:
            part = next(self._chunks)
        except BomayError as error:
            self._log.warning("an answer was broken off: %s", error)
            raise BrokenOff(str(error)) from error
        self._rows.see(part)
        return part

    def close(self) -> None:
        """Lets go of the worker."""
        self._chunks.close()


def streamed(answer: Answer) -> Response:
    """The response whose body is the answer, in the media type that the worker wrote.

    It tells its length where that is known: without, the server closes the connection behind it.
    """
    response = Response(Stream(answer), mimetype=answer.media_type.partition(";")[0])  # text/* gets its charset back
    if (size := answer.chunks.size) is not None:
        response.content_length = size
    return response
