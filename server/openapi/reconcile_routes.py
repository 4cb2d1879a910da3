"""What is to be said of the routes of the Reconciliation API."""

import json
from typing import Final

from server.negotiate import HTML, JSON
from server.openapi.parts import TEXT, Json, answers, body, choice, path, problems, query, sent, whole

_OBJECT: Final[Json] = {"type": "object"}
_BATCH: Final = json.dumps({"q0": {"query": "Việt Nam", "type": "Place", "limit": 3}}, ensure_ascii=False)
_FORM: Final = "application/x-www-form-urlencoded"
_QUERIES: Final = "A batch of queries: a JSON object of up to 50 queries by key."
_EXTEND: Final = "A data extension query: JSON with `ids` and `properties`."
_WHAT: Final = path("what", "Of what kind.", choice(("entity", "property", "type")), example="entity")
_ID: Final = query("id", "The identifier of an entity, property or type.", example="place/viet-nam", required=True)
_FORMED: Final[Json] = {
    "type": "object",
    "properties": {"queries": {**TEXT, "description": _QUERIES}, "extend": {**TEXT, "description": _EXTEND}},
}
_ANSWER: Final = answers("The manifest, the candidates by key, or the rows.", {JSON.media_type: _OBJECT})
_WRONG: Final = problems(400, 503, 504)

RECONCILE_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("reconcile.service", "get"): {
        "parameters": [query("queries", _QUERIES, example=_BATCH), query("extend", _EXTEND)],
        "responses": {"200": _ANSWER, **_WRONG},
    },
    ("reconcile.service", "post"): {
        "requestBody": body({_FORM: sent(_FORMED, {"queries": _BATCH})}),
        "responses": {"200": _ANSWER, **_WRONG, **problems(413)},
    },
    ("reconcile.suggest", "get"): {
        "parameters": [
            _WHAT,
            query("prefix", "How the name begins.", example="viet"),
            query("cursor", "How many to pass over.", {"type": "integer", "minimum": 0}),
        ],
        "responses": {"200": answers("Up to ten suggestions.", {JSON.media_type: _OBJECT}), **_WRONG, **problems(404)},
    },
    ("reconcile.flyout", "get"): {
        "parameters": [_WHAT, _ID],
        "responses": {
            "200": answers("A few words on it, as HTML within JSON.", {JSON.media_type: _OBJECT}),
            **_WRONG,
            **problems(404),
        },
    },
    ("reconcile.preview", "get"): {
        "parameters": [_ID],
        "responses": {"200": answers("A small page.", {HTML.media_type: TEXT}), **_WRONG, **problems(404)},
    },
    ("reconcile.properties", "get"): {
        "parameters": [
            query("type", "The type that the properties are of.", example="Place"),
            query("limit", "How many at most.", whole(1, 100, 100)),
        ],
        "responses": {"200": answers("The properties.", {JSON.media_type: _OBJECT}), **_WRONG, **problems(404)},
    },
}
