"""A data folder with three of our samples in it, and copies of it to change."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.resources import tree

REPORT = "01-bac-kan-giao-ban-tuyen-giao"


@pytest.fixture(scope="session")
def reports() -> Path:
    """The folder of our sample reports."""
    return tree("samples") / "reports"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> Path:
    """A minimal data folder with one report. Not to be written to."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    assert main(["init", "--minimal", "--data", str(folder)]) == 0
    assert main(["ingest", str(reports / f"{REPORT}.txt"), "--commit", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def own(tmp_path: Path, filled: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(filled, tmp_path / "data"))


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command line in this process: its status, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
