"""The public suites as cases, read from their manifests with rdflib."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SHT: Final = Namespace("http://www.w3.org/ns/shacl-test#")

SETTING: Final = "CONFORMANCE_SUITES"
_LAID_OUT: Final = Path(__file__).resolve().parents[3] / "shared" / "suites"

_SPARQL: Final = "rdf-tests/sparql/sparql11"
_SHACL: Final = "data-shapes/data-shapes-test-suite/tests"
_PARTS: Final = {
    "query": ("query", "results"),
    "update": ("update",),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its suite, its name within that (group/name), its kind, and the manifest that describes it."""

    suite: str
    name: str
    kind: str
    node: URIRef
    manifest: Graph

    def __str__(self) -> str:
        return f"{self.suite}:{self.name}"

    @property
    def group(self) -> str:
        """The folder that the test lies in."""
        return self.name.rpartition("/")[0]

    def value(self, *path: URIRef) -> Node | None:
        """What a path of properties leads to from the test."""
        at: Node | None = self.node
        for step in path:
            at = None if at is None else self.manifest.value(at, step)
        return at

    def values(self, *path: URIRef) -> list[Node]:
        """All that the last property of a path leads to."""
        at = self.value(*path[:-1])
        return [] if at is None else sorted(self.manifest.objects(at, path[-1]), key=str)

    def label(self) -> str:
        """The name for people."""
        return str(self.value(MF.name) or self.value(RDFS.label) or self.name)


def folder() -> Path | None:
    """Where the suites lie; None where they are not laid out."""
    place = Path(os.environ.get(SETTING) or _LAID_OUT)
    return place if place.is_dir() else None


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every suite, in the order of the manifests; none without the suites."""
    place = folder()
    return () if place is None else tuple(_cases(place))


def _cases(place: Path) -> Iterator[Case]:
    sparql = place / _SPARQL
    yield from _of("protocol", sparql / "protocol" / "manifest.ttl")
    yield from _of("graph store", sparql / "graph-store-protocol" / "manifest.ttl")
    yield from _of("service description", sparql / "service-description" / "manifest.ttl")
    for suite, parts in _PARTS.items():
        for part in parts:
            yield from _of(suite, sparql / f"manifest-sparql11-{part}.ttl")
    yield from _of("shacl core", place / _SHACL / "core" / "manifest.ttl")
    yield from _of("shacl sparql", place / _SHACL / "sparql" / "manifest.ttl")


def _of(suite: str, file: Path) -> Iterator[Case]:
    graph = Graph().parse(file, format="turtle")
    about = URIRef(file.as_uri())
    for listed in graph.objects(about, MF.include):
        for included in _items(graph, listed):
            yield from _of(suite, Path(str(included).removeprefix("file://")))
    tests = [test for listed in graph.objects(about, MF.entries) for test in _items(graph, listed)]
    unlisted = set(graph.subjects(RDF.type, MF.GraphStoreProtocolTest)) - set(tests)  # the suite forgets to list one
    for test in (*tests, *sorted(unlisted)):
        assert isinstance(test, URIRef)
        kind = str(graph.value(test, RDF.type) or "").rpartition("#")[2]
        local = str(test).rpartition("#")[2].rpartition("/")[2]
        yield Case(suite, f"{file.parent.name}/{local}", kind, test, graph)


def _items(graph: Graph, listed: Node) -> list[Node]:
    """The members of a list; SHACL's manifests name what they include without one."""
    return list(Collection(graph, listed)) if (listed, RDF.first, None) in graph else [listed]


def path_of(node: Node | None) -> Path:
    """The file that a manifest names."""
    return Path(str(node).removeprefix("file://"))
