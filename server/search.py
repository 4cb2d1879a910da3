"""`/search` for people, `/api/search` for programs: names with or without diacritics."""

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request

from kg.query import Param
from kg.search import KINDS, Entity, Hit
from server import caching, urls
from server.contexts import Link, SearchPage
from server.negotiate import language
from server.numbers import whole
from server.service import service
from server.wording import say

blueprint = Blueprint("search", __name__)

_DEFAULT: Final = 10
_MOST: Final = 100
_FURTHEST: Final = 1000
_ON_PAGE: Final = 50
_DAY: Final = Param("on", "date", "2022-04-05")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request looks for. `place` and `kind` are as they were given."""

    text: str
    kind: str
    place: str
    on: str

    @classmethod
    def read(cls) -> "_Asked":
        return cls(*(request.args.get(name, "").strip() for name in ("q", "kind", "place", "on")))

    def answered(self, limit: int, offset: int = 0) -> tuple[list[Hit], Entity | None]:
        """What was found, and the place that was meant. Raises QueryRefused for a filter that is none."""
        index = service().index()
        place = index.place(self.place) if self.place else None
        day = dt.date.fromisoformat(_DAY.term(self.on).value) if self.on else None
        within = place.iri if place else None
        return index.find(self.text, self.kind or None, limit, place=within, on=day, offset=offset), place


@blueprint.get("/search")
def page() -> Response:
    """The page of results."""
    asked = _Asked.read()
    hits, place = asked.answered(_ON_PAGE) if asked.text else ([], None)
    kinds = tuple(Link(say(language(), f"kind.{name}"), None, name) for name in KINDS)
    links = tuple(Link(hit.label, urls.link(hit.iri), _note(hit.kind, hit.note)) for hit in hits)
    meant = Link(place.label, urls.link(place.iri), _note(place.kind, place.note)) if place else None
    shown = SearchPage(asked.text, asked.kind, kinds, links, asked.place, asked.on, meant)
    return Response(render_template("pages/search.html", page=shown), mimetype="text/html")


@blueprint.get("/api/search")
def find() -> Response:
    """`q` text with `kind`, `place` and `on` (a day) to narrow it; an unfinished last word is completed."""
    asked, limit, offset = _Asked.read(), whole("limit", _DEFAULT, 1, _MOST), whole("offset", 0, 0, _FURTHEST)
    etag = caching.tag("search", *astuple(asked), limit, offset, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    hits, place = asked.answered(limit, offset)
    told: dict[str, Any] = {"query": asked.text, "hits": [_told(hit) for hit in hits]}
    if place is not None:
        told["place"] = {"iri": place.iri, "label": place.label, "note": place.note, "url": urls.local(place.iri)}
    return caching.tagged(jsonify(told), etag)


def _note(kind: str, note: str) -> str:
    spoken = say(language(), f"kind.{kind}")
    return f"{spoken} · {note}" if note else spoken


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
