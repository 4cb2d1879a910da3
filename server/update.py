"""`/update`: SPARQL 1.1 Update by the protocol, as a change set through the one door."""

from typing import Final

from flask import Blueprint, Response, request

from kg.model.sparql_dataset import with_dataset
from kg.review import Kind
from server import asked, auth
from server.receipts import answered
from server.reviewing import only_proposes, waiting
from server.service import service

blueprint = Blueprint("update", __name__)

TOO_LOW: Final = "Writing needs a token of role contributor (for review), editor or admin."


@blueprint.post("/update")
def update() -> Response:
    """Runs an editor's update: 204 with what it changed, which the next request sees; a contributor's waits: 202."""
    token = auth.require("contributor", TOO_LOW)
    wanted = asked.read("update")
    assert wanted is not None
    text = wanted.text
    if wanted.default_graphs or wanted.named_graphs:
        text = with_dataset(text, wanted.default_graphs or (), wanted.named_graphs or ())
    reason = request.args.get("reason", "SPARQL Update")
    if only_proposes(token):
        change = service().graph.change_of(
            text, agent=token.agent, reason=reason, base=request.base_url, seconds=wanted.seconds
        )
        return waiting(change, Kind.UPDATE)
    receipt = service().graph.submit_update(
        text,
        agent=token.agent,
        reason=reason,
        accept_warnings=request.args.get("warnings") == "accept",
        base=request.base_url,
        seconds=wanted.seconds,
    )
    return answered(receipt)


@blueprint.after_request
def _say_what_is_taken(response: Response) -> Response:
    if response.status_code == 415 or request.method == "OPTIONS":
        response.headers["Accept-Post"] = ", ".join(asked.taken("update"))
    return response
