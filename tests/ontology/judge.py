"""The smallest way to put shapes to work on a file, apart from kg.validate."""

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from pyshacl.graph_abstraction import DataGraph, to_ox, to_rdf
from pyshacl.monkey import apply_patches
from pyshacl.validator import Validator
from rdflib import SH, Graph

from kg.namespaces import PREFIXES, curie, iri
from kg.reference import code_files, shape_files

apply_patches()


def default_quads(files: Iterable[Path]) -> Iterator[Quad]:
    """The triples of Turtle files, as quads of the default graph."""
    for file in files:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object)


def store_with_codes(*files: Path) -> Store:
    """A store in memory with the code lists and the given files in its default graph."""
    store = Store()
    store.bulk_extend(default_quads([*code_files(), *files]))
    return store


@cache
def shapes_graph() -> Graph:
    """All shapes; read by Oxigraph, as rdflib's own reader would drop the datatype of plain strings."""
    graph = Graph()
    for quad in default_quads(shape_files()):
        graph.add((to_rdf(quad.subject), to_rdf(quad.predicate), to_rdf(quad.object)))
    return graph


@cache
def _validator() -> Validator:
    quiet = logging.getLogger("tests.ontology.pyshacl")
    quiet.setLevel(logging.CRITICAL)
    empty = DataGraph.from_oxigraph_store(Store())
    return Validator(empty, shacl_graph=shapes_graph(), options={"inplace": True, "logger": quiet})


def violated(store: Store) -> dict[str, set[str]]:
    """The shapes (local names) that the store's default graph breaks, each with its focus nodes."""
    data, executor = DataGraph.from_oxigraph_store(store), _validator().make_executor()
    found: dict[str, set[str]] = {}
    for shape in _validator().shacl_graph.shapes:
        classes = [to_ox(cls) for cls in shape.target_classes()]
        for node in {q.subject for cls in classes for q in store.quads_for_pattern(None, iri("rdf:type"), cls)}:
            assert isinstance(node, NamedNode)
            _, results = shape.validate(executor, data, focus=[to_rdf(node)])
            for _, result, triples in results:
                source = next(o for s, p, o in triples if s == result and p == SH.sourceShape)
                name = str(source[1] if isinstance(source, tuple) else source).removeprefix(PREFIXES["bms"])
                found.setdefault(name, set()).add(curie(node))
    return found
