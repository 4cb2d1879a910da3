"""What is to be said of each route beyond its address, its methods and the first line of its manual.

By endpoint and method. A route that is not here is described by its address alone.
"""

from typing import Final

from kg.namespaces import CODE_SCHEMES, ENTITY_KINDS
from kg.reference import alignment_files
from kg.search import KINDS
from server.asked import MOST_ROWS
from server.negotiate import ANY_GRAPHS, GRAPHS, HTML, JSON, JSONLD, RESULTS, RESULTS_JSON
from server.openapi.change_routes import CHANGE_ROUTES
from server.openapi.conflict_routes import CONFLICT_ROUTES
from server.openapi.edit_routes import EDIT_ROUTES
from server.openapi.graph_routes import GRAPH_ROUTES
from server.openapi.merging_routes import MERGED
from server.openapi.parts import (
    REPAIRS,
    TEXT,
    Json,
    answers,
    body,
    choice,
    forms,
    path,
    problems,
    query,
    ref,
    sent,
    whole,
)
from server.openapi.proposal_routes import PROPOSAL_ROUTES, WAITS
from server.openapi.reconcile_routes import RECONCILE_ROUTES
from server.openapi.review_routes import REVIEW_ROUTES
from server.openapi.service_routes import SERVICE_ROUTES
from server.openapi.signin_routes import SIGNIN_ROUTES
from server.openapi.validate_routes import VALIDATE_ROUTES

_PAGE: Final = answers("The page.", {HTML.media_type: TEXT})
_EXECUTABLES: Final = answers("The page, or SHACL SPARQL executables.", forms((*ANY_GRAPHS, HTML)))
_RDF: Final = answers("The graph, or its page.", forms((*GRAPHS, HTML)))
_ENDINGS: Final = [offer.extension for offer in (*GRAPHS, HTML)]
_SELECT: Final = "SELECT ?kind (COUNT(*) AS ?n) WHERE { ?thing a ?kind } GROUP BY ?kind ORDER BY DESC(?n) LIMIT 10"
_UPDATE: Final = 'INSERT DATA { place:viet-nam skos:altLabel "Vietnam"@en }'
_REPORT: Final = (
    "Ngày 05/4/2022, Bí thư Tỉnh ủy Nguyễn Văn A dự hội nghị giao ban. Hội nghị quán triệt Chỉ thị 05-CT/TW."
)
_PERHAPS: Final = {"type": ["string", "null"]}
_FORM: Final = "application/x-www-form-urlencoded"

