"""The tables of real posts beside the project, by their paths."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extract import read_held
from kg.read import PostTable, read_table

MAPPINGS = Path(__file__).parent / "mappings"
TABLES = {
    "binhdinh": "binhdinh_leaders_2025.csv",
    "viwiki": "viwiki_infobox_positions.csv",
    "assembly": "vietnam-national-assembly-13.popolo.json",
}


def real(shared: Path, name: str) -> PostTable:
    return read_table(shared / "data" / TABLES[name], MAPPINGS / f"{name}.yaml")


@pytest.mark.parametrize("name", ["binhdinh", "viwiki"])
def test_each_cell_of_a_real_table_is_what_the_standard_library_reads_there(shared: Path, name: str) -> None:
    table = real(shared, name)
    text = table.document.text
    columns = {"binhdinh": ("name", "title", None), "viwiki": ("person", "position", "term")}[name]
    records = list(csv.DictReader(io.StringIO(text, newline="")))
    quotes = [{record[column].strip() for column in columns if column and record[column]} for record in records]
    assert len({row.where for row in table.rows}) == len(records)
    at = -1
    seen = ""
    for row in table.rows:
        at += row.where != seen
        seen = row.where
        spans = [row.name_span, row.title.span, *row.spans]
        assert {span.of(text).replace('""', '"') for span in spans if span} == quotes[at]


@pytest.mark.parametrize(
    ("name", "understood", "whole"), [("binhdinh", 0.97, 0.85), ("viwiki", 0.93, 0.7), ("assembly", 1, 1)]
)
def test_most_posts_of_a_real_table_are_understood_and_the_rest_is_listed(
    shared: Path, name: str, understood: float, whole: float
) -> None:
    table = real(shared, name)
    read = [read_held(row) for row in table.rows]
    held = [one for one, _ in read if one]
    assert len(held) >= understood * len(read)
    assert sum(not one.is_words for one in held) >= whole * len(read)
    assert all(unread for one, unread in read if one is None or one.is_words)
    text = table.document.text
    assert [one for one in held for post in one.positions for span in post.spans if not span.of(text).strip()] == []


def test_nearly_all_free_text_periods_are_read(shared: Path) -> None:
    table = real(shared, "viwiki")
    unread = {one.words for one in table.unread if one.column == "term"}
    assert unread == {"5 năm 2015 – 4 năm 2020", "1/4/1975 – 28/1975"}
    days = [row.period for row in table.rows if row.spans[0].of(table.document.text) not in unread]
    assert len(days) > 900 and all(period.start or period.end for period in days)


def test_names_in_capitals_come_out_as_in_running_text(shared: Path) -> None:
    names = {row.name for row in real(shared, "binhdinh").rows}
    assert "Hồ Quốc Dũng" in names
    assert [name for name in names if name.isupper() or name.islower()] == []


@pytest.mark.slow
def test_a_real_table_goes_in_once(kg: Callable[..., tuple[int, str, str]], own: Path, shared: Path) -> None:
    arguments = ("import", shared / "data" / TABLES["binhdinh"], "--mapping", MAPPINGS / "binhdinh.yaml", "--commit")
    status, out, _ = kg(*arguments, "--data", own)
    assert status == 1 and " 0 known already, 0 refused, 4 left out" in out
    triples = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    _, before, _ = kg("query", triples, "--format", "json", "--data", own)
    status, out, _ = kg(*arguments, "--data", own)
    assert ": 0 stored, " in out
    _, after, _ = kg("query", triples, "--format", "json", "--data", own)
    assert json.loads(before) == json.loads(after)
