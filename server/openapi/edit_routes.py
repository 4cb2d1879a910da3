"""What is to be said of the routes of the forms."""

from typing import Final

from server.editing import CLASSES, KINDS
from server.forms import FORM
from server.negotiate import HTML
from server.openapi.parts import TEXT, Json, answers, body, choice, path, problems, query

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_LANG: Final = query("lang", "The language of the page.", choice(("vi", "en")))
_EDITED: Final = (
    path("kind", "The kind of thing.", choice(KINDS), example="place"),
    path("slug", "The last part of its IRI.", example="viet-nam"),
)
_MADE: Final = path("kind", "The kind of thing.", choice(tuple(CLASSES)), example="person")
_FORM: Final[Json] = {
    "type": "object",
    "properties": {
        "base": {"type": "string", "description": "As the page has it: what the form was opened with, in N-Triples."},
        "mark": {"type": "string", "description": "As the page has it: tells one new thing from another."},
        "reason": TEXT,
        "source": {"type": "string", "description": "A source of the graph, or a web address."},
        "quote": {"type": "string", "description": "Words of that source, kept as evidence."},
        "warnings": choice(("accept",)),
        "more": {"type": "string", "description": "A field that wants another row; nothing is saved then."},
        "pick": {
            "type": "string",
            "description": "A field and what is chosen for a name in it; nothing is saved.",
        },
        "csrf": TEXT,
    },
    "required": ["reason"],
    "additionalProperties": {
        "type": "string",
        "description": "A row of a field, which is named like its shape (`Person-name`), as often as it has rows; "
        "the language of its words under the same name with @. A field that is not sent stays as it is.",
    },
}
_STORED: Final = {
    "200": answers("Nothing was changed, or another row was asked for: the form.", {HTML.media_type: TEXT}),
    "202": {"description": "It waits for review, as a contributor's changes do; Location is the proposal."},
    "303": {"description": "Stored; the page of the thing. Headers say what was changed."},
}
_SENT: Final = body({FORM: {"schema": _FORM}}, "The form of the page, with the CSRF token of the session.")
_SIGN_IN: Final = {"303": {"description": "A browser without a session signs in first."}}

EDIT_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("editing.kinds", "get"): {"parameters": [_LANG], "responses": {"200": _PAGE}},
    ("editing.new_form", "get"): {
        "parameters": [_MADE, _LANG],
        "responses": {"200": _PAGE, **_SIGN_IN, **problems(401, 403, 404)},
    },
    ("editing.make", "post"): {
        "parameters": [_MADE],
        "requestBody": _SENT,
        "responses": {**_STORED, **problems(400, 401, 403, 404, 413, 415, 422)},
    },
    ("editing.form_page", "get"): {
        "parameters": [*_EDITED, _LANG],
        "responses": {"200": _PAGE, **_SIGN_IN, **problems(401, 403, 404)},
    },
    ("editing.store", "post"): {
        "parameters": [*_EDITED],
        "requestBody": _SENT,
        "responses": {**_STORED, **problems(400, 401, 403, 404, 409, 413, 415, 422)},
    },
}