_ENTITY: Final = path("kind", "The kind of thing.", choice(ENTITY_KINDS), example="place")
_SCHEME: Final = path("scheme", "The code list.", choice(CODE_SCHEMES), example="rank")
_LANG: Final = query("lang", "The language of pages and of what is said to people.", choice(("vi", "en")))
_ON: Final = query(
    "on",
    "A day: what surely did not hold on it is left out.",
    {"type": "string", "format": "date"},
    example="2022-04-05",
)
_SCOPE: Final = (
    query("place", "Only what belongs to a place or to a unit of it: its name or IRI.", example="place:tinh-bac-kan"),
    query(
        "on",
        "A day: only what there was or may have been on it.",
        {"type": "string", "format": "date"},
        example="2022-04-05",
    ),
)
_AT: Final = query("at", "A generation: the page as the graph was then.", whole(0, 999_999_999))
_IRI: Final[Json] = {"type": "string", "format": "uri"}
_TIMEOUT: Final = query(
    "timeout",
    "Seconds after which to give up; it can only shorten the limit.",
    {"type": "number", "exclusiveMinimum": 0},
)
_DATASET: Final = (
    query("default-graph-uri", "A graph of the default graph; may be repeated.", _IRI),
    query("named-graph-uri", "A named graph; may be repeated.", _IRI),
    query(
        "maxrows",
        "The most rows or triples to give; `Bomay-Truncated` says whether there are more. Without it all come.",
        whole(0, MOST_ROWS),
    ),
    _TIMEOUT,
    query("explain", "`1` gives the query that would be run, and does not run it.", choice(("1",))),
    query(
        "format",
        "A short name that overrides Accept.",
        choice(dict.fromkeys(o.key for o in (*RESULTS, *ANY_GRAPHS, HTML))),
    ),
)
_SOLUTIONS: Final[Json] = {
    **answers(
        "The solutions of SELECT and ASK, the graph of CONSTRUCT and DESCRIBE, the editor for a browser.",
        {
            **forms((*RESULTS, *ANY_GRAPHS, HTML)),
            RESULTS_JSON.media_type: ref("Bindings"),
            "application/sparql-query": TEXT,
        },
    ),
    "headers": {
        "Bomay-Query": {"description": "The identifier of this request.", "schema": TEXT},
        "Bomay-Truncated": {
            "description": "With `maxrows`: whether more rows would follow.",
            "schema": choice(("true", "false")),
        },
    },
}
_ASKED: Final = problems(400, 406, 503, 504)

ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("pages.home", "get"): {"parameters": [_LANG], "responses": {"200": _PAGE}},
    ("pages.about", "get"): {"parameters": [_LANG], "responses": {"200": _PAGE}},
    ("search.page", "get"): {
        "parameters": [
            query("q", "Words to look for.", example="bac kan"),
            query("kind", "One kind only."),
            *_SCOPE,
            _LANG,
        ],
        "responses": {"200": _PAGE, **problems(400)},
    },
    ("search.find", "get"): {
        "parameters": [
            query("q", "Words, with or without diacritics; an unfinished last word is completed.", example="bac kan"),
            query("kind", "One kind only.", choice(KINDS)),
            *_SCOPE,
            query("limit", "How many at most.", whole(1, 100, 10), example=5),
            query("offset", "How many of the best to leave out.", whole(0, 1000, 0)),
        ],
        "responses": {
            "200": answers(
                "What was found, best first.",
                {
                    JSON.media_type: {
                        "type": "object",
                        "properties": {
                            "query": TEXT,
                            "hits": {"type": "array", "items": ref("Hit")},
                            "place": {"type": "object", "description": "The place that was meant by `place`."},
                        },
                        "required": ["query", "hits"],
                    }
                },
            ),
            **problems(400),
        },
    },
    ("library.index", "get"): {"parameters": [_LANG], "responses": {"200": _EXECUTABLES, **problems(406)}},
    ("library.query", "get"): {
        "parameters": [path("name", "The name of the question.", example="conflicts"), _LANG],
        "responses": {"200": _EXECUTABLES, **problems(400, 404, 406, 503, 504)},
    },
    ("linked.identifier", "get"): {
        "parameters": [_ENTITY, path("slug", "The name of the thing.", example="viet-nam")],
        "responses": {
            "303": {"description": "The document about it."},
            "301": MERGED,
            **problems(404),
        },
    },
    ("linked.doc", "get"): {
        "parameters": [
            _ENTITY,
            path("name", f"Its name, perhaps with an ending: {', '.join(_ENDINGS)}.", example="viet-nam"),
            _LANG,
            _ON,
            _AT,
        ],
        "responses": {"200": _RDF, "301": MERGED, **problems(400, 404, 406, 503, 504)},
    },
    ("linked.code", "get"): {
        "parameters": [_SCHEME, path("name", "The code, perhaps with an ending.", example="Head"), _LANG, _ON],
        "responses": {"200": _RDF, **problems(400, 404, 406, 503, 504)},
    },
    ("linked.scheme", "get"): {
        "parameters": [path("name", "The code list, perhaps with an ending.", example="rank"), _LANG, _ON],
        "responses": {"200": _RDF, **problems(400, 404, 406, 503, 504)},
    },
    ("vocabulary.ontology", "get"): {
        "parameters": [path("extension", "The form.", choice(_ENDINGS), example=".ttl"), _LANG],
        "responses": {"200": _RDF, **problems(404, 406)},
    },
    ("vocabulary.shapes", "get"): {
        "parameters": [path("extension", "The form.", choice(_ENDINGS), example=".ttl"), _LANG],
        "responses": {"200": _RDF, **problems(404, 406)},
    },
    ("vocabulary.context", "get"): {
        "responses": {"200": answers("A JSON-LD context.", {JSONLD.media_type: {"type": "object"}})}
    },
    ("vocabulary.version", "get"): {
        "parameters": [path("number", "A version of the ontology.")],
        "responses": {"303": {"description": "The ontology."}, **problems(404)},
    },
    ("dataset.void", "get"): {
        "parameters": [
            path("extension", "The form.", choice([o.extension for o in (*ANY_GRAPHS, HTML)]), example=".ttl"),
            _LANG,
        ],
        "responses": {"200": answers("The dataset.", forms((*ANY_GRAPHS, HTML))), **problems(404, 406, 503, 504)},
    },
    ("alignment.mappings", "get"): {
        "parameters": [path("name", "The vocabulary, perhaps with an ending.", example=alignment_files()[0].stem)],
        "responses": {"200": answers("The mappings.", forms(GRAPHS)), **problems(404, 406)},
    },
    ("alignment.identifier", "get"): {
        "parameters": [path("name", "The vocabulary.", example=alignment_files()[0].stem)],
        "responses": {"303": {"description": "Its mappings."}, **problems(404)},
    },
    ("sparql.endpoint", "get"): {
        "parameters": [query("query", "The query; without one, the service description.", example=_SELECT), *_DATASET],
        "responses": {"200": _SOLUTIONS, **_ASKED},
    },
    ("sparql.endpoint", "post"): {
        "parameters": list(_DATASET),
        "requestBody": body(
            {
                "application/sparql-query": sent(TEXT, _SELECT),
                _FORM: sent(
                    {"type": "object", "properties": {"query": TEXT}, "required": ["query"]}, {"query": _SELECT}
                ),
            }
        ),
        "responses": {"200": _SOLUTIONS, **_ASKED, **problems(413, 415)},
    },
    ("update.update", "post"): {
        "parameters": [
            query("using-graph-uri", "A graph of the default graph of WHERE; may be repeated.", _IRI),
            query("using-named-graph-uri", "A named graph of WHERE; may be repeated.", _IRI),
            _TIMEOUT,
            query("reason", "Why; it goes into the journal."),
            query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",)), example="accept"),
            REPAIRS,
        ],
        "requestBody": body(
            {
                "application/sparql-update": sent(TEXT, _UPDATE),
                _FORM: sent(
                    {"type": "object", "properties": {"update": TEXT}, "required": ["update"]}, {"update": _UPDATE}
                ),
            }
        ),
        "responses": {
            "202": WAITS,
            "204": {"description": "Done; Bomay-Change, Bomay-Generation, Bomay-Added and Bomay-Removed say what."},
            **problems(400, 401, 403, 413, 415, 422, 503, 504),
        },
        "security": [{"token": []}],
    },
    ("extraction.extract", "post"): {
        "parameters": [
            query("published", "The day it came out: YYYY, YYYY-MM or YYYY-MM-DD.", example="2022-04-05"),
            query("place", "The place that completes “UBND tỉnh”.", example="Bắc Kạn"),
        ],
        "requestBody": body(
            {
                "application/json": sent(
                    {
                        "type": "object",
                        "properties": {"text": TEXT, "published": _PERHAPS, "place": _PERHAPS},
                        "required": ["text"],
                        "additionalProperties": False,
                    },
                    {"text": _REPORT, "published": "2022-04-05", "place": "Bắc Kạn"},
                ),
                "text/plain": sent(TEXT, _REPORT),
                "text/html": sent(TEXT, f"<html><body><article><p>{_REPORT}</p></article></body></html>"),
            }
        ),
        "responses": {
            "200": answers(
                "What it says. Of a page with the `text` that was taken out of it, in which the spans count.",
                {JSON.media_type: ref("Extraction")},
            ),
            **problems(400, 406, 413, 415, 503, 504),
        },
    },
    **GRAPH_ROUTES,
    **RECONCILE_ROUTES,
    **CONFLICT_ROUTES,
    **EDIT_ROUTES,
    **PROPOSAL_ROUTES,
    **REVIEW_ROUTES,
    **CHANGE_ROUTES,
    **SERVICE_ROUTES,
    **SIGNIN_ROUTES,
    **VALIDATE_ROUTES,
}
