"""One data folder for the tests that read, a fresh copy of it for each test that writes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.query import Limits, QueryPool
from kg.store import create, open_graph
from server import create_app
from tests.server.facts import submit_facts

LIMITS = Limits(seconds=20.0, memory_bytes=1 << 30)


class Browserless(FlaskClient):
    """A client that reads each body to its end and closes the response, as a server does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the facts in it that nobody has open."""
    data = tmp_path_factory.mktemp("server") / "data"
    create(data, "minimal")
    submit_facts(data)
    return data


@contextmanager
def running(data: Path, limits: Limits = LIMITS) -> Iterator[Flask]:
    with open_graph(data, own=True) as graph, QueryPool(1, limits) as pool:
        app = create_app(graph, pool, data=data)
        app.test_client_class = Browserless
        yield app


@pytest.fixture(scope="session")
def app(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application for tests that only read."""
    data = shutil.copytree(template, tmp_path_factory.mktemp("read") / "data")
    with running(data) as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A program: it asks for nothing in particular."""
    return app.test_client()


@pytest.fixture
def page(app: Flask) -> FlaskClient:
    """A browser that likes Vietnamese."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "vi"
    return client


@pytest.fixture
def own_folder(template: Path, tmp_path: Path) -> Path:
    """A folder that a test may write to."""
    return shutil.copytree(template, tmp_path / "data")


@pytest.fixture
def own(own_folder: Path) -> Iterator[Flask]:
    """An application over that folder."""
    with running(own_folder) as made:
        yield made
