"""`/update`: SPARQL 1.1 Update by the protocol, as a change set through the one door."""

from typing import Final

from flask import Blueprint, Response, request

from kg.model.sparql_dataset import with_dataset
from server import asked, auth
from server.receipts import answered
from server.service import service

blueprint = Blueprint("update", __name__)

TOO_LOW: Final = (
    "Writing needs a token of role editor or admin. Changes of contributors go to review, which this version does not "
    "have yet: ask an editor to send this one."
)


@blueprint.post("/update")
def update() -> Response:
    """Runs an update; 204 with what it changed in the headers. The next request sees it."""
    token = auth.require("editor", TOO_LOW)
    wanted = asked.read("update")
    assert wanted is not None
    text = wanted.text
    if wanted.default_graphs or wanted.named_graphs:
        text = with_dataset(text, wanted.default_graphs or (), wanted.named_graphs or ())
    receipt = service().graph.submit_update(
        text,
        agent=token.agent,
        reason=request.args.get("reason", "SPARQL Update"),
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
