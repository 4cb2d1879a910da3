"""Codes of kinds of body, as the graph has them."""

from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.model import fold
from kg.model.graph import Reader
from kg.namespaces import iri

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

    local: str
    code: NamedNode
    slug: str | None
    ladder: NamedNode | None
    names: frozenset[str]


@dataclass
class Kinds:
    """Looks kinds up by their local name; remembers what it was asked."""

    reader: Reader
    _known: dict[str, Kind | None] = field(default_factory=dict)

    def find(self, local: str) -> Kind | None:
        """The kind of this local name ("PartyCommittee"); None where the graph has no such code."""
        if local not in self._known:
            code = iri(f"organkind:{local}")
            rows = self.reader.select(_KIND, {"kind": code})
            slug = next((r["slug"].value for r in rows if "slug" in r), None)
            ladder = next((r["ladder"] for r in rows if "ladder" in r), None)
            names = {fold.slug(r["label"].value) for r in rows if isinstance(r.get("label"), Literal)}
            names |= {slug} if slug else set()
            ladder = ladder if isinstance(ladder, NamedNode) else None
            self._known[local] = Kind(local, code, slug, ladder, frozenset(names)) if rows else None
        return self._known[local]
