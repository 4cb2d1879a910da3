"""The graph that all samples make, as a reader of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import propose
from kg.samples import sample_documents
from kg.store import create, open_graph


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
