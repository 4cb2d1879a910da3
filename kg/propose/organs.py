"""Bodies: linked to the graph by kind, place and day, or minted on first mention by rule."""

import re
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.extraction import OrganRead
from kg.namespaces import iri
from kg.propose.draft import Draft, text, vi
from kg.propose.evidence import supporting
from kg.propose.places import Gazetteer, PlaceFound

PARENT_KIND = {
    "StandingCommittee": "PartyCommittee",
    "StandingBoard": "PartyCommittee",
    "PropagandaBoard": "PartyCommittee",
    "PropagandaMassBoard": "PartyCommittee",
    "OrganisationBoard": "PartyCommittee",
    "MassMobilisationBoard": "PartyCommittee",
    "InternalAffairsBoard": "PartyCommittee",
    "InspectionCommittee": "PartyCommittee",
    "PartyOffice": "PartyCommittee",
    "PeoplesCouncilStanding": "PeoplesCouncil",
    "PeoplesCouncilBoard": "PeoplesCouncil",
    "Department": "PeoplesCommittee",
    "Division": "PeoplesCommittee",
}
"""A body of the first kind is part of the body of the second kind in the same place."""

LED_BY_PARTY = ("PeoplesCouncil", "PeoplesCommittee", "FatherlandFront")
"""The Party committee of a place leads these bodies of the same place (Party Charter, article 41)."""

_RULE = "organ-on-first-mention (kg/propose/organs.py)"
_KIND = """
SELECT ?kind ?slug ?ladder ?label WHERE {
  ?kind skos:inScheme ?scheme .
  OPTIONAL { ?kind bm:ladder ?ladder }
  OPTIONAL { ?kind bm:slug ?slug }
  OPTIONAL { { ?kind skos:prefLabel ?label } UNION { ?kind skos:altLabel ?label } FILTER(LANG(?label) = "vi") }
}"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A code of the organkind scheme: its slug when a place has one body of it, and how such a body is called."""

    code: NamedNode
    slug: str | None
    ladder: NamedNode | None
    names: frozenset[str]


@dataclass
class Organs:
    """The bodies of one document by their canonical name."""

    draft: Draft
    gazetteer: Gazetteer
    _kinds: dict[str, Kind | None] = field(default_factory=dict)
    _nodes: dict[str, NamedNode] = field(default_factory=dict)
    places: dict[NamedNode, PlaceFound] = field(default_factory=dict)

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

    def node(self, name: str, kind: str | None, place_name: str | None) -> NamedNode:
        """The node of a body; minted, with the bodies it belongs to, when the graph has none."""
        known = self.find(name)
        if known:
            return known
        place = self.gazetteer.find(place_name) if place_name else None
        code = self._kind(kind or "Other") or self._kind("Other")
        node = self.central(name) if not place_name else None
        node = node or iri(f"organ:{self._slug(name, code, place_name, place)}")
        self._nodes[fold.accented_key(name)] = node
        if place:
            self.places[node] = place
        if not self.draft.known(node):
            self._mint(node, name, code, place)
        elif place and fold.accented_key(name) not in {fold.accented_key(n) for n in self._names(node)}:
            self.draft.add(node, "skos:altLabel", vi(name))
        if code and place:
            self._relate(node, code.code.value.rsplit("/", 1)[1], place)
        return node

    def central(self, name: str) -> NamedNode | None:
        """A body of the centre that the graph has under this name or another one of it."""
        for prop, value in (("bm:key", text(fold.key(name))), ("skos:altLabel", vi(name))):
            for node in self.draft.subjects(prop, value):
                if iri("bm:Organ") in self.draft.values(node, "rdf:type"):
                    return node
        return None

    def _mint(self, node: NamedNode, name: str, code: Kind | None, place: PlaceFound | None) -> None:
        self.draft.node(node, ("bm:Organ", "org:Organization"), name, keyed=True)
        self.draft.add(node, "bm:kind", code.code if code else None)
        self.draft.add(node, "bm:ladder", code.ladder if code else None)
        self.draft.add(node, "bm:jurisdiction", place.node if place else None)
        self.draft.add(node, "bm:derivedByRule", text(_RULE))

    def _names(self, node: NamedNode) -> list[str]:
        return [v.value for prop in ("rdfs:label", "skos:altLabel") for v in self.draft.values(node, prop)]

    def _slug(self, name: str, code: Kind | None, place_name: str | None, place: PlaceFound | None) -> str:
        leaf = _without_place(name, place_name)
        where = place.slug if place else fold.slug(place_name or "")
        if code and code.slug and where and self._is_called(fold.slug(leaf), code):
            return f"{code.slug}-{where}"
        return f"{fold.slug(leaf)}-{where}".strip("-") if where else fold.slug(name)

    def _is_called(self, leaf: str, code: Kind) -> bool:
        """Whether a body is called as all of its kind are ("Ban Tuyên giáo", "Ban Tuyên giáo Tỉnh ủy")."""
        parent = self._kind(PARENT_KIND.get(code.code.value.rsplit("/", 1)[1], ""))
        tails = {f"-{name}" for name in parent.names} if parent else set()
        return any(leaf == name or leaf.removeprefix(name) in tails for name in code.names)

    def _relate(self, node: NamedNode, kind: str, place: PlaceFound) -> None:
        parent = PARENT_KIND.get(kind)
        if parent:
            above = self._by_rule(parent, place)
            if above and above != node:
                self.draft.add(node, "org:subOrganizationOf", above)
        if kind in LED_BY_PARTY:
            party = self._by_rule("PartyCommittee", place)
            if party:
                self.draft.add(party, "bm:leads", node)

    def _by_rule(self, kind: str, place: PlaceFound) -> NamedNode | None:
        code = self._kind(kind)
        if not code or not code.slug:
            return None
        node = iri(f"organ:{code.slug}-{place.slug}")
        self.places.setdefault(node, place)
        if not self.draft.known(node):
            self._mint(node, _full_name(kind, place.label), code, place)
        return node

    def _kind(self, local: str) -> Kind | None:
        if local not in self._kinds:
            code = iri(f"organkind:{local}")
            rows = self.draft.reader.select(_KIND, {"kind": code})
            slug = next((r["slug"].value for r in rows if "slug" in r), None)
            ladder = next((r["ladder"] for r in rows if "ladder" in r), None)
            names = {fold.slug(r["label"].value) for r in rows if isinstance(r.get("label"), Literal)}
            names |= {slug} if slug else set()
            self._kinds[local] = (
                Kind(code, slug, ladder if isinstance(ladder, NamedNode) else None, frozenset(names)) if rows else None
            )
        return self._kinds[local]


def _full_name(kind: str, place_label: str) -> str:
    unit, _, rest = _split_unit(place_label)
    if kind == "PartyCommittee":
        head = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}
        return f"{head[unit]} {rest}" if unit in head else f"Đảng ủy {unit} {rest}"
    words = {"PeoplesCouncil": "Hội đồng nhân dân", "PeoplesCommittee": "Ủy ban nhân dân"}
    return f"{words[kind]} {unit} {rest}"


def _split_unit(label: str) -> tuple[str, str, str]:
    match = re.match(r"(thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|xã|phường)\s+(.+)", label, re.IGNORECASE)
    return (match[1].lower(), " ", match[2]) if match else ("", "", label)


def _without_place(name: str, place_name: str | None) -> str:
    if not place_name:
        return name
    short = _split_unit(place_name)[2]
    for tail in (place_name, short):
        cut = re.compile(rf"\s+{re.escape(tail)}$", re.IGNORECASE)
        if cut.search(name):
            return cut.sub("", name)
    return name
