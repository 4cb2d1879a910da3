"""Which unit of the reference graph a name means, on a day."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.graph import Reader, Row
from kg.namespaces import PREFIXES, iri
from kg.reference import Unit, is_merged

_BY_KEY = """
SELECT ?key ?place ?label ?type ?from ?to ?parent ?grandparent WHERE {
  ?place a bm:Place ; bm:key ?key ; rdfs:label ?label .
  OPTIONAL { ?place bm:unitType ?type }
  OPTIONAL { ?place bm:validFrom ?from }
  OPTIONAL { ?place bm:validTo ?to }
  OPTIONAL { ?place bm:within ?parent . OPTIONAL { ?parent bm:within ?grandparent } }
}"""

_PROVINCE_WORDS = ("tỉnh", "thành phố")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place with those it lies in, nearest first; `unit` is it for the rules about bodies, if its type is known."""

    node: NamedNode
    label: str
    ancestors: tuple[NamedNode, ...]
    unit: Unit | None = None

    @property
    def slug(self) -> str:
        """The local part of its IRI."""
        return self.node.value.removeprefix(PREFIXES["place"])

    def lies_in(self, other: NamedNode) -> bool:
        """Whether it is the other unit or lies within it."""
        return other == self.node or other in self.ancestors


class Gazetteer:
    """Looks places up in a graph; remembers what it was asked, for the length of one document.

    `when` is what is known of the day on which names are to be understood; units that were there in no part of it are
    left out.
    """

    def __init__(self, reader: Reader, when: PartialDate | None, context: str | None) -> None:
        self._reader = reader
        self._written = context
        self.when = when
        self._cache: dict[str, PlaceFound | None] = {}
        self._others: dict[PartialDate, Gazetteer] = {}
        self.context: PlaceFound | None = None
        if context:
            name = context.partition("(")[0].strip(" ,.;")
            self.context = self.find(name) or next(
                (found for word in _PROVINCE_WORDS if (found := self.find(f"{word} {name}"))), None
            )

    @property
    def today(self) -> str | None:
        """The day on which names are to be understood, as an ISO date; None where it is not known to the day."""
        return self.when.first_day.isoformat() if self.when and self.when.is_full else None

    def at(self, when: PartialDate) -> "Gazetteer":
        """The same place's gazetteer of another time."""
        if when not in self._others:
            self._others[when] = Gazetteer(self._reader, when, self._written)
        return self._others[when]

    def find(self, name: str) -> PlaceFound | None:
        """The unit of this full name ("tỉnh Bắc Kạn") on the day; None when unknown or when several fit alike."""
        if name not in self._cache:
            self._cache[name] = self._look_up(name)
        return self._cache[name]

    def _look_up(self, name: str) -> PlaceFound | None:
        key = fold.key(name)
        if not key:
            return None
        rows = self._reader.select(_BY_KEY, {"key": Literal(key)})
        fits = [row for row in rows if self._in_force(row.get("from"), row.get("to"))]
        exact = [row for row in fits if fold.accented_key(row["label"].value) == fold.accented_key(name)]
        found: dict[NamedNode, PlaceFound] = {}
        for row in exact or fits:
            ancestors = tuple(n for k in ("parent", "grandparent") if isinstance(n := row.get(k), NamedNode))
            node = row["place"]
            if isinstance(node, NamedNode):
                longer = found.get(node)
                if longer is None or len(ancestors) > len(longer.ancestors):
                    found[node] = PlaceFound(node, row["label"].value, ancestors, self._unit(node, row, ancestors))
        candidates = list(found.values())
        if len(candidates) > 1 and self.context:
            near = [p for p in candidates if p.lies_in(self.context.node) or self.context.lies_in(p.node)]
            province = self.context.ancestors[-2:-1] or self.context.ancestors[:1]
            candidates = near or [p for p in candidates if any(p.lies_in(a) for a in province)] or candidates
        return candidates[0] if len(candidates) == 1 else None

    def _unit(self, node: NamedNode, row: Row, ancestors: tuple[NamedNode, ...]) -> Unit | None:
        if "type" not in row:
            return None
        slugs = [place.value.removeprefix(PREFIXES["place"]) for place in (node, *ancestors)]
        first, end = (row[name].value if name in row else "" for name in ("from", "to"))
        sources = sum(1 for _ in self._reader.quads(None, iri("bm:replacedBy"), node))
        return Unit(
            slug=slugs[0],
            name=row["label"].value,
            unit_type=row["type"].value.removeprefix(PREFIXES["unittype"]),
            ancestors=tuple(slugs[1:]),
            valid_from=first,
            valid_to=end,
            merged=is_merged(slugs[0], sources),
        )

    def _in_force(self, first: object, end: object) -> bool:
        return self.when is None or is_there(self.when, first, end)


def is_there(when: PartialDate, first: object, end: object) -> bool:
    """Whether what is there from the day `first` to the day before `end`, both literals or unknown, is so in a part of
    `when`.
    """
    starts = first.value if isinstance(first, Literal) else ""
    ends = end.value if isinstance(end, Literal) else "9999"
    return starts <= when.last_day.isoformat() and when.first_day.isoformat() < ends


COUNTRY = iri("place:viet-nam")
