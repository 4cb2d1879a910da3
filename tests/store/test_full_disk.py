"""A disk that takes no more: one clear sentence, nothing lost, and work goes on once there is room."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.errors import FolderError
from kg.store import create, open_graph
from tests.store.conftest import adding, facts, person, shapes


def test_files_that_may_not_grow_fail_the_change_and_nothing_else(folder: Path, root: Path) -> None:
    command = [sys.executable, "-m", "tests.store.filling", str(folder), "24000000"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    (failed,) = (line for line in lines if line.startswith("failed"))
    assert "no space left on the disk" in failed
    unsure = {failed.rpartition(" ")[2]} if "may have been stored" in failed else set()
    stored = [line.split()[1] for line in lines if line.startswith("stored")]
    assert stored[-1] == "afterwards"
    assert len(stored) > 1
    with open_graph(folder, own=True) as graph, graph.reader() as reader:
        people = {f"f{number}" for number in range(100) if any(True for _ in reader.quads(person(f"f{number}")))}
        assert people - unsure == set(stored) - {"afterwards"}
        assert graph.info()["generation"] == len(people) + 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=64m", "none", place], check=False).returncode:
        pytest.skip("needs to mount a small tmpfs")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_fails_the_change_and_nothing_else(small_disk: Path, template: Path) -> None:
    folder = small_disk / "data"
    shutil.copytree(template, folder)
    with open_graph(folder, own=True, shapes=shapes) as graph:
        graph.submit(adding(*facts("a")))
        fill(small_disk)
        for name in ("b", "c"):
            with pytest.raises(FolderError, match="no space left on the disk"):
                graph.submit(adding(*facts(name)))
        with graph.reader() as reader:
            assert any(True for _ in reader.quads(person("a")))
        (small_disk / "filler").unlink()
        assert graph.submit(adding(*facts("d"))).generation == 2
        with graph.reader() as reader:
            assert [any(True for _ in reader.quads(person(name))) for name in "abcd"] == [True, False, False, True]


def test_a_folder_is_not_half_made_on_a_full_disk(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(FolderError, match="no space left on the disk"):
        create(small_disk / "data", "minimal")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def fill(disk: Path) -> None:
    """Writes until there is no room."""
    with (disk / "filler").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(bytes(4096))


def test_a_trial_that_the_disk_refused_has_the_store_opened_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine keeps refusing after one failed write of its own, until its store is opened again."""

    def refusing(*_: object) -> Path:
        raise OSError("IO error: While appending to file: 001842.sst: File too large")

    with open_graph(folder, own=True, shapes=shapes) as graph:
        with monkeypatch.context() as patched:
            patched.setattr("kg.store.writer.checkpoint", refusing)
            with pytest.raises(FolderError, match="nothing was changed"):
                graph.submit(adding(*facts("a")))
        opened: list[str] = []
        monkeypatch.setattr("kg.store.writer.Store", lambda path: (opened.append(path), Store(path))[1])
        graph.submit(adding(*facts("b")))
    assert str(folder / "store") in opened
