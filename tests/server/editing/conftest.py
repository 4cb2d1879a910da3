"""One application for all tests of forms; what a test says of the facts there is taken back after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.server.conftest import running
from tests.server.editing.hand import facts, put


@pytest.fixture(scope="session")
def desk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Path]]:
    data = shutil.copytree(template, tmp_path_factory.mktemp("desk") / "data")
    with running(data) as app:
        yield app, data


@pytest.fixture
def own_folder(desk: tuple[Flask, Path]) -> Path:
    return desk[1]


@pytest.fixture
def own(desk: tuple[Flask, Path]) -> Iterator[Flask]:
    app, _ = desk
    before = facts(app)
    yield app
    if (after := facts(app)) != before:
        put(app, *(before - after), remove=tuple(after - before))
