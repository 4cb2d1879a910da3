"""`/search` for people, `/api/search` for programs: names with or without diacritics."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request

from kg.search import KINDS, Hit
from server import caching, urls
from server.contexts import Link, SearchPage
from server.negotiate import language
from server.numbers import whole
from server.service import service
from server.wording import say

blueprint = Blueprint("search", __name__)

_DEFAULT: Final = 10
_MOST: Final = 100
_ON_PAGE: Final = 50


@blueprint.get("/search")
def page() -> Response:
    """The page of results."""
    text, kind = request.args.get("q", "").strip(), request.args.get("kind", "")
    hits = service().index().find(text, kind or None, _ON_PAGE) if text else []
    kinds = tuple(Link(say(language(), f"kind.{name}"), None, name) for name in KINDS)
    links = tuple(Link(hit.label, urls.link(hit.iri), _note(hit)) for hit in hits)
    return Response(
        render_template("pages/search.html", page=SearchPage(text, kind, kinds, links)), mimetype="text/html"
    )


@blueprint.get("/api/search")
def find() -> Response:
    """`q` text, `kind` one of the kinds, `limit` up to 100; an unfinished last word is completed."""
    text, kind, limit = (
        request.args.get("q", "").strip(),
        request.args.get("kind", ""),
        whole("limit", _DEFAULT, 1, _MOST),
    )
    etag = caching.tag("search", text, kind, limit, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    hits = service().index().find(text, kind or None, limit)
    return caching.tagged(jsonify({"query": text, "hits": [_told(hit) for hit in hits]}), etag)


def _note(hit: Hit) -> str:
    kind = say(language(), f"kind.{hit.kind}")
    return f"{kind} · {hit.note}" if hit.note else kind


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "iri": hit.iri,
        "label": hit.label,
        "kind": hit.kind,
        "kind_label": say(language(), f"kind.{hit.kind}"),
        "note": hit.note,
        "score": round(hit.score, 3),
        "url": urls.local(hit.iri),
    }
