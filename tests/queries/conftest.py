"""The graphs that the questions are asked on, as readers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.extract import extract
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import propose
from kg.samples import sample_documents
from kg.store import create, open_graph
from kg.store.reader import StoreReader
from tests.ontology.judge import store_with_codes

JOURNAL = Path(__file__).with_name("journal.trig")
WORLD = Path(__file__).with_name("fixture.ttl")
FAULTS = Path(__file__).with_name("faults.ttl")


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A new data folder with every sample taken in through the door, in order."""
    folder: Path = tmp_path_factory.mktemp("samples") / "data"
    create(folder, "full")
    with open_graph(folder, own=True) as graph:
        for document in sample_documents():
            with graph.reader() as reader:
                change = propose(reader, document, extract(document), iri("agent:samples"))
            graph.submit(change, accept_warnings=True)
        with graph.reader() as reader:
            yield reader


@pytest.fixture(scope="session")
def journal_graph() -> Reader:
    """An invented journal, with a fact and its sentence."""
    store = Store()
    store.load(path=str(JOURNAL), format=RdfFormat.TRIG)
    return StoreReader(store)


@pytest.fixture(scope="session")
def invented_graph() -> Reader:
    """The invented world with its faults, and the code lists."""
    return StoreReader(store_with_codes(WORLD, FAULTS))
