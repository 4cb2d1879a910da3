"""What is to be added to the graph and removed from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pyoxigraph import NamedNode, Quad


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Quads to remove and to add, as one step.

    `agent` is the IRI of who asks (`agent:…`), `reason` is free text, `source` the source that the facts rest on,
    `texts` the source texts to keep beside the store, by digest (sha256 hex of the normalised text → text as received).
    Removal comes first, so a quad in both sets is present afterwards.
    """

    add: frozenset[Quad]
    remove: frozenset[Quad]
    agent: NamedNode
    reason: str
    source: NamedNode | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be added or removed."""
        return not self.add and not self.remove
