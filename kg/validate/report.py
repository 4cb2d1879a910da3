"""What validation found, for people and programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.namespaces import iri
from kg.validate.details import Repair, Sentence, repair_from, sentence_from
from kg.validate.paths import Link, Path, Term, rdf_1_1

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one shape. Two are equal when they say the same of the same node, whatever is told beside it.

    `severity` is Violation, Warning, Info, or the IRI of another; `shape` the IRI of the (nearest named) shape; `focus`
    and `value` are an IRI or a literal's text; `path` is in SPARQL's notation with our prefixes; the messages tell a
    clerk what to do. Names, labels and evidence are told by `kg.validate.explaining`, empty where nothing is known;
    repairs are there when they were asked for (`kg.validate.repairing`).
    """

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    message_vi: str
    message_en: str
    focus_label: str = field(default="", compare=False)
    component: str = ""
    shape_name_vi: str = field(default="", compare=False)
    shape_name_en: str = field(default="", compare=False)
    path_label_vi: str = field(default="", compare=False)
    path_label_en: str = field(default="", compare=False)
    value_label: str = field(default="", compare=False)
    evidence: tuple[Sentence, ...] = field(default=(), compare=False)
    repairs: tuple[Repair, ...] = field(default=(), compare=False)
    root: str = field(default="", repr=False)
    focus_term: Term | None = field(default=None, compare=False, repr=False)
    value_term: Term | None = field(default=None, repr=False)
    path_parts: Path | None = field(default=None, compare=False, repr=False)

    @property
    def value_datatype(self) -> str | None:
        """The datatype's IRI of a value that is a literal."""
        return self.value_term.datatype.value if isinstance(self.value_term, Literal) else None

    @property
    def value_language(self) -> str | None:
        """The language tag of a value that has one."""
        return self.value_term.language if isinstance(self.value_term, Literal) else None

    def to_json(self) -> dict[str, Any]:
        """What every form of a report tells, by its names: strings and None, evidence and repairs as lists of dicts."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        typed = {"value_datatype": self.value_datatype, "value_language": self.value_language}
        return {**plain, **typed, **{name: [one.to_json() for one in getattr(self, name)] for name in _LISTS}}


_LISTS = ("evidence", "repairs")
_PLAIN = tuple(
    f.name for f in fields(Finding) if f.name not in ("root", "focus_term", "value_term", "path_parts", *_LISTS)
)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in a fixed order: gravest first, then by focus, path and value.

    `tried` is how many repairs were tried, None where none were asked for; `unsought` the number of findings, the last
    ones, for which none was sought because a bound was reached.
    """

    findings: tuple[Finding, ...] = ()
    tried: int | None = None
    unsought: int = 0

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Report":
        """A report of these findings, each once, in order."""
        return cls(tuple(sorted(set(findings), key=_order)))

    @classmethod
    def of_all(cls, findings: Iterable[Finding]) -> "Report":
        """A report of these findings in order, each as often as it was found, as SHACL counts them."""
        return cls(tuple(sorted(findings, key=_order)))

    @property
    def conforms(self) -> bool:
        """Whether there is no finding of any severity (SHACL §3.6.1.1)."""
        return not self.findings

    def blocks(self, *, accept_warnings: bool = False) -> bool:
        """Whether a change with these findings is refused: by a Violation, and by a Warning that is not accepted."""
        stop = {"Violation"} if accept_warnings else {"Violation", "Warning"}
        return any(finding.severity in stop for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """`conforms`, `findings`, and `repairs` (`tried` and `unsought`) where they were asked for."""
        told: dict[str, Any] = {"conforms": self.conforms, "findings": [f.to_json() for f in self.findings]}
        return told if self.tried is None else {**told, "repairs": {"tried": self.tried, "unsought": self.unsought}}

    def to_turtle(self) -> str:
        """A sh:ValidationReport (https://www.w3.org/TR/shacl/#validation-report)."""
        from kg.validate.formats import turtle

        return turtle(self)

    def to_csv(self) -> str:
        """A table with a header line, one row a finding."""
        from kg.validate.formats import csv_table

        return csv_table(self)

    def to_text(self, language: str = "vi") -> str:
        """Lines for a terminal, in Vietnamese ("vi") or English ("en")."""
        from kg.validate.formats import text

        return text(self, language)


def _order(finding: Finding) -> tuple[int | str, ...]:
    rank = SEVERITIES.index(finding.severity) if finding.severity in SEVERITIES else 0
    plain = (finding.focus, finding.path or "", finding.value or "", finding.shape, finding.message_en)
    return rank, *plain, finding.component, str(finding.value_term), finding.root


def finding_to_wire(finding: Finding) -> dict[str, Any]:
    """What `to_json` tells, and the terms in N-Triples notation, for another process of ours."""
    terms = {name: getattr(finding, name) for name in _TERMS}
    return {**finding.to_json(), "root": finding.root, **{n: None if t is None else str(t) for n, t in terms.items()}}


def finding_from_wire(row: Mapping[str, Any]) -> Finding:
    """The finding that `finding_to_wire` wrote, in an earlier version too, which told less of it.

    Of the path only one without operators comes back in parts.
    """
    terms: dict[str, Any] = {name: None if row[name] is None else _term(row[name]) for name in _TERMS}
    path = row["path"]
    simple = path is not None and not set(path) & set("/|*+?()^")
    parts = Link(iri(path) if not path.startswith("http") else NamedNode(path)) if simple else None
    lists: dict[str, Any] = {
        "evidence": tuple(map(sentence_from, row.get("evidence", ()))),
        "repairs": tuple(map(repair_from, row.get("repairs", ()))),
    }
    return Finding(**{name: row[name] for name in (*_PLAIN, "root") if name in row}, **terms, **lists, path_parts=parts)


_TERMS = ("focus_term", "value_term")


def _term(text: str) -> Term:
    return rdf_1_1(next(iter(parse(f"<urn:x> <urn:x> {text} .", format=RdfFormat.N_TRIPLES))).object)
