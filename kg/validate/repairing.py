"""Repairs for the findings of a report, offered only when they were tried and found good."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, Quad, Triple

from kg.model.changes import ChangeSet, together
from kg.namespaces import curie, iri
from kg.validate import derived, fixes
from kg.validate.case import Case, Finder, Fix, Quads, as_it_would_be
from kg.validate.details import Repair
from kg.validate.paths import Link
from kg.validate.report import Finding, Report
from kg.validate.shapes import Shapes

FINDERS: Final[Mapping[str, Finder]] = {**derived.FINDERS, **fixes.FINDERS}
_FILE: Final = Path(__file__).with_name("repairs.yaml")
_AGENT: Final = iri("agent:validation")
_REASON: Final = "repair"
_OF_ONE: Final = 3  # repairs of one finding that are tried

DryRun = Callable[[ChangeSet], Report]
"""The report as it would be after a change on top of what was judged; it stores nothing."""


@dataclass(frozen=True, slots=True)
class RepairBounds:
    """How much may be tried for one report; a dry run that has begun is finished."""

    dry_runs: int = 24
    seconds: float = 3.0


def with_repairs(
    report: Report, shapes: Shapes, after: Quads, before: Quads, dry_run: DryRun, bounds: RepairBounds | None = None
) -> Report:
    """The report with the repairs that take their finding away and bring none.

    `after` is the graph as it would be with what was judged, `before` as it is without. A repair that is good for two
    findings is tried once and offered for both.
    """
    search = _Search(report, shapes, after, before, dry_run, bounds or RepairBounds())
    found = [search.repairs(finding) for finding in report.findings]
    mended = tuple(replace(f, repairs=repairs) for f, repairs in zip(report.findings, found, strict=True))
    return replace(report, findings=mended, tried=len(search.known), unsought=search.unsought)


def with_repairs_of_change(
    report: Report, shapes: Shapes, graph: Quads, change: ChangeSet, check: DryRun, bounds: RepairBounds | None = None
) -> Report:
    """The report on a change with repairs; `graph` is without the change, `check` says what any change would bring."""

    def dry_run(repair: ChangeSet) -> Report:
        return check(together((change, repair)))

    return with_repairs(report, shapes, as_it_would_be(graph, change), graph, dry_run, bounds)


@dataclass(slots=True)
class _Search:
    report: Report
    shapes: Shapes
    after: Quads
    before: Quads
    dry_run: DryRun
    bounds: RepairBounds
    known: dict[tuple[str, str], Report] = field(default_factory=dict)
    unsought: int = 0
    begun: float = field(default_factory=time.monotonic)

    def repairs(self, finding: Finding) -> tuple[Repair, ...]:
        """The good repairs of one finding; none once a bound is reached."""
        if self.is_spent():
            self.unsought += 1
            return ()
        good: dict[tuple[str, str], Repair] = {}
        for number, (kind, case, fix) in enumerate(self.proposals(finding)):
            if number >= _OF_ONE or self.is_spent():
                break
            change = _lines(fix.remove), _lines(fix.add)
            if change not in self.known:
                quads = frozenset(fix.add), frozenset(fix.remove)
                self.known[change] = self.dry_run(ChangeSet(*quads, _AGENT, _REASON))
            result = self.known[change]
            if is_good(finding, self.report, result):
                good.setdefault(change, _repair(kind, case, fix, change, len(result.findings)))
        kinds = list(registry())
        return tuple(sorted(good.values(), key=lambda one: (kinds.index(one.kind), one.remove, one.add)))

    def is_spent(self) -> bool:
        return len(self.known) >= self.bounds.dry_runs or time.monotonic() - self.begun > self.bounds.seconds

    def proposals(self, finding: Finding) -> Iterator[tuple[str, Case, Fix]]:
        for kind, options in registry().items():
            if _answers(options, finding):
                case = Case(finding, self.after, self.before, self.shapes.engine.graph, options)
                find = FINDERS[options.get("by", kind)]
                yield from ((kind, case, fix) for fix in find(case) if not _is_nameless(fix))


def is_good(finding: Finding, before: Report, after: Report) -> bool:
    """Whether the report after a repair is without the finding, and without any that was not there before."""
    return finding not in after.findings and not Counter(after.findings) - Counter(before.findings)


@cache
def registry() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of repair, as `repairs.yaml` has them."""
    import yaml  # readers do without

    told: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return told


def _answers(options: Mapping[str, Any], finding: Finding) -> bool:
    """Whether a kind of repair is for such findings."""
    component = finding.component.rpartition("#")[2].removesuffix("ConstraintComponent")
    path = finding.path_parts
    prop = path.predicate if isinstance(path, Link) else None
    return (
        component in options.get("components", (component,))
        and curie(finding.shape) in options.get("shapes", (curie(finding.shape),))
        and ("property" not in options or iri(options["property"]) == prop)
    )


def _is_nameless(fix: Fix) -> bool:
    """Whether it touches a blank node, which has another name the next time that the data are read."""
    return any(isinstance(term, BlankNode) for quad in (*fix.remove, *fix.add) for term in (quad.subject, quad.object))


def _lines(quads: tuple[Quad, ...]) -> str:
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return "".join(sorted(f"{triple} .\n" for triple in triples))


def _repair(kind: str, case: Case, fix: Fix, change: tuple[str, str], left: int) -> Repair:
    link = "" if case.link is None else curie(case.link)
    terms = {"old": ", ".join(map(case.shown, fix.old)), "new": ", ".join(map(case.shown, fix.new))}
    said = registry()[kind]
    vi = said["vi"].format(**terms, property=case.finding.path_label_vi or link)
    en = said["en"].format(**terms, property=case.finding.path_label_en or link)
    return Repair(kind, vi, en, *change, left)
