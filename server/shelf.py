"""Short answers of `/sparql` given again as they were sent, before the application is asked.

What the application does for each request costs more than a short answer that is kept (`server.remembering`). Only
GET without token or cookie is looked up here: by target, host, what is accepted and what the client has already, in
the current generation.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from server.rates import Rates
from server.remembering import Answers, Recent
from server.watching import NOTES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST: Final = 64 << 10  # bytes of a body
_PATH: Final = "/sparql"
_QUERY: Final = "query="  # without one it describes the service, by figures that come in time
_SHARE: Final = 16
_TOLD_APART_BY: Final = (
    *("QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_HOST", "HTTP_IF_NONE_MATCH"),
    *("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME"),
)
_FOR_THE_APPLICATION: Final = (
    *("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_IF_MATCH", "HTTP_CONTENT_ENCODING", "HTTP_ORIGIN", "HTTP_RANGE"),
)
_STATUSES: Final = ("200 ", "304 ")
ROLE: Final = "reader"  # of who sends no token
GIVEN: Final = "bomay.given"  # in an environ: the `Sent` that this response is, which may be given again
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A response of a generation as it went out; `number` of rows is None where its form does not tell."""

    generation: int
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    number: int | None

    @property
    def size(self) -> int:
        """About as many bytes as it takes to hold."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)

    def notes(self) -> dict[str, object]:
        """What `server.watching` hears of it."""
        return {"role": ROLE, "kind": "sparql", "rows": self}


class Shelf:
    """A WSGI application before another. Bodies fill at most a sixteenth of what `answers` may."""

    def __init__(self, app: "WSGIApplication", generation: Callable[[], int], rates: Rates, answers: Answers) -> None:
        self._app, self._current, self._rates, self._answers = app, generation, rates, answers
        self._kept: Recent[Key, Sent] = Recent(answers.most // _SHARE)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """See PEP 3333."""
        if not self._answers.most or environ.get("PATH_INFO") != _PATH or environ.get("REQUEST_METHOD") != "GET":
            return self._app(environ, start_response)
        if _QUERY not in environ.get("QUERY_STRING", "") or any(name in environ for name in _FOR_THE_APPLICATION):
            return self._app(environ, start_response)
        key = tuple(environ.get(name) for name in _TOLD_APART_BY)
        generation = self._current()
        sent = self._kept.find(generation, key)
        if sent is not None and not self._rates.wait(ROLE, environ.get("REMOTE_ADDR", "")):
            self._answers.given()
            environ[NOTES], environ[GIVEN] = sent.notes(), sent
            start_response(sent.status, list(sent.headers))
            return [sent.body]
        return self._asked(environ, start_response, generation, key)

    def _asked(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", generation: int, key: Key
    ) -> Iterable[bytes]:
        found: list[tuple[str, tuple[tuple[str, str], ...]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:  # noqa: ANN401  as WSGI has it
            if status.startswith(_STATUSES) and _is_kept(headers):
                found.append((status, tuple(headers)))
            return start_response(status, headers, exc_info)

        body = self._app(environ, start)
        if not found:
            return body

        def keep(whole: bytes) -> None:
            rows = environ.get(NOTES, {}).get("rows")
            sent = Sent(generation, *found[0], whole, None if rows is None else rows.number)
            self._kept.put(generation, key, sent, sent.size)
            environ[GIVEN] = sent

        return _Copied(body, keep)


def _is_kept(headers: list[tuple[str, str]]) -> bool:
    """Whether it is the same each time (then it has an ETag), not for a person, and sets no cookie."""
    told = {name.lower(): value for name, value in headers}
    return "etag" in told and "set-cookie" not in told and not told.get("content-type", "").startswith("text/html")


class _Copied(Iterator[bytes]):
    """A body that is copied on its way and handed over when it was read to its end."""

    def __init__(self, body: Iterable[bytes], keep: Callable[[bytes], None]) -> None:
        self._body, self._parts, self._keep = body, iter(body), keep
        self._copy: list[bytes] | None = []
        self._size = 0

    def __next__(self) -> bytes:
        try:
            part = next(self._parts)
        except StopIteration:
            if self._copy is not None:
                self._keep(b"".join(self._copy))
                self._copy = None
            raise
        if self._copy is not None:
            self._size += len(part)
            self._copy.append(part)
            if self._size > LONGEST:
                self._copy = None
        return part

    def close(self) -> None:
        """Closes the body."""
        self._copy = None
        close = getattr(self._body, "close", None)
        if close is not None:
            close()
