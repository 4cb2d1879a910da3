"""What a form changes, against what others changed since it was opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model.graph import Term
from server.editing.fields import Field


@dataclass(frozen=True, slots=True)
class Step:
    """Terms that come to a field and terms that go."""

    add: frozenset[Term]
    remove: frozenset[Term]

    @classmethod
    def between(cls, before: frozenset[Term], after: frozenset[Term]) -> "Step":
        """What leads from one to the other."""
        return cls(after - before, before - after)

    @property
    def is_none(self) -> bool:
        """Whether nothing comes or goes."""
        return not self.add and not self.remove

    def clashes(self, other: "Step", *, is_single: bool) -> bool:
        """Whether it matters which of two steps from one state comes first: they do not commute.

        Of a field with one value any two different ones; of others two that put something else in the place of one
        term.
        """
        if self == other or self.is_none or other.is_none:
            return False
        return is_single or bool(self.remove & other.remove and self.add != other.add)


@dataclass(frozen=True, slots=True)
class Merged:
    """The terms of each field as they are to be, and the names of those on which two people differ."""

    wanted: Mapping[str, frozenset[Term]]
    clashes: tuple[str, ...] = field(default=())


def merged(
    fields: tuple[Field, ...],
    base: Mapping[str, frozenset[Term]],
    mine: Mapping[str, frozenset[Term]],
    now: Mapping[str, frozenset[Term]],
) -> Merged:
    """Both changes on top of each other; where they clash, `mine`. A field that is not among `mine` was not sent."""
    wanted: dict[str, frozenset[Term]] = {}
    clashes = []
    for one in fields:
        before, there = base[one.name], now[one.name]
        step = Step.between(before, mine.get(one.name, before))
        is_clash = step.clashes(Step.between(before, there), is_single=one.is_single)
        if is_clash:
            clashes.append(one.name)
        wanted[one.name] = mine[one.name] if is_clash and one.is_single else (there - step.remove) | step.add
    return Merged(wanted, tuple(clashes))
