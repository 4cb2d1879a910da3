"""Parameters of a library query: what they are, and words from outside made into terms."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryRefused
from kg.namespaces import PREFIXES, iri

Value = NamedNode | Literal

TYPES: Final = ("iri", "date", "string", "integer", "gYear")
_XSD: Final = PREFIXES["xsd"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"-?\d{4,9}", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)  # what the engine can reckon with
_CURIE = re.compile(r"([A-Za-z][\w.\-]*):([^\s/<>\"{}|^`\\]+)")


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter. `class_` is the CURIE of the class that an IRI should be of; `example` shows a value that works.

    A parameter without a `default` must be given, unless it is `optional`: then its variable stays free.
    """

    name: str
    type: str
    example: str
    class_: str | None = None
    default: str | None = None
    optional: bool = False
    description: str | None = None

    @property
    def is_required(self) -> bool:
        """Whether a caller must give it."""
        return self.default is None and not self.optional

    def term(self, value: str) -> Value:
        """The term that the words stand for. Raises QueryRefused, naming the parameter and what to write."""
        value = value.strip()
        try:
            return _READERS[self.type](value)
        except ValueError as error:
            expected = f"{_WANTED[self.type]}, for example {self.example}"
            raise QueryRefused(f"The parameter '{self.name}' cannot be '{value}'; write {expected}.") from error


def _read_iri(value: str) -> NamedNode:
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    curie = _CURIE.fullmatch(value)
    if curie and curie[1] in PREFIXES:
        return iri(value)
    if not re.match(r"(https?://|urn:)", value):
        raise ValueError("neither a known prefix nor an absolute IRI")
    return NamedNode(value)


def _read_day(value: str) -> Literal:
    if not _DAY.fullmatch(value):
        raise ValueError("not a day")
    dt.date.fromisoformat(value)
    return _typed(value, "date")


def _read_year(value: str) -> Literal:
    if not _YEAR.fullmatch(value):
        raise ValueError("not a year")
    return _typed(value, "gYear")


def _read_integer(value: str) -> Literal:
    if not _INTEGER.fullmatch(value):
        raise ValueError("not an integer")
    return _typed(value, "integer")


def _read_string(value: str) -> Literal:
    if not value:
        raise ValueError("empty")
    return Literal(value)


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(_XSD + datatype))


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "iri": _read_iri,
    "date": _read_day,
    "gYear": _read_year,
    "integer": _read_integer,
    "string": _read_string,
}
_WANTED: Final = {
    "iri": "an IRI or a name with a known prefix",
    "date": "a day as YYYY-MM-DD",
    "gYear": "a year as YYYY",
    "integer": "a whole number",
    "string": "some words",
}
