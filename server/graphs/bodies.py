"""What is sent to a graph: RDF in any of its syntaxes, files of a form, RDF Patch, SPARQL Update."""

from collections.abc import Collection
from typing import Final

from flask import request
from pyoxigraph import DefaultGraph, Quad
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.history import read_patch_text
from kg.query import GRAPH_FORMATS
from kg.read import load_rdf, rdf_format
from server.asked import require_charset, require_utf8
from server.graphs.target import Target

RDF: Final = tuple(form.media_type for form in GRAPH_FORMATS.values())
FORM: Final = "multipart/form-data"
RDF_PATCH: Final = "application/rdf-patch"
UPDATE: Final = "application/sparql-update"
PATCHES: Final = (RDF_PATCH, UPDATE)


def sent(target: Target) -> frozenset[Quad]:
    """The triples of the body, in the graph. Raises UnsupportedMediaType, SyntaxFault, UnreadableInput, BadRequest."""
    if request.mimetype != FORM:
        return _read(request.get_data(), request.mimetype, target)
    if request.method != "POST":
        raise UnsupportedMediaType
    files = [file for name in request.files for file in request.files.getlist(name)]
    if not files:
        raise BadRequest("The form has no file; send each document as a file of its own.")
    parts = ((file.stream.read(), file.mimetype, file.filename or "") for file in files)
    return frozenset().union(*(_read(data, _syntax(kind, name), target) for data, kind, name in parts))


def patch(target: Target) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(to add, to remove) of an RDF Patch. Raises SyntaxFault, and BadRequest where it names another graph."""
    require_charset()
    add, remove = read_patch_text(require_utf8(request.get_data(), "body"))
    return _within(add, target), _within(remove, target)


def update() -> str:
    """The text of a SPARQL Update."""
    require_charset()
    return require_utf8(request.get_data(), "body")


def _syntax(media_type: str, file_name: str) -> str:
    """A file's own media type, or the ending of its name where a client had no better word than the usual ones."""
    ending = file_name.rpartition(".")[2]
    return ending if media_type in ("", "application/octet-stream", "text/plain") and ending else media_type


def _read(data: bytes, syntax: str, target: Target) -> frozenset[Quad]:
    if request.mimetype != FORM:
        require_charset()
    if not syntax or rdf_format(syntax) is None:
        raise UnsupportedMediaType
    return _within(load_rdf(data, syntax, base=target.base, rename_blank_nodes=True), target)


def _within(quads: Collection[Quad], target: Target) -> frozenset[Quad]:
    for quad in quads:
        if not isinstance(quad.graph_name, DefaultGraph) and quad.graph_name != target.name:
            raise BadRequest(f"The body names the graph {quad.graph_name} itself, but it was sent to {target}.")
    return frozenset(target.quad(quad.triple) for quad in quads)
