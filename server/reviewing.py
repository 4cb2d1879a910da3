"""The queue of the running service, who may see what of it, and how a proposal is told of."""

from typing import Any

from flask import Response, jsonify

from kg import review
from kg.model.changes import ChangeSet
from kg.review import Kind, Proposal, Queue
from kg.store.tokens import Token
from server import urls
from server.service import service


def queue() -> Queue:
    """The proposals of the data folder that is served."""
    return Queue(service().data)


def may_see_all(token: Token) -> bool:
    """Whether others' proposals are shown, their drafts too."""
    return token.may("editor")


def only_proposes(token: Token) -> bool:
    """Whether what this token writes waits for review."""
    return not token.may("editor")


def shown(proposal: Proposal) -> dict[str, Any]:
    """The proposal with its address here."""
    return {**proposal.to_json(), "url": urls.api_proposal(proposal.id)}


def waiting(change: ChangeSet, kind: Kind) -> Response:
    """202 with the address of the proposal that a contributor's write became; 204 for one that alters nothing."""
    try:
        made = review.save(service().graph, queue(), change, kind, change.reason)
    except review.NothingProposed:
        return Response(status=204)
    response = jsonify({**shown(made), "report": {"findings": made.report.to_json()}})
    response.status_code = 202
    response.headers["Location"] = urls.api_proposal(made.id)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
