"""`/api/proposals`: what waits for review, and what is decided of it."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from kg import review
from kg.review import Kind, Proposal, State
from server import auth, caching, urls
from server.graphs.bodies import UPDATE
from server.negotiate import language
from server.numbers import whole
from server.proposals import sending
from server.proposals.asking import accepts_warnings, batch, choice, filtered, reason_only
from server.receipts import told
from server.reviewing import batch_accepted, queue, seen, shown
from server.service import pinned, service

blueprint = Blueprint("proposals", __name__)

_DEFAULT, _MOST, _FURTHEST = 50, 500, 100_000
WRITE: Final = "Proposing needs a token of role contributor, editor or admin."
DECIDE: Final = "Deciding on a proposal needs a token of role editor or admin."


@blueprint.get("/api/proposals")
def find() -> Response:
    """The queue, the most doubtful first: an editor sees all of it, a contributor what is their own."""
    token = auth.require("contributor", WRITE)
    wanted, limit, offset = filtered(token), whole("limit", _DEFAULT, 1, _MOST), whole("offset", 0, 0, _FURTHEST)
    total, found = review.settled_page(service().graph, queue(), wanted, limit, offset)
    said: dict[str, Any] = {"total": total, "proposals": [shown(one) for one in found]}
    if offset + limit < total:
        more = {**request.args.to_dict(), "limit": limit, "offset": offset + limit}
        said["next"] = urls.with_query(urls.api_proposals(), more)
    return _private(jsonify(said))


@blueprint.post("/api/proposals")
def send() -> Response:
    """Saves a draft or submits a proposal: an RDF Patch, a SPARQL Update, or JSON with quads to add and remove."""
    token = auth.require("contributor", WRITE)
    asked = sending.read(token)
    if asked.change is None:
        raise sending.NoContent
    kind = Kind.UPDATE if request.mimetype == UPDATE else Kind.PATCH
    state = asked.state or State.PROPOSED
    made = review.save(service().graph, queue(), asked.change, kind, asked.title or asked.change.reason, state=state)
    response = jsonify(_whole(made))
    response.status_code = 201
    response.headers["Location"] = urls.api_proposal(made.id)
    return _private(response)


@blueprint.post("/api/proposals/accept")
def accept_many() -> Response:
    """Accepts of each proposal of one source the facts that are sure enough; the rest stays proposed."""
    token = auth.require("editor", DECIDE)
    source, confidence = batch()
    outcomes = batch_accepted(token, source, confidence, accept_warnings=accepts_warnings())
    said = []
    for outcome in outcomes:
        receipt = outcome.receipt
        change = receipt.change_iri.value if receipt and receipt.change_iri else None
        counts = {"added": receipt.added if receipt else 0, "removed": receipt.removed if receipt else 0}
        said.append({**shown(outcome.proposal), "change": change, **counts, "why": outcome.why or None})
    return _private(jsonify({"source": source.value, "confidence": confidence, "proposals": said}))


@blueprint.get("/api/proposals/<id>")
def one(id: str) -> Response:  # the name in the address
    """One proposal with its report, its facts, its diff, and whether it still fits the graph."""
    token = auth.require("contributor", WRITE)
    found = seen(token, id)
    etag = caching.tag("proposal", found.id, found.updated, len(found.decisions), language())
    if (unchanged := caching.not_modified(etag)) is not None:
        return _private(unchanged)
    return _private(caching.tagged(jsonify(_whole(found)), etag))


@blueprint.put("/api/proposals/<id>")
def replace(id: str) -> Response:  # the name in the address
    """Gives one's own proposal another content, title, reason or state (draft, proposed)."""
    token = auth.require("contributor", WRITE)
    seen(token, id)
    asked = sending.read(token)
    made = review.revise(
        service().graph,
        queue(),
        id,
        token.agent,
        change=asked.change,
        title=asked.title,
        reason=asked.reason,
        state=asked.state,
    )
    return _private(jsonify(_whole(made)))


@blueprint.delete("/api/proposals/<id>")
def withdraw(id: str) -> Response:  # the name in the address
    """Takes one's own proposal back, for good."""
    token = auth.require("contributor", WRITE)
    seen(token, id)
    review.withdraw(service().graph, queue(), id, token.agent)
    return Response(status=204)


@blueprint.post("/api/proposals/<id>/accept")
def accept(id: str) -> Response:  # the name in the address
    """Accepts a proposal, or the chosen facts of it; the next request sees them. 409 with the diff when it is stale."""
    token = auth.require("editor", DECIDE)
    asked = choice()
    if asked.digest is not None and asked.digest != queue().get(id).digest:
        raise review.ReviewRefused(f"The proposal {id} was changed since you looked at it; look again.")
    outcome = review.accept(
        service().graph,
        queue(),
        id,
        token.agent,
        asked.choice,
        reason=asked.reason,
        accept_warnings=accepts_warnings(),
        self_accept=service().self_accept,
    )
    assert outcome.receipt is not None  # only a batch leaves one as it is
    return _private(told(jsonify(shown(outcome.proposal)), outcome.receipt))


@blueprint.post("/api/proposals/<id>/reject")
def reject(id: str) -> Response:  # the name in the address
    """Rejects a proposal with a reason, which is kept."""
    token = auth.require("editor", DECIDE)
    return _private(jsonify(shown(review.reject(service().graph, queue(), id, token.agent, reason_only()))))


@blueprint.after_request
def _say_what_is_taken(response: Response) -> Response:
    if response.status_code == 415 or request.method == "OPTIONS":
        response.headers["Accept-Post"] = ", ".join(sending.TAKEN)
    return response


def _whole(proposal: Proposal) -> dict[str, Any]:
    """The proposal with all that an editor decides by."""
    change = queue().change(proposal)
    with service().graph.reader() as reader:
        fits = review.fit(reader, change)
        facts = review.facts_of(reader, change)
        since = review.changes_since(reader, queue().data, proposal.base, fits.disputes) if fits.disputes else ()
    return {
        **shown(proposal),
        "report": proposal.report.to_json(),
        "facts": [fact.to_json() for fact in facts],
        "patch": {"add": review.lines(change.add), "remove": review.lines(change.remove)},
        "fits": {
            "generation": pinned().number,
            "stale": bool(fits.disputes),
            "disputes": [dispute.to_json() for dispute in fits.disputes],
            "changes": [one.to_json() for one in since],
        },
    }


def _private(response: Response) -> Response:
    """For this token's eyes, and no shared cache's."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    return response
