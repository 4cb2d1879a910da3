"""Forms made from the shapes: a thing opened, changed or made anew, and saved through the one door.

`/edit/<kind>/<slug>` edits one thing, `/edit/new/<kind>` makes one, `/edit/new` says of what kinds.
"""

import secrets
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, redirect, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as Redirect

from kg.errors import BomayError, NotFound
from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Term
from kg.review import Kind
from kg.store import Receipt, Refused
from server import auth, urls
from server.contexts import ProblemPage
from server.editing.opened import CLASSES, KINDS, Opened, blank, opened, rows_of
from server.editing.page import Trouble, edit_page, namer, sent_as_opened
from server.editing.saving import UNNAMED, Changed, Unread, created, edited, save
from server.editing.sent import Sent, sent_form
from server.editing.values import Row
from server.errors import problem_on_page
from server.negotiate import wants_page
from server.receipts import answered
from server.reviewing import only_proposes, waiting
from server.service import service

__all__ = ["CLASSES", "KINDS", "blueprint"]

blueprint = Blueprint("editing", __name__)

_TOO_LOW: Final = "Editing needs a token of role contributor (for review), editor or admin."
_MARK_BYTES: Final = 8


@blueprint.get("/edit/new")
def kinds() -> Response:
    """The kinds of things that a form makes."""
    return Response(render_template("editing/kinds.html", kinds=tuple(CLASSES)), mimetype="text/html")


@blueprint.get("/edit/new/<kind>")
def new_form(kind: str) -> Response | Redirect:
    """The form for a new thing; a field's name in the query fills that field."""
    if (elsewhere := _sign_in_first()) is not None:
        return elsewhere
    auth.require("contributor", _TOO_LOW)
    with service().graph.reader() as reader:
        form = blank(reader, kind, UNNAMED)
        given = {one.name: (Row(request.args[one.name]),) for one in form.fields if one.name in request.args}
        sent = sent_as_opened(form, reader, secrets.token_hex(_MARK_BYTES), given)
        return _shown(reader, form, kind, sent)


@blueprint.post("/edit/new/<kind>")
def make(kind: str) -> Response:
    """Makes a thing by its form; 303 to its page, or the form as it was with what is wrong."""
    with service().graph.reader() as reader:
        form = blank(reader, kind, UNNAMED)
    sent = sent_form(form.fields)
    if sent.is_unfinished:
        return _again(kind, form, sent)
    try:
        token = auth.require("contributor", _TOO_LOW)
        node, change = created(kind, sent, token.agent)
        if only_proposes(token):
            return _proposed(kind, form, sent, change)
        receipt = service().graph.submit(change, accept_warnings=sent.accepts_warnings)
    except (BomayError, BadRequest) as error:
        return _refused(kind, form, sent, error)
    return _stored(kind, node, receipt)


@blueprint.get("/edit/<kind>/<slug>")
def form_page(kind: str, slug: str) -> Response | Redirect:
    """The form of one thing, as it is now."""
    if (elsewhere := _sign_in_first()) is not None:
        return elsewhere
    auth.require("contributor", _TOO_LOW)
    with service().graph.reader() as reader:
        form = opened(reader, _node(kind, slug))
        return _shown(reader, form, kind, sent_as_opened(form, reader))


@blueprint.post("/edit/<kind>/<slug>")
def store(kind: str, slug: str) -> Response:
    """Saves what the form changes; 303 to the page, or the form as it was with what is wrong (409, 422)."""
    node = _node(kind, slug)
    with service().graph.reader() as reader:
        try:
            form = opened(reader, node)
        except NotFound as error:  # it may have gone while somebody was typing
            if kind not in CLASSES:
                raise
            form = blank(reader, kind, node)
            return _refused(kind, form, sent_form(form.fields), error)
    sent = sent_form(form.fields)
    if sent.is_unfinished:
        return _again(kind, form, sent)
    try:
        token = auth.require("contributor", _TOO_LOW)
        with service().graph.reader() as reader:
            change = edited(reader, node, sent, token.agent)
        if only_proposes(token) and not change.is_empty:
            return _proposed(kind, form, sent, change)
        receipt = None if change.is_empty else save(node, sent, token.agent)
    except (BomayError, BadRequest) as error:
        return _refused(kind, form, sent, error)
    return _again(kind, form, sent, Trouble(is_unchanged=True)) if receipt is None else _stored(kind, node, receipt)


def _proposed(kind: str, form: Opened, sent: Sent, change: ChangeSet) -> Response:
    """202 for what waits for review: for a browser the form that says so."""
    told = waiting(change, Kind.FORM)
    if not wants_page():
        return told
    response = _again(kind, form, sent, Trouble(is_waiting=True))
    response.status_code = told.status_code
    response.headers["Location"] = told.headers["Location"]
    return response


def _refused(kind: str, form: Opened, sent: Sent, error: BomayError | BadRequest) -> Response:
    """The form with what is wrong and everything that was typed; raises again what no form can show."""
    problem = problem_on_page(error)
    findings = error.report.findings if isinstance(error, Refused) else ()
    offers = error.offers if isinstance(error, Unread) else {}
    now: dict[str, frozenset[Term]] = {}
    shown = ProblemPage.of(problem.to_json(), problem.slug)
    with service().graph.reader() as reader:
        if isinstance(error, Changed):
            form, sent, now = _rebased(error, sent, reader)
        response = _shown(reader, form, kind, sent, Trouble(shown, findings, offers, now))
    response.status_code = problem.status
    response.headers.extend(problem.headers)
    return response


def _rebased(error: Changed, sent: Sent, reader: Reader) -> tuple[Opened, Sent, dict[str, frozenset[Term]]]:
    """The form on the thing as it is now: what was typed where both changed it, else both changes."""
    now, named = error.now, namer(reader)
    rows = {
        one.name: sent.rows[one.name]
        if one.name in error.merged.clashes
        else rows_of(one, error.merged.wanted[one.name], named)
        for one in now.fields
    }
    made_of_it = {name: now.values[name] for name in error.merged.clashes}
    return now, replace(sent, rows=rows, base=now.base()), made_of_it


def _again(kind: str, form: Opened, sent: Sent, trouble: Trouble | None = None) -> Response:
    with service().graph.reader() as reader:
        return _shown(reader, form, kind, sent, trouble)


def _shown(reader: Reader, form: Opened, kind: str, sent: Sent, trouble: Trouble | None = None) -> Response:
    page = edit_page(reader, form, kind, sent, trouble)
    return Response(render_template("editing/form.html", page=page), mimetype="text/html")


def _stored(kind: str, node: NamedNode, receipt: Receipt) -> Response:
    response = answered(receipt, 303)
    response.headers["Location"] = f"{urls.doc(kind, node.value.rpartition('/')[2])}#main"
    return response


def _sign_in_first() -> Redirect | None:
    """Where a browser without a session is sent to, and comes back from."""
    if wants_page() and auth.sent_token() is None and request.authorization is None:
        return redirect(urls.signin(request.full_path.rstrip("?")), 303)
    return None


def _node(kind: str, slug: str) -> NamedNode:
    """The node of an address. Raises NotFound for a kind that no form edits, and for what is no IRI."""
    if kind not in KINDS:
        raise NotFound(f"No form edits a '{kind[:40]}'; the kinds are {', '.join(KINDS)}.")
    try:
        return NamedNode(urls.entity_iri(kind, slug))
    except ValueError as error:
        raise NotFound("Nothing here answers to this address, which is no IRI.") from error
