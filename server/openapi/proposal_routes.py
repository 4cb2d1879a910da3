"""What is to be said of the routes of review."""

from typing import Final

from kg.namespaces import iri
from kg.review import Kind
from server.negotiate import JSON
from server.openapi.parts import TEXT, Json, answers, body, choice, path, problems, query, sent, whole
from server.proposals.asking import CONFIDENCES, RESTS, STATES

WAITS: Final[Json] = {
    "description": "A contributor's write waits for review; `Location` is the proposal.",
    "content": {JSON.media_type: {"schema": {"type": "object"}}},
}
"""The response of other routes for what a contributor sends."""

_OBJECT: Final[Json] = {"type": "object"}
_IRI: Final[Json] = {"type": "string", "format": "uri"}
_IRIS: Final[Json] = {"type": "array", "items": _IRI}
_ID: Final = path("id", "The identifier of the proposal.")
_WARNINGS: Final = query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",)))
_TOKEN: Final[list[Json]] = [{"token": []}]
_LINE: Final = f'{iri("place:viet-nam")} {iri("skos:altLabel")} "Viet-Nam"@en'
_CONTENT: Final[Json] = {
    "type": "object",
    "properties": {
        "add": {**TEXT, "description": "N-Quads."},
        "remove": {**TEXT, "description": "N-Quads."},
        "texts": {"type": "array", "items": TEXT, "description": "Source texts that come with it."},
        "title": TEXT,
        "reason": TEXT,
        "source": _IRI,
        "state": choice(("draft", "proposed")),
    },
    "additionalProperties": False,
}
_CHOICE: Final[Json] = {
    "type": "object",
    "properties": {
        "facts": {**_IRIS, "description": "The facts that are accepted; all, where this is not said."},
        "reject": {**_IRIS, "description": "Facts that are rejected for good."},
        "rest": {**choice(RESTS), "description": "What becomes of facts that are neither; they are kept waiting."},
        "correct": {**TEXT, "description": "An RDF Patch on what is proposed."},
        "reason": TEXT,
        "digest": {**TEXT, "description": "The patch that was looked at; 409 when it is another by now."},
    },
    "additionalProperties": False,
}
_REASON: Final[Json] = {
    "type": "object",
    "properties": {"reason": TEXT},
    "required": ["reason"],
    "additionalProperties": False,
}
_WORDS: Final = [
    query("title", "What it is called in the queue."),
    query("reason", "Why; it goes into the journal when it is accepted."),
    query("source", "The source that it rests on.", _IRI),
    query("state", "Where it stands.", choice(("draft", "proposed"))),
]
_BODIES: Final = body(
    {
        JSON.media_type: sent(_CONTENT, {"add": f"{_LINE} .", "reason": "English name"}),
        "application/rdf-patch": sent(TEXT, f"TX .\nA {_LINE} .\nTC .\n"),
        "application/sparql-update": sent(TEXT, f"INSERT DATA {{ {_LINE} }}"),
    }
)


def _one(description: str, *statuses: int) -> Json:
    told = {"200": answers(description, {JSON.media_type: _OBJECT}), **problems(400, 401, 403, 503, *statuses)}
    return {"responses": told, "security": _TOKEN}


PROPOSAL_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("proposals.find", "get"): {
        "parameters": [
            query("state", "Where they stand.", {**choice(STATES), "default": "proposed"}, example="any"),
            query("kind", "How they came.", choice(Kind)),
            query("source", "Those of one source.", _IRI),
            query("author", "Those of one agent, by IRI or name."),
            query("limit", "How many at most.", whole(1, 500, 50), example=5),
            query("offset", "How many to pass over.", whole(0, 100_000, 0)),
        ],
        **_one("The proposals, the most doubtful first, each with the grounds for doubt."),
    },
    ("proposals.send", "post"): {
        "parameters": _WORDS,
        "requestBody": _BODIES,
        "responses": {
            "201": answers("Saved, with its report.", {JSON.media_type: _OBJECT}),
            **problems(400, 401, 403, 409, 413, 415, 422, 503),
        },
        "security": _TOKEN,
    },
    ("proposals.accept_many", "post"): {
        "parameters": [
            query("source", "The source.", _IRI, required=True),
            query("confidence", "How sure a fact is at least.", {**choice(CONFIDENCES), "default": "high"}),
            _WARNINGS,
        ],
        **_one("What became of each proposal, and why one was left."),
    },
    ("proposals.one", "get"): {
        "parameters": [_ID],
        **_one("The proposal with its report, facts, patch, and whether it still fits.", 404),
    },
    ("proposals.replace", "put"): {
        "parameters": [_ID, *_WORDS],
        "requestBody": _BODIES,
        **_one("The proposal as it is now.", 404, 409, 413, 415, 422),
    },
    ("proposals.withdraw", "delete"): {
        "parameters": [_ID],
        "responses": {"204": {"description": "Taken back."}, **problems(401, 403, 404, 409, 503)},
        "security": _TOKEN,
    },
    ("proposals.accept", "post"): {
        "parameters": [_ID, _WARNINGS],
        "requestBody": {"required": False, "content": {JSON.media_type: {"schema": _CHOICE}}},
        **_one("Committed; the headers say what was changed. A stale proposal is 409 with `diff`.", 404, 409, 415, 422),
    },
    ("proposals.reject", "post"): {
        "parameters": [_ID],
        "requestBody": body({JSON.media_type: {"schema": _REASON}}),
        **_one("Rejected, with the reason.", 404, 409, 415),
    },
}
