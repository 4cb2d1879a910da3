"""What an editor sends by the form of the page: a verdict on each fact, corrections, a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from flask import request
from pyoxigraph import NamedNode
from werkzeug.exceptions import UnsupportedMediaType

from kg.review import Fact
from server.forms import FORM
from server.wording import say

VERDICTS: Final = ("accept", "correct", "reject")
RESTS: Final = ("keep", "accept", "reject")
_FACT, _FIX, _SAME = "fact:", "fix:", "same:"


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it was sent.

    `verdicts` by the node of the fact; `fixes` by the key of a value; `same` tells which known thing a node is instead.
    `rest` is what becomes of facts without a verdict, `digest` the patch that was looked at. With `looks`, the page is
    to be shown again and nothing decided, at `offset` where that is given.
    """

    verdicts: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    rest: str = "keep"
    digest: str = ""
    accepts_warnings: bool = False
    looks: bool = False
    offset: str = ""

    def verdict(self, node: NamedNode) -> str:
        """The verdict on a fact, that on the rest where it has none of its own; empty where it waits."""
        return self.verdicts.get(node.value) or ("" if self.rest == "keep" else self.rest)

    def with_verdicts(self, more: Mapping[str, str]) -> "Draft":
        """The form with verdicts added to it."""
        return replace(self, verdicts={**self.verdicts, **more})


def sent_form() -> Draft:
    """The fields of the form. Raises UnsupportedMediaType."""
    if request.mimetype != FORM:
        raise UnsupportedMediaType(FORM)
    form = request.form
    verdicts = {node: verdict for node, verdict in _fields(_FACT).items() if verdict in VERDICTS}
    opened = form.get("open", "")
    return Draft(
        {**verdicts, opened: "correct"} if opened else verdicts,
        _fields(_FIX),
        _fields(_SAME),
        form.get("reason", "").strip(),
        form.get("rest", "keep") if form.get("rest") in RESTS else "keep",
        form.get("digest", ""),
        form.get("warnings") == "accept",
        bool(opened or form.get("look") or form.get("go")),
        form.get("go", ""),
    )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Which facts are accepted and which rejected, by their nodes."""

    accepted: frozenset[NamedNode]
    rejected: frozenset[NamedNode]

    @classmethod
    def of(cls, facts: Iterable[Fact], draft: Draft) -> "Verdicts":
        """What the form says of these facts."""
        said = {fact.node: draft.verdict(fact.node) for fact in facts}
        return cls(
            frozenset(node for node, verdict in said.items() if verdict in ("accept", "correct")),
            frozenset(node for node, verdict in said.items() if verdict == "reject"),
        )


@dataclass(frozen=True, slots=True)
class Tangle:
    """Verdicts that do not hang together: a sentence for each fact that is in the way, and verdicts that would help."""

    problems: Mapping[str, str]
    along: Mapping[str, str]


def tangle(facts: Iterable[Fact], verdicts: Verdicts, language: str) -> Tangle | None:
    """What is in the way of carrying the verdicts out, None where nothing is.

    An accepted fact needs all that it names accepted; one that waits may not need what is rejected for good.
    """
    by_node = {fact.node: fact for fact in facts}
    problems: dict[str, str] = {}
    along: dict[str, str] = {}
    for node, fact in by_node.items():
        if node in verdicts.accepted:
            refused = [by_node[need].label for need in fact.needs if need in verdicts.rejected]
            undecided = _closure(node, by_node) - verdicts.accepted - verdicts.rejected
            if refused:
                problems[node.value] = say(language, "review.needs_rejected", names=", ".join(sorted(refused)))
            elif undecided:
                names = ", ".join(sorted(by_node[need].label for need in undecided))
                problems[node.value] = say(language, "review.needs_undecided", names=names)
                along |= dict.fromkeys((need.value for need in undecided), "accept")
        elif node not in verdicts.rejected and (refused_needs := _closure(node, by_node) & verdicts.rejected):
            names = ", ".join(sorted(by_node[need].label for need in refused_needs))
            problems[node.value] = say(language, "review.waits_for_rejected", names=names)
            along[node.value] = "reject"
    return Tangle(problems, along) if problems else None


def _closure(node: NamedNode, by_node: Mapping[NamedNode, Fact]) -> frozenset[NamedNode]:
    """All that a fact needs, and what that needs."""
    found: set[NamedNode] = set()
    wanted = set(by_node[node].needs)
    while wanted:
        found |= wanted
        wanted = {need for one in wanted if one in by_node for need in by_node[one].needs} - found
    return frozenset(found & by_node.keys()) - {node}


def _fields(prefix: str) -> dict[str, str]:
    return {name[len(prefix) :]: value for name, value in request.form.items() if name.startswith(prefix)}
