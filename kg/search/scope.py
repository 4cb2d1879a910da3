"""Where and when: the places that a thing belongs to, and the days on which it holds."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.model.dates import PartialDate
from kg.model.holding import Stretch
from kg.namespaces import iri
from kg.search.facts import Facts

WITHIN: Final = iri("bm:within")
REPLACED_BY: Final = iri("bm:replacedBy")
JURISDICTION: Final = iri("bm:jurisdiction")
POST_IN: Final = iri("org:postIn")
PLACE: Final = iri("bm:place")
ISSUER: Final = iri("bm:issuer")
TERM_OF: Final = iri("bm:termOf")
MEMBER: Final = iri("org:member")
POST: Final = iri("bm:post")
VALID_FROM: Final = iri("bm:validFrom")
VALID_TO: Final = iri("bm:validTo")
ORGANIZATION: Final = iri("org:organization")
_DAY: Final = dt.timedelta(days=1)
_ALWAYS: Final = Stretch(None, None)
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
# What leads from a thing that is neither place nor body nor person to the place or body where it belongs:
_BELONGS: Final = {"post": POST_IN, "meeting": PLACE, "directive": ISSUER, "term": TERM_OF}


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which a person may have held a post, and the places to which that post belongs."""

    days: Stretch
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """The places (IRIs) of a thing, all units above them and their successors among them, and its days.

    A person has `spells` instead of days of his or her own.
    """

    places: frozenset[str] = frozenset()
    days: tuple[Stretch, ...] = ()
    spells: frozenset[Spell] = frozenset()


def scope_of(facts: Facts, node: NamedNode, kind: str) -> Scope:
    """The scope of a thing. A side of a period that no source gives is unknown and excludes nothing."""
    match kind:
        case "place" | "organ":
            return Scope(_places_of(facts, node, kind), (_validity(facts, node),))
        case "person":
            spells = frozenset(_spell(facts, tenure) for tenure in facts.pointing(node, MEMBER))
            return Scope(frozenset().union(*(spell.places for spell in spells)), spells=spells)
    above = facts.nodes(node, _BELONGS[kind])
    places = frozenset().union(*(_places_of(facts, each, facts.kind(each)) for each in above))
    return Scope(places, tuple(_days_of(facts, node, kind, above)))


def _days_of(facts: Facts, node: NamedNode, kind: str, above: list[NamedNode]) -> list[Stretch]:
    match kind:
        case "post":
            return [_validity(facts, organ) for organ in above] or [_ALWAYS]
        case "meeting":
            return [Stretch(day, day + _DAY) for day in facts.days(node, iri("bm:day"))]
        case "directive":
            return [Stretch(day, None) for day in facts.days(node, iri("bm:issuedOn"))[:1]]
        case _:
            return [_term(facts, node)]


def _places_of(facts: Facts, node: NamedNode, kind: str | None) -> frozenset[str]:
    """The place itself or those of the body, with the units above and with what came after each of them."""
    start = [node] if kind == "place" else facts.nodes(node, JURISDICTION) if kind == "organ" else []
    found: set[NamedNode] = set()
    while start:
        place = start.pop()
        if place not in found:
            found.add(place)
            start += facts.nodes(place, WITHIN, REPLACED_BY)
    return frozenset(place.value for place in found)


def _validity(facts: Facts, node: NamedNode) -> Stretch:
    return _between(facts.days(node, VALID_FROM), facts.days(node, VALID_TO))


def _spell(facts: Facts, tenure: NamedNode) -> Spell:
    posts = facts.nodes(tenure, POST)
    organs = [organ for post in posts for organ in facts.nodes(post, POST_IN)] or facts.nodes(tenure, ORGANIZATION)
    days = _between(facts.days(tenure, iri("bm:startEarliest")), facts.days(tenure, iri("bm:endLatest")))
    return Spell(days, frozenset().union(*(_places_of(facts, organ, facts.kind(organ)) for organ in organs)))


def _term(facts: Facts, node: NamedNode) -> Stretch:
    """The real days of a term where they are known, else its nominal years."""
    first, last = facts.days(node, iri("bm:firstDay")), facts.days(node, iri("bm:lastDay"))
    first = first or [year.first_day for year in _years(facts, node, iri("bm:nominalStart"))]
    last = last or [year.last_day for year in _years(facts, node, iri("bm:nominalEnd"))]
    return _between(first, [day + _DAY for day in last])


def _years(facts: Facts, node: NamedNode, prop: NamedNode) -> list[PartialDate]:
    return [PartialDate(int(word)) for word in facts.words(node, prop) if _YEAR.fullmatch(word)]


def _between(first: list[dt.date], end: list[dt.date]) -> Stretch:
    return Stretch(first[0] if first else None, end[-1] if end else None)
