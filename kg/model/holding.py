"""The holding of a post in time: what is known of it, and how sure its answer for a day is.

A holding is one unbroken spell: a first day in office, and a first day out of office after it. Neither need be known.
`queries/organs/post-holders-on-day.rq` gives the same answers in SPARQL.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from kg.model.dates import PartialDate

_DAY = dt.timedelta(days=1)


class Certainty(IntEnum):
    """How sure it is that somebody held a post on a day; a greater one implies the smaller."""

    NO = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def word(self) -> str:
        """As the library of questions writes it: no, possible, likely, certain."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days [first, end); None for a side that is open."""

    first: dt.date | None
    end: dt.date | None

    def __contains__(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.end is None or day < self.end)

    def meet(self, other: "Stretch") -> "Stretch":
        """The days of both."""
        return Stretch(_latest(self.first, other.first), _earliest(self.end, other.end))

    @property
    def is_empty(self) -> bool:
        """Whether it has no day."""
        return self.first is not None and self.end is not None and self.end <= self.first


@dataclass(frozen=True, slots=True)
class Holding:
    """What is known of when one person held one post; a bound that is None is unknown and excludes nothing.

    `start_…` bound the first day in office, `end_…` the first day out of office. That a holding has ended (an end state
    without a day, or `end_earliest` alone) bounds nothing from above: after its last known day it stays possible, until
    a source gives `end_latest`, be it only by its own day ("nguyên").
    """

    attested: frozenset[dt.date] = frozenset()
    start_earliest: dt.date | None = None
    start_latest: dt.date | None = None
    end_earliest: dt.date | None = None
    end_latest: dt.date | None = None

    @classmethod
    def between(cls, start: PartialDate | None = None, end: PartialDate | None = None) -> "Holding":
        """A holding from `start` to `end` as words give them: a year or a month bounds, and so does a full day.

        Whether the day that ends it ("đến ngày 31/8/2023") was still in office is left open.
        """
        return cls(
            start_earliest=start.first_day if start else None,
            start_latest=start.last_day if start else None,
            end_earliest=end.first_day if end else None,
            end_latest=end.last_day + _DAY if end else None,
        )

    def certainty_on(self, day: dt.date, rivals: Iterable["Holding"] = ()) -> Certainty:
        """How sure it is that the post was held on the day.

        Certain: attested on it, begun on it by a known start, or within the inner bounds [start_latest, end_earliest).
        Likely: between two days on which it is known, with no contrary evidence: none of `rivals`, the holdings of
        other people in the same single seat (none for a post of several), was seen or began strictly between the two
        known days next to `day`, or has inner bounds that reach in there. Possible: within the outer bounds
        [start_earliest, end_latest). No: outside them, whatever else is said.
        """
        if day not in self._outer():
            return Certainty.NO
        if any(day in stretch for stretch in self._surely()):
            return Certainty.CERTAIN
        gap = self._gap(day)
        if gap and not any(rival._reaches_into(*gap) for rival in rivals):
            return Certainty.LIKELY
        return Certainty.POSSIBLE

    def overlap(self, other: "Holding") -> Certainty:
        """How sure it is that there is a day on which both were held, by what is known of the two alone."""
        return next((certainty for certainty, _ in self.together(other)), Certainty.NO)

    def together(self, other: "Holding", within: Stretch = Stretch(None, None)) -> Iterator[tuple[Certainty, Stretch]]:
        """The days of `within` on which both were held, surest first, each stretch with how sure it is."""
        for certainty in sorted(Certainty, reverse=True):
            theirs = list(other.stretches(certainty))
            both = (mine.meet(their).meet(within) for mine in self.stretches(certainty) for their in theirs)
            yield from ((certainty, stretch) for stretch in both if not stretch.is_empty)

    def stretches(self, at_least: Certainty) -> Iterator[Stretch]:
        """The days that are as sure as this or surer, rivals aside; stretches may overlap."""
        outer = self._outer()
        inner: list[Stretch] = []
        if at_least == Certainty.CERTAIN:
            inner = list(self._surely())
        elif at_least == Certainty.LIKELY:
            known_from = _earliest(*self.attested, self.start_latest)
            known_to = _latest(*(day + _DAY for day in self.attested), self.end_earliest)
            inner = [*self._surely(), *([Stretch(known_from, known_to)] if known_from and known_to else [])]
        elif at_least == Certainty.POSSIBLE:
            inner = [outer]
        yield from (stretch for each in inner if not (stretch := each.meet(outer)).is_empty)

    def tighten(self, other: "Holding") -> "Holding":
        """What both say of one and the same holding: all attested days, the narrower of the bounds.

        The two contradict each other when the result is not consistent.
        """
        return Holding(
            self.attested | other.attested,
            _latest(self.start_earliest, other.start_earliest),
            _earliest(self.start_latest, other.start_latest),
            _latest(self.end_earliest, other.end_earliest),
            _earliest(self.end_latest, other.end_latest),
        )

    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Pairs of fields that cannot both be right: bounds that cross, a day attested outside, no day in office."""
        outer = self._outer()
        crossed = {
            ("start_earliest", "start_latest"): _after(self.start_earliest, self.start_latest),
            ("end_earliest", "end_latest"): _after(self.end_earliest, self.end_latest),
            ("start_earliest", "end_latest"): outer.is_empty,
            ("attested", "start_earliest"): any(_after(self.start_earliest, day) for day in self.attested),
            ("attested", "end_latest"): any(_after(day + _DAY, self.end_latest) for day in self.attested),
        }
        return tuple(pair for pair, is_so in crossed.items() if is_so)

    @property
    def is_consistent(self) -> bool:
        """Whether there can be such a holding."""
        return not self.contradictions()

    def _outer(self) -> Stretch:
        return Stretch(self.start_earliest, self.end_latest)

    def _inner(self) -> Stretch | None:
        return Stretch(self.start_latest, self.end_earliest) if self.start_latest and self.end_earliest else None

    def _seen(self) -> frozenset[dt.date]:
        """Single days in office: attested, and a first day that is known exactly."""
        exact = self.start_latest if self.start_latest == self.start_earliest else None
        return self.attested | {exact} if exact else self.attested

    def _surely(self) -> Iterator[Stretch]:
        yield from (Stretch(day, day + _DAY) for day in self._seen())
        if inner := self._inner():
            yield inner

    def _gap(self, day: dt.date) -> tuple[dt.date, dt.date] | None:
        """The known days next to the day: last attested or in office at the latest, next attested or perhaps out."""
        before = _latest(*(d for d in (*self.attested, self.start_latest) if d and d <= day))
        after = _earliest(
            *(d for d in self.attested if day <= d),
            self.end_earliest if self.end_earliest and day < self.end_earliest else None,
        )
        return (before, after) if before and after else None

    def _reaches_into(self, before: dt.date, after: dt.date) -> bool:
        inner = self._inner()
        seen = any(before < day < after for day in self._seen())
        return seen or (inner is not None and not inner.is_empty and not inner.meet(Stretch(before, after)).is_empty)


def _after(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and one > other


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day), default=None)


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day), default=None)
