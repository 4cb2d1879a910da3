"""Relations between bodies for days of their own, by the dated rules of `ontology/reference/body-relations.tsv`.

The artefact of reference facts and the relations of bodies that a report names first are both made here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pyoxigraph import Literal, Quad

from kg.namespaces import iri
from kg.reference.bodies import Body, Scope, scope_of_row
from kg.reference.tables import read_table
from kg.reference.units import COUNTRY, Unit
from kg.resources import tree

RELATIONS_FILE: Final = "ontology/reference/body-relations.tsv"
_CENTRAL = "organ:"
_ABOVE, _PROVINCE = "above:", "province:"


@dataclass(frozen=True, slots=True)
class OrganRelation:
    """A relation of one body to another. `kind` is a code of relationkind; bodies are slugs, days ISO dates or empty.

    `is_central` says of the body from which it goes that it is of the centre.
    """

    slug: str
    kind: str
    label: str
    from_organ: str
    to_organ: str
    valid_from: str
    valid_to: str
    basis: str
    is_central: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    scope: Scope
    from_organ: str
    to_leaves: tuple[str, ...]
    label: str
    valid_from: str
    valid_to: str


def relations_of(unit: Unit, bodies: Iterable[Body]) -> list[OrganRelation]:
    """The dated relations that the rules give bodies of a unit, each from a body of its own, of one above or central.

    A relation lasts no longer than the bodies of the unit in it. Whether a body above is there is not looked up.
    """
    by_leaf = {body.slug.removesuffix(f"-{unit.slug}"): body for body in bodies}
    return [relation for rule in _rules() if rule.scope.holds(unit) for relation in _made(rule, unit, by_leaf)]


def relation_quads(relation: OrganRelation) -> Iterator[Quad]:
    """A relation as quads; an appointment is stated as bm:appointedBy too, since no rule about the bodies says it."""
    node = iri(f"relation:{relation.slug}")
    ends = iri(f"organ:{relation.from_organ}"), iri(f"organ:{relation.to_organ}")
    yield Quad(node, iri("rdf:type"), iri("bm:OrganRelation"))
    yield Quad(node, iri("rdfs:label"), Literal(relation.label, language="vi"))
    yield Quad(node, iri("bm:relationKind"), iri(f"relationkind:{relation.kind}"))
    yield Quad(node, iri("bm:fromOrgan"), ends[0])
    yield Quad(node, iri("bm:toOrgan"), ends[1])
    for prop, day in (("bm:validFrom", relation.valid_from), ("bm:validTo", relation.valid_to)):
        if day:
            yield Quad(node, iri(prop), Literal(day, datatype=iri("xsd:date")))
    yield Quad(node, iri("bm:derivedByRule"), Literal(relation.basis))
    if relation.kind == "appointment":
        yield Quad(ends[1], iri("bm:appointedBy"), ends[0])


def _made(rule: _Rule, unit: Unit, by_leaf: dict[str, Body]) -> Iterator[OrganRelation]:
    start, starts = _start(rule.from_organ, unit, by_leaf)
    for leaf in rule.to_leaves if start else ():
        if leaf in by_leaf:
            ends = [*starts, by_leaf[leaf]]
            first = max(rule.valid_from, *(body.valid_from for body in ends))
            end = min((day for day in (rule.valid_to, *(body.valid_to for body in ends)) if day), default="")
            if not end or first < end:
                yield OrganRelation(
                    slug=f"{rule.name}-{by_leaf[leaf].slug}",
                    kind=rule.kind,
                    label=rule.label.format_map({**unit.words(), "body": by_leaf[leaf].label}),
                    from_organ=start,
                    to_organ=by_leaf[leaf].slug,
                    valid_from=first,
                    valid_to=end,
                    basis=f"{rule.name} ({RELATIONS_FILE})",
                    is_central=rule.from_organ.startswith(_CENTRAL),
                )


def _start(written: str, unit: Unit, by_leaf: dict[str, Body]) -> tuple[str, list[Body]]:
    """The slug of the body from which the relation goes, and that body where it is the unit's own."""
    if written.startswith(_CENTRAL):
        return written.removeprefix(_CENTRAL), []
    around = [place for place in unit.ancestors if place != COUNTRY]
    for prefix, place in ((_ABOVE, around[:1]), (_PROVINCE, around[-1:])):
        if written.startswith(prefix):
            return (f"{written.removeprefix(prefix)}-{place[0]}" if place else "", [])
    own = by_leaf.get(written)
    return (own.slug, [own]) if own else ("", [])


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            name=row["rule"],
            kind=row["relation"],
            scope=scope_of_row(row),
            from_organ=row["from"],
            to_leaves=tuple(row["to"].split()),
            label=row["name"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in read_table(tree("ontology") / "reference" / "body-relations.tsv")
    )
