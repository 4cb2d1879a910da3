"""Results and graphs compared as the specifications say: bags, blank nodes by isomorphism, order where it was asked."""

import csv
import io
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import rdflib
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.query import Result
from rdflib.term import Node

rdflib.NORMALIZE_LITERALS = False
logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-formed literals are part of the suites

RS: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_ROW: Final = Namespace("urn:row:")
_WHOLE: Final = (XSD.integer, XSD.decimal)
_BINARY: Final = (XSD.double, XSD.float)

Row = Mapping[str, Node]
READERS: Final = {
    ".srx": ("xml", "application/sparql-results+xml"),
    ".srj": ("json", "application/sparql-results+json"),
    ".tsv": ("tsv", "text/tab-separated-values"),
    ".csv": ("csv", "text/csv"),
    ".ttl": ("json", "application/sparql-results+json"),
}


def by_value(term: Node) -> Node:
    """Numbers and truths by value, strings without datatype, language tags in small letters; all else as it is."""
    if not isinstance(term, Literal):
        return term
    text = str(term)
    if term.language:
        return Literal(text, lang=term.language.lower())
    if term.datatype == XSD.boolean:
        return Literal({"1": "true", "0": "false"}.get(text, text), datatype=XSD.boolean)
    try:
        if term.datatype in _WHOLE:
            return Literal(str(Decimal(text).normalize() + 0), datatype=term.datatype)
        if term.datatype in _BINARY:
            return Literal(repr(float(text)), datatype=term.datatype)
    except (ArithmeticError, ValueError):
        return term
    return Literal(text) if term.datatype == XSD.string else term


def read_graph(data: bytes, syntax: str = "nt", base: str | None = None) -> Graph:
    """A graph whose literals are compared by value."""
    plain = Graph()
    for s, p, o in Graph().parse(io.BytesIO(data), format=syntax, publicID=base):
        plain.add((s, p, by_value(o)))
    return plain


def same_graph(got: Graph, expected: Graph) -> bool:
    """Whether two graphs differ in the labels of blank nodes at most."""
    return len(got) == len(expected) and isomorphic(got, expected)


def read_rows(data: bytes, form: str) -> bool | list[Row]:
    """A result in one of the standard forms (json, xml, tsv, csv): a truth, or rows."""
    if form == "csv":
        return _csv_rows(data)
    result = Result.parse(io.BytesIO(data), format=form)
    if result.type == "ASK":
        return bool(result.askAnswer)
    return [{str(name): by_value(term) for name, term in row.items()} for row in result.bindings]


def expected_result(file: Path) -> bool | list[Row] | Graph:
    """What a file of a suite says: a truth, rows, or a graph."""
    if file.suffix != ".ttl":
        return read_rows(file.read_bytes(), READERS[file.suffix][0])
    graph = read_graph(file.read_bytes(), "turtle", file.as_uri())
    told = graph.value(predicate=RDF.type, object=RS.ResultSet)
    if told is None:
        return graph
    if (truth := graph.value(told, RS.boolean)) is not None:
        return str(truth) == "true"
    solutions = sorted(graph.objects(told, RS.solution), key=lambda node: int(str(graph.value(node, RS["index"]) or 0)))
    return [
        {str(graph.value(b, RS.variable)): _present(graph.value(b, RS.value)) for b in graph.objects(one, RS.binding)}
        for one in solutions
    ]


def same_rows(got: Sequence[Row], expected: Sequence[Row], *, ordered: bool, lax: bool) -> bool:
    """Whether two tables agree: as lists where `ordered`, as sets where `lax` (REDUCED), else as bags."""
    if ordered and [_key(row) for row in got] != [_key(row) for row in expected]:
        return False
    left, right = (Counter(_frozen(row) for row in rows) for rows in (got, expected))
    if lax:
        left, right = Counter(set(left)), Counter(set(right))
    return left == right or isomorphic(_as_graph(left), _as_graph(right))


def _present(term: Node | None) -> Node:
    assert term is not None
    return term


def _csv_rows(data: bytes) -> list[Row]:
    header, *rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    return [{name: _cell(cell) for name, cell in zip(header, row, strict=True)} for row in rows if row]


def _cell(text: str) -> Node:
    return BNode(text[2:]) if text.startswith("_:") else Literal(text)


def _frozen(row: Row) -> frozenset[tuple[str, Node]]:
    return frozenset(row.items())


def _key(row: Row) -> frozenset[tuple[str, str]]:
    return frozenset((name, "_:" if isinstance(term, BNode) else term.n3()) for name, term in row.items())


def _as_graph(rows: Mapping[Iterable[tuple[str, Node]], int]) -> Graph:
    """Each different row as a blank node with its values and how often it comes."""
    graph = Graph()
    for row, count in rows.items():
        node = BNode()
        graph.add((node, _ROW["count"], Literal(count)))
        for name, term in row:
            graph.add((node, URIRef(f"{_ROW}variable:{name}"), term))
    return graph
