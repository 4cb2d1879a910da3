"""`/update`: SPARQL 1.1 Update by the protocol, as a change set through the one door."""

from typing import Final

from flask import Blueprint, Response, request

from kg.errors import QueryRefused
from server import asked, auth
from server.service import service

blueprint = Blueprint("update", __name__)

_TOO_LOW: Final = (
    "Writing needs a token of role editor or admin. Changes of contributors go to review, which this version does not "
    "have yet: ask an editor to send this one."
)


@blueprint.post("/update")
def update() -> Response:
    """Runs an update; 204 with what it changed in the headers. The next request sees it."""
    token = auth.require("editor", _TOO_LOW)
    wanted = asked.read("update")
    assert wanted is not None
    if wanted.default_graphs is not None or wanted.named_graphs is not None:
        raise QueryRefused("using-graph-uri is not taken here; write USING into the update.")
    receipt = service().graph.submit_update(
        wanted.text,
        agent=token.agent,
        reason=request.args.get("reason", "SPARQL Update"),
        accept_warnings=request.args.get("warnings") == "accept",
    )
    response = Response(status=204)
    response.headers["Bomay-Generation"] = str(receipt.generation)
    response.headers["Bomay-Added"] = str(receipt.added)
    response.headers["Bomay-Removed"] = str(receipt.removed)
    if receipt.change_iri is not None:
        response.headers["Bomay-Change"] = receipt.change_iri.value
    return response
