"""From the triples around an entity to its page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from kg.model.graph import Row, Term
from kg.namespaces import BASE, curie, iri
from server import sayings, urls
from server.attendance import meetings_of, sites
from server.contexts import Link
from server.entity import DocPage, Fact, Group
from server.holdings import holdings, period_of
from server.negotiate import GRAPHS, Offer
from server.neighbourhood import LABEL, PREFERRED, TYPE, Neighbourhood
from server.sentences import spoken_day, spoken_period
from server.wording import say

_HIDDEN: Final = {
    TYPE,
    LABEL,
    PREFERRED,
    *map(
        iri,
        (
            "bm:key",
            "bm:otherKey",
            "foaf:name",
            "skos:altLabel",
            "skos:topConceptOf",
            "rdfs:isDefinedBy",
            "bm:textDigest",
        ),
    ),
}
_TENURE_DAYS: Final = {
    *map(iri, ("bm:attestedOn", "bm:startEarliest", "bm:startLatest", "bm:endEarliest", "bm:endLatest")),
}
# What people look for first; the rest follows by name.
_FIRST: Final = (
    *(
        "bm:documentType",
        "bm:symbol",
        "dcterms:title",
        "bm:issuer",
        "bm:issuedOn",
        "bm:day",
        "bm:form",
        "bm:convenedBy",
    ),
    *("bm:place", "bm:placeWording", "org:member", "bm:post", "org:organization", "bm:title", "bm:rank", "org:postIn"),
    *("bm:kind", "bm:ladder", "bm:jurisdiction", "org:subOrganizationOf", "bm:level", "bm:unitType", "bm:within"),
    *("bm:wording", "bm:about", "bm:property", "bm:value", "bm:claim", "dcterms:publisher", "bm:publishedEarliest"),
    *("skos:definition", "skos:notation", "skos:broader", "skos:inScheme"),
)
_MOVES: Final = (
    *("bm:implements", "bm:continues", "bm:basedOn", "bm:guides", "bm:details", "bm:followsUp", "bm:disseminates"),
    *("bm:reviews", "bm:carriesOut"),
)
_LISTED: Final = 200


def describe(
    entity: NamedNode, kind: str, around: Neighbourhood, incoming: Sequence[Row], address: Mapping[str, str]
) -> DocPage:
    """The page of `entity`. `incoming` are rows of s, p, label; `address` the data addresses by media type."""
    language = around.tongue.language
    moved, others = _incoming(incoming, around)
    related = [
        Group(
            say(language, title), tuple(told(around, node, entity) for node in around.of_kind(class_) if node != entity)
        )
        for class_, title, told in (
            ("bm:PersonnelEvent", "doc.events", _event),
            ("bm:Task", "doc.tasks", _task),
            ("bm:OrganRelation", "doc.relations", _relation),
        )
    ]
    if kind == "directive":
        related.insert(0, Group(say(language, "doc.set_in_motion"), moved))
    else:
        others = (*moved, *others)
    said, more = sayings.shown(sayings.evidence(around))
    return DocPage(
        iri=entity.value,
        label=around.label(entity),
        kind=_kind(around, entity, kind),
        other_names=_other_names(around, entity),
        facts=_facts(around, entity, kind),
        holdings=holdings(around) if kind in ("person", "organ", "post", "term") else (),
        holdings_by="person" if kind == "person" else "organ",
        meetings=meetings_of(around, entity) if kind != "meeting" else (),
        sites=sites(around, entity) if kind == "meeting" else (),
        related=tuple(group for group in related if group.facts and kind not in ("source", "evidence")),
        disputes=sayings.disputes(around, entity),
        evidence=said if kind != "evidence" else (),
        evidence_more=more,
        incoming=others,
        incoming_more=len(incoming) > _LISTED,
        data=tuple(Link(offer.title, address[offer.media_type], offer.media_type) for offer in GRAPHS),
    )


def addresses(kind: str, slug: str, *, code: bool) -> dict[str, str]:
    """Where the data of an entity lie, by media type."""
    make = urls.code if code else urls.doc
    offers: tuple[Offer, ...] = GRAPHS
    return {offer.media_type: make(kind, slug, offer.extension) for offer in offers}


def _kind(around: Neighbourhood, entity: NamedNode, kind: str) -> Link:
    finest = (
        around.node(entity, "bm:kind") or around.node(entity, "bm:documentType") or around.node(entity, "bm:unitType")
    )
    if finest is not None:
        return around.link(finest)
    scheme = around.node(entity, "skos:inScheme")
    if scheme is not None:
        return around.link(scheme)
    own = next((t for t in around.nodes(entity, "rdf:type") if t.value.startswith(BASE)), None)
    return around.link(own) if own else Link(say(around.tongue.language, f"kind.{kind}"))


def _other_names(around: Neighbourhood, entity: NamedNode) -> tuple[str, ...]:
    label = around.label(entity)
    names = [
        *around.texts(entity, "foaf:name"),
        *around.texts(entity, "skos:altLabel"),
        *around.texts(entity, "rdfs:label"),
    ]
    return tuple(dict.fromkeys(name for name in names if name != label))


def _facts(around: Neighbourhood, entity: NamedNode, kind: str) -> tuple[Fact, ...]:
    told = around.facts(entity)
    hidden = _HIDDEN | (_TENURE_DAYS if kind == "tenure" else set())
    order = {iri(name): at for at, name in enumerate(_FIRST)}
    properties = sorted(told.keys() - hidden, key=lambda p: (order.get(p, len(order)), around.tongue.property(p)))
    facts = [_fact(around, p, around.values(entity, curie(p))) for p in properties]
    if kind == "tenure":
        sentences = spoken_period(period_of(around, entity), around.tongue.language)
        facts.insert(3, Fact(say(around.tongue.language, "doc.time"), None, tuple(map(Link, sentences))))
    return tuple(facts)


def _fact(around: Neighbourhood, property_: NamedNode, values: Sequence[Term]) -> Fact:
    own = property_.value.startswith(BASE)
    in_language = [v for v in values if getattr(v, "language", None) in (None, around.tongue.language)] or values
    named = tuple(_value(around, property_, value) for value in in_language)
    return Fact(around.tongue.property(property_), urls.link(property_.value) if own else None, named)


def _value(around: Neighbourhood, property_: NamedNode, value: Term) -> Link:
    if property_ == iri("bm:property") and isinstance(value, NamedNode):
        return Link(around.tongue.property(value), urls.link(value.value))
    return around.link(value)


def _event(around: Neighbourhood, node: NamedNode, seen_from: NamedNode) -> Fact:
    """A personnel event in one line: what happened, to which holding, when, and who else had a part."""
    kind = next(iter(around.links(node, "bm:eventKind")), around.link(node))
    days = ", ".join(spoken_day(day, around.tongue.language) for day in around.texts(node, "bm:day"))
    bounded = tuple(around.link(tenure, days) for tenure in around.nodes(node, "bm:bounds"))
    return Fact(
        kind.text, urls.link(node.value), (*bounded, *_named(around, node, seen_from, "bm:decidedBy", "bm:byDirective"))
    )


def _task(around: Neighbourhood, node: NamedNode, seen_from: NamedNode) -> Fact:
    """A task in its full wording, with its period and who it is for."""
    days = [
        spoken_day(day, around.tongue.language)
        for day in _period(around, node, "bm:periodStart", "bm:periodEnd")
        if day
    ]
    words = Link(around.text(node, "bm:wording") or around.label(node), urls.link(node.value))
    return Fact(" – ".join(days), None, (words, *_named(around, node, seen_from, "bm:setBy", "bm:assignee")))


def _period(around: Neighbourhood, node: NamedNode, start: str, end: str) -> tuple[str | None, str | None]:
    """First and last day; the graph keeps the day after the last one."""
    after = around.text(node, end)
    last = (dt.date.fromisoformat(after) - dt.timedelta(days=1)).isoformat() if after else None
    return around.text(node, start), last


def _relation(around: Neighbourhood, node: NamedNode, seen_from: NamedNode) -> Fact:
    """A relation between bodies: which, in which days, between whom, under what."""
    kind = next(iter(around.links(node, "bm:relationKind")), around.link(node))
    period = _period(around, node, "bm:validFrom", "bm:validTo")
    days = " – ".join(spoken_day(day, around.tongue.language) if day else "…" for day in period) if any(period) else ""
    named = _named(around, node, seen_from, "bm:fromOrgan", "bm:toOrgan", "bm:underDirective")
    return Fact(f"{kind.text}, {days}" if days else kind.text, urls.link(node.value), named)


def _named(around: Neighbourhood, node: NamedNode, seen_from: NamedNode, *properties: str) -> tuple[Link, ...]:
    return tuple(
        around.link(value, around.tongue.property(iri(property_)))
        for property_ in properties
        for value in around.nodes(node, property_)
        if value != seen_from
    )


def _incoming(rows: Sequence[Row], around: Neighbourhood) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """(what an entity set in motion, what else links to it), by property."""
    by_property: dict[NamedNode, dict[str, Link]] = {}
    for row in rows[:_LISTED]:
        subject, property_, label = row["s"], row["p"], row["label"]
        if isinstance(subject, NamedNode) and isinstance(property_, NamedNode):
            links = by_property.setdefault(property_, {})
            if subject.value not in links or getattr(label, "language", None) == around.tongue.language:
                links[subject.value] = Link(label.value, urls.link(subject.value))
    facts = {
        p: Fact(
            say(around.tongue.language, "property.in", property=around.tongue.property(p)), None, tuple(links.values())
        )
        for p, links in by_property.items()
    }
    moves = {iri(name) for name in _MOVES}
    return (
        tuple(fact for p, fact in facts.items() if p in moves),
        tuple(fact for p, fact in facts.items() if p not in moves),
    )
