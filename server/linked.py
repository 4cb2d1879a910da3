"""`/id`, `/doc` and `/code`: linked data, each thing under its own address (https://www.w3.org/TR/cooluris/ §4.2)."""

from typing import Final

from flask import Blueprint, Response, redirect, render_template
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response as Redirect

from kg.errors import NotFound
from kg.model.graph import Row
from kg.namespaces import CODE_SCHEMES, ENTITY_KINDS, iri
from server import asking, caching, urls
from server.describing import addresses, describe
from server.errors import Missing
from server.negotiate import GRAPHS, HTML, Offer, choose, split_extension
from server.neighbourhood import Neighbourhood
from server.rdf import written
from server.service import service

blueprint = Blueprint("linked", __name__)

_OFFERS: Final = (*GRAPHS, HTML)
_JOURNALLED: Final = ("change", "agent")
_NEAR: Final = 5


@blueprint.get("/id/<kind>/<slug>")
def identifier(kind: str, slug: str) -> Redirect:
    """The thing itself cannot be sent; its page can (303). One that was merged is answered for by the other (301)."""
    if kind not in ENTITY_KINDS:
        raise NotFound(f"There is no kind of thing called '{kind}'; the kinds are {', '.join(ENTITY_KINDS)}.")
    if (kept := _kept(_node(urls.entity_iri(kind, slug)))) is None:
        return redirect(urls.doc(kind, slug), 303)
    response = redirect(kept, 301)
    response.headers["Cache-Control"] = "no-cache"  # a merge can be split again
    return response


@blueprint.get("/doc/<kind>/<name>")
def doc(kind: str, name: str) -> Response:
    """The page or the data of an entity, by extension or Accept."""
    if kind not in ENTITY_KINDS:
        raise NotFound(f"There is no kind of thing called '{kind}'; the kinds are {', '.join(ENTITY_KINDS)}.")
    slug, named = split_extension(name, _OFFERS)
    return _described(urls.entity_iri(kind, slug), kind, named, addresses(kind, slug, code=False))


@blueprint.get("/code/<scheme>/<name>")
def code(scheme: str, name: str) -> Response:
    """The page or the data of a code."""
    if scheme not in CODE_SCHEMES:
        raise NotFound(f"There is no code list called '{scheme}'; the lists are {', '.join(CODE_SCHEMES)}.")
    local, named = split_extension(name, _OFFERS)
    return _described(urls.code_iri(scheme, local), "code", named, addresses(scheme, local, code=True))


@blueprint.get("/code/<name>")
def scheme(name: str) -> Response:
    """The page or the data of a whole code list."""
    local, named = split_extension(name, _OFFERS)
    return _described(urls.code_iri(local), "code", named, addresses(local, "", code=True))


def _described(iri: str, kind: str, named: Offer | None, address: dict[str, str]) -> Response:
    offer = named or choose(_OFFERS)
    tongue = asking.tongue()
    etag = caching.tag("doc", iri, offer.media_type, tongue.language if offer is HTML else "")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    entity = _node(iri)
    told, evidence = _read(entity, kind)
    if offer is HTML:
        incoming: list[Row] = (
            [] if kind in _JOURNALLED else asking.rows(asking.page_query("incoming"), {"this": entity})
        )
        page = describe(entity, kind, Neighbourhood((*told, *evidence), tongue), incoming, address)
        response = Response(render_template("linked/doc.html", page=page), mimetype="text/html")
    else:
        response = Response(written({*told, *evidence}, offer), content_type=offer.content_type)
    response.headers["Link"] = f'<{iri}>; rel="describes"'
    return caching.tagged(response, etag)


def _kept(entity: NamedNode) -> str | None:
    """The address of what an entity was merged into."""
    with service().graph.reader() as reader:
        for quad in reader.quads(entity, iri("dcterms:isReplacedBy")):
            if isinstance(quad.object, NamedNode):
                return urls.same(quad.object.value)
    return None


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise NotFound(f"Nothing here answers to {iri}, which is no IRI.") from error


def _read(entity: NamedNode, kind: str) -> tuple[list[Triple], list[Triple]]:
    """(what is said of the entity and around it, its evidence); raises Missing where nothing is said of it."""
    bindings = {"this": entity}
    told = asking.triples(asking.page_query("change" if kind in _JOURNALLED else "describe"), bindings)
    if not any(triple.subject == entity for triple in told):
        raise _missing(entity.value, kind)
    evidence = [] if kind in (*_JOURNALLED, "code") else asking.triples(asking.page_query("evidence"), bindings)
    return told, evidence


def _missing(iri: str, kind: str) -> Missing:
    words = iri.rpartition("/")[2].replace("-", " ")
    hits = service().index().find(words, limit=_NEAR)
    near = sorted(hits, key=lambda hit: hit.kind != kind)
    return Missing(f"Nothing is known here of {iri}.", tuple((hit.iri, hit.label, hit.kind) for hit in near))
