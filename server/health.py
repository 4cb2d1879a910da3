"""`/healthz`: the process lives. `/readyz`: the store is open and the workers answer."""

from typing import Final

from flask import Blueprint, Response, jsonify

from kg import __version__
from kg.errors import BomayError
from kg.query import Formats
from server import asking
from server.errors import Problem, respond
from server.negotiate import language
from server.service import pinned, service
from server.wording import say

blueprint = Blueprint("health", __name__)

_SECONDS: Final = 5.0


@blueprint.get("/healthz")
def alive() -> Response:
    """Answers while the process does."""
    return jsonify({"status": "ok", "version": __version__})


@blueprint.get("/readyz")
def ready() -> Response:
    """Asks the workers one question of the current generation; 503 says what is in the way."""
    held = service()
    if held.stopping.is_set():
        return respond(Problem(503, "busy", say(language(), "problem.busy"), say(language(), "health.stopping")))
    try:
        facts = held.graph.info()
        answer = asking.run(pinned().path, "ASK {}", formats=Formats("json", None), seconds=_SECONDS)
        b"".join(answer.chunks)
        sandbox = held.pool.sandbox
    except BomayError as error:
        return respond(Problem(503, "busy", say(language(), "problem.busy"), str(error), headers={"Retry-After": "5"}))
    limits = held.pool.limits
    return jsonify(
        {
            "status": "ready",
            "version": __version__,
            "generation": facts["generation"],
            "profile": facts["profile"],
            "sandbox": sandbox,
            "limits": {
                "seconds": limits.seconds,
                "memory_bytes": limits.memory_bytes,
                "result_bytes": limits.result_bytes,
            },
        }
    )
