"""Reports as Turtle, CSV and lines of text."""

import csv
import io

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.namespaces import PREFIXES, curie, iri
from kg.validate.paths import path_triples
from kg.validate.report import SEVERITIES, Finding, Report

_WORDS = {
    "vi": {"Violation": "Vi phạm", "Warning": "Cảnh báo", "Info": "Gợi ý", "none": "Không có gì phải sửa."},
    "en": {"Violation": "Violation", "Warning": "Warning", "Info": "Info", "none": "Nothing to put right."},
}
_TYPE = iri("rdf:type")


def turtle(report: Report) -> str:
    """The report as a sh:ValidationReport with one sh:ValidationResult a finding."""
    node = BlankNode()
    conforms = Literal(report.conforms)
    triples = [Triple(node, _TYPE, iri("sh:ValidationReport")), Triple(node, iri("sh:conforms"), conforms)]
    for finding in report.findings:
        result = BlankNode()
        triples += [Triple(node, iri("sh:result"), result), *_result(result, finding)]
    used = {name: PREFIXES[name] for name in ("sh", "bm", "bms", "xsd")}
    data = serialize(triples, format=RdfFormat.TURTLE, prefixes=used)
    assert data is not None
    return data.decode("utf-8")


def _result(node: BlankNode, finding: Finding) -> list[Triple]:
    triples = [
        Triple(node, _TYPE, iri("sh:ValidationResult")),
        Triple(node, iri("sh:resultSeverity"), _severity(finding.severity)),
        Triple(node, iri("sh:sourceShape"), NamedNode(finding.shape)),
        Triple(node, iri("sh:focusNode"), finding.focus_term or _node(finding.focus)),
        Triple(node, iri("sh:resultMessage"), Literal(finding.message_vi, language="vi")),
        Triple(node, iri("sh:resultMessage"), Literal(finding.message_en, language="en")),
    ]
    if finding.component:
        triples.append(Triple(node, iri("sh:sourceConstraintComponent"), NamedNode(finding.component)))
    if finding.path_parts is not None:
        path, described = path_triples(finding.path_parts)
        triples += [*described, Triple(node, iri("sh:resultPath"), path)]
    if finding.value_term is not None:
        triples.append(Triple(node, iri("sh:value"), finding.value_term))
    elif finding.value is not None:
        triples.append(Triple(node, iri("sh:value"), Literal(finding.value)))
    return triples


def _severity(name: str) -> NamedNode:
    return iri(f"sh:{name}") if name in SEVERITIES else NamedNode(name)


def _node(text: str) -> NamedNode | BlankNode:
    return BlankNode(text.removeprefix("_:")) if text.startswith("_:") else NamedNode(text)


def csv_table(report: Report) -> str:
    """RFC 4180, in the order of the report."""
    out = io.StringIO()
    columns = list(Finding("", "", "", None, None, "", "").to_json())
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in report.to_json():
        writer.writerow({name: value or "" for name, value in row.items()})
    return out.getvalue()


def text(report: Report, language: str) -> str:
    """Two or three lines a finding: what is wrong with which node, and what to do."""
    words = _WORDS[language]
    if report.conforms:
        return words["none"]
    return "\n".join(_lines(finding, words, language) for finding in report.findings)


def _lines(finding: Finding, words: dict[str, str], language: str) -> str:
    node = curie(finding.focus)
    label = f"{finding.focus_label} ({node})" if finding.focus_label not in ("", node) else node
    about = " ".join(part for part in (finding.path, f"= {finding.value}" if finding.value else None) if part)
    message = finding.message_vi if language == "vi" else finding.message_en
    lines = [f"{words.get(finding.severity, finding.severity)}: {label}", f"  {about}" if about else "", f"  {message}"]
    return "\n".join(line for line in lines if line)
