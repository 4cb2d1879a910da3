"""Full validation by pySHACL through its documented entrance, in a process without any code of ours.

Started as `python oracle.py {store|rdflib} SHAPES…`. Each line of standard input is a graph in N-Triples, as a JSON
string; each line of standard output is what `pyshacl.validate` says of it on a fresh graph: `[conforms, results]`, or
the name of one of the two faults that it has instead of an answer; any other ends the process. With `store` the graph
is a pyoxigraph Store, with `rdflib` a Graph, which answers SPARQL by an engine of its own. Where pySHACL raises
TypeError on a store, as when a path goes on from a literal, it is asked again with a Graph.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse
from pyshacl.graph_abstraction import convert_quad_to_rdflib

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


class Described:
    """The triples of a graph by their subjects, in N-Triples notation."""

    def __init__(self, triples: Iterable[tuple[str, str, str]]) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        self.above: dict[str, list[str]] = {}
        for subject, predicate, value in triples:
            self._values.setdefault((subject, predicate), []).append(value)
            self.above.setdefault(value, []).append(subject)

    def values(self, subject: str, name: str, space: str = SH) -> list[str]:
        """The values of a property."""
        return self._values.get((subject, f"<{space}{name}>"), [])

    def results(self) -> list[str]:
        """The results of the validation report in it."""
        return [
            result for (_, predicate), found in self._values.items() if predicate == f"<{SH}result>" for result in found
        ]

    def path(self, node: str) -> Any:  # lists within lists
        """A path by its structure, whatever its blank nodes are called."""
        if head := self.values(node, "first", RDF):
            return [self.path(head[0]), *self._rest(node)]
        for kind in ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"):
            for inner in self.values(node, kind):
                return [kind, self.path(inner)]
        return node

    def _rest(self, node: str) -> list[Any]:
        (rest,) = self.values(node, "rest", RDF)
        return [] if rest == f"<{RDF}nil>" else self.path(rest)


def rows(report: Described, shapes: Described) -> Iterator[list[Any]]:
    """Each result: severity, nearest named shape, focus node, path, value, component, messages without a language."""
    for result in report.results():
        said = [report.values(result, name) for name in ("resultSeverity", "sourceShape", "focusNode")]
        path = [report.path(node) for node in report.values(result, "resultPath")]
        more = [report.values(result, name) for name in ("value", "sourceConstraintComponent")]
        messages = sorted({next(terms(m)).value for m in report.values(result, "resultMessage")})
        yield [said[0], named(said[1][0], shapes), said[2], path, *more, messages]


def named(shape: str, shapes: Described) -> str:
    """The shape or, where it has no IRI, the nearest one around it that has."""
    seen, fresh = {shape}, [shape]
    while fresh:
        for node in fresh:
            if node.startswith("<"):
                return node
        fresh = [above for node in fresh for above in shapes.above.get(node, []) if above not in seen]
        seen.update(fresh)
    return shape


def terms(text: str) -> "Iterator[NamedNode | Literal | BlankNode]":
    """A term in N-Triples notation, read."""
    for quad in parse(f"<urn:x> <urn:x> {text} .", format=RdfFormat.N_TRIPLES):
        assert not isinstance(quad.object, Triple)
        yield quad.object


def read_turtle(text: bytes) -> Described:
    """The triples of a Turtle document, blank nodes by their labels."""
    return Described((str(q.subject), str(q.predicate), str(q.object)) for q in parse(text, format=RdfFormat.TURTLE))


def read_rdflib(graph: rdflib.Graph) -> Described:
    """The triples of an rdflib graph, literals as Oxigraph writes them."""
    return Described((_written(s), _written(p), _written(o)) for s, p, o in graph)


def _written(term: Any) -> str:  # rdflib's terms
    if isinstance(term, rdflib.Literal):
        if term.language:
            return str(Literal(str(term), language=term.language))
        return str(Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term)))
    return f"_:{term}" if isinstance(term, rdflib.BNode) else f"<{term}>"


def fresh(kind: str, data: str) -> Store | rdflib.Graph:
    """The graph as a store, or as rdflib has it."""
    rdflib.NORMALIZE_LITERALS = False  # terms are those of the store; pySHACL sets it back each time
    quads = parse(data, format=RdfFormat.N_TRIPLES)
    if kind == "store":
        store = Store()
        store.extend(quads)
        return store
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add(convert_quad_to_rdflib(quad)[:3])
    return graph


def main(kind: str, *files: str) -> None:
    """Answers until standard input ends."""
    logging.disable()  # rdflib tells of each value that is ill-typed
    rdflib.NORMALIZE_LITERALS = False
    shapes = rdflib.Graph(bind_namespaces="none")
    for file in files:
        for quad in parse(path=file, format=RdfFormat.TURTLE):
            shapes.add(convert_quad_to_rdflib(quad)[:3])
    described = read_rdflib(shapes)
    for line in sys.stdin:
        try:
            answer = judged(kind, json.loads(line), shapes, described)
        except (ArithmeticError, RuntimeError) as error:  # NaN beside a bound; nodes in a ring under a recursive shape
            answer = type(error).__name__
        print(json.dumps(answer), flush=True)


def judged(kind: str, data: str, shapes: rdflib.Graph, described: Described) -> Any:  # for JSON
    """The verdict with the results."""
    try:
        conforms, report, _ = pyshacl.validate(fresh(kind, data), shacl_graph=shapes, inplace=True)
    except TypeError:
        if kind == "rdflib":
            raise
        return judged("rdflib", data, shapes, described)
    return [conforms, list(rows(read_rdflib(report), described))]


if __name__ == "__main__":
    main(*sys.argv[1:])
