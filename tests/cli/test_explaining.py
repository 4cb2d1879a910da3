"""`kg extract --explain` shows every mention in its line, with the rule that found it beside it."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from kg.cli import main
from kg.cli.explaining import explain
from kg.extract import extract
from kg.model.documents import Document

TEXT = """Sáng 5/4/2022, tại huyện Chợ Đồn, Tỉnh ủy Bắc Kạn tổ chức Hội nghị quán triệt Quyết định số 238-QĐ/TW.

Dự hội nghị có bà Trần Thị Thử, Trưởng Ban Tuyên giáo Tỉnh ủy [Bắc Kạn].
"""


def printed(text: str, *, colours: bool = False, width: int = 140) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, highlight=False, force_terminal=colours, color_system="standard" if colours else None
    )
    document = Document("thử [1]", text, published="2022-04-06", place="Bắc Kạn")
    explain(console, document, extract(document))
    return out.getvalue()


def test_every_mention_has_a_number_in_the_text_and_its_rule_and_confidence_beside_it():
    said = extract(Document("x", TEXT, published="2022-04-06", place="Bắc Kạn"))
    assert {m.kind for m in said.mentions} >= {"person", "post", "organ", "place", "directive", "meeting", "date"}
    out = " ".join(printed(TEXT).partition("\n")[2].split())
    for number, mention in enumerate(said.mentions, 1):
        assert f"[{number}] {mention.kind} {mention.rule}, {mention.confidence}" in out
        assert out.count(f"[{number}]") == 2


def test_who_holds_what_stands_below_with_the_rule_of_the_link():
    out = " ".join(printed(TEXT, width=400).split())
    assert "→ Trần Thị Thử: Trưởng Ban, Ban Tuyên giáo Tỉnh ủy Bắc Kạn" in out
    assert re.search(r"→ Trần Thị Thử: [^→]*; current, post-after-name, (high|medium)", out)


def test_brackets_of_the_text_and_of_its_name_are_shown_as_they_are():
    out = printed(TEXT)
    assert "[Bắc Kạn" in out
    assert out.startswith("thử [1]")


def test_a_terminal_gets_colours_and_a_file_none():
    assert "\x1b[1;31m" in printed(TEXT, colours=True)
    assert "\x1b" not in printed(TEXT)


@pytest.mark.parametrize("text", ["", "\n\n", "Trời đẹp."])
def test_a_text_without_mentions_is_shown_as_it_is(text: str):
    assert "→" not in printed(text)


def test_the_verb_explains_files_and_refuses_a_second_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "tin.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(file), "--place", "Bắc Kạn", "--explain"]) == 0
    assert "numbered-document, high" in capsys.readouterr().out
    assert main(["extract", str(file), "--explain", "--format", "json"]) == 2
    assert "not allowed with" in capsys.readouterr().err


def test_every_rule_of_the_list_of_confidences_is_one_that_the_reader_uses(root: Path):
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "kg" / "extract").glob("*.py"))
    lines = (root / "kg" / "extract" / "data" / "confidences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 10
    for rule, confidence, reason in rows:
        assert f'"{rule}"' in source, rule
        assert confidence in ("high", "medium", "low")
        assert reason
