"""What a request asks of the queue: which proposals, which facts of one, with which reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.history import read_patch_text
from kg.namespaces import iri
from kg.review import Choice, Filter, Kind, State
from kg.store.tokens import Token
from server.proposals.sending import JSON, members, node
from server.reviewing import may_see_all

STATES: Final = (*State, "any")
CONFIDENCES: Final = ("high", "medium", "low")
RESTS: Final = ("keep", "reject")
_CHOICE: Final = ("facts", "reject", "rest", "correct", "reason", "digest")


@dataclass(frozen=True, slots=True)
class Asked:
    """An acceptance as it was asked for; `digest` names the patch that was looked at."""

    choice: Choice
    reason: str
    digest: str | None


def filtered(token: Token) -> Filter:
    """Which proposals are asked for, of those that the token may see. Raises BadRequest."""
    state, kind = request.args.get("state", State.PROPOSED.value), request.args.get("kind")
    if state not in STATES:
        raise BadRequest(f"'state' cannot be '{state[:40]}'; use one of {', '.join(STATES)}.")
    if kind is not None and kind not in tuple(Kind):
        raise BadRequest(f"'kind' cannot be '{kind[:40]}'; use one of {', '.join(Kind)}.")
    source, author = request.args.get("source"), request.args.get("author")
    return Filter(
        None if state == "any" else State(state),
        Kind(kind) if kind else None,
        node("source", source) if source else None,
        _agent(author) if author else None,
        None if may_see_all(token) else token.agent,
    )


def batch(given: Mapping[str, str] | None = None) -> tuple[NamedNode, str]:
    """(source, least confidence) of a batch, from a form or the address. Raises BadRequest."""
    said = request.args if given is None else given
    source, confidence = said.get("source"), said.get("confidence", "high")
    if not source:
        raise BadRequest("A batch is of one source: give its IRI as 'source'.")
    if confidence not in CONFIDENCES:
        raise BadRequest(f"'confidence' cannot be '{confidence[:40]}'; use one of {', '.join(CONFIDENCES)}.")
    return node("source", source), confidence


def choice() -> Asked:
    """What of a proposal is accepted: all of it for an empty body. Raises UnsupportedMediaType, BadRequest."""
    given = _members(_CHOICE)
    rest = given.get("rest", "keep")
    if rest not in RESTS:
        raise BadRequest(f"'rest' cannot be '{rest[:40]}'; send keep or reject.")
    facts = frozenset(node("facts", one) for one in given["facts"]) if "facts" in given else None
    rejected = frozenset(node("reject", one) for one in given.get("reject", ()))
    correct = read_patch_text(given["correct"]) if "correct" in given else None
    chosen = Choice(facts, rejected, correct=correct, rest_rejected=rest == "reject")
    return Asked(chosen, given.get("reason", ""), given.get("digest"))


def reason_only() -> str:
    """The reason of a rejection. Raises UnsupportedMediaType, BadRequest."""
    given = _members(("reason",))
    if not given.get("reason", "").strip():
        raise BadRequest("A rejection needs a 'reason': say what is wrong, so that the author can mend it.")
    return str(given["reason"])


def accepts_warnings(given: Mapping[str, str] | None = None) -> bool:
    """Whether what the shapes warn of passes, by a form or by the address."""
    return (request.args if given is None else given).get("warnings") == "accept"


def _members(names: tuple[str, ...]) -> dict[str, str]:
    if request.get_data() and request.mimetype != JSON:
        raise UnsupportedMediaType
    return members(names, " and ".join(f"'{name}'" for name in names[:2]))


def _agent(given: str) -> NamedNode:
    """An agent by its IRI or by its name alone."""
    return node("author", given if ":" in given else iri("agent:").value + given)
