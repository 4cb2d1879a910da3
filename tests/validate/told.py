"""Reports of the invalid examples, and their forms read back into what `Finding.to_json` tells."""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse
from rdflib import SH, Graph, URIRef

from kg.namespaces import PREFIXES, iri
from kg.read import load_rdf
from kg.reference import code_files
from kg.resources import tree
from kg.validate import Report, Shapes, validate_graph, with_repairs_of_data
from kg.validate.path_nodes import read_path
from kg.validate.paths import write_path
from kg.validate.repairing import registry

INVALID = sorted(tree("ontology").glob("*/examples/invalid-*.ttl"))
assert len(INVALID) > 200


@cache
def shapes() -> Shapes:
    return Shapes.load()


@cache
def _codes() -> list[Any]:
    return [quad for file in code_files() for quad in load_rdf(file)]


def with_codes(file: Path | None = None) -> Store:
    store = Store()
    store.extend(_codes())
    if file is not None:
        store.extend(load_rdf(file))
    return store


@cache
def report_on(file: Path) -> Report:
    """The report on an example, with repairs."""
    store = with_codes(file)
    return with_repairs_of_data(validate_graph(store, shapes()), shapes(), store)


def rows_of(report: Report) -> list[dict[str, Any]]:
    """What the report tells, whatever the order."""
    return in_order(finding.to_json() for finding in report.findings)


def in_order(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def from_csv(text: str) -> list[dict[str, Any]]:
    """The rows of the table, without the columns that say in words what others hold."""
    return in_order(_typed(row) for row in csv.DictReader(io.StringIO(text, newline="")))


def _typed(row: dict[str, str]) -> dict[str, Any]:
    for words in ("quotes", "mending"):
        row.pop(words)
    lists = {name: json.loads(row.pop(name) or "[]") for name in ("evidence", "repairs")}
    nullable = ("path", "value", "value_datatype", "value_language")
    return {**{name: None if name in nullable and not cell else cell for name, cell in row.items()}, **lists}


def from_rdf(data: bytes, form: RdfFormat = RdfFormat.TURTLE) -> list[dict[str, Any]]:
    """The results of a sh:ValidationReport."""
    store = Store()
    store.extend(parse(data, form))
    results = [quad.object for quad in store.quads_for_pattern(None, iri("sh:result"), None)]
    assert len(results) == len(list(store.quads_for_pattern(None, iri("rdf:type"), iri("sh:ValidationResult"))))
    return in_order(_Node(store, result).finding(_path(store, result)) for result in results)  # type: ignore[arg-type]  # results are nodes


def _path(store: Store, result: Any) -> str | None:
    told = [quad.object for quad in store.quads_for_pattern(result, iri("sh:resultPath"), None)]
    if not told:
        return None
    paths = Graph()
    if isinstance(told[0], BlankNode):
        paths.parse(data="".join(f"{quad.triple} .\n" for quad in store), format="nt")
    focus = next(store.quads_for_pattern(result, iri("sh:focusNode"), None)).object
    starts = (o for s in paths.subjects(SH.focusNode, URIRef(focus.value)) for o in paths.objects(s, SH.resultPath))
    return write_path(read_path(paths, next(starts, URIRef(told[0].value))))


class _Node:
    """A node of a report."""

    def __init__(self, store: Store, node: NamedNode | BlankNode) -> None:
        self._store, self._node = store, node

    def all(self, prop: str) -> list[Any]:
        return [quad.object for quad in self._store.quads_for_pattern(self._node, iri(prop), None)]

    def one(self, prop: str) -> Any:
        found = self.all(prop)
        assert len(found) < 2, (prop, found)
        return found[0] if found else None

    def text(self, prop: str, language: str | None = None) -> str:
        found = [value.value for value in self.all(prop) if getattr(value, "language", None) == language]
        assert len(found) < 2, (prop, found)
        return found[0] if found else ""

    def number(self, prop: str) -> int | None:
        value = self.one(prop)
        return None if value is None else int(value.value)

    def named(self, prop: str) -> str:
        value = self.one(prop)
        return "" if value is None else value.value if isinstance(value, NamedNode) else str(value)

    def finding(self, path: str | None) -> dict[str, Any]:
        value, focus = self.one("sh:value"), self.one("sh:focusNode")
        evidence = [_Node(self._store, node).sentence() for node in self.all("bm:sentence")]
        repairs = [_Node(self._store, node).repair() for node in self.all("bm:repair")]
        kinds = list(registry())
        return {
            "severity": self.named("sh:resultSeverity").removeprefix(PREFIXES["sh"]),
            "shape": self.named("sh:sourceShape"),
            "component": self.named("sh:sourceConstraintComponent"),
            "focus": focus.value,
            "path": path,
            "value": None if value is None or (value == focus and path is None) else value.value,
            "value_datatype": value.datatype.value if isinstance(value, Literal) else None,
            "value_language": value.language if isinstance(value, Literal) else None,
            "focus_label": self.text("bm:focusLabel"),
            "value_label": self.text("bm:valueLabel"),
            **{f"message_{tongue}": self.text("sh:resultMessage", tongue) for tongue in ("vi", "en")},
            **{f"shape_name_{tongue}": self.text("bm:shapeName", tongue) for tongue in ("vi", "en")},
            **{f"path_label_{tongue}": self.text("bm:pathLabel", tongue) for tongue in ("vi", "en")},
            "evidence": sorted(evidence, key=lambda e: (e["supports"] != focus.value, e["supports"], e["evidence"])),
            "repairs": sorted(repairs, key=lambda r: (kinds.index(r["kind"]), r["remove"], r["add"])),
        }

    def sentence(self) -> dict[str, Any]:
        return {
            "evidence": self.named("bm:evidence"),
            "supports": self.named("bm:supports"),
            "quote": self.text("bm:quote"),
            "source": self.named("bm:source"),
            "source_label": self.text("bm:sourceLabel"),
            "published": self.text("bm:publishedLatest"),
            "start": self.number("bm:start"),
            "end": self.number("bm:end"),
        }

    def repair(self) -> dict[str, Any]:
        return {
            "kind": self.text("bm:repairKind"),
            "sentence_vi": self.text("rdfs:label", "vi"),
            "sentence_en": self.text("rdfs:label", "en"),
            "remove": self.text("bm:removes"),
            "add": self.text("bm:adds"),
            "left": self.number("bm:findingsLeft"),
        }
