"""`/ontology` and `/shapes`: what the terms mean and what data must hold to."""

import json
from typing import Final

from flask import Blueprint, Response, render_template
from pyoxigraph import Literal, NamedNode

from kg.model.graph import Row
from kg.namespaces import ONTOLOGY, PREFIXES, SHAPES, curie
from kg.query import Formats
from server import answers, asking, caching, ld_context
from server.contexts import Link, TermsPage
from server.negotiate import GRAPHS, HTML, JSONLD, choose, language, split_extension
from server.service import pinned, service
from server.wording import say

blueprint = Blueprint("vocabulary", __name__)

_OFFERS: Final = (*GRAPHS, HTML)


@blueprint.get("/ontology")
@blueprint.get("/ontology<extension>")
def ontology(extension: str = "") -> Response:
    """The terms, as a list or as RDF."""
    return _vocabulary("ontology", ONTOLOGY, "terms", extension)


@blueprint.get("/ontology/context.jsonld")
def context() -> Response:
    """The short names of the terms, for JSON-LD."""
    etag = caching.tag("context", JSONLD.media_type, "")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    rows = asking.rows(asking.page_query("context"), {"graph": ONTOLOGY})
    text = json.dumps(ld_context.context(rows), ensure_ascii=False, indent=1)
    return caching.tagged(Response(text, mimetype=JSONLD.media_type), etag)


@blueprint.get("/shapes")
@blueprint.get("/shapes<extension>")
def shapes(extension: str = "") -> Response:
    """The shapes, as a list or as RDF."""
    return _vocabulary("shapes", SHAPES, "shapes", extension)


def _vocabulary(name: str, graph: NamedNode, query: str, extension: str) -> Response:
    _, named = split_extension(f"x{extension}", _OFFERS)
    offer = named or choose(_OFFERS)
    etag = caching.tag(name, offer.media_type, language() if offer is HTML else "")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    if offer is not HTML:
        text, path = asking.page_query("whole-graph"), pinned().path
        answer = service().pool.run(path, text, formats=Formats(None, offer.key), bindings={"graph": graph})
        return caching.tagged(answers.streamed(answer), etag)
    rows = asking.rows(asking.page_query(query), {"graph": graph, "language": Literal(language())})
    page = _page(name, rows)
    return caching.tagged(Response(render_template("vocabulary/terms.html", page=page), mimetype="text/html"), etag)


def _page(name: str, rows: list[Row]) -> TermsPage:
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        term, group = _local(row["term"].value), _group(row)
        label = row["label"].value if "label" in row else ""
        groups.setdefault(group, []).append((term, label, row["definition"].value))
    base = PREFIXES["bm" if name == "ontology" else "bms"]
    data = tuple(Link(offer.title, f"/{name}{offer.extension}", offer.media_type) for offer in GRAPHS)
    ordered = tuple((title, tuple(terms)) for title, terms in groups.items())
    return TermsPage(say(language(), f"vocabulary.{name}"), base.rstrip("#"), ordered, data)


def _local(iri: str) -> str:
    return curie(iri).partition(":")[2] if iri.startswith((PREFIXES["bm"], PREFIXES["bms"])) else curie(iri)


def _group(row: Row) -> str:
    kind = curie(row["type"].value)
    if kind.startswith("sh:"):
        return _local(row["term"].value).partition("-")[0]
    return say(language(), "vocabulary.classes" if kind == "owl:Class" else "vocabulary.properties")
