"""How well the values that a candidate has fit the values that are wanted; no graph and no request in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from kg.model.graph import Term
from kg.search import closeness
from server.reconcile.asked import Wanted
from server.reconcile.terms import short

FITS: Final = 0.8  # the least that counts as agreement: a part of a date, all words of a longer name


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a candidate with all names it goes by (none for a literal)."""

    term: Term
    names: tuple[str, ...] = ()


def fit(wanted: Iterable[Wanted], values: Iterable[Value]) -> float:
    """The best fit of any wanted value with any value: 1 the same, FITS a part of it, 0 no sign of it."""
    held = list(values)
    return max((_between(one, value) for one in wanted for value in held), default=0.0)


def _between(wanted: Wanted, value: Value) -> float:
    if wanted.is_id:
        return float(short(value.term.value) == short(str(wanted.value)))
    if isinstance(value.term, Literal):
        return _with_literal(wanted.value, value.term.value)
    text = str(wanted.value)
    if short(value.term.value) == short(text):
        return 1.0
    near = closeness(text, value.names)
    if not near.marks:
        return 0.0
    return 1.0 if near.same else FITS if near.covered else 0.0


def _with_literal(wanted: str | int | float, held: str) -> float:
    if isinstance(wanted, bool):
        return float(str(wanted).lower() == held)
    number, other = _number(wanted), _number(held)
    if number is not None and other is not None:
        return float(number == other)
    text = str(wanted).strip()
    near = closeness(text, [held])
    if near.same and near.marks:
        return 1.0
    return FITS if len(text) >= 4 and held.startswith(f"{text}-") else 0.0


def _number(value: str | int | float) -> float | None:
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None
