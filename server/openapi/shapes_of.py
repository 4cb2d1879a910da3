"""JSON Schemas of our own nouns, read from the dataclasses, and of what else the service answers with."""

from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from kg.model.extraction import (
    Citation,
    Collective,
    Coordination,
    DirectiveRead,
    DirectiveUse,
    Extraction,
    MeetingRead,
    Mention,
    OrganRead,
    Participant,
    PersonRead,
    Position,
    RelationRead,
    TaskRead,
)
from kg.model.spans import Span
from kg.query import RUNNING, STREAMING, WAITING
from server.openapi.parts import TEXT, Json, ref

_NOUNS: Final = (
    *(Extraction, PersonRead, Position, OrganRead, MeetingRead, Participant, Collective, DirectiveUse),
    *(DirectiveRead, Citation, RelationRead, Coordination, TaskRead, Mention),
)
_WORDS: Final = {"type": "array", "items": TEXT}
_SPANS: Final = {"type": "array", "items": ref("Span")}
_PERHAPS: Final = {"type": ["string", "null"]}
_PLAIN: Final[dict[Any, Json]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


def schemas() -> Json:
    """Every schema of the components, by name."""
    ours = {noun.__name__: _object(noun) for noun in _NOUNS}
    for old, new in (("start", "from"), ("end", "to")):
        _rename(ours["Position"], old, new)
    _say(ours["MeetingRead"], sites=_WORDS, site_spans=_SPANS, collective=_WORDS, collective_at=_list("Collective"))
    _say(ours["DirectiveRead"], spans=_SPANS)
    span: Json = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    span["description"] = "Code points [start, end) of the text as it was sent."
    return {**ours, "Span": span, **_OTHERS}


def _object(noun: type) -> Json:
    hints = get_type_hints(noun)
    properties = {field.name: _schema(hints[field.name]) for field in fields(noun)}
    summary = (noun.__doc__ or "").strip().partition("\n")[0]
    return {"type": "object", "description": summary, "properties": properties, "required": list(properties)}


def _schema(hint: Any) -> Json:  # noqa: ANN401  a type as typing gives it
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Span:
        return ref("Span")
    if is_dataclass(hint):
        return ref(hint.__name__)  # type: ignore[union-attr]  # a class, not one of its values
    given = get_args(hint)
    if get_origin(hint) is UnionType:
        return {"anyOf": [_schema(each) for each in given]}
    if given[-1] is ...:
        return {"type": "array", "items": _schema(given[0])}
    return {"type": "array", "prefixItems": [_schema(each) for each in given]}


def _list(name: str) -> Json:
    return {"type": "array", "items": ref(name)}


def _rename(schema: Json, old: str, new: str) -> None:
    schema["properties"][new] = schema["properties"].pop(old)
    schema["required"] = list(schema["properties"])


def _say(schema: Json, **more: Json) -> None:
    schema["properties"] |= more
    schema["required"] = list(schema["properties"])


_OTHERS: Final[Json] = {
    "Problem": {
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {**TEXT, "description": "One sentence, with what to do next."},
            "line": {
                "type": "integer",
                "minimum": 1,
                "description": "Where broken SPARQL or RDF stops being readable.",
            },
            "column": {"type": ["integer", "null"]},
            "limit": {
                **TEXT,
                "description": "Which limit was met: time, memory, result-bytes, concurrency, rate or ended.",
            },
            "taken": {**_WORDS, "description": "Media types that a body may have."},
            "offered": {**_WORDS, "description": "Media types that can be had."},
            "report": ref("Report"),
            "suggestions": {"type": "array", "items": {"type": "object"}, "description": "What may have been meant."},
        },
        "required": ["type", "title", "status", "detail"],
    },
    "Bindings": {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON.",
        "properties": {"head": {"type": "object"}, "results": {"type": "object"}, "boolean": {"type": "boolean"}},
        "required": ["head"],
    },
    "Report": {
        "type": "object",
        "properties": {
            "conforms": {"type": "boolean"},
            "findings": {"type": "array", "items": ref("Finding")},
            "repairs": {
                "type": "object",
                "description": "How many repairs were tried; for the last `unsought` findings none was sought.",
                "properties": {"tried": {"type": "integer"}, "unsought": {"type": "integer"}},
            },
            "data": {**TEXT, "description": "The data in Turtle as `repair` left them."},
            "remove": {**TEXT, "description": "N-Triples that are to go from the public graph, after `repair`."},
        },
        "required": ["conforms", "findings"],
    },
    "Finding": {
        "type": "object",
        "properties": {
            **dict.fromkeys(
                (
                    *("severity", "shape", "shape_name_vi", "shape_name_en", "component", "focus", "focus_label"),
                    *("message_vi", "message_en", "path_label_vi", "path_label_en", "value_label"),
                ),
                TEXT,
            ),
            **dict.fromkeys(("path", "value", "value_datatype", "value_language"), _PERHAPS),
            "evidence": {
                "type": "array",
                "description": "Sentences of sources that the fact rests on.",
                "items": {"type": "object", "required": ["evidence", "supports", "quote", "source"]},
            },
            "repairs": {
                "type": "array",
                "description": "Changes that take the finding away and bring none: N-Triples to remove and to add.",
                "items": {"type": "object", "required": ["kind", "sentence_vi", "sentence_en", "remove", "add"]},
            },
        },
        "required": ["severity", "shape", "focus", "message_vi", "message_en", "evidence", "repairs"],
    },
    "Hit": {
        "type": "object",
        "properties": {
            "iri": {"type": "string", "format": "uri"},
            **dict.fromkeys(("label", "kind", "kind_label"), TEXT),
            "note": _PERHAPS,
            "url": _PERHAPS,
            "score": {"type": "number"},
        },
        "required": ["iri", "label", "kind", "score"],
    },
    "RunningQuery": {
        "type": "object",
        "properties": {
            "id": {**TEXT, "description": "The name by which it can be ended."},
            "kind": {**TEXT, "description": "Which part of the service asks."},
            "state": {"type": "string", "enum": [WAITING, RUNNING, STREAMING]},
            "since": {"type": "string", "format": "date-time"},
            "seconds": {"type": "number", "description": "How long ago that is."},
            "limit": {"type": "number", "description": "How many seconds it has."},
            "text": {**TEXT, "description": "The query, or the beginning of a very long one."},
            "length": {"type": "integer", "description": "Its length in code points."},
        },
        "required": ["id", "kind", "state", "since", "seconds", "limit", "text", "length"],
    },
    "Cell": {"type": ["string", "number", "boolean", "null"], "description": "An IRI or a literal; null for unbound."},
}
