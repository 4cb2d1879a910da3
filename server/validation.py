"""`/validate`: RDF judged by the shapes; a report whether or not it conforms, and nothing is written."""

from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request
from pyoxigraph import RdfFormat, parse
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.query import GRAPH_FORMATS
from server.contexts import ReportPage
from server.negotiate import CSV, HTML, JSON, NTRIPLES, TURTLE, Offer, choose
from server.rdf import written
from server.service import pinned, service
from server.validating import Job, Outcome

blueprint = Blueprint("validation", __name__)

_JSONLD: Final = Offer("jsonld", "JSON-LD", "application/ld+json", ".jsonld")
_OFFERS: Final = (TURTLE, _JSONLD, NTRIPLES, JSON, CSV, HTML)
_TAKEN: Final = frozenset(form.media_type for form in GRAPH_FORMATS.values())
_BY_ENDING: Final = {form.file_extension: form.media_type for form in GRAPH_FORMATS.values()}


@blueprint.post("/validate")
def validate() -> Response:
    """An RDF body, or multipart `data` and optional `shapes`; `?against=graph` as an addition to the public graph."""
    offer = choose(_OFFERS, named=request.args.get("format"))
    against = request.args.get("against")
    if against not in (None, "graph"):
        raise BadRequest(f"'against' cannot be '{against}'; leave it out, or write against=graph.")
    data, media_type, shapes = _parts()
    job = Job(data, media_type, shapes, pinned().path if against else None)
    return _written(service().desk.validate(job, service().data), offer)


def _parts() -> tuple[bytes, str, bytes]:
    if request.mimetype != "multipart/form-data":
        if request.mimetype not in _TAKEN:
            raise UnsupportedMediaType(", ".join(sorted(_TAKEN)))
        return request.get_data(), request.mimetype, b""
    data, shapes = request.files.get("data"), request.files.get("shapes")
    if data is None:
        raise BadRequest("The form has no file 'data'.")
    return data.stream.read(), _media_type(data), shapes.stream.read() if shapes else b""


def _media_type(file: FileStorage) -> str:
    if file.mimetype in _TAKEN:
        return file.mimetype
    ending = (file.filename or "").rpartition(".")[2]
    if ending not in _BY_ENDING:
        raise UnsupportedMediaType
    return _BY_ENDING[ending]


def _written(outcome: Outcome, offer: Offer) -> Response:
    if offer is HTML:
        page = ReportPage(outcome.conforms, outcome.findings)
        return Response(render_template("validate/report.html", page=page), mimetype="text/html")
    if offer is JSON:
        return jsonify({"conforms": outcome.conforms, "findings": outcome.findings})
    if offer is CSV:
        return Response(outcome.csv, mimetype="text/csv")
    if offer is TURTLE:
        return Response(outcome.turtle, mimetype="text/turtle")
    quads = parse(outcome.turtle.encode(), format=RdfFormat.TURTLE)
    return Response(written((quad.triple for quad in quads), offer), content_type=offer.content_type)
