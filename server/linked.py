"""`/id`, `/doc` and `/code`: linked data, each thing under its own address (https://www.w3.org/TR/cooluris/ §4.2)."""

import datetime as dt
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import Literal, NamedNode, Triple
from werkzeug.wrappers import Response as Redirect

from kg.errors import NotFound
from kg.model.graph import Row
from kg.namespaces import CODE_SCHEMES, ENTITY_KINDS, iri
from server import asking, asof, caching, editing, past, urls
from server.describing import addresses, describe
from server.entity import AsOf
from server.errors import Missing
from server.negotiate import GRAPHS, HTML, Offer, choose, split_extension
from server.neighbourhood import Neighbourhood
from server.rdf import written
from server.sentences import spoken_day
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
        asked = {name: request.args[name] for name in ("on", "at") if name in request.args}
        return redirect(urls.with_query(urls.doc(kind, slug), asked), 303)
    return _led_on(urls.same(kept))


@blueprint.get("/doc/<kind>/<name>")
def doc(kind: str, name: str) -> Redirect:
    """The page or the data of an entity, by extension or Accept; of one that was merged the other's (301), but `at`."""
    if kind not in ENTITY_KINDS:
        raise NotFound(f"There is no kind of thing called '{kind}'; the kinds are {', '.join(ENTITY_KINDS)}.")
    slug, named = split_extension(name, _OFFERS)
    entity = urls.entity_iri(kind, slug)
    if "at" not in request.args and (kept := _kept(_node(entity))) is not None:
        return _led_on(urls.with_query(f"{urls.local(kept)}{named.extension if named else ''}", request.args.to_dict()))
    return _described(entity, kind, named, addresses(kind, slug, code=False))


def _led_on(address: str | None) -> Redirect:
    response = redirect(address or urls.home(), 301)
    response.headers["Cache-Control"] = "no-cache"  # a merge can be split again
    return response


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


def _described(name: str, kind: str, named: Offer | None, address: dict[str, str]) -> Response:
    offer = named or choose(_OFFERS)
    tongue = asking.tongue()
    day, generation = asof.day_asked(), past.generation_asked()
    etag = caching.tag("doc", name, offer.media_type, tongue.language if offer is HTML else "", day, generation)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    entity = _node(name)
    with past.reading(generation):
        told, evidence = _read(entity, kind)
        incoming = _incoming(entity, kind, day) if offer is HTML else []
    asked = {key: value for key, value in (("on", day), ("at", generation)) if value is not None}
    address = {media_type: urls.with_query(where, asked) for media_type, where in address.items()}
    if day is not None:
        told, evidence = asof.holding_on(told, evidence, entity, day)
    if offer is HTML:
        around = Neighbourhood((*told, *evidence), tongue)
        page = describe(entity, kind, around, incoming, address)
        if kind in editing.KINDS and not asked:
            page = replace(page, edit=urls.edit(kind, name.rpartition("/")[2]))
        if generation is not None:
            page = replace(page, at=generation)
        if day is not None:
            page = replace(page, on=AsOf(spoken_day(day.isoformat(), tongue.language), asof.span_of(told, entity, day)))
        response = Response(render_template("linked/doc.html", page=page), mimetype="text/html")
    else:
        response = Response(written({*told, *evidence}, offer), content_type=offer.content_type)
    response.headers["Link"] = f'<{name}>; rel="describes"'
    return caching.tagged(response, etag)


def _incoming(entity: NamedNode, kind: str, day: dt.date | None) -> list[Row]:
    """What links to the entity; nothing is asked for what the journal tells of."""
    if kind in _JOURNALLED:
        return []
    if day is None:
        return asking.rows(asking.page_query("incoming"), {"this": entity})
    on = Literal(day.isoformat(), datatype=iri("xsd:date"))
    return asking.rows(asking.page_query("incoming-on"), {"this": entity, "on": on})


def _kept(entity: NamedNode) -> str | None:
    """The IRI of what an entity was merged into, where that is a thing of ours."""
    with service().graph.reader() as reader:
        for quad in reader.quads(entity, iri("dcterms:isReplacedBy")):
            if isinstance(quad.object, NamedNode) and urls.same(quad.object.value):
                return quad.object.value
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
