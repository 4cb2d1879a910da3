"""A small generation to ask, and a pool to ask it with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.namespaces import iri
from kg.query import Formats, Limits, QueryPool

PEOPLE = 2000
Ask = Callable[[str], bytes]


@pytest.fixture(scope="session")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint with some thousand people with a key each, and one in a workspace graph."""
    folder = tmp_path_factory.mktemp("store")
    store = Store(folder / "live")
    key, workspace = iri("bm:key"), NamedNode("http://example.org/workspace")
    store.extend(Quad(iri(f"person:p{n}"), key, Literal(f"{n}")) for n in range(PEOPLE))
    store.add(Quad(iri("person:draft"), key, Literal("draft"), workspace))
    store.backup(folder / "generation")
    return folder / "generation"


@pytest.fixture(scope="session")
def pool() -> Iterator[QueryPool]:
    """Two workers and a spare, with limits that are soon reached."""
    with QueryPool(2, Limits(seconds=20, memory_bytes=256 << 20, wait_seconds=60)) as pool:
        yield pool


@pytest.fixture
def ask(pool: QueryPool, generation: Path) -> Ask:
    """Runs a query and gives its whole answer as CSV or Turtle."""

    def run(text: str) -> bytes:
        return b"".join(pool.run(generation, text, formats=Formats("csv", "ttl")).chunks)

    return run
