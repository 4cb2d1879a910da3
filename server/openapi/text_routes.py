"""What is to be said of the routes that judge or read what they are sent, and write nothing."""

from typing import Final

from kg.query import GRAPH_FORMATS
from server.negotiate import CSV, HTML, JSON, JSONLD, NTRIPLES, TURTLE
from server.openapi.parts import TEXT, Json, answers, body, choice, forms, problems, query, ref, sent

_TURTLE: Final = "@prefix bm: <https://w3id.org/bomay/ontology#> .\n<urn:example:1> a bm:Person .\n"
_FILE: Final = {"type": "string", "contentMediaType": TURTLE.media_type}
_REPORT: Final = (
    "Ngày 05/4/2022, Bí thư Tỉnh ủy Nguyễn Văn A dự hội nghị giao ban. Hội nghị quán triệt Chỉ thị 05-CT/TW."
)
_PERHAPS: Final = {"type": ["string", "null"]}

TEXT_ROUTES: Final[dict[tuple[str, str], Json]] = {
    ("validation.validate", "post"): {
        "parameters": [
            query("against", "`graph` judges the data as an addition to the public graph.", choice(("graph",))),
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
                        "properties": {"data": _FILE, "shapes": _FILE},
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
}
