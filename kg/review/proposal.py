"""A proposal: what somebody wants changed, where it stands, and what was decided of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.errors import BomayError, Forbidden
from kg.namespaces import curie
from kg.review.doubt import Doubt
from kg.validate import Report


class ReviewRefused(BomayError):
    """What cannot be done with a proposal as it stands; nothing was changed."""

    exit_status = 1


class NothingProposed(ReviewRefused):
    """A proposal that would change nothing."""


class State(StrEnum):
    """Where a proposal stands. Only one that is proposed can be decided on; the last three are final."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """How a proposal came: a document that was read, a SPARQL Update, a write to a graph, a patch, a form."""

    DOCUMENT = "document"
    UPDATE = "update"
    GRAPH = "graph"
    PATCH = "patch"
    FORM = "form"


MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.DRAFT, State.PROPOSED, State.WITHDRAWN}),
    State.PROPOSED: frozenset(State),
    State.ACCEPTED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""The states that may follow a state. One that is accepted in part stays proposed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: `verdict` is accepted, rejected or corrected, `facts` the nodes it is about, none for all.

    `at` is in UTC. `change` is the change that carries what was accepted, None where nothing had to be changed.
    """

    verdict: str
    by: NamedNode
    at: dt.datetime
    reason: str = ""
    change: NamedNode | None = None
    facts: tuple[NamedNode, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The fields by their names, IRIs in full."""
        return {
            "verdict": self.verdict,
            "by": self.by.value,
            "at": self.at.isoformat(timespec="seconds"),
            "reason": self.reason,
            "change": self.change.value if self.change else None,
            "facts": [node.value for node in self.facts],
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal without its quads, which `Queue.change` gives.

    `digest` names its RDF Patch, `added` and `removed` count the patch's quads, `base` is the generation in whose sight
    it was made, `texts` are the digests of the source texts that it brings. `created` and `updated` are in UTC.
    `reverts` is the change that it would undo. `document` is what is known of the document beside its text while the
    patch is as it was read, else None.
    """

    id: str
    state: State
    kind: Kind
    author: NamedNode
    title: str
    reason: str
    base: int
    digest: str
    added: int
    removed: int
    doubt: Doubt
    report: Report
    created: dt.datetime
    updated: dt.datetime
    source: NamedNode | None = None
    texts: tuple[str, ...] = ()
    document: Mapping[str, str] | None = None
    decisions: tuple[Decision, ...] = ()
    reverts: NamedNode | None = None

    def require_move(self, to: State) -> None:
        """Raises ReviewRefused where the state does not allow it, naming what was decided."""
        if to in MOVES[self.state]:
            return
        last = self.decisions[-1] if self.decisions and self.state in (State.ACCEPTED, State.REJECTED) else None
        by = f" by {curie(last.by)}" if last else ""
        change = f" as {curie(last.change)}" if last and last.change else ""
        raise ReviewRefused(f"The proposal {self.id} is {self.state}{by}{change}; it cannot become {to}.")

    def require_other(self, agent: NamedNode, *, self_accept: bool) -> None:
        """Raises Forbidden for the author, unless accepting one's own is allowed."""
        if agent == self.author and not self_accept:
            raise Forbidden(
                f'The proposal {self.id} is your own; ask another editor, or set review_self_accept = "on" where '
                "one person works alone."
            )

    def to_json(self) -> dict[str, Any]:
        """The fields by their names, IRIs in full, times in ISO 8601."""
        return {
            "id": self.id,
            "state": self.state.value,
            "kind": self.kind.value,
            "author": self.author.value,
            "title": self.title,
            "reason": self.reason,
            "source": self.source.value if self.source else None,
            "reverts": self.reverts.value if self.reverts else None,
            "texts": list(self.texts),
            "created": self.created.isoformat(timespec="seconds"),
            "updated": self.updated.isoformat(timespec="seconds"),
            "base": self.base,
            "digest": self.digest,
            "added": self.added,
            "removed": self.removed,
            "doubt": self.doubt.to_json(),
            "decisions": [decision.to_json() for decision in self.decisions],
        }
