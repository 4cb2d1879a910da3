"""The journal: who changed what, one change with its differences, and its reversal.

`/changes`, `/changes/<slug>` and `/doc/<kind>/<slug>/history` are pages; `/api/changes` and below are for programs.
"""

import json
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, PreconditionFailed, UnsupportedMediaType

from kg.history import as_patch, difference, touched_nodes, undo
from server import auth, caching, urls
from server.changes.reading import OFFERS, RDF_PATCH, asked, found, named, one_of, summary, told
from server.contexts import ChangePage, ChangesPage
from server.negotiate import LANGUAGES, choose, language
from server.numbers import whole
from server.receipts import answered
from server.service import pinned, service

blueprint = Blueprint("changes", __name__)

_DEFAULT, _MOST, _FURTHEST = 50, 500, 100_000
_PARTS, _MOST_PARTS = 200, 5000
_TOO_LOW: Final = "Undoing a change needs a token of role editor or admin."


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


@blueprint.post("/api/changes/<slug>/revert")
def revert(slug: str) -> Response:
    """Undoes a change, for a `reason`; 204 with what that changed in the headers, with `preview` 200 and its parts."""
    token = auth.require("editor", _TOO_LOW)
    reason, preview = _reason(), _flag("preview")
    graph, journal = service().graph, service().journal
    with graph.stage() as stage:
        listed, _ = one_of(stage.reader, slug)
        _require_match(slug, graph.info()["generation"])
        change = undo(stage.reader, journal, listed.change, token.agent, reason)
        if preview:
            parts = difference(stage.reader, change.add, change.remove, language(), slice(_PARTS))
        else:
            stage.add(change)
            (receipt,) = stage.commit(accept_warnings=request.args.get("warnings") == "accept")
            return answered(receipt)
    report = graph.check(change)
    told_parts = [_part(part.to_json()) for part in parts]
    findings = {"conforms": report.conforms, "findings": report.to_json()}
    counts = {"added": len(change.add), "removed": len(change.remove)}
    return jsonify({"reverts": listed.change.value, **counts, "parts": told_parts, "report": findings})


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


def _require_match(slug: str, generation: int) -> None:
    """Raises PreconditionFailed where If-Match names another state than the current one."""
    if "If-Match" not in request.headers or request.if_match.star_tag:
        return
    tags = (_tag(slug, offer.key, spoken, generation) for offer in OFFERS for spoken in LANGUAGES)
    if not any(request.if_match.contains(tag) for tag in tags):
        raise PreconditionFailed


def _reason() -> str:
    """The reason of the body, a JSON object. Raises UnsupportedMediaType, and BadRequest with one sentence."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON; send an object with 'reason'.") from error
    if not isinstance(body, dict) or body.keys() - {"reason"} or not isinstance(body.get("reason"), str):
        raise BadRequest("The body is an object with one member, 'reason', a string.")
    words = str(body["reason"]).strip()
    if not words:
        raise BadRequest("To undo a change needs a 'reason'; say why it was wrong.")
    return words


def _flag(name: str) -> bool:
    given = request.args.get(name, "false")
    if given not in ("true", "false"):
        raise BadRequest(f"'{name}' cannot be '{given[:40]}'; it is true or false.")
    return given == "true"
