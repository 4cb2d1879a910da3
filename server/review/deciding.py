"""What an editor sends by the form of the page: a verdict on each fact, corrections, a reason."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
    needed_by: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for fact in by_node.values():
        for need in fact.needs:
            needed_by[need].add(fact.node)
    accepted, rejected = verdicts.accepted & by_node.keys(), verdicts.rejected & by_node.keys()
    needed = _reached(accepted, lambda node: (by_node[node].needs & by_node.keys()) - rejected)
    lost = _reached(rejected, lambda node: needed_by[node] - accepted) - needed
    problems: dict[str, str] = {}
    along = dict.fromkeys((node.value for node in needed - accepted), "accept")
    along |= dict.fromkeys((node.value for node in lost - rejected), "reject")
    for key, nodes, missed in (
        ("review.needs_undecided", accepted, needed - accepted),
        ("review.needs_rejected", needed, rejected),
        ("review.waits_for_rejected", lost - rejected, lost),
    ):
        for node in nodes:
            if names := sorted(by_node[need].label for need in by_node[node].needs & missed):
                problems[node.value] = say(language, key, names=", ".join(names))
    return Tangle(problems, along) if problems else None


def _reached(start: Iterable[NamedNode], further: Callable[[NamedNode], Iterable[NamedNode]]) -> frozenset[NamedNode]:
    """The nodes from which one starts, and all to which one comes from them."""
    found = set(start)
    wanted = list(found)
    while wanted:
        new = set(further(wanted.pop())) - found
        found |= new
        wanted.extend(new)
    return frozenset(found)


def _fields(prefix: str) -> dict[str, str]:
    return {name[len(prefix) :]: value for name, value in request.form.items() if name.startswith(prefix)}
