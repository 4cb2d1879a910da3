"""What is to be found: the named entities of a graph with all their names."""

from dataclasses import dataclass, field
from typing import Final

from kg.model.graph import Reader, Term
from kg.namespaces import iri
from kg.search.notes import read_notes

KINDS: Final = ("person", "organ", "post", "place", "meeting", "directive", "term")
_KIND_OF: Final[dict[Term, str]] = {iri(f"bm:{kind.capitalize()}"): kind for kind in KINDS}

# An entity that was merged into another is found under that one.
_LABELS = """
SELECT ?node ?class ?label WHERE {
  VALUES ?class { bm:Person bm:Organ bm:Post bm:Place bm:Meeting bm:Directive bm:Term }
  ?node a ?class ; rdfs:label ?label .
  FILTER NOT EXISTS { ?node dcterms:isReplacedBy ?other }
}"""
_OTHER_NAMES = """
SELECT ?node ?name WHERE {
  VALUES ?property { skos:altLabel foaf:name bm:symbol dcterms:title bm:title }
  ?node ?property ?name .
}"""


_PROVINCES = "SELECT ?node WHERE { VALUES ?level { level:country level:province } ?node bm:level ?level }"


@dataclass(slots=True)
class Entity:
    """One thing with a name. `names` are its other names, `note` small print that tells it from its namesakes.

    One that `stands_out` comes before its namesakes: a province before the communes called like it.
    """

    iri: str
    label: str
    kind: str
    names: list[str] = field(default_factory=list)
    note: str = ""
    stands_out: bool = False


def read_entities(reader: Reader) -> list[Entity]:
    """All people, bodies, posts, places, meetings, directives and terms of the graph."""
    found: dict[str, Entity] = {}
    for row in reader.select(_LABELS):
        node, label = row["node"].value, row["label"].value
        if node in found:
            found[node].names.append(label)
        else:
            found[node] = Entity(node, label, _KIND_OF[row["class"]])
    for row in reader.select(_OTHER_NAMES):
        if entity := found.get(row["node"].value):
            entity.names.append(row["name"].value)
    for row in reader.select(_PROVINCES):
        if entity := found.get(row["node"].value):
            entity.stands_out = True
    labels = {node: entity.label for node, entity in found.items()}
    for node, note in read_notes(reader, labels).items():
        if node in found:
            found[node].note = note
    return list(found.values())
