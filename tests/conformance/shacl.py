"""How cases of the SHACL suites are run: data and shapes through `/validate`."""

from collections import Counter
from typing import Final

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from .compare import read_graph, same_graph
from .serving import Answer, Site, document
from .suites import MF, SHT, Case, path_of

_BOUNDARY: Final = "0f6bd2f0c9a64e2b"
_SAYS: Final = (SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent, SH.value)


def run_shacl(case: Case, site: Site) -> None:
    """Validates and compares verdict and results; a case that must fail must be refused."""
    answer = _validated(case, site)
    if case.value(MF.result) == SHT.Failure:
        assert 400 <= answer.status < 500, f"{answer.status} {answer.problem}"
        return
    site.expect(answer)
    got = read_graph(answer.body, "turtle")
    expected_node = case.value(MF.result)
    expected = Graph()
    for s, p, o in case.manifest:
        expected.add((s, p, o))
    expected = read_graph(expected.serialize(format="nt").encode())
    report = got.value(predicate=RDF.type, object=SH.ValidationReport)
    assert report is not None and expected_node is not None
    wanted_node = _same_node(case, expected, expected_node)
    assert _truth(got, report) == _truth(expected, wanted_node)
    assert same_graph(_results(got, report), _results(expected, wanted_node)), answer.body.decode()
    missing = _shapes(expected, wanted_node) - _shapes(got, report)
    assert not missing, f"results of {dict(missing)} are not told with their shape"


def _same_node(case: Case, graph: Graph, node: Node) -> Node:
    """The report that the case expects, in a copy of its manifest whose blank nodes have other labels."""
    if not isinstance(node, BNode):
        return node
    found = graph.value(case.node, MF.result)
    assert found is not None
    return found


def _validated(case: Case, site: Site) -> Answer:
    parts = []
    for name, key in (("data", SHT.dataGraph), ("shapes", SHT.shapesGraph)):
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.ttl"\r\n'
            "Content-Type: text/turtle\r\n\r\n"
        )
        parts.append(head.encode() + document(path_of(case.value(MF.action, key))) + b"\r\n")
    body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    return site.ask("POST", "/validate", body, Content_Type=f"multipart/form-data; boundary={_BOUNDARY}")


def _truth(graph: Graph, report: Node) -> bool:
    return str(graph.value(report, SH.conforms)) == "true"


def _results(graph: Graph, report: Node) -> Graph:
    """What the results say, each as a blank node, with the paths that they name."""
    said = Graph()
    for result in graph.objects(report, SH.result):
        node = BNode()
        said.add((node, RDF.type, SH.ValidationResult))
        for predicate in _SAYS:
            for value in graph.objects(result, predicate):
                said.add((node, predicate, value))
                if predicate == SH.resultPath:
                    _copy(graph, value, said)
    return said


def _copy(graph: Graph, node: Node, into: Graph) -> None:
    if isinstance(node, BNode):
        for predicate, value in graph.predicate_objects(node):
            into.add((node, predicate, value))
            _copy(graph, value, into)


def _shapes(graph: Graph, report: Node) -> Counter[tuple[Node, str]]:
    """How often a shape with an IRI has a result on a focus node; blank nodes count as one."""
    return Counter(
        (shape, "_:" if isinstance(focus, BNode) else focus.n3())
        for result in graph.objects(report, SH.result)
        for shape in graph.objects(result, SH.sourceShape)
        for focus in graph.objects(result, SH.focusNode)
        if isinstance(shape, URIRef) and isinstance(focus, URIRef | BNode | Literal)
    )
