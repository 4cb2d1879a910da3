"""Decisions of people put into the graph: an editor's at once, a contributor's as a proposal."""

from collections.abc import Callable
from typing import Any, Final

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.review import Kind
from kg.store.tokens import Token
from server.contexts import Form
from server.forms import FORM
from server.receipts import answered
from server.reviewing import only_proposes, waiting
from server.service import service

Make = Callable[[Reader], ChangeSet]
TOO_LOW: Final = "This needs a token of role contributor (for review), editor or admin."


def put(make: Make, token: Token, *, accept_warnings: bool) -> Response:
    """Makes the change in sight of the graph as it is, with no other let in meanwhile, and commits it: 204.

    What a contributor decides waits for review: 202. Raises what `make` raises, and Refused.
    """
    graph = service().graph
    if only_proposes(token):
        with graph.reader() as reader:
            change = make(reader)
        return waiting(change, Kind.PATCH)
    with graph.stage() as stage:
        stage.add(make(stage.reader))
        (receipt,) = stage.commit(accept_warnings=accept_warnings)
    return answered(receipt)


def judged(change: ChangeSet) -> dict[str, Any]:
    """What the shapes say of a change that is only looked at."""
    return service().graph.check(change).to_json()


def sent_form() -> Form:
    """The reason and the tick of a form. Raises UnsupportedMediaType."""
    if request.mimetype != FORM:
        raise UnsupportedMediaType(FORM)
    return Form(request.form.get("reason", "").strip(), request.form.get("warnings") == "accept")
