"""RDF in its usual syntaxes → quads. Nothing is fetched: remote JSON-LD contexts and XML entities are refused."""

import re
from pathlib import Path
from textwrap import shorten
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import SyntaxFault, UnreadableInput

# By extension and media type: Turtle, N-Triples, N-Quads, TriG, RDF/XML and JSON-LD (W3C Recommendations).
_FORMATS: Final = (
    (RdfFormat.TURTLE, ("ttl", "turtle", "text/turtle", "application/x-turtle")),
    (RdfFormat.N_TRIPLES, ("nt", "ntriples", "application/n-triples", "text/plain")),
    (RdfFormat.N_QUADS, ("nq", "nquads", "application/n-quads", "text/x-nquads")),
    (RdfFormat.TRIG, ("trig", "application/trig")),
    (RdfFormat.RDF_XML, ("rdf", "xml", "owl", "application/rdf+xml", "application/xml", "text/xml")),
    (RdfFormat.JSON_LD, ("jsonld", "json", "application/ld+json", "application/json")),
)
_BY_NAME: Final = {name: form for form, names in _FORMATS for name in names}
_LONGEST: Final = 300  # letters of a parser's message, which may quote all that the file holds
_PLACE = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns? .*?): ")


def rdf_format(name: str) -> RdfFormat | None:
    """The syntax that a file ending (with or without its dot) or a media type (parameters forgiven) stands for."""
    return _BY_NAME.get(name.split(";")[0].strip().lower().removeprefix("."))


def load_rdf(
    source: str | Path | bytes, format: str | None = None, *, base: str | None = None, rename_blank_nodes: bool = False
) -> list[Quad]:
    """All quads of a file or of bytes. `format` is a file ending or a media type; a path's own ending serves without.

    Blank nodes keep their labels unless they are renamed, which keeps those of two documents apart.
    Raises SyntaxFault (line and column from 1, where the parser knows them) and UnreadableInput.
    """
    name = format or (Path(source).suffix if not isinstance(source, bytes) else "")
    form = rdf_format(name)
    if form is None:
        raise UnreadableInput(f"'{name}' is no RDF syntax known here; use .ttl, .nt, .nq, .trig, .rdf or .jsonld.")
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as fault:
        raise UnreadableInput(f"The file '{source!s}' cannot be opened: {fault.strerror or fault}.") from fault
    try:
        return list(parse(data, format=form, base_iri=base, rename_blank_nodes=rename_blank_nodes))
    except SyntaxError as fault:
        message = shorten(_PLACE.sub("", fault.msg or str(fault)), _LONGEST, placeholder=" …")
        if "LoadDocumentCallback" in message:
            message = "a remote context is not fetched; write the context into the document"
        line, column = fault.lineno, fault.offset
        if line is None:
            line, column = data.count(b"\n") + 1, len(data) - data.rfind(b"\n")
        raise SyntaxFault(form.name, message.rstrip(".") + ".", line, column) from fault
