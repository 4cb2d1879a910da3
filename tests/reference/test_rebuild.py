"""The tables of places are what the package gives."""

import datetime as dt
import importlib.util
import shutil
from pathlib import Path

import pytest

from kg.reference.rebuild import PACKAGE, rebuild
from kg.resources import tree

needs_package = pytest.mark.skipif(
    importlib.util.find_spec(PACKAGE) is None, reason=f"{PACKAGE} is needed only to make the tables"
)


@needs_package
def test_tables_in_the_repository_are_those_that_a_rebuild_gives(tmp_path: Path) -> None:
    kept = tree("ontology") / "reference"
    shutil.copy(kept / "unit-starts.tsv", tmp_path)
    counts = rebuild(tmp_path, dt.date(2026, 1, 1))
    assert sum(counts.values()) > 14_000
    for name in counts:
        made, there = ((folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines() for folder in (tmp_path, kept))
        assert [line for line in made if line[0] != "#"] == [line for line in there if line[0] != "#"], name


@needs_package
def test_header_gives_the_day_of_retrieval(tmp_path: Path) -> None:
    shutil.copy(tree("ontology") / "reference" / "unit-starts.tsv", tmp_path)
    rebuild(tmp_path, dt.date(2026, 1, 1))
    assert "# Retrieved: 2026-01-01" in (tmp_path / "provinces-from-2025-07.tsv").read_text(encoding="utf-8")
