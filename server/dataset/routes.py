"""`/void`: the dataset described, as a page and as RDF."""

from typing import Final

from flask import Blueprint, Response, render_template, request

from kg.errors import NotFound
from kg.namespaces import curie
from server import asking, caching, urls
from server.contexts import DatasetPage, Link, Table
from server.dataset.counting import Figures
from server.dataset.description import Dataset, described
from server.negotiate import ANY_GRAPHS, HTML, Offer, choose, language, split_extension
from server.rdf import written
from server.service import pinned, service
from server.wording import grouped, say

blueprint = Blueprint("dataset", __name__)

_OFFERS: Final = (*ANY_GRAPHS, HTML)
_PATIENCE: Final = 5.0  # seconds that somebody waits for the first figures


@blueprint.get("/void")
@blueprint.get("/void<extension>")
def void(extension: str = "") -> Response:
    """The dataset: statistics, partitions, endpoints, dumps."""
    _, named = split_extension(f"x{extension}", _OFFERS)
    if extension and named is None:
        raise NotFound(f"There is no /void{extension}; the endings are {', '.join(o.extension for o in _OFFERS)}.")
    offer = named or choose(_OFFERS)
    figures = service().counting.figures(pinned().number, _PATIENCE)
    counted = None if figures is None else figures.generation
    etag = caching.tag("void", offer.key, language() if offer is HTML else "", request.host_url, counted)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    return caching.tagged(_page(figures) if offer is HTML else _graph(figures, offer), etag)


def _graph(figures: Figures | None, offer: Offer) -> Response:
    changes = asking.rows(asking.page_query("latest"))
    modified = changes[0]["at"].value if changes else None
    dataset = Dataset(request.host_url.rstrip("/"), figures, modified)
    return Response(written(described(dataset), offer), content_type=offer.content_type)


def _page(figures: Figures | None) -> Response:
    spoken = language()
    page = DatasetPage(
        generation=None if figures is None else figures.generation,
        current=pinned().number,
        numbers=() if figures is None else _numbers(figures, spoken),
        classes=_table("class", () if figures is None else figures.classes, spoken),
        properties=_table("property", () if figures is None else figures.properties, spoken),
        examples=() if figures is None else tuple(Link(curie(one), urls.link(one)) for one in figures.examples),
        data=tuple(Link(offer.title, f"{urls.void()}{offer.extension}") for offer in ANY_GRAPHS),
        dumps=tuple(Link(offer.title, urls.graph_dump(offer.key)) for offer in ANY_GRAPHS),
    )
    return Response(render_template("dataset/void.html", page=page), mimetype="text/html")


def _numbers(figures: Figures, spoken: str) -> tuple[Link, ...]:
    said = {
        "triples": figures.triples,
        "entities": figures.entities,
        "subjects": figures.subjects,
        "objects": figures.objects,
        "classes": len(figures.classes),
        "properties": len(figures.properties),
        "links": sum(number for _, number in figures.links),
    }
    return tuple(Link(say(spoken, f"void.{key}"), note=grouped(number, spoken)) for key, number in said.items())


def _table(kind: str, pairs: tuple[tuple[str, int], ...], spoken: str) -> Table:
    columns = (say(spoken, f"void.{kind}"), say(spoken, "void.number"))
    rows = tuple((Link(curie(name), urls.link(name)), Link(grouped(number, spoken))) for name, number in pairs)
    return Table(columns, rows)
