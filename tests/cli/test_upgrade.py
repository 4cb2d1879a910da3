"""`kg upgrade`, and what the service says of a folder that wants it."""

import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

from kg.store import Folder, create, open_graph
from tests.server.test_serving import service

Run = Callable[..., tuple[int, str, str]]


def of_another_release(source: Path, target: Path) -> Path:
    """A copy of a folder that says it holds another release than this one."""
    shutil.copytree(source, target)
    facts = json.loads((target / "FORMAT").read_text(encoding="utf-8")) | {"release": "0" * 64}
    (target / "FORMAT").write_text(json.dumps(facts), encoding="utf-8")
    return target


def test_it_says_what_it_would_do_and_then_does_it(filled: Path, tmp_path: Path, kg: Run) -> None:
    data = of_another_release(filled, tmp_path / "data")
    status, out, _ = kg("upgrade", "--dry-run", "--data", str(data))
    assert (status, "nothing was written" in out) == (0, True)
    assert Folder(data).read_format()["release"] == "0" * 64
    status, out, _ = kg("upgrade", "--data", str(data))
    assert (status, "nothing to change" in out) == (0, True)
    assert Folder(data).read_format()["release"] == Folder(filled).read_format()["release"]


def test_a_folder_that_somebody_has_open_and_one_without_a_release_are_refused(
    filled: Path, tmp_path: Path, kg: Run
) -> None:
    with open_graph(shutil.copytree(filled, tmp_path / "data")):
        status, _, error = kg("upgrade", "--data", str(tmp_path / "data"))
    assert (status, error.count("\n"), "owns" in error) == (2, 1, True)
    create(tmp_path / "empty", "empty")
    status, _, error = kg("upgrade", "--data", str(tmp_path / "empty"))
    assert (status, "nothing in it" in error) == (2, True)


def test_the_service_tells_of_a_folder_of_another_release(filled: Path, tmp_path: Path) -> None:
    with service(of_another_release(filled, tmp_path / "data")) as (process, _, _):
        assert process.stdout is not None
        assert "kg upgrade" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
