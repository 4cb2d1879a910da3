"""Small pieces of an OpenAPI document, as the plain values that JSON has."""

from collections.abc import Iterable
from typing import Any, Final

from server.negotiate import JSONLD, Offer

Json = dict[str, Any]

TEXT: Final[Json] = {"type": "string"}
_LINKED: Final[Json] = {"type": ["object", "array"]}


def ref(name: str) -> Json:
    """A reference to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def choice(values: Iterable[str]) -> Json:
    """One of some words."""
    return {"type": "string", "enum": list(values)}


def whole(least: int, most: int, default: int | None = None) -> Json:
    """A whole number within bounds."""
    bounded: Json = {"type": "integer", "minimum": least, "maximum": most}
    return bounded if default is None else {**bounded, "default": default}


def query(name: str, description: str, schema: Json = TEXT, *, example: Any = None, required: bool = False) -> Json:  # noqa: ANN401  what JSON holds
    """A parameter of the query string."""
    return _parameter("query", name, description, schema, example, required)


def path(name: str, description: str, schema: Json = TEXT, *, example: Any = None) -> Json:  # noqa: ANN401  what JSON holds
    """A parameter in the path."""
    return _parameter("path", name, description, schema, example, True)


def answers(description: str, schemas: dict[str, Json]) -> Json:
    """A response by media type."""
    return {"description": description, "content": {name: {"schema": schema} for name, schema in schemas.items()}}


def forms(offers: Iterable[Offer]) -> dict[str, Json]:
    """The schemas of some forms: JSON-LD is JSON, all else is text."""
    return {offer.media_type: _LINKED if offer.media_type == JSONLD.media_type else TEXT for offer in offers}


def body(contents: dict[str, Json], description: str = "") -> Json:
    """A request body that must be sent; `contents` are media type objects."""
    told: Json = {"required": True, "content": contents}
    return {**told, "description": description} if description else told


def sent(schema: Json, example: Any) -> Json:  # noqa: ANN401  what JSON holds
    """A media type object with an example."""
    return {"schema": schema, "example": example}


def problems(*statuses: int) -> Json:
    """Responses for what can go wrong, by status."""
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _parameter(where: str, name: str, description: str, schema: Json, example: Any, required: bool) -> Json:  # noqa: ANN401  what JSON holds
    told: Json = {"name": name, "in": where, "description": description, "schema": schema}
    if required:
        told["required"] = True
    return told if example is None else {**told, "example": example}


REPAIRS: Final[Json] = query("repairs", "`true` adds repairs that were tried to a report.", choice(("true",)))
