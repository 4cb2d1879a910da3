"""Two nodes of whom nobody knows yet whether they are one person."""

import pytest

from kg.namespaces import iri
from tests.curate.world import UNDECIDED, graph_of, persons
from tests.propose.factories import MemoryGraph


@pytest.fixture
def graph() -> MemoryGraph:
    """Two nodes of one name, of whom the program does not know whether they are one person."""
    graph = graph_of(*UNDECIDED)
    assert len(persons(graph)) == 2
    assert len(list(graph.quads(None, iri("bm:possiblySameAs")))) == 1
    return graph
