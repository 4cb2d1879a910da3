"""What becomes of each request: an identifier, its limits, one line in the log, figures for the metrics."""

import math
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, g, request

from server import auth
from server.errors import RateExceeded
from server.metrics import Metrics
from server.operation import Operation

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_FREE: Final = frozenset(("/healthz", "/readyz", "/metrics"))  # whoever watches the service must not be kept out
NOTES: Final = "bomay.notes"
_IDENTIFIER: Final = "bomay.query"
HEADER: Final = "Bomay-Query"


def init(app: Flask, operation: Operation, metrics: Metrics) -> None:
    """Watches the requests of an application."""
    app.before_request(lambda: _admit(operation))
    app.wsgi_app = _Watch(app.wsgi_app, operation, metrics)  # type: ignore[method-assign]  # as Flask documents it


def identifier() -> str:
    """The name of this request in the log, and of its queries among those that run."""
    return str(request.environ.get(_IDENTIFIER, ""))


def note(**what: object) -> None:
    """Remembers something of this request for its line in the log."""
    request.environ.setdefault(NOTES, {}).update(what)


def _admit(operation: Operation) -> None:
    """Raises RateExceeded for one request too many."""
    token = auth.sent_token()
    role, who = (token.role, token.name) if token else ("reader", request.remote_addr or "")
    g.role, g.client = role, f"{role} {who}"
    note(role=role, kind="static" if request.endpoint == "static" else request.blueprint or "none")
    if request.path in _FREE or request.endpoint == "static":
        return
    seconds = operation.rates.wait(role, who)
    if seconds:
        raise RateExceeded(role, operation.rates.per_minute[role], math.ceil(seconds))


class _Watch:
    """The application, with its requests measured until the last byte of their answers is out."""

    def __init__(self, app: "WSGIApplication", operation: Operation, metrics: Metrics) -> None:
        self._app, self._operation, self._metrics = app, operation, metrics

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """See PEP 3333."""
        seen = Seen(environ, self._operation, self._metrics)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401  as WSGI has it
            seen.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, seen.identifier)], exc_info)

        return _Body(self._app(environ, start), seen)


class Seen:
    """One request until it ends: it has an identifier from now on."""

    def __init__(self, environ: "WSGIEnvironment", operation: Operation, metrics: Metrics) -> None:
        self.identifier = secrets.token_hex(8)
        self.status, self.size = 500, 0
        self.broken = ""
        self._environ, self._operation, self._metrics = environ, operation, metrics
        environ[_IDENTIFIER] = self.identifier
        self._began = time.monotonic()
        metrics.begun()

    def end(self) -> None:
        """Tells the log and the metrics."""
        notes: dict[str, Any] = self._environ.get(NOTES, {})
        seconds = time.monotonic() - self._began
        reason = self.broken or self._environ.get("bomay.refused")
        kind = notes.get("kind", "none")
        self._metrics.ended(kind, self.status, seconds, reason)
        rows = notes.get("rows")
        line = {
            "query": self.identifier,
            "method": self._environ.get("REQUEST_METHOD", ""),
            "path": self._environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace"),
            "kind": kind,
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "rows": rows.number if rows is not None else None,
            "bytes": self.size,
            "role": notes.get("role", "reader"),
        }
        self._operation.log({**line, "refused": reason} if reason else line)


class _Body(Iterator[bytes]):
    """A body that is counted on its way out."""

    def __init__(self, body: Iterable[bytes], seen: Seen) -> None:
        self._body, self._parts, self._seen = body, iter(body), seen
        self._open, self._whole = True, False

    def __next__(self) -> bytes:
        try:
            part = next(self._parts)
        except OSError as error:  # the limit that broke the answer off, or a client that went away
            self._seen.broken, self._whole = getattr(error.__cause__, "limit", "broken-off"), True
            raise
        except StopIteration:
            self._whole = True
            raise
        self._seen.size += len(part)
        return part

    def close(self) -> None:
        """Closes the body; the request has ended."""
        if not self._open:
            return
        self._open = False
        if not self._whole:
            self._seen.broken = "gone"  # nobody read it to its end
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._seen.end()
