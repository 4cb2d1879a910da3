"""Which facts of a proposal are accepted, which are rejected for good, and what is left of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.model.changes import ChangeSet
from kg.namespaces import curie
from kg.review.facts import Fact, part_of, sure_enough
from kg.review.fitting import Dispute
from kg.review.proposal import Decision, ReviewRefused


@dataclass(frozen=True, slots=True)
class Choice:
    """Which facts of a proposal are accepted: all, or those named, less those rejected.

    `confidence` chooses those that are at least so sure instead. `correct` is (to add, to remove) on top of what is
    proposed: quads that should be there as well, and proposed ones that should not. With `rest_rejected` what is not
    chosen is rejected; else it stays proposed.
    """

    facts: frozenset[NamedNode] | None = None
    rejected: frozenset[NamedNode] = frozenset()
    confidence: str | None = None
    correct: tuple[frozenset[Quad], frozenset[Quad]] | None = None
    rest_rejected: bool = False


ALL = Choice()


@dataclass(frozen=True, slots=True)
class Part:
    """The nodes of the facts that are accepted, and of those rejected for good.

    `whole` are the facts as proposed, `facts` those of them that would still alter something.
    """

    whole: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    chosen: frozenset[NamedNode]
    rejected: frozenset[NamedNode]

    @classmethod
    def of(cls, whole: tuple[Fact, ...], facts: tuple[Fact, ...], choice: Choice) -> "Part":
        """The part that a choice makes."""
        nodes = _nodes(whole)
        chosen = nodes if choice.facts is None else choice.facts
        if choice.confidence is not None:
            chosen = sure_enough(facts, choice.confidence)
        chosen -= choice.rejected
        return cls(whole, facts, chosen, nodes - chosen if choice.rest_rejected else choice.rejected)

    def require(self, choice: Choice) -> None:
        """Raises ReviewRefused where it decides nothing, and where it names what is not there."""
        nodes = _nodes(self.whole)
        if nodes and not self.chosen and not choice.rejected:
            least = f" of confidence {choice.confidence} whose needs are as sure" if choice.confidence else ""
            raise ReviewRefused(
                f"There is no fact{least} to accept in it; to turn all of it down, reject the proposal."
            )
        if strange := (self.chosen | self.rejected) - nodes:
            raise ReviewRefused(f"{curie(min(strange, key=str))} is no fact of this proposal; look at it again.")

    def among(self, disputes: tuple[Dispute, ...], nodes: frozenset[NamedNode]) -> tuple[Dispute, ...]:
        """The disputes about quads of the facts with these nodes."""
        quads = frozenset().union(*(fact.add | fact.remove for fact in self.whole if fact.node in nodes))
        return tuple(dispute for dispute in disputes if (dispute.wanted | dispute.unwanted) & quads)

    def accepted(self, change: ChangeSet) -> ChangeSet:
        """What of the change is made. Raises ReviewRefused for a part that does not hang together."""
        add, remove = part_of(self.facts, self.chosen & _nodes(self.facts))
        return replace(change, add=add, remove=remove)

    def left(self, change: ChangeSet, disputes: tuple[Dispute, ...]) -> ChangeSet:
        """What of it stays proposed.

        A quad whose removal is disputed is kept, though it is gone, so that the rest is found not to fit the next time.
        """
        later = _nodes(self.whole) - self.chosen - self.rejected
        rest = [fact for fact in self.facts if fact.node in later]
        gone = frozenset().union(*(dispute.unwanted for dispute in self.among(disputes, later)))
        taken = self.accepted(change)
        return replace(
            change,
            add=frozenset().union(*(fact.add for fact in rest)) - taken.add,
            remove=frozenset().union(*(fact.remove for fact in rest)) - taken.remove | gone,
        )

    def decisions(self, by: NamedNode, reason: str, change: NamedNode | None, choice: Choice) -> Iterator[Decision]:
        """What is to be remembered of it."""
        at = dt.datetime.now(dt.UTC)
        if choice.correct is not None:
            touched = {quad.subject for quads in choice.correct for quad in quads}
            nodes = (node for node in touched if isinstance(node, NamedNode))
            yield Decision("corrected", by, at, reason, change, _sorted(nodes))
        if self.chosen or not self.whole:
            all_of_it = self.chosen >= _nodes(self.whole)
            yield Decision("accepted", by, at, reason, change, () if all_of_it else _sorted(self.chosen))
        if self.rejected:
            yield Decision("rejected", by, at, reason, None, _sorted(self.rejected))


def _nodes(facts: Iterable[Fact]) -> frozenset[NamedNode]:
    return frozenset(fact.node for fact in facts)


def _sorted(nodes: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(sorted(nodes, key=str))
