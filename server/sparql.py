"""`/sparql`: queries by the SPARQL 1.1 Protocol for programs, an editor for people, a description of the service."""

from typing import Final

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import NotAcceptable

from kg.errors import BomayError, QueryRefused
from kg.query import Answer, Formats, WrongKind
from server import answers, asked, asking, caching, security, urls
from server.contexts import EditorPage, Link, ProblemPage
from server.editor import GRIP_STYLE
from server.editor.page import editor_page
from server.errors import problem_of
from server.negotiate import ANY_GRAPHS, HTML, RESULTS, by_name, choose, language, liking, preferred
from server.remembering import is_repeatable
from server.service import pinned, service
from server.service_description import describe
from server.showing import shown

blueprint = Blueprint("sparql", __name__)

_LONG: Final = 100_000  # code points that this process shows


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def endpoint() -> Response:
    """Answers a query; without one, shows the editor or describes the service."""
    question = asked.read("query")
    if question is None:
        offer = choose((*ANY_GRAPHS, HTML))
        return _page(editor_page(service().pool.limits)) if offer is HTML else describe(offer)
    forms = _forms()
    if request.values.get("explain") == "1":
        return _explain(question)
    etag = None
    if is_repeatable(question.text):
        parts = (
            question.text,
            forms,
            question.default_graphs,
            question.named_graphs,
            request.base_url,
            language(),
            question.rows,
        )
        etag = caching.tag("sparql", *parts)
        if (unchanged := caching.not_modified(etag)) is not None:
            return unchanged
    response = _html(question) if forms is None else _streamed(question, forms)
    return caching.tagged(response, etag) if etag and response.status_code == 200 else response


def _explain(question: asked.Asked) -> Response:
    """The query that would be run, not run; `Bomay-Rearranged` says whether it is another than was sent."""
    text = question.text
    plan = service().pool.plan(text, seconds=question.seconds, asker=asking.asker())
    response = Response(plan, content_type="application/sparql-query; charset=utf-8")
    response.headers["Bomay-Rearranged"] = "false" if plan == text else "true"
    return response


def _streamed(question: asked.Asked, forms: Formats) -> Response:
    answer = _run(question, forms)
    response = answers.streamed(answer)
    if question.rows is not None:
        response.headers["Bomay-Truncated"] = "true" if answer.is_cut else "false"
    return response


def _forms() -> Formats | None:
    """The forms for a table and for a graph that the client takes; None for a page. Raises NotAcceptable."""
    table, graph = preferred(RESULTS), preferred(ANY_GRAPHS)
    best = max((liking(offer) for offer in (table, graph) if offer), default=0.0)
    page = "Accept" in request.headers and liking(HTML) > best
    if named := request.values.get("format"):
        page = choose((*RESULTS, *ANY_GRAPHS, HTML), named=named) is HTML
        table, graph = by_name(RESULTS, named), by_name(ANY_GRAPHS, named)
    if page:
        return None
    if table is None and graph is None:
        raise NotAcceptable(", ".join(one.media_type for one in (*RESULTS, *ANY_GRAPHS)))
    return Formats(table.key if table else None, graph.key if graph else None)


def _run(question: asked.Asked, forms: Formats) -> Answer:
    try:
        return asking.run(
            pinned().path,
            question.text,
            formats=forms,
            default_graphs=_dataset(question)[0],
            named_graphs=_dataset(question)[1],
            seconds=question.seconds,
            base=request.base_url,
            rows=question.rows,
        )
    except WrongKind as error:
        offers = ANY_GRAPHS if error.kind == "graph" else RESULTS
        raise NotAcceptable(", ".join(offer.media_type for offer in offers)) from error


def _dataset(question: asked.Asked) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Both lists when the request names any graph: a list that it leaves out is empty then (Protocol §2.1.4)."""
    if question.default_graphs is None and question.named_graphs is None:
        return None, None
    return question.default_graphs or (), question.named_graphs or ()


def _html(question: asked.Asked) -> Response:
    if len(question.text) > _LONG:
        raise QueryRefused(f"A page holds no query of more than {_LONG:,} characters; ask for JSON, CSV or Turtle.")
    limits, text, seconds = service().pool.limits, question.text, question.seconds
    try:
        answer = _run(question, Formats("json", "ttl"))
        seen = shown(answer)
    except BomayError as error:
        problem = problem_of(error)
        told = ProblemPage.of(problem.to_json(), problem.slug)
        return _page(editor_page(limits, text, seconds, error=told), problem.status, problem.headers)
    offers = ANY_GRAPHS if answer.kind == "graph" else RESULTS
    downloads = [Link(offer.title, urls.sparql(text, format=offer.key)) for offer in offers]
    return _page(editor_page(limits, text, seconds, answer=seen, downloads=downloads))


def _page(page: EditorPage, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    response = Response(render_template("sparql/editor.html", page=page), status, headers, mimetype="text/html")
    return security.allow_style(response, GRIP_STYLE) if page.bundle else response


@blueprint.after_request
def _say_what_is_taken(response: Response) -> Response:
    if response.status_code == 415 or request.method == "OPTIONS":
        response.headers["Accept-Post"] = response.headers["Accept-Query"] = ", ".join(asked.taken("query"))
    return response
