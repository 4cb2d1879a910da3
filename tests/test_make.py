"""`make run` on a folder of its own: an interrupted first run leaves nothing that a second takes for whole."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@contextmanager
def running(root: Path, data: Path) -> Iterator[subprocess.Popen[str]]:
    """`make run` in a process group of its own, both outputs in one stream, ended at the end."""
    clean = {
        name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS")
    }
    command = ["make", "run", f"DATA={data}", "PORT=0"]
    process = subprocess.Popen(
        command,
        cwd=root,
        env=clean,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)


def said(process: subprocess.Popen[str], words: str) -> list[str]:
    """The lines up to the one with these words."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


def test_an_interrupted_first_run_is_begun_anew_by_the_second(root: Path, tmp_path: Path) -> None:
    data = tmp_path / "a folder with blanks" / "data"
    data.parent.mkdir()
    with running(root, data) as first:
        said(first, "ingesting: ")
        os.killpg(first.pid, signal.SIGINT)
    assert first.returncode != 0
    assert not data.exists()
    with running(root, data) as second:
        lines = said(second, "Bộ Máy is serving")
    assert any("refused" in line and " 0 bad, 0 refused" in line for line in lines)
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_folder_that_is_there_is_served_as_it_is(root: Path, filled_folder: Path) -> None:
    with running(root, filled_folder) as process:
        lines = said(process, "Bộ Máy is serving generation 0 ")
    assert not any("Creating" in line for line in lines)


@pytest.fixture
def filled_folder(root: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    command = [str(root / ".venv" / "bin" / "kg"), "init", "--minimal", "--data", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder
