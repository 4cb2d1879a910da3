"""What is said of the nodes of a network: name, ladder, province, day."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Reader
from kg.model.holding import Certainty
from kg.namespaces import iri
from kg.network.grounds import day, objects
from kg.network.ties import holdings, in_chunks
from kg.network.values import Node, Slice

KINDS: Final = {
    iri("bm:Person"): "person",
    iri("bm:Meeting"): "meeting",
    iri("bm:Organ"): "organ",
    iri("bm:Directive"): "directive",
}
_PLACED: Final = (("bm:jurisdiction",), ("bm:place",), ("bm:issuer", "bm:jurisdiction"))
"""From a body, a meeting, a paper to its place."""


def describe(reader: Reader, iris: Iterable[str], part: Slice) -> dict[str, Node]:
    """Each node. A person's ladders and provinces are those of posts that may have been held in the days asked for."""
    places = _Provinces(reader)
    found: dict[str, Node] = {}
    for one in sorted(iris):
        node = NamedNode(one)
        kind = next((KINDS[class_] for class_ in objects(reader, node, "rdf:type") if class_ in KINDS), "other")
        days = sorted(filter(None, (day(_value(reader, node, prop)) for prop in ("bm:issuedOn", "bm:day"))))
        found[one] = Node(
            one,
            kind,
            label(reader, one),
            tuple(sorted(ladder.value for ladder in objects(reader, node, "bm:ladder"))),
            places.of(node),
            days[0] if days else None,
        )
    people = [one for one, node in found.items() if node.kind == "person"]
    for person, (ladders, provinces) in _standing(reader, people, part).items():
        found[person] = Node(person, "person", found[person].label, tuple(sorted(ladders)), tuple(sorted(provinces)))
    return found


def label(reader: Reader, one: str) -> str:
    """Its label, the Vietnamese one first; else the IRI."""
    labels = [q.object for q in reader.quads(NamedNode(one), iri("rdfs:label")) if isinstance(q.object, Literal)]
    return min(labels, key=lambda term: (term.language != "vi", term.value)).value if labels else one


def _standing(reader: Reader, people: list[str], part: Slice) -> dict[str, tuple[set[str], set[str]]]:
    rows = list(in_chunks(reader, "posts-of-people", "person", people))
    held = holdings(reader, {row["tenure"].value for row in rows})
    standing: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in rows:
        spans = held[row["tenure"].value].stretches(Certainty.POSSIBLE)
        if all(span.meet(part.days).is_empty for span in spans):
            continue
        ladders, provinces = standing[row["person"].value]
        if "ladder" in row:
            ladders.add(row["ladder"].value)
        if "province" in row:
            provinces.add(row["province"].value)
    return standing


def _value(reader: Reader, node: NamedNode, prop: str) -> object:
    values = sorted((q.object for q in reader.quads(node, iri(prop))), key=str)
    return values[0] if values else None


class _Provinces:
    """The province in which a place lies, looked up once a place."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[NamedNode, str | None] = {}

    def of(self, node: NamedNode) -> tuple[str, ...]:
        """The provinces of a body, a meeting or a paper."""
        found: set[str] = set()
        for path in _PLACED:
            reached = {node}
            for prop in path:
                reached = {place for one in reached for place in objects(self._reader, one, prop)}
            found |= {province for place in reached if (province := self._province(place))}
        return tuple(sorted(found))

    def _province(self, place: NamedNode) -> str | None:
        if place not in self._known:
            self._known[place] = None  # a circle of places ends here
            if any(True for _ in self._reader.quads(place, iri("bm:level"), iri("level:province"))):
                self._known[place] = place.value
            else:
                above = (self._province(wider) for wider in objects(self._reader, place, "bm:within"))
                self._known[place] = next(filter(None, above), None)
        return self._known[place]
