"""What is to be found: the named entities of a graph with all their names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode

from kg.model.graph import Reader
from kg.model.naming import NAMES
from kg.namespaces import iri
from kg.search.facts import CLASSES, TYPE, Facts
from kg.search.notes import note_of
from kg.search.scope import Scope, scope_of

_LEVEL: Final = iri("bm:level")
_STANDING_OUT: Final = frozenset(map(iri, ("level:country", "level:province")))


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing with a name. `names` are its other names, `note` small print that tells it from its namesakes.

    One that `stands_out` comes before its namesakes: a province before the communes called like it.
    """

    iri: str
    label: str
    kind: str
    names: tuple[str, ...] = ()
    note: str = ""
    stands_out: bool = False
    scope: Scope = field(default_factory=Scope)


def read_entity(facts: Facts, node: NamedNode) -> Entity | None:
    """The thing with this IRI; None where it is none that is to be found, as one that was merged into another."""
    kind = facts.kind(node)
    if kind is None:
        return None
    label = facts.label(node)
    names = tuple(name for name in facts.words(node, *NAMES) if name != label)
    stands_out = not _STANDING_OUT.isdisjoint(facts.nodes(node, _LEVEL))
    return Entity(node.value, label, kind, names, note_of(facts, node, kind), stands_out, scope_of(facts, node, kind))


def read_entities(reader: Reader) -> Iterator[Entity]:
    """All people, bodies, posts, places, meetings, directives and terms of the graph."""
    facts = Facts(reader)
    for kind, class_ in CLASSES.items():
        for quad in reader.quads(None, TYPE, class_):
            entity = read_entity(facts, quad.subject) if isinstance(quad.subject, NamedNode) else None
            if entity is not None and entity.kind == kind:
                yield entity
