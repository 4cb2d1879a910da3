"""What somebody sends to decide on a conflict, as JSON or by the form of its page, and the change it makes."""

from dataclasses import dataclass
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from kg.curate import CurationRefused, keep_both, prefer, reopen
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.store import Receipt
from server.conflicts.reading import Conflict
from server.forms import FORM
from server.sent import json_object
from server.service import service

_DECISIONS: Final = ("prefer", "keep", "reopen")
_FIELDS: Final = ("decision", "claim", "reason")
_NO_REASON: Final = "A decision needs a 'reason': say which source it rests on, or why neither is right."


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: `kind` is prefer, keep or reopen; `claim` is empty but for prefer."""

    kind: str
    claim: str
    reason: str

    def store(self, conflict: NamedNode, agent: NamedNode, *, accept_warnings: bool) -> Receipt:
        """Submits the change. Raises NotFound, CurationRefused and Refused; BadRequest for a claim that is no IRI."""
        graph = service().graph
        with graph.reader() as reader:
            change = self._change(reader, conflict, agent)
        return graph.submit(change, accept_warnings=accept_warnings)

    def _change(self, reader: Reader, conflict: NamedNode, agent: NamedNode) -> ChangeSet:
        match self.kind:
            case "prefer":
                return prefer(reader, conflict, _claim(self.claim), agent, self.reason)
            case "keep":
                return keep_both(reader, conflict, agent, self.reason)
            case _:
                return reopen(reader, conflict, agent, self.reason)


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it was sent: `choice` is the IRI of a claim, or keep or reopen; `seen` what was decided by then."""

    choice: str = ""
    reason: str = ""
    seen: str = ""
    accepts_warnings: bool = False

    def decision(self, conflict: Conflict) -> Decision:
        """What it decides. Raises BadRequest without a choice or a reason, CurationRefused where others were faster."""
        if not self.choice:
            raise BadRequest("Nothing was chosen: prefer one of the claims, or keep both.")
        if not self.reason.strip():
            raise BadRequest(_NO_REASON)
        if self.seen != conflict.decided():
            raise CurationRefused("Somebody has decided on this conflict meanwhile; look at it again, then send anew.")
        if self.choice in ("keep", "reopen"):
            return Decision(self.choice, "", self.reason)
        return Decision("prefer", self.choice, self.reason)


def sent_form() -> Draft:
    """The fields of the form. Raises UnsupportedMediaType."""
    if request.mimetype != FORM:
        raise UnsupportedMediaType(FORM)
    form = request.form
    return Draft(form.get("choice", ""), form.get("reason", ""), form.get("seen", ""), form.get("warnings") == "accept")


def sent_json() -> Decision:
    """The fields of the body, a JSON object. Raises UnsupportedMediaType, and BadRequest with one sentence."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    told = json_object(request.get_data(), _FIELDS, "'decision', 'reason' and, to prefer one, 'claim'")
    if not all(isinstance(value, str) for value in told.values()):
        raise BadRequest(
            "The body is no JSON object of strings; send 'decision', 'reason' and, to prefer one, 'claim'."
        )
    if told.get("decision") not in _DECISIONS:
        raise BadRequest(f"'decision' is one of {', '.join(_DECISIONS)}.")
    if not told.get("reason", "").strip():
        raise BadRequest(_NO_REASON)
    return Decision(told["decision"], told.get("claim", ""), told["reason"])


def _claim(given: str) -> NamedNode:
    try:
        return NamedNode(given)
    except ValueError as error:
        raise BadRequest(f"'claim' cannot be '{given[:80]}'; it is the IRI of one of the claims.") from error
