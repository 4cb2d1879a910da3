"""How much a proposal wants a person's eye: points for what is doubtful in it, each with its reason."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.validate import Report

POINTS: Final = {
    "violation": 8,
    "undecided_homonym": 5,
    "conflict": 4,
    "low_confidence": 3,
    "warning": 2,
    "medium_confidence": 1,
    "removal": 1,
}
"""Points for each occurrence. A size of n quads adds log2(n), so that of two alike the bigger comes first."""

_UNDECIDED, _CONFIDENCE = iri("bm:possiblySameAs"), iri("bm:confidence")
_STATE, _OPEN = iri("bm:state"), iri("conflictstate:open")
_LEVELS: Final = {
    iri("confidence:low"): "low_confidence",
    iri("confidence:medium"): "medium_confidence",
}
_SEVERITIES: Final = {"Violation": "violation", "Warning": "warning"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for doubt: how often it occurs, and the points of all together."""

    ground: str
    count: int
    points: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """The grounds, the heaviest first; `score` is the sum of their points."""

    reasons: tuple[Reason, ...] = ()

    @property
    def score(self) -> int:
        """The place in the queue: the higher the sooner."""
        return sum(reason.points for reason in self.reasons)

    def to_json(self) -> dict[str, Any]:
        """{score, reasons: [{ground, count, points}]}."""
        return {
            "score": self.score,
            "reasons": [{"ground": r.ground, "count": r.count, "points": r.points} for r in self.reasons],
        }


def doubt_of(change: ChangeSet, report: Report) -> Doubt:
    """What is doubtful in a change of which the shapes say `report`."""
    counts: Counter[str] = Counter()
    for quad in change.add:
        if quad.predicate == _CONFIDENCE and quad.object in _LEVELS:
            counts[_LEVELS[quad.object]] += 1  # type: ignore[index]  # no triple terms in our data
        elif quad.predicate == _UNDECIDED:
            counts["undecided_homonym"] += 1
        elif (quad.predicate, quad.object) == (_STATE, _OPEN):
            counts["conflict"] += 1
    counts.update(_SEVERITIES[f.severity] for f in report.findings if f.severity in _SEVERITIES)
    counts["removal"] += len(change.remove)
    size = len(change.add) + len(change.remove)
    reasons = [Reason(ground, count, count * POINTS[ground]) for ground, count in counts.items() if count]
    reasons.append(Reason("size", size, size.bit_length()))
    return Doubt(tuple(sorted(reasons, key=lambda reason: (-reason.points, reason.ground))))
