"""What a change rests on: a source of the graph or a web address, and the sentence of the source that says so."""

import re

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import NotFound
from kg.model.documents import Document
from kg.model.graph import Reader
from kg.model.spans import Span
from kg.namespaces import iri
from kg.propose import Draft, supporting
from kg.store import Refused
from kg.validate import Finding, Report
from server.editing.values import node_in
from server.service import service
from server.wording import say

_RULE = "quoted-by-hand"


def cited(reader: Reader, text: str) -> NamedNode | None:
    """The source that a text names: one of the graph, by its IRI or its address, else any web address.

    None for an empty text; raises Refused for one that is neither.
    """
    if not text.strip():
        return None
    address = text.strip()
    for quad in reader.quads(None, iri("dcterms:source"), Literal(address)):
        if isinstance(quad.subject, NamedNode):
            return quad.subject
    node = node_in(address)
    if node is None or not (_is_source(reader, node) or address.startswith(("http://", "https://"))):
        raise _refused("source", "edit.source.unknown", address)
    return node


def quoted(reader: Reader, source: NamedNode | None, quote: str, about: NamedNode) -> frozenset[Quad]:
    """The evidence for a node: where the words stand in the text of the source. Raises Refused where they do not."""
    words = quote.split()
    if not words:
        return frozenset()
    if source is None or not _is_source(reader, source):
        raise _refused("quote", "edit.quote.source", quote)
    text = _text_of(reader, source)
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    if found is None:
        raise _refused("quote", "edit.quote.absent", quote)
    draft = Draft(reader, Document(source.value, text), source)
    supporting(draft, Span(*found.span()), _RULE, "high", about, exact=True)
    return draft.added


def sources_of(reader: Reader, node: NamedNode) -> tuple[NamedNode, ...]:
    """The sources whose sentences the graph gives for a node."""
    found = {
        source.object
        for evidence in reader.quads(None, iri("bm:supports"), node)
        for source in reader.quads(evidence.subject, iri("bm:source"))  # type: ignore[arg-type]  # no triple terms here
    }
    return tuple(sorted((source for source in found if isinstance(source, NamedNode)), key=str))


def _text_of(reader: Reader, source: NamedNode) -> str:
    """The text of a source as it was received, empty where it is not kept."""
    digests = [quad.object for quad in reader.quads(source, iri("bm:textDigest"))]
    try:
        return service().graph.source_text(digests[0].value) if digests and isinstance(digests[0], Literal) else ""
    except NotFound:
        return ""


def _is_source(reader: Reader, node: NamedNode) -> bool:
    return any(True for _ in reader.quads(node, iri("rdf:type"), iri("bm:Source")))


def _refused(place: str, key: str, value: str) -> Refused:
    vi, en = (say(tongue, key) for tongue in ("vi", "en"))
    return Refused(Report.of([Finding("Violation", place, place, place, value, vi, en)]))
