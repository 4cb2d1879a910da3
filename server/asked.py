"""What a request to the SPARQL endpoints asks (SPARQL 1.1 Protocol §2.1, §2.2)."""

import math
from dataclasses import dataclass
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from server.forms import FORM, unquoted

MOST_ROWS: Final = 100_000

Given = MultiDict[str, str] | CombinedMultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update as it came; graph lists are None where the request names no graph of the kind.

    `rows` is the most that are wanted, None for all.
    """

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    seconds: float | None
    rows: int | None = None


def taken(operation: str) -> tuple[str, str]:
    """The media types of a body that carries the operation."""
    return f"application/sparql-{operation}", FORM


def read(operation: str) -> Asked | None:
    """The operation ("query" or "update") of this request, from its address, its form or its body.

    None when a GET has none. Graphs may be named in the address or in the form. Raises BadRequest for an operation that
    is missing, doubled or not UTF-8, and for graph names, a time limit or a number of rows that are none;
    UnsupportedMediaType.
    """
    require_utf8(unquoted(request.query_string), "address")
    given: Given = request.args
    if request.method in ("GET", "HEAD"):
        if operation not in given:
            return None
        text = _one(given, operation)
    elif request.mimetype == FORM:
        require_charset()
        require_utf8(unquoted(request.get_data()), "form")
        given = CombinedMultiDict([request.form, request.args])
        text = _one(given, operation)
    elif request.mimetype == f"application/sparql-{operation}":
        require_charset()
        text = _body(operation)
    else:
        raise UnsupportedMediaType(", ".join(taken(operation)))
    prefix = "" if operation == "query" else "using-"
    return Asked(
        text,
        _graphs(given, f"{prefix or 'default-'}graph-uri"),
        _graphs(given, f"{prefix}named-graph-uri"),
        _seconds(given.get("timeout")),
        _rows(given.get("maxrows")),
    )


def require_charset() -> None:
    """Raises UnsupportedMediaType for a body in another encoding than UTF-8, the only one of SPARQL."""
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType


def require_utf8(data: bytes, part: str) -> str:
    """The text of a part of the request. Raises BadRequest."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The {part} is not UTF-8 (byte {error.start}).") from error


def _one(given: Given, name: str) -> str:
    values = given.getlist(name)
    if len(values) != 1:
        raise BadRequest(f"Give exactly one '{name}'; this request has {len(values)}.")
    if not values[0].strip():
        raise BadRequest(f"The '{name}' of this request is empty.")
    return values[0]


def _body(operation: str) -> str:
    text = require_utf8(request.get_data(), "body")
    if not text.strip():
        raise BadRequest("The body is empty.")
    if operation in request.args:
        raise BadRequest(f"Give exactly one '{operation}'; this request has one in its address and one in its body.")
    return text


def _graphs(given: Given, name: str) -> tuple[str, ...] | None:
    values = given.getlist(name)
    for value in values:
        try:
            NamedNode(value)
        except ValueError as error:
            raise BadRequest(f"'{value}' is no IRI; '{name}' names a graph by an absolute IRI.") from error
    return tuple(values) or None


def _seconds(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise BadRequest(f"'{value}' is no time limit; 'timeout' is a number of seconds, for example timeout=10.")
    return seconds


def _rows(value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(MOST_ROWS)) and int(value) <= MOST_ROWS):
        raise BadRequest(
            f"'{value[:40]}' is no number of rows; 'maxrows' is a whole number from 0 to {MOST_ROWS}, "
            "and without it all rows come."
        )
    return int(value)
