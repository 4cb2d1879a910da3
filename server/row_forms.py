"""Rows of the library as plain JSON, CSV, and SPARQL results (https://www.w3.org/TR/sparql11-results-json/)."""

import csv
import io
import json
import math
from typing import Any, Final

from flask import Response, jsonify
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.model.graph import Row, Term
from kg.namespaces import PREFIXES
from kg.query import LibraryQuery
from server.negotiate import CSV, JSON, RESULTS_TSV, RESULTS_XML, Offer

SPARQL_JSON: Final = Offer("sparql-json", "SPARQL JSON", "application/sparql-results+json", ".srj")
FORMS: Final = (JSON, SPARQL_JSON, CSV, RESULTS_XML, RESULTS_TSV)
_WRITTEN_BY_ENGINE: Final = {RESULTS_XML: QueryResultsFormat.XML, RESULTS_TSV: QueryResultsFormat.TSV}


def written(
    asked: LibraryQuery, values: dict[str, str], rows: list[Row], offer: Offer, following: str | None
) -> Response:
    """The rows in one of FORMS; `following` is where the next ones are."""
    if offer is CSV:
        return _csv(asked, rows)
    if offer is JSON:
        plain = [{name: _plain(row[name]) if name in row else None for name in asked.returns} for row in rows]
        told = {"query": asked.name, "parameters": values, "columns": list(asked.returns)}
        return jsonify({**told, "rows": plain, "next": following})
    bindings = [{name: _sparql_json(term) for name, term in row.items()} for row in rows]
    document = {"head": {"vars": list(asked.returns)}, "results": {"bindings": bindings}}
    text = json.dumps(document, ensure_ascii=False)
    if offer is SPARQL_JSON:
        return Response(text, content_type=offer.content_type)
    found = parse_query_results(text, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)  # as written above
    return Response(found.serialize(format=_WRITTEN_BY_ENGINE[offer]), content_type=offer.content_type)


def _csv(asked: LibraryQuery, rows: list[Row]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(asked.returns)
    writer.writerows([row[name].value if name in row else "" for name in asked.returns] for row in rows)
    response = Response(out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'inline; filename="{asked.name}.csv"'
    return response


def _sparql_json(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"type": "uri", "value": term.value}
    told = {"type": "literal", "value": term.value}
    if term.language:
        return {**told, "xml:lang": term.language}
    string = term.datatype.value == f"{PREFIXES['xsd']}string"
    return told if string else {**told, "datatype": term.datatype.value}


def _plain(term: Term) -> Any:  # noqa: ANN401  what JSON can say: a text, a number or a truth
    """A number that JSON cannot hold (NaN, an infinity), and one that is none, stays words."""
    if not isinstance(term, Literal):
        return term.value
    datatype = term.datatype.value.removeprefix(PREFIXES["xsd"])
    if datatype == "boolean":
        return term.value in ("true", "1")
    try:
        if datatype == "integer":
            return int(term.value)
        number = float(term.value) if datatype in ("decimal", "double", "float") else None
    except ValueError:
        return term.value
    return term.value if number is None or not math.isfinite(number) else number
