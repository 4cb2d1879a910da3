"""`/api/extract`: a text or a page → what it says. Writes nothing."""

from typing import Final

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.model.dates import PartialDate
from server.extracting import Wanted
from server.negotiate import JSON, choose
from server.sent import json_object
from server.service import service

blueprint = Blueprint("extraction", __name__)

_SHORT: Final = 20_000  # bytes of plain text that are read at once, in less time than a process takes to start
_FORMS: Final = {"text/plain": "txt", "text/html": "html", "application/xhtml+xml": "html"}
_FIELDS: Final = ("text", "published", "place")


@blueprint.post("/api/extract")
def extract() -> Response:
    """What a text or a web page says, in the form that `kg extract` prints; nothing is written."""
    choose((JSON,))
    wanted = _wanted()
    if wanted.form == "txt" and len(wanted.data) <= _SHORT:
        from server.extraction_child import said  # the reader is loaded when somebody asks for it

        return jsonify(said(wanted.data, wanted.form, wanted.published, wanted.place))
    return jsonify(service().reading.read(wanted))


def _wanted() -> Wanted:
    """Raises UnsupportedMediaType, and BadRequest with one sentence."""
    about = {name: request.args.get(name) for name in ("published", "place")}
    if request.mimetype == "application/json":
        told = json_object(request.get_data(), _FIELDS, "at least a 'text'")
        form, data = "txt", _words("text", told.get("text")).encode()
        about |= {name: _words(name, told[name]) for name in about if told.get(name) is not None}
    elif request.mimetype in _FORMS:
        form, data = _FORMS[request.mimetype], request.get_data()
    else:
        raise UnsupportedMediaType
    if about["published"]:
        try:
            PartialDate.parse(about["published"])
        except ValueError as error:
            raise BadRequest(
                f"'published' cannot be '{about['published'][:40]}'; write YYYY, YYYY-MM or YYYY-MM-DD."
            ) from error
    return Wanted(data, form, about["published"] or None, about["place"] or None)


def _words(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadRequest(f"The object needs a '{name}' that is a string.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadRequest(f"The '{name}' has half a character in it (a lone surrogate); write it whole.") from error
    return value
