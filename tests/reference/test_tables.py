"""Tables say where they come from, and a damaged one is refused."""

from pathlib import Path

import pytest

from kg.reference import reference_files
from kg.reference.tables import read_table, write_table


@pytest.mark.parametrize("file", reference_files(), ids=lambda file: file.stem)
def test_table_names_its_source_and_licence_in_its_head(file: Path) -> None:
    head = "".join(line for line in file.read_text(encoding="utf-8").splitlines(True) if line.startswith("#"))
    assert "Licence" in head
    assert "by hand" in head


def test_table_reads_as_it_was_written(tmp_path: Path) -> None:
    rows = [{"slug": "xa-ea-h-leo", "name": "Xã Ea H'Leo"}, {"slug": "a", "name": ""}]
    write_table(tmp_path / "t.tsv", ["Source: here."], ["slug", "name"], rows)
    assert list(read_table(tmp_path / "t.tsv")) == rows


def test_row_with_a_cell_too_few_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("# c\nslug\tname\nxa\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"t\.tsv: a row of 1 cells for 2 columns"):
        list(read_table(tmp_path / "t.tsv"))


def test_cell_with_a_tab_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a tab or a line break"):
        write_table(tmp_path / "t.tsv", [], ["name"], [{"name": "a\tb"}])
