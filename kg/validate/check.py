"""A change judged by what it introduces, and a whole graph judged as it stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import InitVar, dataclass

from pyoxigraph import Store

from kg.model.changes import ChangeSet, together
from kg.validate.affected import Change, affected
from kg.validate.lookups import Lookups
from kg.validate.report import Finding, Report
from kg.validate.shapes import Shapes
from kg.validate.stored import as_stored

_SEAL = object()
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
        nodes = affected(seen, shape)
        focus = shape.targets.enumerate(after) if nodes is None else shape.targets.among(seen.after, nodes)
        found = list(shapes.findings(shape, seen.after, focus))
        if found:
            still = shape.targets.among(seen.before, {node for node, _ in found})
            earlier = Counter(finding for _, finding in shapes.findings(shape, seen.before, still))
            new |= (Counter(finding for _, finding in found) - earlier).keys()
    return new


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
