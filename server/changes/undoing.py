"""The undoing of a change: for programs, and on a page with what it would change or what is in its way."""

from collections.abc import Callable
from typing import Final

from flask import Response, render_template
from werkzeug.exceptions import BadRequest, PreconditionFailed

from kg.errors import BomayError
from kg.history import Dependent, Part, RevertRefused, difference, entry_of, touched_nodes, undo
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.store.tokens import Token
from server import auth, deciding, urls
from server.changes.reading import change_iri, one_of, summary
from server.changes.views import RevertPage
from server.contexts import Form, Link, ProblemPage
from server.errors import Problem, problem_of, problem_on_page
from server.negotiate import language
from server.reviewing import only_proposes
from server.service import service

PARTS: Final = 200
_LOOKING: Final = "?"  # stands in for the reason while nothing is written


def undone(slug: str, token: Token, reason: str, *, accept_warnings: bool, matches: Callable[[], bool]) -> Response:
    """Commits the reversal of a change, or lets it wait for review; `matches` is asked with no other change let in.

    Raises NotFound, RevertRefused, Refused, and PreconditionFailed.
    """

    def make(reader: Reader) -> ChangeSet:
        one_of(reader, slug)
        if not matches():
            raise PreconditionFailed
        return undo(reader, service().journal, change_iri(slug), token.agent, reason)

    return deciding.put(make, token, accept_warnings=accept_warnings)


def by_form(slug: str, form: Form) -> Response:
    """What comes of the form of the page: the reversal's own answer, or the page with what was refused or waits."""
    token = auth.sent_token()
    try:
        token = auth.require("contributor", deciding.TOO_LOW)
        if not form.reason:
            raise BadRequest("To undo a change needs a reason; say why it was wrong.")
        done = undone(slug, token, form.reason, accept_warnings=form.accepts_warnings, matches=lambda: True)
    except (BomayError, BadRequest) as error:
        return shown(slug, token, form, problem_on_page(error, (404, 500)))
    return done if done.status_code != 202 else shown(slug, token, form, proposal=urls.review(done.get_json()["id"]))


def shown(slug: str, token: Token | None, form: Form, problem: Problem | None = None, proposal: str = "") -> Response:
    """The page; 409 with the changes in the way where it cannot be undone, 202 with the proposal that waits."""
    change: ChangeSet | None = None
    depends: tuple[Dependent, ...] = ()
    with service().graph.reader() as reader:
        listed, done = one_of(reader, slug)
        try:
            if token is not None and token.may("contributor"):
                change = undo(reader, service().journal, listed.change, token.agent, form.reason or _LOOKING)
        except RevertRefused as refused:
            problem, depends = problem or problem_of(refused), refused.dependents
        parts = difference(reader, change.add, change.remove, language(), slice(PARTS)) if change else []
        page = RevertPage(
            change=summary(reader, listed),
            parts=tuple(parts),
            total=touched_nodes(done),
            report=tuple(deciding.judged(change)["findings"]) if change and not problem else (),
            depends=tuple(_told(reader, each) for each in depends),
            proposes=token is not None and only_proposes(token),
            form=form,
            problem=ProblemPage.of(problem.to_json(), problem.slug) if problem else None,
            proposal=proposal,
        )
    status = 202 if proposal else problem.status if problem else 200
    response = Response(render_template("changes/revert.html", page=page), status, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _told(reader: Reader, dependent: Dependent) -> tuple[Link, tuple[Part, ...]]:
    one = summary(reader, entry_of(reader, dependent.change))
    parts = difference(reader, dependent.added, dependent.removed, language(), slice(PARTS))
    return Link(one.label, one.href, one.when), tuple(parts)
