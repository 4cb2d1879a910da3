"""What is to be said of the routes of the conflict desk."""

from typing import Final

from server.conflicts.reading import STATES
from server.forms import FORM
from server.negotiate import HTML, JSON
from server.openapi.parts import REPAIRS, TEXT, Json, answers, body, choice, path, problems, query, sent, whole

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_OBJECT: Final[Json] = {"type": "object"}
_SLUG: Final = path("slug", "The last part of the conflict's IRI.", example="ten")
_STATE: Final = query("state", "Conflicts of one state only, or `any`.", choice((*STATES, "any")))
_LANG: Final = query("lang", "The language of names.", choice(("vi", "en")))
_DECISION: Final[Json] = {
    "type": "object",
    "properties": {
        "decision": choice(("prefer", "keep", "reopen")),
        "claim": {"type": "string", "format": "uri", "description": "The claim that is preferred."},
        "reason": TEXT,
    },
    "required": ["decision", "reason"],
    "additionalProperties": False,
}

_FORM: Final[Json] = {
    "type": "object",
    "properties": {
        "choice": {"type": "string", "description": "The IRI of the claim that is preferred, or keep or reopen."},
        "reason": TEXT,
        "seen": {"type": "string", "description": "As the page has it: what was decided when it was read."},
        "warnings": choice(("accept",)),
        "csrf": TEXT,
    },
    "required": ["choice", "reason", "seen"],
}

CONFLICT_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("conflicts.page", "get"): {"parameters": [_STATE, _LANG], "responses": {"200": _PAGE, **problems(400, 503, 504)}},
    ("conflicts.one_page", "get"): {
        "parameters": [_SLUG, _LANG],
        "responses": {"200": _PAGE, **problems(400, 404, 503, 504)},
    },
    ("conflicts.decide_on_page", "post"): {
        "parameters": [_SLUG],
        "requestBody": body({FORM: {"schema": _FORM}}, "The form of the page, with the CSRF token of the session."),
        "responses": {
            "303": {"description": "Stored; the page shows it."},
            **problems(400, 401, 403, 404, 409, 413, 415, 422),
        },
    },
    ("conflicts.find", "get"): {
        "parameters": [
            _STATE,
            query("limit", "How many at most.", whole(1, 1000, 100), example=5),
            query("offset", "How many to pass over.", whole(0, 10_000, 0)),
            _LANG,
        ],
        "responses": {"200": answers("The conflicts.", {JSON.media_type: _OBJECT}), **problems(400, 503, 504)},
    },
    ("conflicts.one", "get"): {
        "parameters": [_SLUG, _LANG],
        "responses": {
            "200": answers("The conflict with its claims and their sentences.", {JSON.media_type: _OBJECT}),
            **problems(400, 404, 503, 504),
        },
    },
    ("conflicts.decide", "post"): {
        "parameters": [
            _SLUG,
            query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",))),
            REPAIRS,
        ],
        "security": [{"token": []}],
        "requestBody": body({JSON.media_type: sent(_DECISION, {"decision": "keep", "reason": "Hai bản khác nhau"})}),
        "responses": {
            "204": {"description": "Stored; the headers say what was changed."},
            **problems(400, 401, 403, 404, 409, 413, 415, 422),
        },
    },
}
