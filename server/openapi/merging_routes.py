"""What is to be said of the routes by which nodes are merged and split."""

from typing import Final

from server.forms import FORM
from server.negotiate import HTML, JSON
from server.openapi.parts import TEXT, Json, answers, body, choice, problems, query, sent
from server.openapi.proposal_routes import WAITS

MERGED: Final[Json] = {"description": "What it was merged into."}
"""The response of a node that is no more."""

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_TOKEN: Final[list[Json]] = [{"token": []}]
_LANG: Final = query("lang", "The language of names.", choice(("vi", "en")))
_WARNINGS: Final = query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",)))
_NODE: Final[Json] = {"type": "string", "description": "An IRI, or a name with one of our prefixes."}
_REASON: Final[Json] = {"type": "string", "minLength": 1}
_DRY: Final[Json] = {"type": "boolean", "default": False, "description": "Tells what it would do, and writes nothing."}


def _object(needed: dict[str, Json]) -> Json:
    properties = {**needed, "reason": _REASON, "dry_run": _DRY}
    return {
        "type": "object",
        "properties": properties,
        "required": [*needed, "reason"],
        "additionalProperties": False,
    }


def _deciding(schema: Json, example: dict[str, object] | None, done: str) -> Json:
    return {
        "parameters": [_WARNINGS, _LANG],
        "security": _TOKEN,
        "requestBody": body({JSON.media_type: sent(schema, example) if example else {"schema": schema}}),
        "responses": {
            "200": answers("With `dry_run`: what it would do.", {JSON.media_type: {"type": "object"}}),
            "202": WAITS,
            "204": {"description": done},
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    }


_FORM: Final[Json] = {
    "type": "object",
    "properties": {"kept": _NODE, "gone": _NODE, "reason": TEXT, "warnings": choice(("accept",)), "csrf": TEXT},
    "required": ["kept", "gone", "reason"],
}

MERGING_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("merging.page", "get"): {
        "parameters": [query("kept", "The node to keep.", _NODE), query("gone", "The duplicate.", _NODE), _LANG],
        "security": _TOKEN,
        "responses": {"200": _PAGE, **problems(400, 401, 403, 404, 409, 503)},
    },
    ("merging.merge_on_page", "post"): {
        "requestBody": body({FORM: {"schema": _FORM}}, "The form of the page, with the CSRF token of the session."),
        "security": _TOKEN,
        "responses": {
            "202": _PAGE,
            "303": {"description": "Stored; the page of the node kept."},
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
        },
    },
    ("merging.merge_two", "post"): _deciding(
        _object({"kept": _NODE, "gone": _NODE}),
        {"kept": "organ:bo-chinh-tri", "gone": "organ:quoc-hoi", "reason": "Cùng một cơ quan", "dry_run": True},
        "Merged; the headers say what was changed.",
    ),
    ("merging.split_again", "post"): _deciding(
        _object({"change": _NODE}),
        None,
        "Split again; the headers say what was changed.",
    ),
    ("merging.duplicates", "get"): {"parameters": [_LANG], "responses": {"200": _PAGE, **problems(503, 504)}},
}
