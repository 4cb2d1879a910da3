"""Data extension: values of properties for entities that were matched before, one question a property."""

from collections.abc import Sequence
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from kg.model.graph import Term
from kg.search import Index
from server.reconcile.asked import Fetched
from server.reconcile.matching import values_of
from server.reconcile.terms import CLASSES, Property, codes, node, short, types
from server.service import service

_DATE: Final = len("2021-03-02")


def extend(ids: Sequence[str], wanted: Sequence[Fetched]) -> dict[str, Any]:
    """The response to a data extension query; an unknown entity has no values."""
    index = service().index()
    nodes = {identifier: known for identifier in ids if (known := node(identifier)) is not None}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {identifier: {} for identifier in ids}
    for fetched in wanted:
        held = values_of(fetched.property, nodes.values())
        for identifier in ids:
            known = nodes.get(identifier)
            values = sorted(held.get(known.value, ()), key=str) if known else []
            told = [_told(fetched, value, index) for value in values[: fetched.limit or None]]
            rows[identifier][fetched.property.id] = told
    return {"meta": [_meta(fetched.property) for fetched in wanted], "rows": rows}


def proposed(known: Property) -> dict[str, str]:
    """A property as it is proposed."""
    return {"id": known.id, "name": known.spoken()}


def _meta(known: Property) -> dict[str, Any]:
    typed = {"type": types()[known.value].told()} if known.value in CLASSES else {}
    return {**proposed(known), **typed}


def _told(fetched: Fetched, value: Term, index: Index) -> dict[str, Any]:
    if isinstance(value, NamedNode):
        return _entity(value, index, as_text=fetched.as_text)
    text = value.value if isinstance(value, Literal) else str(value)
    match fetched.property.value:
        case "int":
            return {"int": int(text)}
        case "float":
            return {"float": float(text)}
        case "date" if len(text) == _DATE and not fetched.as_text:
            return {"date": f"{text}T00:00:00"}
    return {"str": text}


def _entity(value: NamedNode, index: Index, *, as_text: bool) -> dict[str, Any]:
    identifier = short(value.value)
    if (entity := index.named(value.value)) is not None:
        name, note = entity.label, entity.note
    else:
        code = codes().get(identifier)
        name, note = code.spoken() if code else identifier, ""
    if as_text:
        return {"str": name}
    return {"id": identifier, "name": name, **({"description": note} if note else {})}
