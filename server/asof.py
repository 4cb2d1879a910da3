"""`?on=DATE`: what of the triples around an entity holds on a day."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from flask import request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.exceptions import BadRequest

from kg.model.holding import Certainty, Holding
from kg.namespaces import iri
from server.neighbourhood import TYPE, Neighbourhood, Tongue

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FIRST: Final = ("bm:validFrom", "bm:periodStart", "bm:day", "bm:issuedOn")
_END: Final = ("bm:validTo", "bm:periodEnd")
_SUPPORTS: Final = iri("bm:supports")
_NO_TONGUE: Final = Tongue("", {})  # nothing is said here


def day_asked() -> dt.date | None:
    """The day of `?on=`. Raises BadRequest for what is no day of the calendar."""
    given = request.args.get("on")
    if given is None:
        return None
    try:
        if not _DAY.fullmatch(given):
            raise ValueError
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise BadRequest(
            f"'on' cannot be '{given[:40]}'; write a day as YYYY-MM-DD, for example on=2022-04-05."
        ) from error


def holding_on(
    told: Sequence[Triple], evidence: Sequence[Triple], entity: NamedNode, day: dt.date
) -> tuple[list[Triple], list[Triple]]:
    """Both without the nodes that surely did not hold on the day, and without what supports these alone.

    A holding stays where the day lies within its outer bounds, since what is unknown excludes nothing; anything else
    stays unless it begins after the day or has ended by then. What is said of the entity itself stays.
    """
    around = Neighbourhood(told, _NO_TONGUE)
    subjects = {triple.subject for triple in told if isinstance(triple.subject, NamedNode)} - {entity}
    gone = {node for node in subjects if not _holds(around, node, day)}
    supported: dict[object, set[object]] = {}
    for triple in evidence:
        if triple.predicate == _SUPPORTS:
            supported.setdefault(triple.subject, set()).add(triple.object)
    gone |= {node for node, facts in supported.items() if isinstance(node, NamedNode) and facts <= gone}
    return _without(told, gone), _without(evidence, gone)


def span_of(told: Sequence[Triple], entity: NamedNode, day: dt.date) -> str:
    """How the entity itself stands to the day: "before" it began, "after" it ended, else ""."""
    around = Neighbourhood(told, _NO_TONGUE)
    if any(first > day for first in _days(around, entity, "bm:validFrom", "bm:issuedOn", "bm:day")):
        return "before"
    return "after" if any(end <= day for end in _days(around, entity, "bm:validTo")) else ""


def _holds(around: Neighbourhood, node: NamedNode, day: dt.date) -> bool:
    types = around.facts(node).get(TYPE, ())
    if iri("bm:Tenure") in types:
        return _tenure(around, node).certainty_on(day) is not Certainty.NO
    if iri("bm:Participation") in types:
        held = [first for meeting in around.nodes(node, "bm:meeting") for first in _days(around, meeting, "bm:day")]
        return all(first <= day for first in held)
    if not types:
        return True  # a thing that is only named
    return all(first <= day for first in _days(around, node, *_FIRST)) and all(
        day < end for end in _days(around, node, *_END)
    )


def _tenure(around: Neighbourhood, node: NamedNode) -> Holding:
    def one(name: str) -> dt.date | None:
        return next(iter(_days(around, node, name)), None)

    return Holding(
        frozenset(_days(around, node, "bm:attestedOn")),
        one("bm:startEarliest"),
        one("bm:startLatest"),
        one("bm:endEarliest"),
        one("bm:endLatest"),
    )


def _days(around: Neighbourhood, node: NamedNode, *properties: str) -> list[dt.date]:
    words = [value.value for name in properties for value in around.values(node, name) if isinstance(value, Literal)]
    return [dt.date.fromisoformat(text) for text in words if _DAY.fullmatch(text)]


def _without(triples: Iterable[Triple], gone: set[NamedNode]) -> list[Triple]:
    return [triple for triple in triples if triple.subject not in gone and triple.object not in gone]
