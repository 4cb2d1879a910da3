"""The pages of review: `/review`, the queue; `/review/<id>`, a text beside the facts read from it; batches of a source.

Programs have the same at `/api/proposals`.
"""

from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from kg import review
from kg.errors import BomayError, Unauthorised
from kg.model.changes import ChangeSet
from kg.namespaces import curie
from kg.review import Choice, Fact, Kind, Proposal, ReviewRefused, Stale
from kg.store import Refused
from kg.store.tokens import Token
from server import auth, sessions, urls
from server.contexts import ProblemPage
from server.errors import problem_of
from server.negotiate import language, wants_page
from server.numbers import whole
from server.proposals import DECIDE, WRITE
from server.proposals.asking import CONFIDENCES, STATES, accepts_warnings, batch, filtered
from server.review.correcting import Corrected, NoIri, corrected, key_of
from server.review.deciding import Draft, Verdicts, sent_form, tangle
from server.review.facing import Faced, doubts, faced, shown
from server.review.views import Batched, BatchPage, QueuePage, Refusal, Waiting
from server.reviewing import batch_accepted, may_see_all, queue, seen
from server.sentences import spoken_time
from server.service import service
from server.wording import say

blueprint = Blueprint("review", __name__)

_AT_ONCE, _FURTHEST = 50, 100_000


@blueprint.get("/review")
def page() -> Response:
    """The queue, the most doubtful first, each with the grounds for doubt; contributors see what is their own."""
    token = auth.require("contributor", WRITE)
    wanted, offset = filtered(token), whole("offset", 0, 0, _FURTHEST)
    total, found = review.settled_page(service().graph, queue(), wanted, _AT_ONCE, offset)
    names = ("state", "kind", "source", "author")
    given = {name: request.args[name] for name in names if request.args.get(name)}
    rows = tuple(_waiting(one, token) for one in found)
    states, kinds = tuple(map(str, STATES)), tuple(map(str, Kind))
    shown_page = QueuePage(rows, total, given, states, kinds, _AT_ONCE, offset, may_see_all(token))
    return _private(render_template("review/queue.html", page=shown_page))


@blueprint.get("/review/batch")
def batch_page() -> Response:
    """What a batch would accept of one source, counted and not done."""
    token = auth.require("editor", DECIDE)
    source, confidence = batch()
    foreseen = review.foresee_batch(
        service().graph, queue(), token.agent, source, confidence, self_accept=service().self_accept
    )
    found = tuple(Batched(one.proposal, one.sure, one.total, _why(one.why)) for one in foreseen)
    return _batch(BatchPage(source.value, confidence, CONFIDENCES, found, done=False))


@blueprint.post("/review/batch")
def accept_batch() -> Response:
    """Accepts by the form of the page what is sure enough of one source; the rest keeps waiting."""
    token = auth.require("editor", DECIDE)
    source, confidence = batch(request.form)
    warnings = accepts_warnings(request.form)
    outcomes = batch_accepted(token, source, confidence, accept_warnings=warnings)
    found = []
    for one in outcomes:
        taken = one.proposal.decisions[-1] if one.receipt else None
        change = urls.change(taken.change.value.rpartition("/")[2]) if taken and taken.change else None
        sure = len(taken.facts) if taken else 0
        found.append(Batched(one.proposal, sure, sure, one.why, change))
    return _batch(BatchPage(source.value, confidence, CONFIDENCES, tuple(found), done=True, accepts_warnings=warnings))


@blueprint.get("/review/<id>")
def one_page(id: str) -> Response:  # the name in the address
    """One proposal: its source text, with all that is read from it marked, beside the facts that it would state."""
    token = auth.require("contributor", WRITE)
    it = faced(seen(token, id))
    return _page(it, token, Draft(digest=it.proposal.digest), offset=whole("offset", 0, 0, _FURTHEST))


@blueprint.post("/review/<id>")
def decide(id: str) -> Response:  # the name in the address
    """Carries out the verdicts of the form; 303 to what is left, or the page with what was refused and the form."""
    draft = sent_form()
    try:
        token = auth.sent_token() if draft.looks else None  # looking changes nothing
        token = token or auth.require("contributor", WRITE)
    except Unauthorised as error:
        if not wants_page():
            raise
        headers = problem_of(error).headers
        lost = render_template("review/signed_out.html", fields=request.form, here=urls.review(id))
        return Response(lost, 401, headers, mimetype="text/html")
    except BomayError as error:
        token = _still_signed_in(error)
        return _refused(faced(seen(token, id)), token, draft, error)
    it = faced(seen(token, id))
    offset = int(draft.offset) if draft.offset.isdecimal() and len(draft.offset) < len(str(_FURTHEST)) else 0
    if draft.looks:
        return _page(it, token, draft, offset=offset)
    try:
        auth.require("editor", DECIDE)
        refusal = _carried_out(it, token, draft)
    except BomayError as error:
        return _refused(it, token, draft, error)
    return refusal or Response(status=303, headers={"Location": f"{urls.review(id)}#main"})


