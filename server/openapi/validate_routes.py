"""What `/validate` takes and answers."""

from typing import Final

from kg.query import GRAPH_FORMATS
from server.negotiate import CSV, HTML, JSON, JSONLD, NTRIPLES, TURTLE
from server.openapi.parts import REPAIRS, TEXT, Json, answers, body, choice, forms, problems, query, ref, sent

_TURTLE: Final = "@prefix bm: <https://w3id.org/bomay/ontology#> .\n<urn:example:1> a bm:Person .\n"
_FILE: Final = {"type": "string", "contentMediaType": TURTLE.media_type}

VALIDATE_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("validation.ask", "get"): {
        "parameters": [query("against", "`graph` ticks the box for the public graph.", choice(("graph",)))],
        "responses": {"200": answers("The form.", forms((HTML,))), **problems(400)},
    },
    ("validation.validate", "post"): {
        "parameters": [
            query("against", "`graph` judges the data as an addition to the public graph.", choice(("graph",))),
            REPAIRS,
            query(
                "format", "A short name that overrides Accept.", choice(("ttl", "jsonld", "nt", "json", "csv", "html"))
            ),
        ],
        "requestBody": body(
            {
                **{form.media_type: {"schema": TEXT} for form in GRAPH_FORMATS.values()},
                TURTLE.media_type: sent(TEXT, _TURTLE),
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "data": _FILE,
                            "media_type": {**choice(sorted(form.media_type for form in GRAPH_FORMATS.values()))},
                            "shapes": _FILE,
                            "against": choice(("graph",)),
                            "remove": {**TEXT, "description": "N-Triples to be taken out; only with against=graph."},
                            "repair": {**TEXT, "description": "Rows of an RDF Patch, carried out on the data first."},
                        },
                        "required": ["data"],
                    }
                },
            }
        ),
        "responses": {
            "200": answers(
                "The report, whether or not the data conform.",
                {**forms((TURTLE, JSONLD, NTRIPLES, CSV, HTML)), JSON.media_type: ref("Report")},
            ),
            **problems(400, 406, 413, 415, 503, 504),
        },
    },
}
