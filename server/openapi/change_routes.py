"""What is to be said of the routes of the journal."""

from typing import Final

from server.changes.reading import RDF_PATCH
from server.forms import FORM
from server.negotiate import HTML, JSON
from server.openapi.merging_routes import MERGING_ROUTES
from server.openapi.parts import TEXT, Json, answers, body, choice, path, problems, query, sent, whole
from server.openapi.proposal_routes import WAITS

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_OBJECT: Final[Json] = {"type": "object"}
_SLUG: Final = path("slug", "The last part of the IRI: of the change, or of the entity whose history it is.")
_LANG: Final = query("lang", "The language of names.", choice(("vi", "en")))
_OFFSET: Final = query("offset", "How many to pass over.", whole(0, 100_000, 0))
_FILTERS: Final = (
    query("entity", "Changes that touched this node, by its IRI or `prefix:name`.", example="person:none"),
    query("agent", "Changes of this agent, by the IRI or the name."),
    query("since", "Changes from this day or moment on (ISO 8601).", example="2020-01-01"),
    query("until", "Changes before this day or moment."),
)
_REASON: Final[Json] = {
    "type": "object",
    "properties": {"reason": TEXT},
    "required": ["reason"],
    "additionalProperties": False,
}

_FORM: Final[Json] = {
    "type": "object",
    "properties": {"reason": TEXT, "warnings": choice(("accept",)), "csrf": TEXT},
    "required": ["reason"],
}

CHANGE_ROUTES: Final[dict[tuple[str, str], Json]] = {
    **MERGING_ROUTES,
    ("changes.page", "get"): {
        "parameters": [*_FILTERS, _OFFSET, _LANG],
        "responses": {"200": _PAGE, **problems(400, 503, 504)},
    },
    ("changes.history_page", "get"): {
        "parameters": [_SLUG, *_FILTERS[1:], _OFFSET, _LANG],
        "responses": {"200": _PAGE, **problems(400, 503, 504)},
    },
    ("changes.one_page", "get"): {
        "parameters": [_SLUG, _OFFSET, _LANG],
        "responses": {"200": _PAGE, **problems(400, 404, 503, 504)},
    },
    ("changes.find", "get"): {
        "parameters": [*_FILTERS, query("limit", "How many at most.", whole(1, 500, 50)), _OFFSET],
        "responses": {"200": answers("The changes, newest first.", {JSON.media_type: _OBJECT}), **problems(400, 503)},
    },
    ("changes.one", "get"): {
        "parameters": [
            _SLUG,
            query("format", "A short name that overrides Accept.", choice(("json", "patch"))),
            query("limit", "How many nodes at most.", whole(1, 5000, 200)),
            _OFFSET,
            _LANG,
        ],
        "responses": {
            "200": answers("The change.", {JSON.media_type: _OBJECT, RDF_PATCH.media_type: TEXT}),
            **problems(400, 404, 406, 503),
        },
    },
    ("changes.revert_page", "get"): {
        "parameters": [_SLUG, _LANG],
        "security": [{"token": []}],
        "responses": {"200": _PAGE, **problems(400, 401, 403, 404, 409, 503)},
    },
    ("changes.revert_on_page", "post"): {
        "parameters": [_SLUG],
        "security": [{"token": []}],
        "requestBody": body({FORM: {"schema": _FORM}}, "The form of the page, with the CSRF token of the session."),
        "responses": {
            "202": _PAGE,
            "303": {"description": "Undone; the page of the change that did it."},
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    },
    ("changes.revert", "post"): {
        "parameters": [
            _SLUG,
            query(
                "preview",
                "`true` shows what it would change, and what the shapes say of that.",
                choice(("true", "false")),
            ),
            query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",))),
            _LANG,
        ],
        "security": [{"token": []}],
        "requestBody": body({JSON.media_type: sent(_REASON, {"reason": "Nhầm người"})}),
        "responses": {
            "200": answers("The preview.", {JSON.media_type: _OBJECT}),
            "202": WAITS,
            "204": {"description": "Undone; the headers say what was changed."},
            **problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 503),
        },
    },
}
