"""What is to be said of the pages of review."""

from typing import Final

from kg.review import Kind
from server.forms import FORM
from server.negotiate import HTML
from server.openapi.parts import TEXT, Json, answers, body, choice, path, problems, query, whole
from server.proposals.asking import CONFIDENCES, STATES

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_ID: Final = path("id", "The identifier of the proposal.")
_LANG: Final = query("lang", "The language of the page.", choice(("vi", "en")))
_IRI: Final[Json] = {"type": "string", "format": "uri"}
_OFFSET: Final = query("offset", "How many to pass over.", whole(0, 100_000, 0))
_CONFIDENCE: Final[Json] = {**choice(CONFIDENCES), "default": "high"}
_BATCH: Final[Json] = {
    "type": "object",
    "properties": {"source": _IRI, "confidence": _CONFIDENCE, "warnings": choice(("accept",)), "csrf": TEXT},
    "required": ["source"],
}
_DECISIONS: Final[Json] = {
    "type": "object",
    "description": "Also `fact:IRI` (accept, correct, reject) for each fact; `fix:KEY` and `same:IRI` of corrections.",
    "properties": {
        "digest": {**TEXT, "description": "As the page has it: the patch that was looked at."},
        "reason": {**TEXT, "description": "Needed to reject."},
        "rest": choice(("keep", "accept", "reject")),
        "warnings": choice(("accept",)),
        "look": {**TEXT, "description": "Shows the page again with the form as it was, and decides nothing."},
        "go": {**TEXT, "description": "The same, from this fact on."},
        "open": {**TEXT, "description": "The same, with fields to correct the fact with this IRI."},
        "csrf": TEXT,
    },
    "required": ["digest"],
}

REVIEW_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("review.page", "get"): {
        "parameters": [
            query("state", "Where they stand.", {**choice(STATES), "default": "proposed"}, example="any"),
            query("kind", "How they came.", choice(Kind)),
            query("source", "Those of one source.", _IRI),
            query("author", "Those of one agent, by IRI or name."),
            _OFFSET,
            _LANG,
        ],
        "responses": {"200": _PAGE, **problems(400, 401, 403, 503)},
    },
    ("review.batch_page", "get"): {
        "parameters": [
            query("source", "The source.", _IRI, required=True),
            query("confidence", "How sure a fact is at least.", _CONFIDENCE),
            _LANG,
        ],
        "responses": {"200": _PAGE, **problems(400, 401, 403, 503)},
    },
    ("review.accept_batch", "post"): {
        "requestBody": body({FORM: {"schema": _BATCH}}, "The form of the page, with the CSRF token of the session."),
        "responses": {
            "200": answers("What became of each proposal.", {HTML.media_type: TEXT}),
            **problems(400, 401, 403, 413, 503),
        },
    },
    ("review.one_page", "get"): {
        "parameters": [_ID, _OFFSET, _LANG],
        "responses": {"200": _PAGE, **problems(400, 401, 403, 404, 503)},
    },
    ("review.decide", "post"): {
        "parameters": [_ID],
        "requestBody": body({FORM: {"schema": _DECISIONS}}, "The form of the page, with the session's CSRF token."),
        "responses": {
            "200": answers("The page again, nothing decided.", {HTML.media_type: TEXT}),
            "303": {"description": "Carried out; the page shows what is left."},
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    },
}
