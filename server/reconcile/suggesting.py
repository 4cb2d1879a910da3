"""Suggestions while somebody types, and what is shown beside one of them."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from werkzeug.exceptions import NotFound as NoSuch

from kg.model.fold import key
from kg.namespaces import curie
from server.reconcile.asked import Fetched, parameter, property_of, type_of
from server.reconcile.extending import extend, proposed
from server.reconcile.terms import CLASSES, Property, Type, node, of_type, properties, short, types
from server.service import service

PAGE: Final = 10
MOST_SKIPPED: Final = 500
_SHOWN: Final = 6
_SHOWN_VALUES: Final = 3

T = TypeVar("T", Property, Type)


def entities(prefix: str, skipped: int) -> list[dict[str, Any]]:
    """Entities whose names have these words, the last of which may be unfinished; `type` narrows them."""
    wanted = parameter("type")
    kind = CLASSES[type_of(wanted).class_] if wanted else None
    hits = service().index().find(prefix, kind, MOST_SKIPPED + PAGE)[skipped : skipped + PAGE]
    known = types()
    return [
        {
            "id": short(hit.iri),
            "name": hit.label,
            **({"description": hit.note} if hit.note else {}),
            "notable": [known[hit.kind.capitalize()].told()],
        }
        for hit in hits
    ]


def of_properties(prefix: str, skipped: int) -> list[dict[str, str]]:
    """Properties whose names, in either language, or identifiers begin with or hold the words."""
    wanted = parameter("type")
    offered = of_type(type_of(wanted) if wanted else None)
    found = _fitting(prefix, ((one, (one.name, one.name_vi, one.id)) for one in offered))
    return [proposed(one) for one in found[skipped : skipped + PAGE]]


def of_types(prefix: str, skipped: int) -> list[dict[str, Any]]:
    """Types whose names or identifiers begin with or hold the words, with the types above them."""
    known = types()
    found = _fitting(prefix, ((one, (one.name, one.id.partition("/")[2] or one.id)) for one in known.values()))
    return [
        {**one.told(), "broader": [known[id_].told() for id_ in sorted(one.broader) if id_ in known]}
        for one in found[skipped : skipped + PAGE]
    ]


def of_entity(identifier: str) -> dict[str, Any]:
    """What a preview shows of an entity: name, kind, small print, a few facts. Raises NotFound."""
    known = node(identifier)
    entity = service().index().named(known.value) if known else None
    if entity is None:
        raise NoSuch
    type_ = types()[entity.kind.capitalize()]
    wanted = [Fetched(one, _SHOWN_VALUES, as_text=True) for one in of_type(type_)][:_SHOWN]
    rows = extend([identifier], wanted)["rows"][identifier]
    facts = [(one.property.spoken(), [_words(value) for value in rows[one.property.id]]) for one in wanted]
    return {
        "name": entity.label,
        "kind": type_.name,
        "note": entity.note,
        "facts": [(name, values) for name, values in facts if values],
        "iri": entity.iri,
    }


def of_property(identifier: str) -> dict[str, Any]:
    """What is shown of a property: its name in both languages and the types that have it. Raises BadRequest."""
    known = property_of(identifier)
    having = ", ".join(types()[name].name for name in known.types)
    return {"name": known.spoken(), "kind": f"{known.name} · {known.name_vi}", "note": having, "facts": []}


def of_one_type(identifier: str) -> dict[str, Any]:
    """What is shown of a type: its name and what it is a kind of. Raises BadRequest."""
    type_ = type_of(identifier)
    above = ", ".join(types()[one].name for one in sorted(type_.broader) if one in types())
    known = node(type_.id)
    return {"name": type_.name, "kind": above, "note": curie(known) if known and above else "", "facts": []}


def for_type(identifier: str | None, limit: int) -> dict[str, Any]:
    """The properties to fetch that things of a type have."""
    offered = of_type(type_of(identifier)) if identifier else list(properties().values())
    told: dict[str, Any] = {"properties": [proposed(one) for one in offered[:limit]], "limit": limit}
    return {**told, "type": identifier} if identifier else told


def _fitting(prefix: str, offered: Iterable[tuple[T, tuple[str, ...]]]) -> list[T]:
    wanted = key(prefix)
    ranked: list[tuple[bool, T]] = []
    for one, names in offered:
        folded = [key(name) for name in names]
        if any(wanted in name for name in folded):
            ranked.append((not any(name.startswith(wanted) for name in folded), one))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _words(value: dict[str, Any]) -> str:
    return ", ".join(str(told) for told in value.values())
