"""The whole document: the routes of the application, and each question of the library as a path of its own."""

import re
from collections.abc import Iterator
from typing import Any, Final

from flask import current_app
from werkzeug.routing import Rule

from kg import __version__
from kg.query import LibraryQuery, Param
from server import library, row_forms, urls
from server.errors import BY_STATUS
from server.negotiate import CSV, RESULTS_JSON, RESULTS_TSV, RESULTS_XML
from server.openapi.parts import TEXT, Json, answers, forms, path, problems, query, ref
from server.openapi.routes import ROUTES
from server.openapi.shapes_of import schemas
from server.service import service
from server.wording import say

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_SPECIFIC: Final = "library.run"  # described once for each question
_UNSAID: Final = "static"  # files of pages
_TYPES: Final[dict[str, Json]] = {
    "iri": {"type": "string", "minLength": 1, "description": "An IRI, or a name with one of our prefixes."},
    "date": {"type": "string", "format": "date"},
    "gYear": {"type": "string", "pattern": r"^-?[0-9]{4,9}$"},
    "integer": {"type": "integer", "minimum": 1 - 10**18, "maximum": 10**18 - 1},
    "string": {"type": "string", "minLength": 1},
}
_ABOUT: Final = (
    "Who holds which office, in which body, under which directive. Reading needs no token. Errors are "
    "application/problem+json. Reads carry an ETag. /sparql also takes the method QUERY, which OpenAPI 3.1 cannot say."
)


def described() -> Json:
    """The OpenAPI 3.1 document of the current application."""
    paths: dict[str, Json] = {}
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint not in (_SPECIFIC, _UNSAID):
            paths.setdefault(templated(rule.rule), {}).update(_operations(rule))
    for question in service().library.values():
        paths[urls.api_query(question.name)] = {"get": _question(question)}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Bộ Máy",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "responses": {str(status): _problem(slug) for status, slug in _problems().items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def templated(rule: str) -> str:
    """A rule of the application as a path of OpenAPI."""
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule)


def _operations(rule: Rule) -> Iterator[tuple[str, Json]]:
    manual = (current_app.view_functions[rule.endpoint].__doc__ or "").strip()
    for method in _METHODS:
        if method.upper() not in (rule.methods or ()):
            continue
        known = ROUTES.get((rule.endpoint, method), {})
        said = [one for one in known.get("parameters", ()) if one["in"] != "path" or one["name"] in rule.arguments]
        unsaid = rule.arguments - {one["name"] for one in said}
        operation: Json = {
            "operationId": _identifier(rule, method),
            "tags": [rule.endpoint.partition(".")[0]],
            "summary": manual.partition("\n")[0],
            **known,
            "parameters": [*said, *(path(name, name) for name in sorted(unsaid))],
            "responses": {**known.get("responses", {"200": {"description": "As asked."}}), **_ANYTHING},
        }
        yield method, operation


def _identifier(rule: Rule, method: str) -> str:
    return re.sub(r"\W+", "_", f"{method}{rule.rule}").strip("_")


def _question(question: LibraryQuery) -> Json:
    rows = {"type": "object", "properties": dict.fromkeys(question.returns, ref("Cell"))}
    answer: Json = {
        "type": "object",
        "properties": {
            "query": {"type": "string", "const": question.name},
            "parameters": {"type": "object", "additionalProperties": TEXT},
            "columns": {"type": "array", "items": TEXT},
            "rows": {"type": "array", "items": {**rows, "required": list(question.returns)}},
            "next": {"type": ["string", "null"], "description": "Where the next rows are; null after the last."},
        },
        "required": ["query", "parameters", "columns", "rows", "next"],
    }
    contents = {
        "application/json": answer,
        **forms((CSV, RESULTS_XML, RESULTS_TSV)),
        RESULTS_JSON.media_type: ref("Bindings"),
    }
    return {
        "operationId": f"query_{re.sub(r'[^a-z0-9]+', '_', question.name)}",
        "tags": ["library"],
        "summary": question.summary,
        "description": question.summary_vi,
        "parameters": [*map(_parameter, question.params.values()), *_pieces()],
        "responses": {"200": answers("The rows.", contents), **problems(400, 406, 503, 504), **_ANYTHING},
    }


def _parameter(param: Param) -> Json:
    words = param.description or (f"One {param.class_}." if param.class_ else param.name)
    schema: dict[str, Any] = dict(_TYPES[param.type])
    example: str | int = param.example
    if param.type == "integer":
        example = int(param.example)
    if param.default is not None:
        schema["default"] = int(param.default) if param.type == "integer" else param.default
    return query(param.name, words, schema, example=example, required=param.is_required)


def _pieces() -> tuple[Json, ...]:
    return (
        query(
            "limit",
            "How many rows at most.",
            {"type": "integer", "minimum": 0, "maximum": library.MOST_ROWS, "default": library.MOST_ROWS},
        ),
        query(
            "offset",
            "How many rows to leave out first.",
            {"type": "integer", "minimum": 0, "maximum": library.FURTHEST, "default": 0},
        ),
        query(
            "format",
            "A short name that overrides Accept.",
            {"type": "string", "enum": [form.key for form in row_forms.FORMS]},
        ),
    )


def _problems() -> dict[int, str]:
    return {status: slug for status, slug in {**BY_STATUS, 422: "shapes", 504: "limit"}.items() if status != 500}


def _problem(slug: str) -> Json:
    return answers(say("en", f"problem.{slug}"), {"application/problem+json": ref("Problem"), "text/html": TEXT})


_ANYTHING: Final = {
    "default": {
        "description": "Anything else that went wrong.",
        "content": {"application/problem+json": {"schema": ref("Problem")}, "text/html": {"schema": TEXT}},
    }
}
