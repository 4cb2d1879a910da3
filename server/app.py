"""The application: one function puts the parts together."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from kg import __version__
from kg.namespaces import curie
from kg.query import Library, QueryPool
from kg.search import Follower
from kg.store import Graph
from server import (
    alignment,
    changes,
    conflicts,
    counter,
    editing,
    errors,
    extraction,
    graphs,
    health,
    library,
    linked,
    merging,
    metrics,
    openapi,
    pages,
    proposals,
    reconcile,
    review,
    running,
    search,
    security,
    sessions,
    signin,
    sparql,
    update,
    urls,
    validation,
    vocabulary,
    watching,
)
from server import service as services
from server.dataset import routes as dataset
from server.forms import FormRequest
from server.negotiate import LANGUAGES, language
from server.operation import Operation
from server.remembering import Answers
from server.shelf import Shelf
from server.wording import say

LONGEST_BODY = 10 * 1000 * 1000


def create_app(graph: Graph, pool: QueryPool, *, data: Path, operation: Operation | None = None) -> Flask:
    """A WSGI application over an opened graph and its query workers, whose tokens lie in the folder `data`.

    `operation` says what is logged, who may send how many requests, and whether editors accept their own proposals:
    without it nothing is logged, nobody limited, and nobody accepts their own. The caller opens and closes the graph
    and the pool.
    """
    app = Flask("server", static_folder="static", template_folder="templates")
    app.request_class = FormRequest
    app.config.update(MAX_CONTENT_LENGTH=LONGEST_BODY, MAX_FORM_MEMORY_SIZE=LONGEST_BODY)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the provider of Flask has it, its base class does not say so
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    run = operation or Operation()
    follower = Follower(data, graph.reader)
    held = services.Service(
        graph, pool, Library.load(), data, follower, run.self_accept, answers=Answers(run.cache_bytes)
    )
    services.init(app, held)
    figures = metrics.init(app, held)

    def generation() -> int:
        return int(graph.info()["generation"])

    app.wsgi_app = Shelf(app.wsgi_app, generation, run.rates, held.answers)  # type: ignore[method-assign]  # as Flask documents it
    watching.init(app, run, figures)
    counter.init(app, generation, run, figures, held.answers)
    security.init(app)
    sessions.init(app)
    errors.init(app)
    for part in (
        pages,
        signin,
        search,
        library,
        linked,
        changes,
        conflicts,
        merging,
        proposals,
        editing,
        review,
        sparql,
        update,
        graphs,
        validation,
        vocabulary,
        alignment,
        dataset,
        extraction,
        reconcile,
        running,
        openapi,
        health,
        metrics,
    ):
        app.register_blueprint(part.blueprint)
    app.context_processor(_for_templates)
    app.after_request(_keep_language)
    return app


def _for_templates() -> dict[str, Any]:
    spoken = language()
    other = next(name for name in LANGUAGES if name != spoken)

    def t(key: str, /, **values: object) -> str:
        return say(spoken, key, **values)

    return {
        "t": t,
        "lang": spoken,
        "urls": urls,
        "curie": curie,
        "version": __version__,
        "other_language": other,
        "other_language_url": urls.with_query(request.path, {**request.args.to_dict(), "lang": other}),
    }


def _keep_language(response: Response) -> Response:
    """A language chosen on a page holds for the next pages."""
    chosen = request.args.get("lang")
    if chosen in LANGUAGES and response.mimetype == "text/html":
        response.set_cookie("lang", chosen, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, path="/")
    return response
