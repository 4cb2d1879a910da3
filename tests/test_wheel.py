"""What is shipped works away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from server.editor import BUILT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(out), str(root)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("bomay-*.whl")
    return built


def test_the_wheel_holds_all_that_the_checkout_holds(wheel: Path, root: Path) -> None:
    """Every tracked or new file of the packages, the ontology and the queries, the editor if built, and no other."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "kg", "server", "ontology", "queries"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = {name for name in listed.split("\0") if name and (root / name).is_file()}
    assert len(names) > 100
    names |= {path.relative_to(root).as_posix() for path in BUILT.glob("*")}
    wanted = {f"kg/_shipped/{name}" if name.startswith(("ontology/", "queries/")) else name for name in names}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == wanted


def test_the_wheel_runs_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)

    def kg(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    where = "import kg, server; print(kg.__file__, server.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert found.count(str(site)) == 2
    kg("init", "--minimal")
    kg("ingest", str(site / "kg" / "samples" / "reports"), "--commit")
    assert "Trần Thị Lộc" in kg("search", "tran thi loc")
    assert "serve" in kg("--help")
