"""Tables into change sets: the same linking as for texts, with cells as evidence, part by part."""

from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.extraction import Extraction, Spans
from kg.model.graph import Reader
from kg.model.spans import Span
from kg.namespaces import iri
from kg.propose.assemble import known_source, propose
from kg.propose.draft import Draft
from kg.propose.evidence import supporting

_HELD = """
SELECT ?start ?end WHERE {
  ?evidence bm:source ?source ; bm:supports ?tenure ; bm:start ?start ; bm:end ?end . ?tenure a bm:Tenure
}"""


def known_rows(reader: Reader, document: Document) -> frozenset[Span]:
    """The cells of a table that bear out posts in the graph already."""
    source = known_source(reader, document)
    rows = reader.select(_HELD, {"source": source}) if source else []
    return frozenset(Span(int(row["start"].value), int(row["end"].value)) for row in rows)


def propose_rows(
    reader: Reader, document: Document, extraction: Extraction, lives: Mapping[Span, Spans], agent: NamedNode
) -> ChangeSet:
    """The change set of some rows of a table; `lives` has the cells of birth and death by the first cell of a name."""
    change = propose(reader, document, extraction, agent, cells=True)
    assert change.source is not None
    draft = Draft(reader, document, change.source, cells=True)
    named = _named_at(change)
    for first, cells in lives.items():
        for cell in cells:
            if first.start in named:
                supporting(draft, cell, "life-cell", "high", named[first.start])
    return replace(change, add=change.add | draft.added)


def _named_at(change: ChangeSet) -> dict[int, NamedNode]:
    """The persons of a change set by where their name stands."""
    rule, supports, start = Literal("person-named"), iri("bm:supports"), iri("bm:start")
    naming = {quad.subject for quad in change.add if quad.predicate == iri("bm:rule") and quad.object == rule}
    starts = (quad for quad in change.add if quad.subject in naming and quad.predicate == start)
    places = {quad.subject: int(quad.object.value) for quad in starts if isinstance(quad.object, Literal)}
    return {
        places[quad.subject]: quad.object
        for quad in change.add
        if quad.subject in naming and quad.predicate == supports and isinstance(quad.object, NamedNode)
    }
