"""One application over one folder for all tests of a module; what each of them changes is undone after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.server.conftest import running
from tests.server.deciding.acting import DUPLICATES, program, update


@pytest.fixture(scope="module")
def own_folder(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the tests of a module."""
    return shutil.copytree(template, tmp_path_factory.mktemp("deciding") / "data")


@pytest.fixture(scope="module")
def own(own_folder: Path) -> Iterator[Flask]:
    """The application over it."""
    with running(own_folder) as made:
        yield made


@pytest.fixture(scope="module")
def editor(own: Flask, own_folder: Path) -> FlaskClient:
    """A program of an editor, in a graph with duplicates."""
    client = program(own, own_folder, "editor")
    update(client, DUPLICATES)
    return client


@pytest.fixture(autouse=True)
def as_it_was(editor: FlaskClient) -> Iterator[None]:
    """Undoes what the test changed, the last change first."""
    before = editor.get("/api/changes?limit=1").get_json()["total"]
    yield
    told = editor.get("/api/changes?limit=500").get_json()
    for change in told["changes"][: told["total"] - before]:
        undone = editor.post(f"/api{change['url']}/revert?warnings=accept", json={"reason": "sau phép thử"})
        assert undone.status_code == 204, undone.text
