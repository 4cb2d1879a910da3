"""`/openapi.json`: what the program answers to, said by OpenAPI 3.1 and made from the program itself."""

import json

from flask import Blueprint, Response

from server import caching
from server.openapi.document import described
from server.service import pinned, service

__all__ = ["blueprint", "described"]

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
def document() -> Response:
    """This document."""
    etag = caching.tag("openapi")
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    text = service().memory.recall(pinned().number, "openapi", _text)
    return caching.tagged(Response(text, mimetype="application/json"), etag)


def _text() -> str:
    return json.dumps(described(), ensure_ascii=False, indent=1)
