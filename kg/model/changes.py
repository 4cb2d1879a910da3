"""What is to be added to the graph and removed from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let a proposal in: the identifier of the proposal, and the agent (`agent:…`) who accepted it."""

    proposal: str
    by: NamedNode


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Quads to remove and to add, as one step.

    `agent` is the IRI of who asks (`agent:…`), `reason` is free text, `source` the source that the facts rest on,
    `texts` the source texts to keep beside the store, by digest (sha256 hex of the normalised text → text as received),
    `approval` which proposal this was and who accepted that, None for a change that was none.
    `reverts` the earlier change that this one undoes, `release` the digest of the release that it brings in.
    Removal comes first, so a quad in both sets is present afterwards.
    """

    add: frozenset[Quad]
    remove: frozenset[Quad]
    agent: NamedNode
    reason: str
    source: NamedNode | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    approval: Approval | None = None
    reverts: NamedNode | None = None
    release: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be added or removed."""
        return not self.add and not self.remove


def together(steps: Iterable[ChangeSet]) -> ChangeSet:
    """What changes, one after the other, come to: its agent, reason and source are those of the last, its texts all.

    Raises ValueError for no change at all.
    """
    add: set[Quad] = set()
    remove: set[Quad] = set()
    texts: dict[str, str] = {}
    last = None
    for last in steps:
        add -= last.remove
        add |= last.add
        remove |= last.remove
        remove -= last.add
        texts |= last.texts
    if last is None:
        raise ValueError("No change was given.")
    return replace(last, add=frozenset(add), remove=frozenset(remove), texts=MappingProxyType(texts))
