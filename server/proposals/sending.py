"""What is sent to be proposed: an RDF Patch, a SPARQL Update, or JSON with quads to add and remove."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.history import read_patch_text
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.read import load_rdf
from kg.review import State
from kg.store.tokens import Token
from server.asked import require_charset, require_utf8
from server.graphs.bodies import RDF_PATCH, UPDATE
from server.sent import json_object
from server.service import service

JSON: Final = "application/json"
TAKEN: Final = (JSON, RDF_PATCH, UPDATE)
_STATES: Final = (State.DRAFT, State.PROPOSED)
_WORDS: Final = ("title", "reason", "source", "state")
_LISTS: Final = ("texts", "facts", "reject")
_FIELDS: Final = ("add", "remove", "texts", *_WORDS)


class NoContent(BadRequest):
    """A proposal without quads."""

    description = "A proposal needs content: 'add' or 'remove' with N-Quads, an RDF Patch, or a SPARQL Update."


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request asks; None for what it does not say."""

    change: ChangeSet | None
    title: str | None
    reason: str | None
    state: State | None


def read(token: Token) -> Sent:
    """The body, with title, reason, source and state from it (JSON) or from the address.

    Raises UnsupportedMediaType, BadRequest, SyntaxFault, and what working out an update raises.
    """
    require_charset()
    if request.mimetype == JSON:
        given = members(_FIELDS, "'add' and 'remove' with N-Quads")
    elif request.mimetype in TAKEN:
        given = {name: request.args[name] for name in _WORDS if name in request.args}
    else:
        raise UnsupportedMediaType
    title, reason, state = given.get("title"), given.get("reason"), _state(given.get("state"))
    change = _change(given, token, reason or title or "Proposal")
    return Sent(change, title, reason, state)


def members(names: tuple[str, ...], needed: str) -> dict[str, Any]:
    """The members of the JSON object that is the body; an empty body is an empty one. Raises BadRequest."""
    data = request.get_data()
    told = json_object(data, names, needed) if data.strip() else {}
    for name, value in told.items():
        if not isinstance(value, str) and not (name in _LISTS and _is_list(value)):
            raise BadRequest(f"'{name}' is to be {'a list of strings' if name in _LISTS else 'a string'}.")
    return told


def node(name: str, value: str) -> NamedNode:
    """The IRI that a member or a parameter gives. Raises BadRequest."""
    try:
        return NamedNode(value)
    except ValueError as error:
        raise BadRequest(f"'{name}' cannot be '{value[:80]}'; it is an absolute IRI.") from error


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _change(given: dict[str, Any], token: Token, reason: str) -> ChangeSet | None:
    source = node("source", given["source"]) if given.get("source") else None
    if request.mimetype == JSON:
        if not {"add", "remove"} & given.keys():
            return None
        add, remove = (frozenset(load_rdf(given.get(name, "").encode(), "nq")) for name in ("add", "remove"))
        documents = [Document("", text) for text in given.get("texts", ())]
        return ChangeSet(add, remove, token.agent, reason, source, {one.digest: one.text for one in documents})
    text = require_utf8(request.get_data(), "body")
    if request.mimetype == RDF_PATCH:
        return ChangeSet(*read_patch_text(text), token.agent, reason, source)
    made = service().graph.change_of(text, agent=token.agent, reason=reason, base=request.base_url)
    return ChangeSet(made.add, made.remove, token.agent, reason, source)


def _state(value: str | None) -> State | None:
    if value is None:
        return None
    if value not in _STATES:
        raise BadRequest(f"'state' cannot be '{value[:40]}'; send draft or proposed.")
    return State(value)
