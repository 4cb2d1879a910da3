"""A change judged by what it introduces, and a whole graph judged as it stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kg.model.changes import ChangeSet, together
from kg.validate.affected import Change, footprint
from kg.validate.lookups import Lookups
from kg.validate.paths import Term
from kg.validate.report import Finding, Report
from kg.validate.shapes import Shapes, TargetedShape
from kg.validate.stored import as_stored

if TYPE_CHECKING:
    from kg.validate.rules import Solution

_SEAL = object()
Pairs = set[tuple[NamedNode, NamedNode]]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ValidatedChangeSet:
    """A change that was validated on the generation `base_generation`; only `validate` can make one.

    `steps` are the changes that it consists of, one after the other. Making one anywhere else, by
    `dataclasses.replace` too, raises TypeError.
    """

    change: ChangeSet
    report: Report
    base_generation: int
    seal: InitVar[object]
    steps: tuple[ChangeSet, ...] = ()

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("A ValidatedChangeSet is made by kg.validate.validate alone.")


def validate(
    before: Store,
    after: Store,
    change: ChangeSet | Sequence[ChangeSet],
    shapes: Shapes,
    base_generation: int,
    *,
    accept_warnings: bool = False,
) -> ValidatedChangeSet | Report:
    """Judges a change, or several that follow each other as one, by the findings on `after` that were not on `before`.

    `after` is `before` with the change applied. Violations refuse it, Warnings too unless accepted; then the Report
    comes back alone.
    """
    steps = (change,) if isinstance(change, ChangeSet) else tuple(change)
    whole = steps[0] if len(steps) == 1 else together(steps)
    report = _explained(Report.of(introduced(before, after, whole, shapes)), shapes, after, before)
    if report.blocks(accept_warnings=accept_warnings):
        return report
    return ValidatedChangeSet(whole, report, base_generation, _SEAL, steps)


def introduced(before: Store, after: Store, change: ChangeSet, shapes: Shapes) -> set[Finding]:
    """The findings that the change brings: those of `after` less those of `before`, where it can have altered any.

    What a shape says more often than before, as of two values that must be there, is new too.
    """
    seen = Change(before, after, as_stored(change.add), as_stored(change.remove))
    new: set[Finding] = set()
    for shape in shapes.targeted:
        focus, pairs = _affected(seen, after, shape)
        said = shapes.solutions(shape, seen.after, focus, pairs)
        if said is None:
            new |= _by_findings(seen, shapes, shape, focus.union(node for node, _ in pairs))
        elif said:
            new |= _by_solutions(seen, shapes, shape, said, focus, pairs)
    return new


def _by_findings(seen: Change, shapes: Shapes, shape: TargetedShape, focus: set[Term]) -> set[Finding]:
    found = list(shapes.findings(shape, seen.after, focus))
    if not found:
        return set()
    still = shape.targets.among(seen.before, {node for node, _ in found})
    earlier = Counter(finding for _, finding in shapes.findings(shape, seen.before, still))
    return set(Counter(finding for _, finding in found) - earlier)


def _by_solutions(
    seen: Change, shapes: Shapes, shape: TargetedShape, said: "set[Solution]", focus: set[Term], pairs: Pairs
) -> set[Finding]:
    """As by findings, which are made only of the solutions that were not there before, and of those that are gone."""
    assert shape.rule is not None
    still = shape.targets.among(seen.before, set(map(shape.rule.focus, said)))
    both = {pair for pair in pairs if pair[0] in still}
    earlier = shapes.solutions(shape, seen.before, still & focus, both)
    if earlier is None:
        return _by_findings(seen, shapes, shape, focus.union(node for node, _ in pairs))
    found = Counter(finding for _, finding in shapes.findings_of(shape, seen.after, said - earlier))
    gone = Counter(finding for _, finding in shapes.findings_of(shape, seen.before, earlier - said))
    return set(found - gone)


def _affected(seen: Change, after: Store, shape: TargetedShape) -> tuple[set[Term], set[tuple[NamedNode, NamedNode]]]:
    """The focus nodes of the graph after the change that it can affect, whole or with one value each."""
    met = footprint(seen, shape)
    if met is None:
        return shape.targets.enumerate(after), set()
    focus = shape.targets.among(seen.after, met.nodes)
    of_pairs = shape.targets.among(seen.after, {node for node, _ in met.pairs})
    return focus, {pair for pair in met.pairs if pair[0] in of_pairs}


def validate_graph(store: Store, shapes: Shapes, progress: Callable[[str, int, int], None] | None = None) -> Report:
    """Every finding on the store's default graph. `progress` hears (shape, focus nodes done, focus nodes in all)."""
    return _explained(Report.of_all(_all_findings(store, shapes, progress)), shapes, store)


def _explained(report: Report, shapes: Shapes, *stores: Store) -> Report:
    from kg.validate.explaining import explained  # rdflib with it, slow to import; readers do without

    return explained(report, shapes, *stores)


def _all_findings(store: Store, shapes: Shapes, progress: Callable[[str, int, int], None] | None) -> Iterator[Finding]:
    for shape in shapes.targeted:
        focus = sorted(shape.targets.enumerate(store), key=str)
        for start in range(0, len(focus), _BATCH):
            if progress is not None:
                progress(shape.name, start, len(focus))
            batch = set(focus[start : start + _BATCH])
            yield from (finding for _, finding in shapes.findings(shape, Lookups(store), batch))
        if progress is not None:
            progress(shape.name, len(focus), len(focus))