def _carried_out(it: Faced, token: Token, draft: Draft) -> Response | None:
    """None when all is done, else the page that says what is in the way. Raises what accepting raises."""
    proposal, spoken = it.proposal, language()
    if draft.digest != proposal.digest:
        return _in_the_way(it, token, draft, 409, "review.changed")
    try:
        fixed = corrected(it.known, it.change, it.facts, draft)
    except NoIri as error:
        sentence = say(spoken, "review.no_iri", words=str(error))
        return _page(it, token, draft, refusal=Refusal(400, sentence))
    if unopened := [fact.node.value for fact in it.facts if _is_unopened(fact, draft)]:
        told = dict.fromkeys(unopened, say(spoken, "review.open"))
        return _page(it, token, draft, refusal=Refusal(400, say(spoken, "review.open")), problems=told)
    verdicts, facts = Verdicts.of(it.facts, draft), _amended(it, fixed)
    if not verdicts.accepted and not verdicts.rejected:
        return _in_the_way(it, token, draft, 400, "review.nothing_decided")
    if verdicts.rejected and not draft.reason:
        return _in_the_way(it, token, draft, 400, "review.no_reason")
    if (found := tangle(facts, verdicts, spoken)) is not None:
        helped = draft.with_verdicts(found.along)
        refusal = Refusal(409, say(spoken, "review.tangled" if found.along else "review.tangled_for_good"))
        return _page(it, token, helped, refusal=refusal, problems=dict(found.problems))
    _do(proposal, token, draft, verdicts, fixed, whole_rejected=verdicts.rejected == {fact.node for fact in it.facts})
    return None


def _do(
    proposal: Proposal, token: Token, draft: Draft, verdicts: Verdicts, fixed: Corrected, *, whole_rejected: bool
) -> None:
    graph = service().graph
    if whole_rejected:
        review.reject(graph, queue(), proposal.id, token.agent, draft.reason)
        return
    accepted = frozenset(fixed.instead.get(node, node) for node in verdicts.accepted)
    review.accept(
        graph,
        queue(),
        proposal.id,
        token.agent,
        Choice(accepted, verdicts.rejected, correct=fixed.quads),
        reason=draft.reason,
        accept_warnings=draft.accepts_warnings,
        self_accept=service().self_accept,
    )


def _amended(it: Faced, fixed: Corrected) -> tuple[Fact, ...]:
    """The facts as they are once they are corrected."""
    if fixed.quads is None:
        return it.facts
    add, unwanted = fixed.quads
    amended = ChangeSet((it.change.add - unwanted) | add, it.change.remove, it.change.agent, it.change.reason)
    kept = {fact.node for fact in it.facts}
    return tuple(fact for fact in review.facts_of(it.known, amended) if fact.node in kept)


def _is_unopened(fact: Fact, draft: Draft) -> bool:
    """Whether a fact is to be corrected whose fields were not there to be filled in."""
    keys = {key_of(quad) for quad in fact.add if quad.subject == fact.node}
    is_open = bool(keys & draft.fixes.keys()) or fact.node.value in draft.same
    return bool(keys) and draft.verdict(fact.node) == "correct" and not is_open


def _in_the_way(it: Faced, token: Token, draft: Draft, status: int, key: str) -> Response:
    return _page(it, token, draft, refusal=Refusal(status, say(language(), key)))


def _refused(it: Faced, token: Token, draft: Draft, error: BomayError) -> Response:
    """The page with the problem, and the form as it was sent. Raises the error for programs, and what is a fault."""
    problem = problem_of(error)
    if problem.status == 500 or not wants_page():
        raise error
    now = faced(seen(token, it.proposal.id))  # a document may have been read again
    told = ProblemPage.of(problem.to_json(), problem.slug)
    key = f"problem.{problem.slug}.help"
    if isinstance(error, Stale):
        key = "review.stale"
    elif isinstance(error, ReviewRefused) and now.proposal.digest != it.proposal.digest:
        key = "review.changed"
    refusal = Refusal(problem.status, say(language(), key), told)
    return _page(now, token, draft, refusal=refusal, report=error.report if isinstance(error, Refused) else None)


def _page(it: Faced, token: Token, draft: Draft, **more: Any) -> Response:  # noqa: ANN401  what `shown` takes
    told = shown(it, token, draft, **more)
    if told.problem and not wants_page():  # a program is told the problem alone
        raise BadRequest(told.problem.sentence) if told.problem.status == 400 else ReviewRefused(told.problem.sentence)
    return _private(render_template("review/one.html", page=told), told.problem.status if told.problem else 200)


def _still_signed_in(error: BomayError) -> Token:
    """Whose session it is, though the form had a token of another one. Raises the error for programs and for nobody."""
    session = sessions.current()
    if session is None or not wants_page() or not session.token.may("contributor"):
        raise error
    return session.token


def _batch(told: BatchPage) -> Response:
    return _private(render_template("review/batch.html", page=told))


def _waiting(one: Proposal, token: Token) -> Waiting:
    spoken = language()
    author, at = curie(one.author).removeprefix("agent:"), spoken_time(one.created.isoformat(), spoken)
    return Waiting(one, author, at, doubts(one, spoken), one.author == token.agent)


def _why(code: str) -> str:
    return say(language(), f"review.batch.{code}") if code else ""


def _private(body: str, status: int = 200) -> Response:
    """For this person's eyes, and no cache's."""
    response = Response(body, status, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.add("Authorization")
    return response
