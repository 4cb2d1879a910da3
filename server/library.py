"""`/queries`: the library of questions for people. `/api/queries/<name>`: the same for programs."""

from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from kg.errors import BomayError
from kg.model.graph import Row
from kg.query import LibraryQuery
from server import asking, caching, questions, urls
from server.contexts import Field, LibraryPage, Link, QueryPage, Table
from server.errors import problem_of
from server.executables import executables
from server.negotiate import ANY_GRAPHS, CSV, HTML, JSON, Offer, choose, language
from server.neighbourhood import Neighbourhood
from server.numbers import whole
from server.rdf import written
from server.row_forms import FORMS
from server.row_forms import written as rows_written
from server.service import service

blueprint = Blueprint("library", __name__)

MOST_ROWS: Final = 10_000
FURTHEST: Final = 10_000_000
_RESERVED: Final = ("lang", "run", "format", "limit", "offset")
_SHOWN: Final = 1000


@blueprint.get("/queries")
def index() -> Response:
    """All questions by topic, or as RDF."""
    offer = choose((HTML, *ANY_GRAPHS), named=request.args.get("format"))
    if offer is not HTML:
        return _graph(tuple(service().library.values()), offer)
    spoken = language()
    topics: dict[str, list[Link]] = {}
    for query in service().library.values():
        links = topics.setdefault(questions.topic(query, spoken), [])
        links.append(Link(questions.summary(query, spoken), urls.query(query.name), query.name))
    page = LibraryPage(tuple((topic, tuple(links)) for topic, links in topics.items()))
    return Response(render_template("library/index.html", page=page), mimetype="text/html")


@blueprint.get("/queries/<name>")
def query(name: str) -> Response:
    """One question with its form; with parameters, its answer; or as RDF."""
    asked = service().library.find(name)
    offer = choose((HTML, *ANY_GRAPHS))
    if offer is not HTML:
        return _graph((asked,), offer)
    values = _values()
    table, error, status = None, "", 200
    if values or "run" in request.args:
        try:
            table = _table(asked, _rows(asked, values))
        except BomayError as fault:
            error, status = str(fault), problem_of(fault).status
    page = _page(asked, values, table, error)
    return Response(render_template("library/query.html", page=page), status, mimetype="text/html")


@blueprint.get("/api/queries/<name>")
def run(name: str) -> Response:
    """The answer as JSON, CSV or SPARQL results, in pieces of `limit` rows: a header `Link` leads to the next."""
    asked = service().library.find(name)
    offer = choose(FORMS, named=request.args.get("format"))
    values = _values()
    offset, limit = whole("offset", 0, 0, FURTHEST), whole("limit", MOST_ROWS, 0, MOST_ROWS)
    etag = caching.tag("query", asked.text, sorted(values.items()), offset, limit, offer.media_type)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    rows = _rows(asked, values)
    end = offset + limit
    more = limit > 0 and len(rows) > end
    piece = {"limit": str(limit), "offset": str(end)}
    following = urls.api_query(name, {**request.args.to_dict(), **piece}) if more else None
    response = rows_written(asked, values, rows[offset:end], offer, following)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return caching.tagged(response, etag)


def _values() -> dict[str, str]:
    """What is given for parameters; what is empty is not given. Raises BadRequest for one that is given twice."""
    for name, given in request.args.lists():
        if len(given) > 1:
            raise BadRequest(f"Give '{name[:40]}' once; this request has it {len(given)} times.")
    stripped = {name: value.strip() for name, value in request.args.items() if name not in _RESERVED}
    return {name: value for name, value in stripped.items() if value}


def _graph(asked: tuple[LibraryQuery, ...], offer: Offer) -> Response:
    host = request.host_url.rstrip("/")
    etag = caching.tag("executables", [one.name for one in asked], offer.key, host)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    body = written(executables(asked, host), offer)
    return caching.tagged(Response(body, content_type=offer.content_type), etag)


def _rows(asked: LibraryQuery, values: dict[str, str]) -> list[Row]:
    return asking.rows(asked.text, asked.bind(values))


def _table(asked: LibraryQuery, rows: list[Row]) -> Table:
    around = Neighbourhood((), asking.tongue())
    shown = tuple(
        tuple(around.link(row[name]) if name in row else None for name in asked.returns) for row in rows[:_SHOWN]
    )
    return Table(asked.returns, shown, len(rows) > _SHOWN)


def _page(asked: LibraryQuery, values: dict[str, str], table: Table | None, error: str) -> QueryPage:
    spoken = language()
    fields = tuple(
        Field(
            name=param.name,
            kind=param.type,
            value=values.get(name, "" if param.optional else param.example),
            example=param.example,
            optional=not param.is_required,
            error=error if f"'{name}'" in error else "",
        )
        for name, param in asked.params.items()
    )
    filled = values or questions.example_values(asked)
    downloads = tuple(Link(o.title, urls.api_query(asked.name, {**values, "format": o.key})) for o in (CSV, JSON))
    return QueryPage(
        name=asked.name,
        summary=questions.summary(asked, spoken),
        other_summary=questions.summary(asked, "en" if spoken == "vi" else "vi"),
        fields=fields,
        text=questions.body(asked),
        editor=urls.sparql(questions.example_text(asked)),
        api=urls.api_query(asked.name, filled),
        downloads=downloads,
        table=table,
        error=error,
    )
