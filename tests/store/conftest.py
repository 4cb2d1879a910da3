"""Small data folders: made once, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.changes import ChangeSet
from kg.namespaces import PREFIXES, iri
from kg.store import Graph, create, open_graph
from kg.validate import Shapes

AGENT = iri("agent:lan")
PROLOGUE = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
SHAPES = Shapes.parse(
    (
        PROLOGUE
        + """
bms:Person a sh:NodeShape ; sh:targetClass bm:Person ; sh:property bms:Person-label , bms:Person-name .
bms:Person-label a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ;
    sh:message "Give the person a label."@en , "Hãy ghi nhãn cho người này."@vi .
bms:Person-name a sh:PropertyShape ; sh:path foaf:name ; sh:maxCount 1 ; sh:severity sh:Warning ;
    sh:message "Keep one name."@en , "Chỉ giữ một tên."@vi .
bms:Person-self a sh:NodeShape ; sh:targetClass bm:Person ; sh:sparql [
    sh:select "SELECT $this WHERE { $this <http://xmlns.com/foaf/0.1/knows> $this }" ; sh:message "Not oneself."@en ;
    bm:affectedFocus "SELECT ?focus WHERE { ?changed ?p ?o BIND(?changed AS ?focus) }" ] .
"""
    ).encode()
)


def shapes() -> Shapes:
    """The shapes of these tests."""
    return SHAPES


def person(name: str) -> NamedNode:
    """An IRI for a person."""
    return iri(f"person:{name}")


def facts(name: str, label: str | None = "Nguyễn Văn A") -> frozenset[Quad]:
    """A person, with a label unless that is None (which breaks a shape)."""
    quads = {Quad(person(name), iri("rdf:type"), iri("bm:Person"))}
    if label is not None:
        quads.add(Quad(person(name), iri("rdfs:label"), Literal(label, language="vi")))
    return frozenset(quads)


def adding(*quads: Quad, reason: str = "test") -> ChangeSet:
    """A change that adds."""
    return ChangeSet(frozenset(quads), frozenset(), AGENT, reason)


def removing(*quads: Quad, reason: str = "test") -> ChangeSet:
    """A change that removes."""
    return ChangeSet(frozenset(), frozenset(quads), AGENT, reason)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `create` makes it, not to be written to."""
    path = tmp_path_factory.mktemp("template") / "data"
    create(path, "minimal")
    return path


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    path = tmp_path / "data"
    shutil.copytree(template, path)
    return path


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    """The folder, owned by the test."""
    with open_graph(folder, own=True, shapes=shapes) as opened:
        yield opened


@pytest.fixture
def holds(graph: Graph) -> Callable[[Quad], bool]:
    """Whether the current state has a quad."""

    def ask(quad: Quad) -> bool:
        with graph.reader() as reader:
            return any(True for _ in reader.quads(quad.subject, quad.predicate, quad.object, quad.graph_name))

    return ask
