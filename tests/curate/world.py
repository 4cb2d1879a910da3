"""A graph of people, read from reports, and what tests ask of it before and after a merge."""

import datetime as dt
from functools import cache
from itertools import combinations

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.curate import merge
from kg.history import Recorded
from kg.model.changes import ChangeSet
from kg.namespaces import SHAPES, iri
from kg.reference import code_files, shape_files
from tests.propose.factories import CLERK, MemoryGraph, ingest
from tests.propose.homonym_world import BODIES, COMMON, PLACES, PLAIN, Told, told

UNDECIDED = (
    told("2021-03-01", PLAIN, ("Giám đốc", "Sở Y tế Bắc Kạn")),
    told("2022-04-05", PLAIN, ("Bí thư", None)),
)
WHY = "Cùng một người theo tiểu sử"

POSTS = st.tuples(st.sampled_from(["Giám đốc", "Phó Giám đốc", "Chủ tịch"]), st.sampled_from(sorted(BODIES)))
REPORTS = st.lists(
    st.builds(
        lambda day, name, posts, before, born: Told(day, name, (tuple(posts),), before, born),
        st.dates(dt.date(1990, 1, 1), dt.date(2024, 12, 31)).map(str),
        st.sampled_from([COMMON, "Nguyen Van Hung", PLAIN]),
        st.lists(POSTS, min_size=1, max_size=2, unique=True),
        st.sampled_from(["ông", "bà", "đồng chí"]),
        st.none() | st.sampled_from(["1965", "1965-03-02", "1970"]),
    ),
    min_size=2,
    max_size=5,
)


def graph_of(*reports: Told) -> MemoryGraph:
    graph = MemoryGraph(PLACES)
    for file in code_files():
        graph.store.load(path=str(file), format=RdfFormat.TURTLE)
    with_shapes(graph)
    for report in reports:
        ingest(graph, report.read())
    return graph


def with_shapes(graph: MemoryGraph) -> MemoryGraph:
    """The graph with the shapes, of which a merge asks what there is once."""
    graph.store.extend(_shapes())
    return graph


@cache
def _shapes() -> tuple[Quad, ...]:
    quads = (quad for file in shape_files() for quad in parse(path=str(file), format=RdfFormat.TURTLE))
    return tuple(Quad(quad.subject, quad.predicate, quad.object, SHAPES) for quad in quads)


def persons(graph: MemoryGraph) -> list[NamedNode]:
    return sorted(graph.of_class("bm:Person"), key=str)


def pairs(graph: MemoryGraph) -> list[tuple[NamedNode, NamedNode]]:
    """All pairs of persons, each person once as the one to keep."""
    return [pair for two in combinations(persons(graph), 2) for pair in (two, two[::-1])]


def everything(graph: MemoryGraph) -> frozenset[Quad]:
    """The facts, without the shapes, which no change here touches."""
    return frozenset(graph.quads())


def undo_apart(graph: MemoryGraph, one: NamedNode, other: NamedNode) -> None:
    """What an editor does who knows better than the program that told them apart."""
    for pair in ((one, other), (other, one)):
        graph.store.remove(Quad(pair[0], iri("owl:differentFrom"), pair[1]))


def say(graph: MemoryGraph, node: NamedNode, prop: str, value: NamedNode | Literal) -> Quad:
    quad = Quad(node, iri(prop), value)
    graph.store.add(quad)
    return quad


def date(text: str) -> Literal:
    return Literal(text, datatype=iri("xsd:date"))


def merged(graph: MemoryGraph, kept: NamedNode, gone: NamedNode, number: int = 7) -> Recorded:
    """Merges them, and gives what the journal would have of it."""
    return made(graph, merge(graph, kept, gone, CLERK, WHY), number)


def made(graph: MemoryGraph, change: ChangeSet, number: int) -> Recorded:
    """Applies a change, and gives what the journal would have of it: what it really altered."""
    before = everything(graph)
    graph.apply(change)
    after = everything(graph)
    return Recorded(iri(f"change:{number}-0a"), number, change.reason, after - before, before - after)
