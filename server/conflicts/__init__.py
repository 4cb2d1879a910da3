"""The conflict desk: what sources say against each other, side by side, and what a person decides of it.

`/conflicts` and `/conflicts/<slug>` are pages, `/api/conflicts` and `/api/conflicts/<slug>` the same for programs.
"""

import json
from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.curate import keep_both, prefer, reopen
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from server import auth, caching, urls
from server.conflicts.reading import STATES, listed, read
from server.contexts import ConflictPage, ConflictsPage
from server.negotiate import language
from server.numbers import whole
from server.receipts import answered
from server.service import service

blueprint = Blueprint("conflicts", __name__)

_DEFAULT, _MOST, _FURTHEST = 100, 1000, 10_000
_TOO_LOW: Final = "Deciding on a conflict needs a token of role editor or admin."
_DECISIONS: Final = ("prefer", "keep", "reopen")
_FIELDS: Final = ("decision", "claim", "reason")


@blueprint.get("/conflicts")
def page() -> Response:
    """The conflicts as a list; open ones where `state` is not given."""
    state = _state("open")
    etag = caching.tag("conflicts", state, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    found = listed(state)
    shown = ConflictsPage(state or "any", STATES, tuple(found[:_MOST]), len(found))
    return caching.tagged(Response(render_template("conflicts/list.html", page=shown), mimetype="text/html"), etag)


@blueprint.get("/conflicts/<slug>")
def one_page(slug: str) -> Response:
    """One conflict: its claims side by side, each with the sentences behind it."""
    etag = caching.tag("conflict", slug, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    shown = ConflictPage(read(_named(slug)))
    return caching.tagged(Response(render_template("conflicts/one.html", page=shown), mimetype="text/html"), etag)


@blueprint.get("/api/conflicts")
def find() -> Response:
    """The conflicts of one `state` (open, settled, kept) or of any, in pieces of `limit` from `offset`."""
    state, limit, offset = _state(None), whole("limit", _DEFAULT, 1, _MOST), whole("offset", 0, 0, _FURTHEST)
    etag = caching.tag("api-conflicts", state, limit, offset, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    found = listed(state)
    told: dict[str, Any] = {"total": len(found), "conflicts": [one.to_json() for one in found[offset : offset + limit]]}
    if offset + limit < len(found):
        more: dict[str, object] = {"limit": limit, "offset": offset + limit}
        told["next"] = urls.with_query(urls.api_conflicts(), more if state is None else {"state": state, **more})
    return caching.tagged(jsonify(told), etag)


@blueprint.get("/api/conflicts/<slug>")
def one(slug: str) -> Response:
    """One conflict with its claims, and the sentences behind each."""
    etag = caching.tag("api-conflict", slug, language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    return caching.tagged(jsonify(read(_named(slug)).to_json()), etag)


@blueprint.post("/api/conflicts/<slug>")
def decide(slug: str) -> Response:
    """Prefers a `claim`, keeps both, or reopens, with a `reason`; 204 with what it changed in the headers."""
    token = auth.require("editor", _TOO_LOW)
    asked = _asked()
    graph = service().graph
    with graph.reader() as reader:
        change = _change(reader, _named(slug), asked, token.agent)
    receipt = graph.submit(change, accept_warnings=request.args.get("warnings") == "accept")
    return answered(receipt)


def _change(reader: Reader, conflict: NamedNode, asked: dict[str, str], agent: NamedNode) -> ChangeSet:
    reason = asked["reason"]
    match asked["decision"]:
        case "prefer":
            return prefer(reader, conflict, _claim(asked["claim"]), agent, reason)
        case "keep":
            return keep_both(reader, conflict, agent, reason)
        case _:
            return reopen(reader, conflict, agent, reason)


def _asked() -> dict[str, str]:
    """The fields of the body, a JSON object. Raises UnsupportedMediaType, and BadRequest with one sentence."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    try:
        told = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON; send an object with 'decision' and 'reason'.") from error
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise BadRequest(
            "The body is no JSON object of strings; send 'decision', 'reason' and, to prefer one, 'claim'."
        )
    if strange := told.keys() - set(_FIELDS):
        raise BadRequest(f"The object has a member '{min(strange)[:40]}'; it may have {', '.join(_FIELDS)}.")
    if told.get("decision") not in _DECISIONS:
        raise BadRequest(f"'decision' is one of {', '.join(_DECISIONS)}.")
    if not told.get("reason", "").strip():
        raise BadRequest("A decision needs a 'reason': say which source it rests on, or why neither is right.")
    return {name: told.get(name, "") for name in _FIELDS}


def _claim(given: str) -> NamedNode:
    try:
        return NamedNode(given)
    except ValueError as error:
        raise BadRequest(f"'claim' cannot be '{given[:80]}'; it is the IRI of one of the claims.") from error


def _named(slug: str) -> NamedNode:
    try:
        return NamedNode(urls.entity_iri("conflict", slug))
    except ValueError as error:
        raise BadRequest(f"'{slug[:80]}' cannot be part of an IRI; /conflicts lists what there is.") from error


def _state(default: str | None) -> str | None:
    given = request.args.get("state", default or "any")
    if given == "any":
        return None
    if given not in STATES:
        raise BadRequest(f"'state' cannot be '{given[:40]}'; use one of {', '.join(STATES)} or any.")
    return given
