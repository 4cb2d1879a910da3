"""Sequences of ranks: who went from which rank to which, and how long that took, within bounds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model.graph import Reader
from kg.model.holding import Certainty, Holding
from kg.network.ties import ask, holdings, in_chunks


@dataclass(frozen=True, slots=True)
class Step:
    """One person's way from a rank to the next on one ladder (IRIs), by two tenures.

    Between taking up the one and the other lie at least `shortest` and at most `longest` days; None is unknown.
    The order is certain where the first began before the second can have begun, else likely: by the days first known.
    """

    person: str
    ladder: str
    origin: str
    destination: str
    facts: tuple[str, str]
    shortest: int
    longest: int | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Transition:
    """All steps from one rank to another: how many, by how many people, the bounds of days over all of them."""

    origin: str
    destination: str
    steps: tuple[Step, ...]

    @property
    def people(self) -> int:
        """How many took it."""
        return len({step.person for step in self.steps})

    @property
    def bounds(self) -> tuple[int, int | None]:
        """The least that any took and the most that any can have taken; None where one's most is unknown."""
        known = [step.longest for step in self.steps if step.longest is not None]
        return min(step.shortest for step in self.steps), max(known) if len(known) == len(self.steps) else None


def career_steps(reader: Reader, people: Sequence[str] | None = None) -> tuple[Step, ...]:
    """The steps of these people, or of all, each ladder on its own, so that a post held beside is no step.

    A tenure of which no day is known, or whose post has no rank, is left out.
    """
    if people is None:
        rows = ask(reader, "posts-of-people", {})
    else:
        rows = list(in_chunks(reader, "posts-of-people", "person", people))
    held = holdings(reader, {row["tenure"].value for row in rows})
    paths: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if "rank" in row and "ladder" in row and first_known(held[row["tenure"].value]):
            paths[row["person"].value, row["ladder"].value][row["tenure"].value] = row["rank"].value
    return tuple(
        step for (person, ladder), ranks in sorted(paths.items()) for step in _steps(person, ladder, ranks, held)
    )


def _steps(person: str, ladder: str, ranks: dict[str, str], held: dict[str, Holding]) -> Iterable[Step]:
    ordered = sorted(ranks, key=lambda tenure: (first_known(held[tenure]) or dt.date.max, tenure))
    for one, other in pairwise(ordered):
        before, after = held[one], held[other]
        begun, seen = first_known(before), first_known(after)
        if ranks[one] == ranks[other] or begun is None or seen is None:
            continue
        least = (after.start_earliest - begun).days if after.start_earliest else 0
        longest = (seen - before.start_earliest).days if before.start_earliest else None
        is_sure = after.start_earliest is not None and begun <= after.start_earliest
        certainty = Certainty.CERTAIN if is_sure else Certainty.LIKELY
        yield Step(person, ladder, ranks[one], ranks[other], (one, other), max(least, 0), longest, certainty)


def first_known(held: Holding) -> dt.date | None:
    """The first day on which the post was surely held or taken up."""
    known = [*held.attested, *([held.start_latest] if held.start_latest else [])]
    return min(known, default=None)


def transitions(steps: Iterable[Step]) -> tuple[Transition, ...]:
    """Steps by their two ranks, the most frequent first."""
    found: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        found[step.origin, step.destination].append(step)
    counts = Counter({pair: len(some) for pair, some in found.items()})
    return tuple(
        Transition(*pair, tuple(found[pair])) for pair in sorted(counts, key=lambda pair: (-counts[pair], pair))
    )
