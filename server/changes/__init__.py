"""The journal: who changed what, one change with its differences, and its reversal.

`/changes`, `/changes/<slug>` and `/doc/<kind>/<slug>/history` are pages; `/api/changes` and below are for programs.
"""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, PreconditionFailed

from kg.history import as_patch, difference, touched_nodes, undo
from server import auth, caching, deciding, urls
from server.changes import undoing
from server.changes.reading import OFFERS, RDF_PATCH, asked, found, named, one_of, summary, told
from server.contexts import ChangePage, ChangesPage, Form
from server.deciding import TOO_LOW
from server.negotiate import LANGUAGES, choose, language
from server.numbers import whole
from server.sent import members
from server.service import pinned, service

blueprint = Blueprint("changes", __name__)

_DEFAULT, _MOST, _FURTHEST = 50, 500, 100_000
_PARTS, _MOST_PARTS = 200, 5000


@blueprint.get("/changes")
def page() -> Response:
    """The journal, newest first."""
    return _list_page(None)


@blueprint.get("/doc/<kind>/<slug>/history")
def history_page(kind: str, slug: str) -> Response:
    """The changes that touched an entity, directly or through what states facts about it."""
    return _list_page(named(urls.entity_iri(kind, slug)).value)


@blueprint.get("/changes/<slug>")
def one_page(slug: str) -> Response:
    """One change: old values against new, with names and sentences."""
    offset = whole("offset", 0, 0, _FURTHEST)
    etag = caching.tag("change", slug, language(), offset)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    with service().graph.reader() as reader:
        listed, done = one_of(reader, slug)
        parts = difference(reader, done.added, done.removed, language(), slice(offset, offset + _PARTS))
        shown = ChangePage(summary(reader, listed), tuple(parts), touched_nodes(done), offset, offset + len(parts))
    return caching.tagged(Response(render_template("changes/one.html", page=shown), mimetype="text/html"), etag)


@blueprint.get("/api/changes")
def find() -> Response:
    """The journal, newest first, in pieces of `limit` from `offset`; of one `entity` or `agent`, `since`, `until`."""
    wanted, limit, offset = asked(), whole("limit", _DEFAULT, 1, _MOST), whole("offset", 0, 0, _FURTHEST)
    etag = caching.tag("api-changes", wanted, limit, offset)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    with service().graph.reader() as reader:
        changes = found(reader, wanted)
    body: dict[str, Any] = {"total": len(changes), "changes": [told(one) for one in changes[offset : offset + limit]]}
    if offset + limit < len(changes):
        body["next"] = urls.api_changes(**wanted.given, limit=limit, offset=offset + limit)
    return caching.tagged(jsonify(body), etag)


@blueprint.get("/api/changes/<slug>")
def one(slug: str) -> Response:
    """One change: quads added and removed by node with names, in pieces of `limit` nodes; or all of it as RDF Patch."""
    offer = choose(OFFERS, named=request.args.get("format"))
    limit, offset = whole("limit", _PARTS, 1, _MOST_PARTS), whole("offset", 0, 0, _FURTHEST)
    etag = _tag(slug, offer.key, language())
    if request.if_none_match.contains_weak(etag):
        return _tagged(Response(status=304), etag)
    with service().graph.reader() as reader:
        listed, done = one_of(reader, slug)
        if offer is RDF_PATCH:
            return _tagged(Response(as_patch(done.added, done.removed), content_type=offer.content_type), etag)
        parts = difference(reader, done.added, done.removed, language(), slice(offset, offset + limit))
    body = {**told(listed), "nodes": touched_nodes(done), "parts": [_part(part.to_json()) for part in parts]}
    if offset + limit < touched_nodes(done):
        body["next"] = urls.api_changes(slug, limit=limit, offset=offset + limit)
    return _tagged(jsonify(body), etag)


@blueprint.get("/changes/<slug>/revert")
def revert_page(slug: str) -> Response:
    """What undoing a change would change, or the later changes in the way, with the form for it."""
    return undoing.shown(slug, auth.require("contributor", TOO_LOW), Form())


@blueprint.post("/changes/<slug>/revert")
def revert_on_page(slug: str) -> Response:
    """Undoes a change by the form of its page; 303 to the reversal, or the page with what was refused or what waits."""
    done = undoing.by_form(slug, deciding.sent_form())
    if done.status_code != 204:
        return done
    made = done.headers.get("Bomay-Change", "").rpartition("/")[2]
    return Response(status=303, headers={"Location": urls.change(made or slug)})


@blueprint.post("/api/changes/<slug>/revert")
def revert(slug: str) -> Response:
    """Undoes a change, for a `reason`: 204, or 202 where it waits for review; with `preview` what it would change."""
    token = auth.require("contributor", TOO_LOW)
    reason, preview = members("reason")["reason"], _flag("preview")
    graph = service().graph
    if not preview:
        warnings = request.args.get("warnings") == "accept"
        return undoing.undone(
            slug, token, reason, accept_warnings=warnings, matches=lambda: _matches(slug, graph.info()["generation"])
        )
    with graph.reader() as reader:
        listed, _ = one_of(reader, slug)
        if not _matches(slug, graph.info()["generation"]):
            raise PreconditionFailed
        change = undo(reader, service().journal, listed.change, token.agent, reason)
        parts = difference(reader, change.add, change.remove, language(), slice(_PARTS))
    told_parts = [_part(part.to_json()) for part in parts]
    counts = {"added": len(change.add), "removed": len(change.remove)}
    return jsonify({"reverts": listed.change.value, **counts, "parts": told_parts, "report": deciding.judged(change)})


def _list_page(entity: str | None) -> Response:
    wanted, offset = asked(entity), whole("offset", 0, 0, _FURTHEST)
    etag = caching.tag("changes", wanted, offset, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    with service().graph.reader() as reader:
        changes = found(reader, wanted)
        rows = tuple(summary(reader, each) for each in changes[offset : offset + _DEFAULT])
        about = wanted.link(reader, language())
    step = {name: value for name, value in wanted.given.items() if name != "entity" or entity is None}
    shown = ChangesPage(rows, len(changes), about, step, _DEFAULT, offset)
    return caching.tagged(Response(render_template("changes/list.html", page=shown), mimetype="text/html"), etag)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    return {**part, "url": urls.local(part["iri"])}


def _tag(slug: str, form: str, spoken: str, generation: int | None = None) -> str:
    pieces = request.args.get("limit"), request.args.get("offset")
    return caching.tag_of(
        pinned().number if generation is None else generation, "api-change", slug, form, spoken, *pieces
    )


def _tagged(response: Response, etag: str) -> Response:
    """Its ETag is strong: the order of rows is fixed, so `If-Match` may name it."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _matches(slug: str, generation: int) -> bool:
    """Whether If-Match, where it is sent, names the current state."""
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return True
    tags = (_tag(slug, offer.key, spoken, generation) for offer in OFFERS for spoken in LANGUAGES)
    return any(request.if_match.contains(tag) for tag in tags)


def _flag(name: str) -> bool:
    given = request.args.get(name, "false")
    if given not in ("true", "false"):
        raise BadRequest(f"'{name}' cannot be '{given[:40]}'; it is true or false.")
    return given == "true"
