"""Reports as Turtle, CSV and lines of text."""

import csv
import io
import json
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.namespaces import PREFIXES, curie, iri
from kg.validate.details import Repair, Sentence
from kg.validate.paths import path_triples
from kg.validate.report import SEVERITIES, Finding, Report

_WORDS = {
    "vi": {
        "Violation": "Vi phạm",
        "Warning": "Cảnh báo",
        "Info": "Gợi ý",
        "none": "Không có gì phải sửa.",
        "rule": "quy tắc",
        "repair": "cách sửa",
        "unsought": "Với {} lỗi cuối chưa tìm cách sửa: hãy sửa những lỗi trên rồi kiểm tra lại.",
    },
    "en": {
        "Violation": "Violation",
        "Warning": "Warning",
        "Info": "Info",
        "none": "Nothing to put right.",
        "rule": "rule",
        "repair": "repair",
        "unsought": "No repair was sought for the last {} findings; put right what is above, then validate again.",
    },
}
_TYPE = iri("rdf:type")


def turtle(report: Report) -> str:
    """The report as a sh:ValidationReport with one sh:ValidationResult a finding, annotated by our own terms."""
    node = BlankNode()
    conforms = Literal(report.conforms)
    triples = [Triple(node, _TYPE, iri("sh:ValidationReport")), Triple(node, iri("sh:conforms"), conforms)]
    if report.tried is not None:
        triples.append(Triple(node, iri("bm:repairsTried"), Literal(report.tried)))
        triples.append(Triple(node, iri("bm:repairsUnsought"), Literal(report.unsought)))
    for finding in report.findings:
        result = BlankNode()
        triples += [Triple(node, iri("sh:result"), result), *_result(result, finding), *_annotations(result, finding)]
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


def _annotations(node: BlankNode, finding: Finding) -> Iterator[Triple]:
    for prop, label in (("bm:focusLabel", finding.focus_label), ("bm:valueLabel", finding.value_label)):
        yield from _said(node, prop, label)
    yield from _spoken(node, "bm:shapeName", finding.shape_name_vi, finding.shape_name_en)
    yield from _spoken(node, "bm:pathLabel", finding.path_label_vi, finding.path_label_en)
    for sentence in finding.evidence:
        yield from _sentence(node, BlankNode(), sentence)
    for repair in finding.repairs:
        yield from _repair(node, BlankNode(), repair)


def _sentence(result: BlankNode, node: BlankNode, sentence: Sentence) -> Iterator[Triple]:
    yield Triple(result, iri("bm:sentence"), node)
    for prop, named in (("bm:evidence", sentence.evidence), ("bm:supports", sentence.supports)):
        yield Triple(node, iri(prop), _node(named))
    if sentence.source:
        yield Triple(node, iri("bm:source"), _node(sentence.source))
    yield Triple(node, iri("bm:quote"), Literal(sentence.quote))
    yield from _said(node, "bm:sourceLabel", sentence.source_label)
    if sentence.published:
        yield Triple(node, iri("bm:publishedLatest"), Literal(sentence.published, datatype=iri("xsd:date")))
    for prop, at in (("bm:start", sentence.start), ("bm:end", sentence.end)):
        if at is not None:
            yield Triple(node, iri(prop), Literal(at))


def _repair(result: BlankNode, node: BlankNode, repair: Repair) -> Iterator[Triple]:
    yield Triple(result, iri("bm:repair"), node)
    yield from _said(node, "bm:repairKind", repair.kind)
    yield from _spoken(node, "rdfs:label", repair.sentence_vi, repair.sentence_en)
    yield from _said(node, "bm:removes", repair.remove)
    yield from _said(node, "bm:adds", repair.add)
    yield Triple(node, iri("bm:findingsLeft"), Literal(repair.left))


def _said(node: BlankNode, prop: str, words: str) -> Iterator[Triple]:
    if words:
        yield Triple(node, iri(prop), Literal(words))


def _spoken(node: BlankNode, prop: str, vi: str, en: str) -> Iterator[Triple]:
    if vi or en:
        yield Triple(node, iri(prop), Literal(vi, language="vi"))
        yield Triple(node, iri(prop), Literal(en, language="en"))


def _severity(name: str) -> NamedNode:
    return iri(f"sh:{name}") if name in SEVERITIES else NamedNode(name)


def _node(text: str) -> NamedNode | BlankNode:
    return BlankNode(text.removeprefix("_:")) if text.startswith("_:") else NamedNode(text)


def csv_table(report: Report) -> str:
    """RFC 4180, in the order of the report. Evidence and repairs are JSON; `quotes` and `mending` say them in words."""
    out = io.StringIO()
    columns = [*Finding("", "", "", None, None, "", "").to_json(), "quotes", "mending"]
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for finding in report.findings:
        row = {name: _cell(value) for name, value in finding.to_json().items()}
        quotes = "\n".join(said.words for said in finding.evidence)
        mending = "\n".join(f"{one.sentence_vi} / {one.sentence_en}" for one in finding.repairs)
        writer.writerow({**row, "quotes": quotes, "mending": mending})
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)


def text(report: Report, language: str) -> str:
    """A few lines a finding: what is wrong with which node by which rule, what to do, who says so, how to repair it."""
    words = _WORDS[language]
    if report.conforms:
        return words["none"]
    told = ["\n".join(_lines(finding, words, language)) for finding in report.findings]
    return "\n".join([*told, *([words["unsought"].format(report.unsought)] if report.unsought else [])])


def _lines(finding: Finding, words: dict[str, str], language: str) -> Iterator[str]:
    yield f"{words.get(finding.severity, finding.severity)}: {_labelled(curie(finding.focus), finding.focus_label)}"
    if finding.path or finding.value is not None:
        about = finding.path_label_vi if language == "vi" else finding.path_label_en
        value = None if finding.value is None else _labelled(curie(finding.value), finding.value_label)
        yield "  " + " = ".join(part for part in (finding.path and _labelled(finding.path, about), value) if part)
    yield f"  {finding.message_vi if language == 'vi' else finding.message_en}"
    name = finding.shape_name_vi if language == "vi" else finding.shape_name_en
    yield f"  {words['rule']}: {_labelled(curie(finding.shape), name)}"
    for sentence in finding.evidence:
        yield f"  {sentence.words}"
    for repair in finding.repairs:
        yield f"  {words['repair']}: {repair.sentence_vi if language == 'vi' else repair.sentence_en}"


def _labelled(node: str, label: str) -> str:
    return f"{label} ({node})" if label not in ("", node, node.partition(":")[2]) else node
