"""What a request to the SPARQL endpoints asks (SPARQL 1.1 Protocol §2.1, §2.2)."""

import math
from dataclasses import dataclass
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update as it came; graph lists are None where the request names no graph of the kind."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    seconds: float | None


def read(operation: str) -> Asked | None:
    """The operation ("query" or "update") of this request, from its address, its form or its body.

    None when a GET has none. Raises BadRequest for one that is missing, doubled or not UTF-8, and for graph names or
    a time limit that are none; UnsupportedMediaType.
    """
    given = request.args
    if request.method in ("GET", "HEAD"):
        if operation not in given:
            return None
        text = _one(given, operation)
    elif request.mimetype == FORM:
        given = request.form
        text = _one(given, operation)
    elif request.mimetype == f"application/sparql-{operation}":
        text = _body()
    else:
        raise UnsupportedMediaType
    prefix = "" if operation == "query" else "using-"
    return Asked(
        text,
        _graphs(given, f"{prefix or 'default-'}graph-uri"),
        _graphs(given, f"{prefix}named-graph-uri"),
        _seconds(given.get("timeout") or request.args.get("timeout")),
    )


def _one(given: MultiDict[str, str], name: str) -> str:
    values = given.getlist(name)
    if len(values) != 1:
        raise BadRequest(f"Give exactly one '{name}'; this request has {len(values)}.")
    if not values[0].strip():
        raise BadRequest(f"The '{name}' of this request is empty.")
    return values[0]


def _body() -> str:
    try:
        text = request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is not UTF-8 (byte {error.start}).") from error
    if not text.strip():
        raise BadRequest("The body is empty.")
    return text


def _graphs(given: MultiDict[str, str], name: str) -> tuple[str, ...] | None:
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
