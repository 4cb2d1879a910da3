"""`/validate`: RDF judged by the shapes; a report whether or not it conforms, and nothing is written."""

from collections.abc import Callable
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
_TAKEN: Final = {form.media_type: form.name for form in GRAPH_FORMATS.values()}
_BY_ENDING: Final = {form.file_extension: form.media_type for form in GRAPH_FORMATS.values()}
_LONGEST_SHOWN: Final = 1 << 19  # bytes of data that a page gives back to be mended
_FORM: Final = "multipart/form-data"


@blueprint.get("/validate")
def ask() -> Response:
    """The form for data that are to be validated."""
    return _page(ReportPage(tuple(_TAKEN.items()), is_against=_is_against()))


@blueprint.post("/validate")
def validate() -> Response:
    """An RDF body, or a form with `data`; `?against=graph` as a change of the public graph, `?repairs=true` with
    repairs.

    Of the form, `shapes` (Turtle) are used instead of ours, `remove` (N-Triples) is taken out of the public graph, and
    `repair`, the rows of an RDF Patch, is carried out on the data first.
    """
    offer = choose(_OFFERS, named=request.args.get("format"))
    if request.args.get("repairs") not in (None, "true"):
        raise BadRequest("'repairs' is true, or left out.")
    job = _job(is_page=offer is HTML)
    return _written(job, service().desk.validate(job, service().data), offer)


def _is_against() -> bool:
    against = request.args.get("against", request.form.get("against"))
    if against not in (None, "graph"):
        raise BadRequest(f"'against' cannot be '{against[:40]}'; leave it out, or write against=graph.")
    return against == "graph"


def _job(*, is_page: bool) -> Job:
    repairs = is_page or request.args.get("repairs") == "true"
    generation = pinned().path if _is_against() else None
    if request.mimetype != _FORM:
        if request.mimetype not in _TAKEN:
            raise UnsupportedMediaType(", ".join(sorted(_TAKEN)))
        return Job(request.get_data(), request.mimetype, generation=generation, repairs=repairs)
    data, media_type = _data()
    remove = _text("remove")
    if remove and generation is None:
        raise BadRequest("'remove' goes with against=graph: it is taken out of the public graph.")
    return Job(data, media_type, _text("shapes"), generation, remove, _text("repair"), repairs)


def _data() -> tuple[bytes, str]:
    """The part `data`, a file or the text of a field, with its media type."""
    file = request.files.get("data")
    if file is not None and (file.filename or file.mimetype in _TAKEN):
        return file.stream.read(), _media_type(file)
    if "data" not in request.form:
        raise BadRequest("The form has no 'data', neither as a file nor as text.")
    named = request.form.get("media_type", TURTLE.media_type)
    if named not in _TAKEN:
        raise UnsupportedMediaType(", ".join(sorted(_TAKEN)))
    return _text("data"), named


def _text(name: str) -> bytes:
    """A part, a file or the text of a field, in which browsers end lines by two characters."""
    file = request.files.get(name)
    return file.stream.read() if file else request.form.get(name, "").replace("\r\n", "\n").encode()


def _media_type(file: FileStorage) -> str:
    if file.mimetype in _TAKEN:
        return file.mimetype
    ending = (file.filename or "").rpartition(".")[2]
    if ending not in _BY_ENDING:
        raise UnsupportedMediaType
    return _BY_ENDING[ending]


def _written(job: Job, outcome: Outcome, offer: Offer) -> Response:
    if offer is HTML:
        return _page(_report_page(job, outcome))
    if offer is JSON:
        more = {} if outcome.data is None else {"data": outcome.data, "remove": outcome.remove}
        return jsonify({**outcome.report, **more})
    if offer is CSV:
        return Response(outcome.csv, mimetype="text/csv")
    if offer is TURTLE:
        return Response(outcome.turtle, mimetype="text/turtle")
    quads = parse(outcome.turtle.encode(), format=RdfFormat.TURTLE)
    return Response(written((quad.triple for quad in quads), offer), content_type=offer.content_type)


def _report_page(job: Job, outcome: Outcome) -> ReportPage:
    """The report with the data in a form, where they are text of a length that a page can hold."""
    data = job.data if outcome.data is None else outcome.data.encode()
    texts = (data, job.shapes)
    is_whole = sum(map(len, texts)) <= _LONGEST_SHOWN and all(map(_is_text, texts))
    show: Callable[[bytes], str] = bytes.decode if is_whole else lambda _: ""
    return ReportPage(
        tuple(_TAKEN.items()),
        outcome.report,
        data=show(data),
        media_type=job.media_type if outcome.data is None else TURTLE.media_type,
        shapes=show(job.shapes),
        remove=outcome.remove,
        is_against=job.generation is not None,
        is_repaired=outcome.data is not None,
        is_whole=is_whole,
    )


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _page(page: ReportPage) -> Response:
    return Response(render_template("validate/report.html", page=page), mimetype="text/html")
