"""Whether a person in a report is a person of the graph: points for and against, by the table data/namesakes.tsv.

A report's person is linked to the one known person for whom enough speaks and for whom clearly more speaks than for any
other of the name; told apart from those against whom enough speaks; and with the rest it stays undecided, for people.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pyoxigraph import NamedNode

from kg.model import fold
from kg.propose.careers import Career
from kg.propose.lives import lives
from kg.propose.ties import Finding, ties
from kg.propose.titles import rows

LINK = 5
"""Points from which two are one: a body in common, or a place in common and something more."""
APART = -2
"""Points down to which two are two: namesakes of two provinces, none of whom led one, get this much."""
LEAD = 2
"""Points by which the best has to lead the next of the name: below it a small thing would decide."""
GROUNDS = frozenset(
    {"same_post", "same_body", "body_continues", "same_place", "place_continues", "within", "same_birthday"}
)
"""A link rests on one of these: nobody is linked by a name, however long, and a report's place alone."""


_CLOSE = frozenset({"same_post", "same_body", "body_continues", "same_birthday"})
IsOpen = Callable[[NamedNode, NamedNode], bool]


class Decision(StrEnum):
    """What is made of two who bear one name."""

    LINK = "link"
    UNDECIDED = "undecided"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for or against, in words; `points` is None where it rules one person out."""

    feature: str
    points: int | None
    vi: str
    en: str

    def word(self, language: str) -> str:
        """The ground in "vi" or "en", with its points."""
        said = self.vi if language == "vi" else self.en
        out = "loại trừ" if language == "vi" else "rules it out"
        return f"{said} ({out if self.points is None else f'{self.points:+d}'})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One known person against the report's, with the reasons; `rival` is added when another fits nearly as well."""

    person: NamedNode
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(reason.points or 0 for reason in self.reasons)

    @property
    def is_impossible(self) -> bool:
        """Whether something rules one person out."""
        return any(reason.points is None for reason in self.reasons)

    @property
    def decision(self) -> Decision:
        """By the thresholds, other people of the name aside."""
        if self.is_impossible or self.score <= APART:
            return Decision.APART
        features = {reason.feature for reason in self.reasons}
        if self.score >= LINK and features & GROUNDS and "rival" not in features:
            return Decision.LINK
        return Decision.UNDECIDED

    def speaks_for(self, language: str) -> str:
        """What speaks for one person, in "vi" or "en"; empty when nothing does."""
        return "; ".join(reason.word(language) for reason in self.reasons if (reason.points or 0) > 0)

    def speaks_against(self, language: str) -> str:
        """What speaks against it or for nothing, in "vi" or "en"; empty when nothing does."""
        return "; ".join(reason.word(language) for reason in self.reasons if (reason.points or 0) <= 0)


def judge(said: Career, known: dict[NamedNode, Career], is_open: IsOpen) -> list[Verdict]:
    """A verdict on each known person, the likeliest first; at most the first says "link".

    `is_open` tells whether two known persons may be one. Two who may be are no rivals where the report's person shares
    a body with the better one: the report then belongs to both or to one, and a third node would only hide that.
    """
    verdicts = [Verdict(person, compare(said, career)) for person, career in known.items()]
    verdicts.sort(key=lambda v: (v.is_impossible, -v.score, -len(known[v.person].held), v.person.value))
    if not verdicts or verdicts[0].decision != Decision.LINK:
        return verdicts
    best, *others = verdicts
    is_close = any(each.feature in _CLOSE for each in best.reasons)
    near = [
        other
        for other in others
        if other.decision != Decision.APART
        and other.score > best.score - LEAD
        and not (is_close and is_open(best.person, other.person))
    ]
    passed = [other for other in others if other.decision == Decision.LINK and other not in near]
    rivals = {*near, *passed, *([best] if near else [])}
    return [_with_rival(verdict) if verdict in rivals else verdict for verdict in verdicts]


def _with_rival(verdict: Verdict) -> Verdict:
    return Verdict(verdict.person, (*verdict.reasons, reason(Finding("rival"))))


def compare(said: Career, known: Career) -> tuple[Reason, ...]:
    """Everything that speaks for or against the two being one person."""
    found = (*_names(said, known), *ties(said, known), *lives(said, known))
    return tuple(reason(each) for each in found)


def reason(found: Finding) -> Reason:
    """The finding with its points and words from the table; raises KeyError for a feature that it does not have."""
    points, vi, en = _weights()[found.feature]
    slots = {"said": found.said, "known": found.known}
    return Reason(found.feature, points, vi.format(**slots), en.format(**slots))


def _names(said: Career, known: Career) -> Iterator[Finding]:
    name = said.names[0]
    accented, known_names = fold.accented_key(name), [fold.accented_key(n) for n in known.names]
    others = {fold.accented_key(n) for n in said.names[1:]}
    if accented == known_names[0]:
        yield Finding("same_name")
    elif accented in known_names or others & set(known_names):
        yield Finding("other_name")
    elif accented == fold.key(name) or known_names[0] == fold.key(known.names[0]):
        yield Finding("unmarked_name")
    else:
        yield Finding("other_marks", name, known.names[0])
        return  # how often one of two names occurs says nothing of their being one
    words = fold.key(name).split()
    if len(words) >= 4:
        yield Finding("long_name")
    elif len(words) == 3 and words[1] in ("van", "thi"):
        yield Finding("common_name")


@cache
def _weights() -> dict[str, tuple[int | None, str, str]]:
    return {row[0]: (None if row[1] == "no" else int(row[1]), row[2], row[3]) for row in rows("namesakes.tsv")}
