"""`/ontology` and `/shapes`: what the terms mean and what data must hold to."""

import json
from typing import Final

from flask import Blueprint, Response, redirect, render_template
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize
from werkzeug.wrappers import Response as Redirect

from kg.errors import NotFound
from kg.model.graph import Row
from kg.namespaces import ONTOLOGY, PREFIXES, SHAPES, curie, iri
from kg.query import Formats
from server import alignment, answers, asking, caching, ld_context, urls
from server.contexts import Link, OntologyPage, TermsPage
from server.documentation import Documentation, documented
from server.negotiate import GRAPHS, HTML, JSONLD, Offer, choose, language, split_extension
from server.service import pinned, service
from server.wording import say

blueprint = Blueprint("vocabulary", __name__)

_OFFERS: Final = (*GRAPHS, HTML)


@blueprint.get("/ontology")
@blueprint.get("/ontology<extension>")
def ontology(extension: str = "") -> Response:
    """The terms, as a page or as RDF."""
    offer = _wanted("ontology", extension)
    if offer is not HTML:
        return _graph("ontology", ONTOLOGY, offer)
    etag = caching.tag("ontology", HTML.media_type, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    page = _ontology_page(_documentation())
    return caching.tagged(Response(render_template("vocabulary/ontology.html", page=page), mimetype="text/html"), etag)


@blueprint.get("/ontology/context.jsonld")
def context() -> Response:
    """The short names of the terms, for JSON-LD."""
    etag = caching.tag("context", JSONLD.media_type, "")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    rows = asking.rows(asking.page_query("context"), {"graph": ONTOLOGY})
    text = json.dumps(ld_context.context(rows), ensure_ascii=False, indent=1)
    return caching.tagged(Response(text, mimetype=JSONLD.media_type), etag)


@blueprint.get("/ontology/<number>")
def version(number: str) -> Redirect:
    """The path of a version IRI or of a part: what the ontology that is served names leads to it (303)."""
    if _is_part(number):
        return redirect(urls.ontology(), 303)
    (row,) = asking.rows(asking.page_query("version"), {"graph": ONTOLOGY})
    current = row["version"].value.rpartition("/")[2]
    if number != current:
        raise NotFound(f"There is no version '{number}' of the ontology here; the one that is served is {current}.")
    return redirect(urls.ontology(), 303)


def _is_part(name: str) -> bool:
    """Whether the ontology is made of a part of this name, among others (`owl:imports`)."""
    try:
        part = NamedNode(f"{PREFIXES['bm'].rstrip('#')}/{name}")
    except ValueError:
        return False
    with service().graph.reader() as reader:
        return any(True for _ in reader.quads(predicate=iri("owl:imports"), object=part, graph=ONTOLOGY))


@blueprint.get("/shapes")
@blueprint.get("/shapes<extension>")
def shapes(extension: str = "") -> Response:
    """The shapes, as a list or as RDF."""
    offer = _wanted("shapes", extension)
    if offer is not HTML:
        return _graph("shapes", SHAPES, offer)
    etag = caching.tag("shapes", HTML.media_type, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    rows = asking.rows(asking.page_query("shapes"), {"graph": SHAPES, "language": Literal(language())})
    in_full = asking.rows(asking.page_query("shapes-in-full"), {"graph": SHAPES})
    page = _shapes_page(rows, tuple(curie(row["shape"].value).partition(":")[2] for row in in_full))
    return caching.tagged(Response(render_template("vocabulary/terms.html", page=page), mimetype="text/html"), etag)


def _wanted(name: str, extension: str) -> Offer:
    _, named = split_extension(f"x{extension}", _OFFERS)
    if extension and named is None:
        raise NotFound(f"There is no /{name}{extension}; the endings are {', '.join(o.extension for o in _OFFERS)}.")
    return named or choose(_OFFERS)


def _graph(name: str, graph: NamedNode, offer: Offer) -> Response:
    etag = caching.tag(name, offer.media_type, "")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    text, path = asking.page_query("whole-graph"), pinned().path
    answer = asking.run(path, text, formats=Formats(None, offer.key), bindings={"graph": graph})
    return caching.tagged(answers.streamed(answer), etag)


def _documentation() -> Documentation:
    spoken = language()
    made: Documentation = service().memory.recall(
        pinned().number, f"documentation-{spoken}", lambda: documented(_ontology_text(), spoken)
    )
    return made


def _ontology_text() -> bytes:
    """The ontology graph in N-Triples, the same for the same triples."""
    with service().graph.reader() as reader:
        triples = sorted((quad.triple for quad in reader.quads(graph=ONTOLOGY)), key=str)
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert text is not None  # as it is for no file
    return text


def _ontology_page(made: Documentation) -> OntologyPage:
    parts = tuple(
        (part.anchor, say(language(), f"vocabulary.page.{part.anchor}"), tuple(Link(n, f"#{a}") for a, n in part.terms))
        for part in made.parts
    )
    data = (*_data("ontology"), Link(say(language(), "vocabulary.context"), urls.ontology_context()))
    title, name = say(language(), "vocabulary.ontology"), PREFIXES["bm"].rstrip("#")
    return OntologyPage(title, name, data, parts, made.body, alignment.links(language()), made.tool)


def _shapes_page(rows: list[Row], in_full: tuple[str, ...]) -> TermsPage:
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        name = curie(row["term"].value).partition(":")[2]
        label = row["label"].value if "label" in row else ""
        groups.setdefault(name.partition("-")[0], []).append((name, label, row["definition"].value))
    ordered = tuple((title, tuple(terms)) for title, terms in groups.items())
    return TermsPage(
        say(language(), "vocabulary.shapes"), PREFIXES["bms"].rstrip("#"), ordered, _data("shapes"), in_full
    )


def _data(name: str) -> tuple[Link, ...]:
    return tuple(Link(offer.title, f"/{name}{offer.extension}", offer.media_type) for offer in GRAPHS)
