"""`/api/running`: the queries under way, for admins, who may end one."""

from typing import Any, Final

from flask import Blueprint, Response, jsonify

from kg.errors import NotFound
from kg.query import Underway
from server import auth
from server.service import service

blueprint = Blueprint("running", __name__)

_TOO_LOW: Final = "The queries of others are shown to admins only, and ended by them."
_SHOWN: Final = 10_000  # code points of a query


@blueprint.get("/api/running")
def listed() -> Response:
    """The queries that wait for a worker, run, or stream their answers, the oldest first."""
    auth.require("admin", _TOO_LOW)
    response = jsonify({"queries": [_told(query) for query in service().pool.underway()]})
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.delete("/api/running/<identifier>")
def end(identifier: str) -> Response:
    """Ends one; who asked it is told so, or has a body broken off."""
    auth.require("admin", _TOO_LOW)
    if not service().pool.end(identifier):
        raise NotFound(f"No query '{identifier[:40]}' is under way; /api/running lists those that are.")
    return Response(status=204)


def _told(query: Underway) -> dict[str, Any]:
    return {
        "id": query.identifier,
        "kind": query.kind,
        "state": query.state,
        "since": query.since.isoformat(timespec="milliseconds"),
        "seconds": round(query.seconds, 3),
        "limit": query.limit,
        "text": query.text[:_SHOWN],
        "length": len(query.text),
    }
