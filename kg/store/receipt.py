"""What comes of a change: a receipt, or a refusal that says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.errors import BomayError
from kg.model.changes import ChangeSet
from kg.validate import Finding, Report


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was committed. `change_iri` is None when nothing had to be done (or in a folder without a journal).

    `report` holds the Warnings that were accepted, and Infos.
    """

    change_iri: NamedNode | None
    generation: int
    added: int
    removed: int
    report: Report


class Refused(BomayError):
    """A change that would break the graph; `report` holds what it introduces. Nothing of it was stored.

    Of several that were judged as one, `at` is the place of the first that seems to be at fault, None where there was
    but one. `change` is what was judged, None where it is not known in this process or no shape refused it.
    """

    exit_status = 1

    def __init__(self, report: Report, at: int | None = None, change: ChangeSet | None = None) -> None:
        super().__init__(report)
        self.report = report
        self.at = at
        self.change = change

    def __str__(self) -> str:
        stopping = [finding for finding in self.report.findings if finding.severity != "Info"]
        first = stopping[0] if stopping else None
        more = f" (and {len(stopping) - 1} more)" if len(stopping) > 1 else ""
        detail = f": {first.focus_label or first.focus}: {first.message_en}{more}" if first else "."
        return f"The change was refused; nothing was stored{detail}"


class StaleValidation(BomayError):
    """A change that was validated on a generation that is no longer the current one; submit it again."""


def refusal(shape: str, focus: str, message_vi: str, message_en: str) -> Refused:
    """A refusal for a reason that lies outside the shapes of the ontology."""
    return Refused(Report.of([Finding("Violation", shape, focus, None, None, message_vi, message_en, focus)]))


def shared_out(report: Report, steps: Sequence[ChangeSet]) -> tuple[Report, ...]:
    """The findings of several changes that were judged as one, each given to the last of them that it can come from:

    that changes what is said of its focus node, else of its value; else to the last of all.
    """
    if not report.findings:
        return tuple(Report() for _ in steps)
    touching: dict[object, int] = {quad.subject: at for at, step in enumerate(steps) for quad in step.add | step.remove}
    shares: list[list[Finding]] = [[] for _ in steps]
    for finding in report.findings:
        terms = (finding.focus_term, finding.value_term)
        at = next((touching[term] for term in terms if term in touching), len(steps) - 1)
        shares[at].append(finding)
    return tuple(map(Report.of, shares))
