"""Persons: told apart or recognised by name, body and province."""

from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.dates import PartialDate
from kg.model.extraction import PersonRead
from kg.namespaces import iri
from kg.propose.draft import Draft, day, short_hash, text, vi
from kg.propose.evidence import supporting
from kg.propose.organs import Organs
from kg.propose.places import Gazetteer

_HELD = """
SELECT DISTINCT ?person ?organ ?place WHERE {
  ?tenure org:member ?person ; org:organization ?organ . OPTIONAL { ?organ bm:jurisdiction ?place }
}"""


@dataclass
class Persons:
    """The persons of one document by name."""

    draft: Draft
    organs: Organs
    gazetteer: Gazetteer
    _nodes: dict[str, NamedNode] = field(default_factory=dict)

    def mention(self, read: PersonRead) -> NamedNode:
        """The node of a person that the document names: one of the graph when the ties are enough, else a new one."""
        node = self._linked(read) or iri(
            f"person:{fold.slug(read.name)}-{short_hash(self.draft.document.digest, read.spans[0].start)}"
        )
        self._nodes[read.name] = node
        self.draft.node(node, ("bm:Person", "foaf:Person"), read.name, keyed=True)
        self.draft.add(node, "foaf:name", text(fold.composed(read.name)))
        for alias in read.aliases:
            if len(alias.split()) > 1:  # "ông Thiện" is a way of speaking, not another name
                self.draft.add(node, "skos:altLabel", vi(alias))
        for what, written in (("birth", read.birth_date), ("death", read.death_date)):
            if written and self.draft.value(node, f"bm:{what}Earliest") is None:
                known = PartialDate.parse(written)
                self.draft.add(node, f"bm:{what}Earliest", day(known.first_day))
                self.draft.add(node, f"bm:{what}Latest", day(known.last_day))
        for span in read.spans[:1]:
            supporting(self.draft, span, "person-named", "high", node)
        return node

    def find(self, name: str | None) -> NamedNode | None:
        """A person that was mentioned under this name."""
        return self._nodes.get(name) if name else None

    def _linked(self, read: PersonRead) -> NamedNode | None:
        here = {organ for p in read.positions if (organ := self.organs.find(p.organ))}
        scores = {node: self._ties(node, here) for node in self._same_name(read.name)}
        best = max(scores.values(), default=0)
        fits = [node for node, score in scores.items() if score == best and best > 0]
        return fits[0] if len(fits) == 1 else None

    def _same_name(self, name: str) -> list[NamedNode]:
        wanted = fold.accented_key(name)
        return [
            node
            for node in self.draft.subjects("bm:key", Literal(fold.key(name)))
            if iri("bm:Person") in self.draft.values(node, "rdf:type")
            and wanted
            in {fold.accented_key(v.value) for p in ("rdfs:label", "skos:altLabel") for v in self.draft.values(node, p)}
        ]

    def _ties(self, node: NamedNode, here: set[NamedNode]) -> int:
        """2 for a body in common, 1 for a province (or the centre) in common, 0 for neither."""
        rows = self.draft.reader.select(_HELD, {"person": node})
        if here & {row["organ"] for row in rows}:
            return 2
        provinces = {self._province(organ) for organ in here}
        if self.gazetteer.context and not here:
            provinces.add(self._top(self.gazetteer.context.node))
        held = {self._top(p) if isinstance(p := row.get("place"), NamedNode) else None for row in rows}
        return 1 if provinces & held else 0

    def _province(self, organ: NamedNode) -> NamedNode | None:
        place = self.draft.value(organ, "bm:jurisdiction")
        return self._top(place) if isinstance(place, NamedNode) else None

    def _top(self, place: NamedNode) -> NamedNode:
        """The province that a place lies in; where the province was merged, the one it lies in today."""
        above = self.draft.value(place, "bm:within")
        country = iri("place:viet-nam")
        while isinstance(above, NamedNode) and above != country:
            place, above = above, self.draft.value(above, "bm:within")
        successors = [n for n in self.draft.values(place, "bm:replacedBy") if isinstance(n, NamedNode)]
        return successors[0] if len(successors) == 1 else place
