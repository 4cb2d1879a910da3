"""Short answers given again by the server's own loop: the same bytes of a request get the same response.

A thread, an environ and the layers of the application cost more than a response that is kept. What `server.shelf` gave
or took is kept here once more, under the bytes of its request and the address that sent them, as the bytes that went
out. Identifier and date are new each time; log, figures and limits are those of every request.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from flask import Flask
from waitress.utilities import build_http_date

from server.metrics import Metrics
from server.operation import Operation
from server.remembering import Answers, Recent
from server.shelf import GIVEN, ROLE, Sent
from server.watching import NOTES, Seen

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_KEY: Final = "bomay-counter"
_SHARE: Final = 16
_HEAD = re.compile(rb"(.+?\r\nBomay-Query: )[0-9a-f]+(\r\n.+?\r\nDate: )[^\r]+(\r\n.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Response:
    """A response between its identifier and its date; `who` is the client whose share of requests it counts against."""

    sent: Sent
    who: str
    begin: bytes
    middle: bytes
    end: bytes


class Counter:
    """Responses by address and request. They fill at most a sixteenth of what `answers` may."""

    def __init__(self, generation: Callable[[], int], operation: Operation, metrics: Metrics, answers: Answers) -> None:
        self._current, self._operation, self._metrics, self._answers = generation, operation, metrics, answers
        self._kept: Recent[tuple[str, bytes], _Response] = Recent(answers.most // _SHARE)

    def again(self, address: str, asked: bytes) -> bytes | None:
        """The whole response to these bytes of a client, if it is kept and within his limit; it counts as given."""
        key = address, asked
        if key not in self._kept:
            return None
        found = self._kept.find(self._current(), key)
        if found is None or self._operation.rates.wait(ROLE, found.who):
            return None
        sent = found.sent
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/sparql", NOTES: sent.notes()}
        seen = Seen(environ, self._operation, self._metrics)
        seen.status, seen.size = int(sent.status[:3]), len(sent.body)
        self._answers.given()
        date = build_http_date(time.time()).encode()
        identifier = seen.identifier.encode()
        seen.end()
        return b"".join((found.begin, identifier, found.middle, date, found.end, sent.body))

    def keep(self, address: str, asked: bytes, head: bytes, environ: "WSGIEnvironment") -> None:
        """Keeps a response that `server.shelf` let out, with the head that it had on the wire."""
        sent: Sent | None = environ.get(GIVEN)
        parts = _HEAD.fullmatch(head)
        if sent is None or parts is None:
            return
        response = _Response(sent, environ.get("REMOTE_ADDR", ""), *parts.groups())
        self._kept.put(sent.generation, (address, asked), response, len(asked) + len(head) + sent.size)


def init(app: Flask, generation: Callable[[], int], operation: Operation, metrics: Metrics, answers: Answers) -> None:
    """Opens the counter of an application."""
    app.extensions[_KEY] = Counter(generation, operation, metrics, answers)


def counter_of(app: Flask) -> Counter:
    """The counter of an application."""
    return cast(Counter, app.extensions[_KEY])
