"""RDF terms as Python values, and the other way round."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.graph import Term
from kg.namespaces import PREFIXES

Native = str | int | float | bool | dt.date | dt.datetime | None
Bindable = Term | str | int | float | Decimal | bool | dt.date | dt.datetime

_XSD: Final = PREFIXES["xsd"]
_READERS: Final[dict[str, Callable[[str], Native]]] = {
    f"{_XSD}integer": int,
    f"{_XSD}gYear": int,
    f"{_XSD}decimal": float,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": lambda words: words in ("true", "1"),
    f"{_XSD}date": dt.date.fromisoformat,
    f"{_XSD}dateTime": dt.datetime.fromisoformat,
}


def native(term: Term | Triple | None) -> Native:
    """A number, a truth value or a date as Python has it; every other literal, and every IRI, as a string.

    What is not well-formed, or outside what Python's dates can hold, stays a string.
    """
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else None if term is None else str(term)
    try:
        return _READERS.get(term.datatype.value, str)(term.value)
    except ValueError:
        return term.value


def as_term(value: Bindable) -> Term:
    """The term for a Python value; a string becomes a plain literal, so an IRI has to be given as a NamedNode."""
    if isinstance(value, NamedNode | Literal | BlankNode):
        return value
    if isinstance(value, str | bool | int | float):
        return Literal(value)
    names = ((dt.datetime, "dateTime"), (dt.date, "date"), (Decimal, "decimal"))
    name = next(name for kind, name in names if isinstance(value, kind))
    words = value.isoformat() if isinstance(value, dt.date) else str(value)
    return Literal(words, datatype=NamedNode(_XSD + name))
