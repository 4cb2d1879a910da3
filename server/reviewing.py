"""The queue of the running service, who may see what of it, and how a proposal is told of."""

from collections.abc import Iterator
from typing import Any

from flask import Response, jsonify
from pyoxigraph import NamedNode

from kg import review
from kg.errors import NotFound
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


def seen(token: Token, id_: str) -> Proposal:
    """The proposal, where this token may see it; for all others it is not there. Raises NotFound."""
    found = review.settle(service().graph, queue(), id_)
    if not may_see_all(token) and found.author != token.agent:
        raise NotFound(f"There is no proposal '{id_[:40]}' of yours.")
    return found


def batch_accepted(
    token: Token, source: NamedNode, confidence: str, *, accept_warnings: bool
) -> Iterator[review.Outcome]:
    """Accepts of each proposal of one source what is at least so sure."""
    return review.accept_batch(
        service().graph,
        queue(),
        token.agent,
        source,
        confidence,
        accept_warnings=accept_warnings,
        self_accept=service().self_accept,
    )


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
    response = jsonify({**shown(made), "report": made.report.to_json()})
    response.status_code = 202
    response.headers["Location"] = urls.api_proposal(made.id)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
