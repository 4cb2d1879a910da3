"""`/graphs`: the Graph Store Protocol; every write is a change set through the one door."""

from collections.abc import Callable, Iterable
from typing import Final

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode, Quad, Triple
from werkzeug.exceptions import Conflict, UnsupportedMediaType

from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.query import Formats
from kg.review import Kind
from kg.store import require_one_graph
from server import answers, asking, auth
from server.graphs import bodies, conditions
from server.graphs.target import Target, fresh, identified, is_unnamed
from server.negotiate import ANY_GRAPHS, choose
from server.receipts import answered
from server.reviewing import only_proposes, waiting
from server.service import pinned, service
from server.update import TOO_LOW

blueprint = Blueprint("graphs", __name__)

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
Make = Callable[[Reader, NamedNode, str], ChangeSet]


@blueprint.get("/graphs")
@blueprint.get("/graphs/<path:name>")
def read(name: str | None = None) -> Response:
    """The triples of a graph in the form that Accept asks for."""
    target = identified(name)
    offer = choose(ANY_GRAPHS, named=request.args.get("format"))
    generation = pinned()
    with service().graph.reader() as reader:
        target.require_there(reader)
    etag = conditions.tag(target, offer, generation.number)
    if conditions.is_known(etag):
        return conditions.tagged(Response(status=304), etag)
    graphs = None if target.name is None else (target.name.value,)
    answer = asking.run(generation.path, _ALL, formats=Formats(None, offer.key), default_graphs=graphs)
    return conditions.tagged(answers.streamed(answer), etag)


@blueprint.put("/graphs")
@blueprint.put("/graphs/<path:name>")
def replace(name: str | None = None) -> Response:
    """Makes the graph what the body says."""
    return _merge(identified(name), keeping=False)


@blueprint.post("/graphs")
@blueprint.post("/graphs/<path:name>")
def add(name: str | None = None) -> Response:
    """Adds the body to the graph; without a graph, makes one."""
    if name is not None or not is_unnamed():
        return _merge(identified(name), keeping=True)
    target = fresh()
    response = _merge(target, keeping=True)
    if response.status_code == 201:
        response.headers["Location"] = str(target)
    return response


@blueprint.delete("/graphs")
@blueprint.delete("/graphs/<path:name>")
def empty(name: str | None = None) -> Response:
    """Removes all triples of the graph."""
    target = identified(name)

    def change(reader: Reader, agent: NamedNode, reason: str) -> ChangeSet:
        target.require_there(reader)
        return ChangeSet(frozenset(), frozenset(reader.quads(graph=target.graph)), agent, reason)

    return _write(target, change)


@blueprint.patch("/graphs")
@blueprint.patch("/graphs/<path:name>")
def patch(name: str | None = None) -> Response:
    """Changes the graph by an RDF Patch or a SPARQL Update."""
    target = identified(name)
    if request.mimetype not in bodies.PATCHES:
        raise UnsupportedMediaType
    if request.mimetype == bodies.UPDATE:
        return _update(target)

    def change(reader: Reader, agent: NamedNode, reason: str) -> ChangeSet:
        target.require_there(reader)
        to_add, to_remove = bodies.patch(target)
        _require_all(reader, target, to_remove)
        return ChangeSet(to_add, to_remove, agent, reason)

    return _write(target, change)


def _merge(target: Target, *, keeping: bool) -> Response:
    def change(reader: Reader, agent: NamedNode, reason: str) -> ChangeSet:
        new = bodies.sent(target)
        old = frozenset() if keeping else frozenset(reader.quads(graph=target.graph))
        return ChangeSet(new, old, agent, reason)

    return _write(target, change)


def _update(target: Target) -> Response:
    """On that graph alone, through the door."""
    token = auth.require("contributor", TOO_LOW)
    target.require_open()
    text = bodies.update()
    require_one_graph(text)
    generation = pinned().number
    with service().graph.reader() as reader:
        conditions.require(target, target.is_there(reader), generation)
        target.require_there(reader)
    if only_proposes(token):
        made = service().graph.change_of(
            text, agent=token.agent, reason=_reason(target), base=target.base, graph=target.name
        )
        return waiting(made, Kind.GRAPH)
    receipt = service().graph.submit_update(
        text,
        agent=token.agent,
        reason=_reason(target),
        accept_warnings=_accepts_warnings(),
        base=target.base,
        generation=generation if "If-Match" in request.headers else None,
        graph=target.name,
    )
    return answered(receipt)


def _write(target: Target, make: Make) -> Response:
    """Makes the change in sight of the graph as it is, with no other change let in meanwhile, and commits it.

    What a contributor sends waits for review.
    """
    token = auth.require("contributor", TOO_LOW)
    target.require_open()
    graph = service().graph
    if only_proposes(token):
        generation = pinned().number
        with graph.reader() as reader:
            conditions.require(target, target.is_there(reader), generation)
            change = make(reader, token.agent, _reason(target))
        return waiting(change, Kind.GRAPH)
    with graph.stage() as stage:
        was_there = target.is_there(stage.reader)
        conditions.require(target, was_there, graph.info()["generation"])
        stage.add(make(stage.reader, token.agent, _reason(target)))
        is_there = target.is_there(stage.reader)
        (receipt,) = stage.commit(accept_warnings=_accepts_warnings())
    return answered(receipt, 201 if is_there and not was_there else 204)


def _require_all(reader: Reader, target: Target, quads: Iterable[Quad]) -> None:
    for quad in quads:
        subject, value = quad.subject, quad.object
        if (
            isinstance(subject, Triple)
            or isinstance(value, Triple)  # such are never stored
            or next(reader.quads(subject, quad.predicate, value, target.graph), None) is None
        ):
            raise Conflict(f"The patch removes what is not there: {quad.triple}.")


def _reason(target: Target) -> str:
    return request.args.get("reason", f"{request.method} {target}")


def _accepts_warnings() -> bool:
    return request.args.get("warnings") == "accept"


@blueprint.after_request
def _say_what_is_taken(response: Response) -> Response:
    if response.status_code == 415 or request.method == "OPTIONS":
        response.headers["Accept-Post"] = ", ".join((*bodies.RDF, bodies.FORM))
        response.headers["Accept-Patch"] = ", ".join(bodies.PATCHES)
    return response
