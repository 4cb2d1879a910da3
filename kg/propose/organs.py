"""Bodies: linked to the graph by kind, place and day, or minted on first mention by the rules of kg.reference."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import OrganRead
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, text, vi
from kg.propose.evidence import supporting
from kg.propose.kinds import Kind, Kinds
from kg.propose.minting import organ_slug
from kg.propose.named import BY_MENTION, agree, depends_on_reports, is_named_by_reports, state_organ
from kg.propose.places import Gazetteer, PlaceFound, is_there
from kg.reference import (
    Body,
    OrganRelation,
    Unit,
    bodies_of,
    find_body,
    period_quads,
    relation_quad,
    relation_quads,
    relations_of,
    rule_of_kind,
    rule_of_name,
)

_BRINGS = ("part_of", "led_by")
"""A body that is minted brings along the bodies of these relations; of the others it knows those that are there."""


@dataclass
class Organs:
    """The bodies of one document by their canonical name.

    What a body is called, of what kind it is and from when to when it is there does not depend on which report names
    it first: the rules say it, and where they do not, every report adds to it alike.
    """

    draft: Draft
    gazetteer: Gazetteer
    _nodes: dict[str, NamedNode] = field(default_factory=dict)
    _read: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    _bodies: dict[str, dict[str, Body]] = field(default_factory=dict)
    _relations: dict[str, list[OrganRelation]] = field(default_factory=dict)
    places: dict[NamedNode, PlaceFound] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._kinds = Kinds(self.draft.reader)

    def mention(self, read: OrganRead) -> NamedNode:
        """The node of a body that the document names, with the sentences that name it."""
        node = self.node(read.name, read.kind, read.place)
        for span in read.spans:
            supporting(self.draft, span, "organ-named", "high", node)
        return node

    def find(self, name: str | None) -> NamedNode | None:
        """A body that was mentioned under this canonical name."""
        return self._nodes.get(fold.accented_key(name)) if name else None

    def ending(self, words: str) -> NamedNode | None:
        """The one mentioned body whose name begins with these words ("Tỉnh ủy" for "Tỉnh ủy Bắc Kạn")."""
        prefix = fold.accented_key(words) + " "
        fits = {node for name, node in self._nodes.items() if (name + " ").startswith(prefix)}
        return next(iter(fits)) if len(fits) == 1 else None

    def body(self, node: NamedNode) -> Body | None:
        """What the rules say of a body of a place that the document names; None where no rule makes it."""
        slug = node.value.removeprefix(PREFIXES["organ"])
        return next((bodies[slug] for bodies in self._bodies.values() if slug in bodies), None)

    def mint(self, body: Body) -> NamedNode:
        """The node of a body as the rules make it, stated with its relations where the graph has none."""
        node = iri(f"organ:{body.slug}")
        if self.draft.known(node):
            return node
        kind = self._kinds.find(body.rule.kind)
        state_organ(self.draft, node, body.label, kind, iri(f"place:{body.unit.slug}"), body.rule.basis)
        for quad in period_quads(body):
            self.draft.add_quad(quad)
        others = self._bodies_of(body.unit)
        for name, slug in body.relations:
            if name in _BRINGS and slug in others:
                self.mint(others[slug])
            if self.draft.known(iri(f"organ:{slug}")):
                self.draft.add_quad(relation_quad(node, name, iri(f"organ:{slug}")))
        for other in others.values():
            for name, slug in other.relations:
                if slug == body.slug and self.draft.known(iri(f"organ:{other.slug}")):
                    self.draft.add_quad(relation_quad(iri(f"organ:{other.slug}"), name, node))
        self._relate(body)
        return node

    def node(self, name: str, kind: str | None, place_name: str | None) -> NamedNode:
        """The node of a body; minted, with the bodies it belongs to, when the graph has none.

        The rules say which body of the place a name means on the day of the report: Ban Tuyên giáo of a province in
        2022, Ban Tuyên giáo và Dân vận after the merger. Where they have none on that day, it is the one of another
        day; what they never have is named by reports alone.
        """
        known = self.find(name)
        if known:
            return known
        self._read[fold.accented_key(name)] = (kind, place_name)
        place = self.gazetteer.find(place_name) if place_name else None
        code = self._kinds.find(kind or "Other") or self._kinds.find("Other")
        node = self.central(name) if not place_name else None
        slug = self._slug(name, code, place_name, place)
        body = self._by_rule(name, slug, place) if not node else None
        node = node or self.draft.kept(iri(f"organ:{body.slug if body else slug}"))
        self._nodes[fold.accented_key(name)] = node
        if place:
            self.places[node] = place
        if body:
            self.mint(body)
            self._call(node, name, (body.label, *body.other_labels))
        elif not self.draft.known(node) or is_named_by_reports(self.draft, node):
            self._mint(node, name, code, place)
        elif place:
            self._call(node, name, self._names(node))
        return node

    def at(self, name: str, when: PartialDate | None) -> NamedNode | None:
        """The body of this name at another time than the report's: who issued an older paper, where somebody served.

        Of two bodies of one name, as of a province before and after it was merged, it is the one that was there then;
        None where none is known that was.
        """
        organ = self.find(name) or self.central(name)
        if organ is None or when is None or self._is_there(organ, when):
            return organ
        kind, place_name = self._read.get(fold.accented_key(name), (None, None))
        place = self.gazetteer.at(when).find(place_name) if place_name else None
        if place is None or place.unit is None:
            return next((one for one in self._called(name) if self._is_there(one, when)), None)
        code = self._kinds.find(kind or "Other")
        day = when.first_day.isoformat() if when.is_full else None
        slug = self._slug(name, code, place_name, place)
        body = find_body(self._bodies_of(place.unit).values(), name=name, slug=slug, day=day)
        found = self.mint(body) if body else None
        if found is None or not self._is_there(found, when):
            return None
        self.places[found] = place
        return found

    def central(self, name: str) -> NamedNode | None:
        """A body of the centre, or one that was made ahead, that the graph has under this name or another one of it.

        One that is there at the time of the report comes before others. A body of a place that some report named is
        none: whether it is there depends on what was read before.
        """
        named = self._called(name)
        when = self.gazetteer.when
        return next((one for one in named if when and self._is_there(one, when)), next(iter(named), None))

    def _called(self, name: str) -> list[NamedNode]:
        found = [
            node
            for prop, value in (("bm:key", text(fold.key(name))), ("skos:altLabel", vi(name)))
            for node in self.draft.subjects(prop, value)
            if iri("bm:Organ") in self.draft.values(node, "rdf:type") and not depends_on_reports(self.draft, node)
        ]
        return sorted(found, key=str)

    def _is_there(self, organ: NamedNode, when: PartialDate) -> bool:
        """Whether nothing that is known of its days, or of its place's, says that it was not there then."""
        place = self.draft.value(organ, "bm:jurisdiction")
        return all(
            is_there(when, self.draft.value(node, "bm:validFrom"), self.draft.value(node, "bm:validTo"))
            for node in (organ, place)
            if isinstance(node, NamedNode)
        )

    def _by_rule(self, name: str, slug: str, place: PlaceFound | None) -> Body | None:
        unit = place.unit if place else None
        if not unit:
            return None
        bodies = self._bodies_of(unit).values()
        today = find_body(bodies, name=name, slug=slug, day=self.gazetteer.today)
        return today or find_body(bodies, name=name, slug=slug, day=None)

    def _bodies_of(self, unit: Unit) -> dict[str, Body]:
        if unit.slug not in self._bodies:
            self._bodies[unit.slug] = {body.slug: body for body in bodies_of(unit)}
        return self._bodies[unit.slug]

    def _mint(self, node: NamedNode, name: str, code: Kind | None, place: PlaceFound | None) -> None:
        """States a body that no rule makes, and that it is there no longer than the unit whose bodies it belongs to.

        Each report adds to it: of its names the first in order is its label, of its kinds the first that says
        something is its kind.
        """
        unit = place.unit if place else None
        rule = (rule_of_name(name, unit) or (rule_of_kind(code.local, unit) if code else None)) if unit else None
        kind = (self._kinds.find(rule.kind) if rule else None) or code
        if self.draft.known(node):
            agree(self.draft, node, name, kind)
        else:
            state_organ(self.draft, node, name, kind, place.node if place else None, BY_MENTION)
        if not rule or not unit:
            return
        for prop, day in (("bm:validFrom", unit.valid_from), ("bm:validTo", unit.valid_to)):
            self.draft.add(node, prop, Literal(day, datatype=iri("xsd:date")) if day else None)
        others = self._bodies_of(unit)
        for relation, leaf in rule.relations:
            whole = others.get(f"{leaf}-{unit.slug}")
            if relation in _BRINGS and whole and iri(f"organ:{whole.slug}") != node:
                self.draft.add_quad(relation_quad(node, relation, self.mint(whole)))

    def _call(self, node: NamedNode, name: str, known: Iterable[str]) -> None:
        """Adds a name by which a report calls a body, unless it is one of these in other letters."""
        if fold.accented_key(name) not in {fold.accented_key(other) for other in known}:
            self.draft.add(node, "skos:altLabel", vi(name))

    def _relate(self, body: Body) -> None:
        """States the dated relations between a body that was minted and those that are there."""
        unit = body.unit
        if unit.slug not in self._relations:
            self._relations[unit.slug] = relations_of(unit, self._bodies_of(unit).values())
        for relation in self._relations[unit.slug]:
            ends = (relation.from_organ, relation.to_organ)
            if body.slug in ends and all(self.draft.known(iri(f"organ:{end}")) for end in ends):
                for quad in relation_quads(relation):
                    self.draft.add_quad(quad)

    def _names(self, node: NamedNode) -> list[str]:
        return [v.value for prop in ("rdfs:label", "skos:altLabel") for v in self.draft.values(node, prop)]

    def _slug(self, name: str, code: Kind | None, place_name: str | None, place: PlaceFound | None) -> str:
        where = place.slug if place else fold.slug(place_name or "")
        return organ_slug(self._kinds, name, code, place_name or "", where)
