"""`/queries`: the library of questions for people. `/api/queries/<name>`: the same for programs."""

import csv
import io
import json
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request
from pyoxigraph import Literal
from werkzeug.exceptions import BadRequest

from kg.errors import BomayError
from kg.model.graph import Row, Term
from kg.namespaces import PREFIXES
from kg.query import LibraryQuery
from server import asking, caching, questions, urls
from server.contexts import Field, LibraryPage, Link, QueryPage, Table
from server.errors import problem_of
from server.negotiate import CSV, JSON, Offer, choose, language
from server.neighbourhood import Neighbourhood
from server.service import service

blueprint = Blueprint("library", __name__)

SPARQL_JSON: Final = Offer("sparql-json", "SPARQL JSON", "application/sparql-results+json", ".srj")
_RESERVED: Final = ("lang", "run", "format", "limit", "offset")
_SHOWN: Final = 1000
_DIGITS: Final = 12


@blueprint.get("/queries")
def index() -> Response:
    """All questions by topic."""
    spoken = language()
    topics: dict[str, list[Link]] = {}
    for query in service().library.values():
        links = topics.setdefault(questions.topic(query, spoken), [])
        links.append(Link(questions.summary(query, spoken), urls.query(query.name), query.name))
    page = LibraryPage(tuple((topic, tuple(links)) for topic, links in topics.items()))
    return Response(render_template("library/index.html", page=page), mimetype="text/html")


@blueprint.get("/queries/<name>")
def query(name: str) -> Response:
    """One question with its form; with parameters, its answer."""
    asked = service().library.find(name)
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
    """The answer as plain JSON, SPARQL results in JSON, or CSV; `limit` and `offset` cut it."""
    asked = service().library.find(name)
    offer = choose((JSON, SPARQL_JSON, CSV), named=request.args.get("format"))
    values, offset, limit = _values(), _count("offset", 0), _count("limit", None)
    etag = caching.tag("query", asked.text, sorted(values.items()), offset, limit, offer.media_type)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    rows = _rows(asked, values)[offset or 0 :][:limit]
    return caching.tagged(_written(asked, values, rows, offer), etag)


def _values() -> dict[str, str]:
    given = {name: value.strip() for name, value in request.args.items() if name not in _RESERVED}
    return {name: value for name, value in given.items() if value}


def _count(name: str, default: int | None) -> int | None:
    given = request.args.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        raise BadRequest(f"'{name}' cannot be '{given[:40]}'; it is a number of at most {_DIGITS} digits, 0 or more.")
    return int(given)


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


def _written(asked: LibraryQuery, values: dict[str, str], rows: list[Row], offer: Offer) -> Response:
    if offer is CSV:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(asked.returns)
        writer.writerows([row[name].value if name in row else "" for name in asked.returns] for row in rows)
        response = Response(out.getvalue(), mimetype="text/csv")
        response.headers["Content-Disposition"] = f'inline; filename="{asked.name}.csv"'
        return response
    if offer is SPARQL_JSON:
        bindings = [{name: _sparql_json(term) for name, term in row.items()} for row in rows]
        document = {"head": {"vars": list(asked.returns)}, "results": {"bindings": bindings}}
        return Response(json.dumps(document, ensure_ascii=False), content_type=offer.media_type)
    plain = [{name: _plain(row[name]) if name in row else None for name in asked.returns} for row in rows]
    return jsonify({"query": asked.name, "parameters": values, "columns": list(asked.returns), "rows": plain})


def _sparql_json(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri", "value": term.value}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return {**told, "xml:lang": term.language}
    string = term.datatype.value == f"{PREFIXES['xsd']}string"
    return told if string else {**told, "datatype": term.datatype.value}


def _plain(term: Term) -> Any:  # noqa: ANN401  what JSON can say: a text, a number or a truth
    if not isinstance(term, Literal):
        return term.value
    datatype = term.datatype.value.removeprefix(PREFIXES["xsd"])
    if datatype == "integer":
        return int(term.value)
    if datatype in ("decimal", "double", "float"):
        return float(term.value)
    return term.value == "true" if datatype == "boolean" else term.value
