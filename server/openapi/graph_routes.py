"""What is to be said of the routes of the Graph Store Protocol."""

from typing import Final

from kg.namespaces import HISTORY
from kg.query import GRAPH_FORMATS
from server.negotiate import ANY_GRAPHS, TURTLE
from server.openapi.parts import REPAIRS, TEXT, Json, answers, body, choice, forms, path, problems, query, sent
from server.openapi.proposal_routes import WAITS

_NAME: Final = path("name", "What the name of the graph has behind `/graphs/`.")
_IRI: Final[Json] = {"type": "string", "format": "uri"}
_ITS_GRAPH: Final = "The graph by its IRI. Either this or `default`, where the address has no name of its own."
_DEFAULT: Final = query("default", "The default graph; no value is needed.")
_TRIPLE: Final = '<urn:example:1> <http://www.w3.org/2000/01/rdf-schema#label> "một"@vi'
_DONE: Final = "Bomay-Change, Bomay-Generation, Bomay-Added and Bomay-Removed say what."
_FILES: Final[Json] = {
    "schema": {"type": "object", "additionalProperties": {"type": "string", "contentMediaType": TURTLE.media_type}}
}
_RDF: Final[dict[str, Json]] = {
    **{form.media_type: {"schema": TEXT} for form in GRAPH_FORMATS.values()},
    TURTLE.media_type: sent(TEXT, f"{_TRIPLE} .\n"),
}


def _graph(example: str) -> Json:
    return query("graph", _ITS_GRAPH, _IRI, example=example)


def _write(contents: dict[str, Json] | None, *statuses: int, creates: bool = False) -> Json:
    told: Json = {
        "parameters": [
            _graph("urn:example:graph"),
            _DEFAULT,
            _NAME,
            query("reason", "Why; it goes into the journal."),
            query("warnings", "`accept` lets warnings of the shapes pass.", choice(("accept",)), example="accept"),
            REPAIRS,
        ],
        "responses": {
            **({"201": {"description": f"The graph was made. {_DONE}"}} if creates else {}),
            "202": WAITS,
            "204": {"description": f"Done. {_DONE}"},
            **problems(400, 401, 403, 412, 422, 503, *statuses),
        },
        "security": [{"token": []}],
    }
    return told if contents is None else {**told, "requestBody": body(contents)}


GRAPH_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("graphs.read", "get"): {
        "parameters": [
            _graph(HISTORY.value),
            _DEFAULT,
            _NAME,
            query("format", "A short name that overrides Accept.", choice(dict.fromkeys(o.key for o in ANY_GRAPHS))),
        ],
        "responses": {"200": answers("The graph.", forms(ANY_GRAPHS)), **problems(400, 404, 406, 503, 504)},
    },
    ("graphs.replace", "put"): _write(_RDF, 413, 415, creates=True),
    ("graphs.add", "post"): _write({**_RDF, "multipart/form-data": _FILES}, 413, 415, creates=True),
    ("graphs.empty", "delete"): _write(None, 404),
    ("graphs.patch", "patch"): _write(
        {
            "application/rdf-patch": sent(TEXT, f"TX .\nA {_TRIPLE} .\nTC .\n"),
            "application/sparql-update": sent(TEXT, f"INSERT DATA {{ {_TRIPLE} }}"),
        },
        *(404, 409, 413, 415),
    ),
}
