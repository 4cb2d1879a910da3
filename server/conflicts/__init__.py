"""The conflict desk: what sources say against each other, side by side, and what a person decides of it.

`/conflicts` and `/conflicts/<slug>` are pages, `/api/conflicts` and `/api/conflicts/<slug>` the same for programs.
"""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from kg.errors import BomayError
from server import auth, caching, sessions, urls
from server.conflicts.deciding import Draft, sent_form, sent_json
from server.conflicts.reading import STATES, listed, read
from server.contexts import ConflictPage, ConflictsPage, ProblemPage
from server.errors import problem_on_page
from server.negotiate import language
from server.numbers import whole
from server.receipts import answered

blueprint = Blueprint("conflicts", __name__)

_DEFAULT, _MOST, _FURTHEST = 100, 1000, 10_000
_TOO_LOW: Final = "Deciding on a conflict needs a token of role editor or admin."


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
    return caching.tagged(Response(_shown(slug), mimetype="text/html"), etag)


@blueprint.post("/conflicts/<slug>")
def decide_on_page(slug: str) -> Response:
    """Decides by the form of the page; 303 back to it, or the page with what was refused and the form as it was."""
    draft = sent_form()
    try:
        token = auth.require("editor", _TOO_LOW)
        decision = draft.decision(read(_named(slug)))
        decision.store(_named(slug), token.agent, accept_warnings=draft.accepts_warnings)
    except (BomayError, BadRequest) as error:
        problem = problem_on_page(error)
        shown = _shown(slug, draft, ProblemPage.of(problem.to_json(), problem.slug))
        return Response(shown, problem.status, problem.headers, mimetype="text/html")
    return Response(status=303, headers={"Location": f"{urls.conflict(slug)}#main"})


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
    warnings = request.args.get("warnings") == "accept"
    return answered(sent_json().store(_named(slug), token.agent, accept_warnings=warnings))


def _shown(slug: str, draft: Draft | None = None, problem: ProblemPage | None = None) -> str:
    session = sessions.current()
    may_decide = session is not None and session.token.may("editor")
    shown = ConflictPage(read(_named(slug)), may_decide, draft or Draft(), problem)
    return render_template("conflicts/one.html", page=shown)


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
