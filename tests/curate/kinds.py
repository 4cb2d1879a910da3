"""Two nodes of each kind that can be merged: one of its valid example, and a copy of it under another name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.namespaces import iri
from kg.reference import code_files, ontology_files
from tests.curate.world import with_shapes
from tests.ontology.judge import default_quads
from tests.propose.factories import MemoryGraph

KINDS = (
    *("Person", "Organ", "Post", "Tenure", "Term", "PersonnelEvent", "Meeting", "Site", "Participation", "Directive"),
    *("Signature", "Task", "OrganRelation", "ChangeEvent", "Place", "Source"),
)
_ASKED = {iri("skos:broader"), iri("bm:ladder"), iri("bm:postType")}
ALL_CODES = frozenset(default_quads(code_files()))
CODES = frozenset(quad for quad in ALL_CODES if quad.predicate in _ASKED)
_APART = {iri("owl:differentFrom"), iri("bm:possiblySameAs"), iri("bm:otherKey")}


@dataclass(frozen=True)
class Two:
    """The node of the example and the name of its copy, with the facts that the copy may have."""

    kept: NamedNode
    gone: NamedNode
    facts: tuple[Quad, ...]


def graph_of_kind(kind: str, *more: Quad, codes: frozenset[Quad] | None = None) -> MemoryGraph:
    """Of the codes it has what a merge asks of them, or those given."""
    graph = with_shapes(MemoryGraph(""))
    graph.store.extend([*(CODES if codes is None else codes), *_example(kind), *more])
    return graph


def two_of(kind: str) -> Two:
    """Facts are in the order of their text; statements that tell a person from others are left out."""
    quads = _example(kind)
    instances = sorted({q.subject for q in quads if q.object == iri(f"bm:{kind}")}, key=str)
    kept = max(instances, key=lambda node: sum(q.subject == node for q in quads))
    assert isinstance(kept, NamedNode)
    gone = NamedNode(f"{kept.value}-2")
    facts = [_renamed(q, kept, gone) for q in quads if kept in (q.subject, q.object) and q.predicate not in _APART]
    return Two(kept, gone, tuple(sorted(facts, key=str)))


def _renamed(quad: Quad, old: NamedNode, new: NamedNode) -> Quad:
    subject, value = (new if term == old else term for term in (quad.subject, quad.object))
    return Quad(subject, quad.predicate, value)


@cache
def _example(kind: str) -> tuple[Quad, ...]:
    (file,) = _files(f"valid-{kind}.ttl")
    return tuple(default_quads([file]))


def _files(name: str) -> Iterable[Path]:
    return [path for folder in {file.parent for file in ontology_files()} for path in folder.glob(f"examples/{name}")]
