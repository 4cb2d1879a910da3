"""Bodies that the rules make, and their reorganisations, as quads of the default graph."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.namespaces import iri
from kg.reference.bodies import Body, bodies_of
from kg.reference.changes import Change, body_changes, change_quads
from kg.reference.naming import named
from kg.reference.relations import relation_quads, relations_of
from kg.reference.terms import term_quads, terms_of
from kg.reference.units import Unit
from kg.resources import tree

_DATE = iri("xsd:date")
_PERIOD = ("bm:validFrom", "bm:validFromLatest", "bm:validToEarliest", "bm:validTo")
_OF_OLD = re.compile(r"-truoc-\d{4}$")
"""What a leaf ends in where a later body of its unit has the plain one, as `hdnd-truoc-2009`."""
_STATED = {
    "part_of": ("org:subOrganizationOf", False),
    "led_by": ("bm:leads", True),
    "elected_by": ("bm:elects", True),
    "appointed_by": ("bm:appointedBy", False),
    "advises": ("bm:advises", False),
    "counterpart": ("bm:counterpartOf", False),
}
"""The property of each relation, and whether the other body is its subject."""


def relation_quad(body: NamedNode, name: str, other: NamedNode) -> Quad:
    """How a relation of the rules between two bodies is stated."""
    prop, turned = _STATED[name]
    return Quad(other, iri(prop), body) if turned else Quad(body, iri(prop), other)


def period_quads(body: Body) -> Iterator[Quad]:
    """From when to when the rules let a body be there, and for certain, as far as known."""
    for prop, day in zip(_PERIOD, astuple(body.days), strict=True):
        if day:
            yield Quad(iri(f"organ:{body.slug}"), iri(prop), Literal(day, datatype=_DATE))


def bodies_and_changes(units: Iterable[Unit]) -> Iterator[Quad]:
    """The bodies that the rules make ahead, with what became of them; for provinces their terms as well."""
    bodies = {unit: bodies_of(unit, ahead_only=True) for unit in units}
    slugs = {body.slug for made in bodies.values() for body in made}
    for unit, made in bodies.items():
        changes = body_changes(unit, made)
        for body in made:
            yield from _facts(body)
            for successor in sorted(_successors(body, slugs, changes)):
                yield Quad(iri(f"organ:{body.slug}"), iri("bm:replacedBy"), iri(f"organ:{successor}"))
        for change in changes:
            yield from change_quads(change)
        for relation in relations_of(unit, made):
            if relation.is_central or relation.from_organ in slugs:
                yield from relation_quads(relation)
        for term in terms_of(made) if unit.level == "province" else ():
            yield from term_quads(term)


def _facts(body: Body) -> Iterator[Quad]:
    node = iri(f"organ:{body.slug}")
    yield Quad(node, iri("rdf:type"), iri("bm:Organ"))
    yield Quad(node, iri("rdf:type"), iri("org:Organization"))
    yield from named(node, body.label, body.other_labels)
    yield Quad(node, iri("bm:kind"), iri(f"organkind:{body.rule.kind}"))
    yield Quad(node, iri("bm:ladder"), _ladders()[f"organkind:{body.rule.kind}"])
    yield Quad(node, iri("bm:jurisdiction"), iri(f"place:{body.unit.slug}"))
    yield from period_quads(body)
    for name, slug in body.relations:
        yield relation_quad(node, name, iri(f"organ:{slug}"))
    yield Quad(node, iri("bm:derivedByRule"), Literal(body.rule.basis))


def _successors(body: Body, slugs: set[str], changes: list[Change]) -> set[str]:
    found = {result for change in changes if body.slug in change.originals for result in change.results}
    if body.valid_to and body.valid_to == body.unit.valid_to:
        for leaf in (body.rule.leaf, _OF_OLD.sub("", body.rule.leaf)):
            after = {f"{leaf}-{place}" for place in body.unit.successors} & slugs
            if after:
                return found | after
    return found


@cache
def _ladders() -> dict[str, NamedNode]:
    """The ladder of each kind of body, by `organkind:` and its local name."""
    codes = parse(path=str(tree("ontology") / "codes" / "organkind.ttl"), format=RdfFormat.TURTLE)
    return {
        f"organkind:{quad.subject.value.rsplit('/', 1)[1]}": quad.object
        for quad in codes
        if quad.predicate == iri("bm:ladder")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }
