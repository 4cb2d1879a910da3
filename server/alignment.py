"""`/ontology/align`: how our terms stand to those of other vocabularies, one file a vocabulary."""

from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, redirect
from pyoxigraph import Literal
from werkzeug.wrappers import Response as Redirect

from kg.errors import NotFound
from kg.namespaces import iri
from kg.read import load_rdf
from kg.reference import alignment_files
from server import caching, urls
from server.contexts import Link
from server.negotiate import GRAPHS, TURTLE, choose, split_extension
from server.rdf import written

blueprint = Blueprint("alignment", __name__)

_LABEL: Final = iri("rdfs:label")


@blueprint.get("/ontology/align/<name>")
def mappings(name: str) -> Response:
    """The mappings to one vocabulary as RDF; in Turtle with the reason of each, as they were written."""
    vocabulary, named = split_extension(name, GRAPHS)
    file = _file(vocabulary)
    offer = named or choose(GRAPHS)
    etag = caching.tag("alignment", vocabulary, offer.media_type)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    text = file.read_bytes() if offer is TURTLE else written({quad.triple for quad in load_rdf(file)}, offer)
    return caching.tagged(Response(text, content_type=offer.content_type), etag)


@blueprint.get("/align/<name>")
def identifier(name: str) -> Redirect:
    """The address that the mappings to one vocabulary have as data leads to them (303)."""
    _file(split_extension(name, GRAPHS)[0])
    return redirect(urls.alignment(name), 303)


@cache
def links(language: str) -> tuple[Link, ...]:
    """Where the mappings to each vocabulary are, by their names in a language."""
    return tuple(
        Link(_title(file, language), urls.alignment(file.stem, TURTLE.extension)) for file in alignment_files()
    )


def _title(file: Path, language: str) -> str:
    labels = (quad.object for quad in load_rdf(file) if quad.predicate == _LABEL)
    spoken = [label.value for label in labels if isinstance(label, Literal) and label.language == language]
    return spoken[0] if spoken else file.stem


def _file(vocabulary: str) -> Path:
    known = {file.stem: file for file in alignment_files()}
    if vocabulary not in known:
        raise NotFound(f"There are no mappings to '{vocabulary}'; there are some to {', '.join(known)}.")
    return known[vocabulary]
