"""A data folder for each test, opened by it, with its queue."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.review import Queue
from kg.store import Graph, create, open_graph
from kg.validate import Shapes


@cache
def shapes() -> Shapes:
    """The shapes of the ontology, read once."""
    return Shapes.load()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it is made, not to be written to."""
    path = tmp_path_factory.mktemp("review") / "data"
    create(path, "minimal")
    return path


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    return shutil.copytree(template, tmp_path / "data")


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    """The folder, owned by the test."""
    with open_graph(folder, own=True, shapes=shapes) as opened:
        yield opened


@pytest.fixture
def queue(folder: Path) -> Queue:
    """Its proposals."""
    return Queue(folder)
