"""What the pages of review show, as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.review import Proposal
from server.contexts import Link, ProblemPage
from server.review.deciding import Draft
from server.review.pieces import Piece


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, words or a thing. `state` is new or known for a thing; `gone` where it would be removed.

    `key` names it in the form where it can be corrected, `pick` the kind of thing to look for in its place; `given` is
    what was put there, at first what stands.
    """

    link: Link
    is_words: bool
    state: str
    gone: bool
    key: str = ""
    pick: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A property with its values; `quiet` where the heading says it already, so that it shows for correcting alone."""

    label: str
    values: tuple[Value, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words behind a fact; `piece` is where they begin in the text, empty for a text that is not on the page.

    They are `astray` where the text does not have them where they are said to stand.
    """

    text: str
    piece: str
    confidence: str
    rule: str
    source: Link
    astray: bool


@dataclass(frozen=True, slots=True)
class Rivals:
    """A conflict that a fact would open: the property, and what is claimed of it."""

    property: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A property that was changed since: what the proposal puts there, what it takes away, and what stands now."""

    about: Link
    property: str
    wanted: tuple[Link, ...]
    unwanted: tuple[Link, ...]
    standing: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact in words, with what there is to decide by, and what was decided in the form (accept, reject, correct).

    `saying` and `naming` are the marks that are evidence of it and that name it, `needs` and `needed_by` numbers of
    facts. `same` is what the node was said to be instead, `same_kind` the kind of thing to look for, empty where it is
    none of those that can be found.
    """

    number: int
    node: str
    label: str
    kind: str
    href: str | None
    is_new: bool
    confidence: str
    rows: tuple[Row, ...]
    quotes: tuple[Quote, ...]
    saying: tuple[int, ...]
    naming: tuple[int, ...]
    needs: tuple[int, ...]
    needed_by: tuple[int, ...]
    findings: tuple[dict[str, Any], ...]
    conflicts: tuple[Rivals, ...]
    disputes: tuple[Disputed, ...]
    verdict: str
    problem: str
    same_kind: str
    same: str


@dataclass(frozen=True, slots=True)
class Text:
    """A source text in pieces; `left_out` marks are not shown."""

    name: str
    pieces: tuple[Piece, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One proposal: texts on one side, facts on the other, and the form as it was sent.

    Of `total` facts those from `offset` to before `end` are shown; `carried` are verdicts on others, by their nodes.
    `may_decide` says whether there is a form; `why_not` which sentence tells why there is none.
    """

    proposal: Proposal
    author: str
    created: str
    source: Link | None
    doubts: tuple[str, ...]
    decisions: tuple["Decided", ...]
    texts: tuple[Text, ...]
    facts: tuple[FactView, ...]
    total: int
    offset: int
    end: int
    size: int
    findings: tuple[dict[str, Any], ...]
    warnings: int
    since: tuple[Link, ...]
    draft: Draft
    may_decide: bool
    why_not: str
    problem: "Refusal | None"
    labels: Mapping[int, str]
    carried: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_stale(self) -> bool:
        """Whether a fact no longer fits."""
        return any(fact.disputes for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made: its verdict, by whom, when, why, and on how many facts (0 for all)."""

    verdict: str
    by: str
    at: str
    reason: str
    facts: int
    change: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the form was not carried out: a sentence in the language of the page, or a problem with its own words."""

    status: int
    sentence: str
    problem: ProblemPage | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal in the queue."""

    proposal: Proposal
    author: str
    created: str
    doubts: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A piece of the queue; `given` are the filters as they were sent."""

    shown: tuple[Waiting, ...]
    total: int
    given: dict[str, str]
    states: tuple[str, ...]
    kinds: tuple[str, ...]
    limit: int
    offset: int
    sees_all: bool


@dataclass(frozen=True, slots=True)
class Batched:
    """What a batch takes, or took, of one proposal; `why` says why nothing, as a sentence."""

    proposal: Proposal
    sure: int
    total: int
    why: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch before it is accepted, and with `done` afterwards."""

    source: str
    confidence: str
    confidences: tuple[str, ...]
    found: tuple[Batched, ...]
    done: bool
    accepts_warnings: bool = False

    @property
    def sure(self) -> int:
        """Facts in all."""
        return sum(one.sure for one in self.found)
