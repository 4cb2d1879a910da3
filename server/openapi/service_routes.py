"""What is to be said of the routes by which the service itself is watched and kept in order."""

from typing import Final

from server.negotiate import JSON
from server.openapi.parts import TEXT, Json, answers, path, problems, ref

SERVICE_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("running.listed", "get"): {
        "responses": {
            "200": answers(
                "The queries, the oldest first.",
                {
                    JSON.media_type: {
                        "type": "object",
                        "properties": {"queries": {"type": "array", "items": ref("RunningQuery")}},
                        "required": ["queries"],
                    }
                },
            ),
            **problems(401, 403),
        },
        "security": [{"token": []}],
    },
    ("running.end", "delete"): {
        "parameters": [path("identifier", "`Bomay-Query` of its response, `id` in the list.")],
        "responses": {"204": {"description": "It was ended."}, **problems(401, 403, 404)},
        "security": [{"token": []}],
    },
    ("metrics.figures", "get"): {"responses": {"200": answers("Prometheus' text format.", {"text/plain": TEXT})}},
    ("health.alive", "get"): {"responses": {"200": answers("It lives.", {JSON.media_type: {"type": "object"}})}},
    ("health.ready", "get"): {
        "responses": {"200": answers("It is ready.", {JSON.media_type: {"type": "object"}}), **problems(503)}
    },
    ("openapi.document", "get"): {"responses": {"200": answers("OpenAPI 3.1.", {JSON.media_type: {"type": "object"}})}},
}
