"""What a request asks: batches of queries and of extensions, read strictly; whatever is wrong is one sentence."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from werkzeug.exceptions import BadRequest

from server.reconcile.terms import Property, Type, properties, types

MOST_QUERIES: Final = 50
MOST_CANDIDATES: Final = 50
MOST_IDS: Final = 200
_CANDIDATES: Final = 10
_MOST_VALUES: Final = 20
_LONGEST: Final = 500
_TYPINGS: Final = ("any", "should", "all")
_MEMBERS: Final = frozenset(("query", "type", "type_strict", "limit", "properties"))

Given = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value of a constraint: literal words or a number, or with `is_id` the identifier of an entity."""

    value: Given
    is_id: bool = False


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property and the values any of which a candidate should have."""

    property: Property
    values: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a batch. `text` is empty where properties alone are given."""

    text: str
    types: tuple[Type, ...] = ()
    typing: str = "any"
    limit: int = _CANDIDATES
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A property to fetch. `limit` 0 is all values; `as_text` gives names where else there would be identifiers."""

    property: Property
    limit: int = 0
    as_text: bool = False


def parameter(name: str) -> str | None:
    """A parameter of this request, from its form or its address."""
    return request.form.get(name, request.args.get(name))


def batch(text: str) -> dict[str, Query]:
    """The queries of a batch, by key. Raises BadRequest."""
    given = _object(_json("queries", text), "'queries'")
    if len(given) > MOST_QUERIES:
        raise BadRequest(f"A batch has at most {MOST_QUERIES} queries; this one has {len(given)}.")
    return {name: _query(name, value) for name, value in given.items()}


def extension(text: str) -> tuple[list[str], list[Fetched]]:
    """(identifiers, properties) of a data extension query. Raises BadRequest."""
    given = _object(_json("extend", text), "'extend'")
    ids, wanted = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadRequest("'ids' of 'extend' is a list of identifiers.")
    if not isinstance(wanted, list):
        raise BadRequest("'properties' of 'extend' is a list of objects, each with an 'id'.")
    if len(ids) > MOST_IDS or len(wanted) > len(properties()):
        raise BadRequest(f"At most {MOST_IDS} ids and {len(properties())} properties are taken at a time.")
    return list(dict.fromkeys(ids)), [_fetched(_object(one, "A property of 'extend'")) for one in wanted]


def type_of(identifier: object) -> Type:
    """The type of this identifier. Raises BadRequest."""
    known = types()
    if not isinstance(identifier, str) or identifier not in known:
        raise BadRequest(f"There is no type '{_cut(identifier)}'; /reconcile/suggest/type lists them.")
    return known[identifier]


def property_of(identifier: object) -> Property:
    """The property of this identifier. Raises BadRequest."""
    known = properties()
    if not isinstance(identifier, str) or identifier not in known:
        raise BadRequest(f"There is no property '{_cut(identifier)}'; /reconcile/suggest/property lists them.")
    return known[identifier]


def number(name: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds, as a number or in digits. Raises BadRequest."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    given = (
        float(str(value)) if digits or (isinstance(value, int | float) and not isinstance(value, bool)) else math.nan
    )
    if not (given.is_integer() and least <= given <= most):
        raise BadRequest(f"'{name}' cannot be '{_cut(value)}'; it is a whole number from {least} to {most}.")
    return int(given)


def _json(name: str, text: str) -> object:
    try:
        value = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()  # an escape may stand for half a character
        return value
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"'{name}' is not JSON: {error}.") from error


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON")


def _query(name: str, given: object) -> Query:
    where = f"The query '{_cut(name)}'"
    told = _object(given, where)
    if strange := sorted(told.keys() - _MEMBERS):
        raise BadRequest(f"{where} has '{_cut(strange[0])}', which is no part of a query.")
    text = told.get("query", "")
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise BadRequest(f"'query' of a query is a text of at most {_LONGEST} characters.")
    constraints = told.get("properties", [])
    if not isinstance(constraints, list) or len(constraints) > len(properties()):
        raise BadRequest(f"'properties' of a query is a list of at most {len(properties())} objects.")
    if "query" not in told and not constraints:
        raise BadRequest(f"{where} has neither 'query' nor 'properties'; give one of them.")
    typing = told.get("type_strict", "any")
    if typing not in _TYPINGS:
        raise BadRequest(f"'type_strict' cannot be '{_cut(typing)}'; it is one of {', '.join(_TYPINGS)}.")
    named = told.get("type") or []
    return Query(
        text.strip(),
        tuple(type_of(one) for one in (named if isinstance(named, list) else [named])[:_MOST_VALUES]),
        typing,
        number("limit", told.get("limit", _CANDIDATES), 1, MOST_CANDIDATES),
        tuple(_constraint(_object(one, "A property of a query")) for one in constraints),
    )


def _constraint(given: Mapping[str, Any]) -> Constraint:
    known = property_of(given.get("pid"))
    value = given.get("v")
    values = value if isinstance(value, list) else [value]
    if len(values) > _MOST_VALUES:
        raise BadRequest(f"A property has at most {_MOST_VALUES} values; '{known.id}' has {len(values)}.")
    return Constraint(known, tuple(_wanted(known, one) for one in values))


def _wanted(known: Property, value: object) -> Wanted:
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return Wanted(value["id"], is_id=True)
    if isinstance(value, str | int | float):
        return Wanted(value[:_LONGEST] if isinstance(value, str) else value)
    raise BadRequest(f"'v' of '{known.id}' is a text, a number, true or false, an object with 'id', or a list of them.")


def _fetched(given: Mapping[str, Any]) -> Fetched:
    settings = _object(given.get("settings") or {}, "'settings'")
    content = settings.get("content", "entity")
    if content not in ("entity", "text"):
        raise BadRequest(f"The setting 'content' cannot be '{_cut(content)}'; it is 'entity' or 'text'.")
    limit = number("limit", settings.get("limit") or 0, 0, 10**6)
    return Fetched(property_of(given.get("id")), limit, content == "text")


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRequest(f"{what} is to be a JSON object.")
    return value


def _cut(value: object) -> str:
    return str(value)[:60]
