"""The one table from exception to response: problem+json (RFC 9457) for programs, a page for browsers."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed

from kg.curate import CurationRefused
from kg.errors import (
    BomayError,
    FolderError,
    Forbidden,
    LimitExceeded,
    NotFound,
    QueryRefused,
    SyntaxFault,
    Unauthorised,
    UnreadableInput,
)
from kg.history import RevertRefused
from kg.review import ReviewRefused, Stale
from kg.store import Refused, StaleValidation
from server import repairing, urls
from server.contexts import ProblemPage
from server.negotiate import language, wants_page
from server.wording import say, words


class Missing(NotFound):
    """An entity that is not here; `near` are others that may be meant, as (IRI, label, kind)."""

    def __init__(self, sentence: str, near: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(sentence)
        self.near = near


class PackedBody(BomayError):
    """A body in a content coding such as gzip; none is undone here (RFC 9110 §15.5.16)."""


class RateExceeded(LimitExceeded):
    """One request too many of somebody with this role; after `seconds` there is room for another."""

    def __init__(self, role: str, per_minute: int, seconds: int) -> None:
        sentence = f"The role '{role}' has {per_minute} requests a minute here; try again in {seconds} s."
        super().__init__("rate", sentence)
        self.role, self.per_minute, self.seconds = role, per_minute, seconds


TABLE: Final[dict[type[BomayError], tuple[int, str]]] = {
    SyntaxFault: (400, "syntax"),
    QueryRefused: (400, "refused"),
    UnreadableInput: (400, "unreadable"),
    Unauthorised: (401, "unauthorised"),
    Forbidden: (403, "forbidden"),
    NotFound: (404, "not-found"),
    StaleValidation: (409, "conflict"),
    CurationRefused: (409, "conflict"),
    ReviewRefused: (409, "conflict"),
    RevertRefused: (409, "conflict"),
    PackedBody: (415, "media-type"),
    Refused: (422, "shapes"),
    RateExceeded: (429, "rate"),
    LimitExceeded: (504, "limit"),
    FolderError: (503, "folder"),
}
_UNEXPECTED: Final = "unexpected "  # how messages on queries begin (kg.model.sparql_text)
BY_STATUS: Final = {
    400: "bad-request",
    401: "unauthorised",
    403: "forbidden",
    404: "not-found",
    405: "method",
    406: "not-acceptable",
    409: "conflict",
    412: "precondition",
    413: "too-large",
    415: "media-type",
    500: "fault",
    503: "busy",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: the members of RFC 9457, ours in `more`, and headers that go with the status."""

    status: int
    slug: str
    title: str
    detail: str
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The problem details object."""
        stated = {"type": urls.problem(self.slug), "title": self.title, "status": self.status, "detail": self.detail}
        return {**stated, **self.more}


def init(app: Flask) -> None:
    """Registers the table on an application."""
    app.register_error_handler(BomayError, _own)
    app.register_error_handler(HTTPException, _http)


def respond(problem: Problem) -> Response:
    """The problem in the form that the client reads."""
    request.environ["bomay.refused"] = problem.more.get("limit", problem.slug)
    if wants_page():
        body = render_template("errors/problem.html", page=ProblemPage.of(problem.to_json(), problem.slug))
        return Response(body, problem.status, problem.headers, mimetype="text/html")
    body = json.dumps(problem.to_json(), ensure_ascii=False, indent=1)
    return Response(body, problem.status, problem.headers, mimetype="application/problem+json")


def problem_of(error: BomayError) -> Problem:
    """The problem that one of our own errors is."""
    status, slug = next((TABLE[kind] for kind in type(error).__mro__ if kind in TABLE), (500, "fault"))
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    match error:
        case SyntaxFault(line=int() as line, column=column):
            more = {"line": line, "column": column}
        case RateExceeded():
            more = {"limit": error.limit, "role": error.role, "per_minute": error.per_minute}
            headers = {"Retry-After": str(error.seconds)}
        case LimitExceeded(limit=limit):
            more = {"limit": limit}
            if limit in ("concurrency", "ended", "gone"):
                status = 503
            if limit == "concurrency":
                headers = {"Retry-After": "2"}
        case Stale():
            more = {"diff": error.diff()}
        case RevertRefused(dependents=found) if found:
            more = {"depends": [one.to_json() for one in found]}
        case Refused():
            more = {"report": repairing.report_of(error).to_json()}
        case Missing(near=near) if near:
            more = {"suggestions": [_suggestion(*hit) for hit in near]}
        case PackedBody():
            headers = {"Accept-Encoding": "identity"}
        case Unauthorised():
            headers = {"WWW-Authenticate": 'Bearer realm="bomay"'}
    detail = _syntax(error) if isinstance(error, SyntaxFault) else str(error)
    return Problem(status, slug, _title(slug), detail, more, headers)


def _syntax(fault: SyntaxFault) -> str:
    """The place and what was not expected there, in the language of the response; the parser's own words are quoted."""
    spoken = language()
    if spoken == "en":
        return str(fault)
    head = {"form": fault.language}
    where = say(spoken, "syntax.unread", **head)
    if fault.line is not None:
        where = say(spoken, "syntax.place", **head, line=fault.line, column=fault.column)
    said = fault.message.removeprefix(_UNEXPECTED)
    key = "syntax.unexpected" if said != fault.message else "syntax.said"
    return f"{where} {say(spoken, key, words=said.removesuffix('.'))}"


def bad_request(error: BadRequest) -> Problem:
    """The problem of a request that does not fit, in the words with which that was found."""
    return Problem(400, "bad-request", _title("bad-request"), error.description or str(error))


def problem_on_page(error: BomayError | BadRequest, unshown: Collection[int] = (500,)) -> Problem:
    """What went wrong with a form, for its page. A program, and a status in `unshown`, get the error as any other."""
    problem = bad_request(error) if isinstance(error, BadRequest) else problem_of(error)
    if problem.status in unshown or not wants_page():
        raise error
    return problem


def _suggestion(iri: str, label: str, kind: str) -> dict[str, str | None]:
    return {"iri": iri, "label": label, "kind": say(language(), f"kind.{kind}"), "url": urls.local(iri)}


def _own(error: BomayError) -> Response:
    problem = problem_of(error)
    if problem.status == 500:
        current_app.logger.error("unforeseen %s", type(error).__name__, exc_info=error)
    return respond(problem)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    status = error.code or 500
    slug = BY_STATUS.get(status, "fault")
    key = f"problem.{slug}.detail"
    known = words(language())
    spoken = known.get(key, error.description or "")
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if status == 406 and error.description and error.description != type(error).description:
        more["offered"] = error.description.split(", ")
    if status == 415 and error.description and error.description != type(error).description:
        more["taken"] = error.description.split(", ")
    if status in (400, 409) and error.description:
        spoken = error.description
    return respond(Problem(status, slug, _title(slug), spoken, more, headers))


def _title(slug: str) -> str:
    return say(language(), f"problem.{slug}")
