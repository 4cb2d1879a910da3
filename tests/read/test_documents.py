"""Files, folders, globs, corpora and streams → documents."""

import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest

from kg.errors import UnreadableInput
from kg.model.documents import Document
from kg.read import BadDocument, read_documents


def read(*paths: object, **context: str) -> list[Document | BadDocument]:
    return list(read_documents([str(p) for p in paths], **context))


def only(*paths: object, **context: str) -> Document:
    found = read(*paths, **context)
    assert len(found) == 1
    assert isinstance(found[0], Document)
    return found[0]


def test_a_text_file_is_one_document_named_for_its_file(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_bytes("Dòng một\r\nDòng hai".encode())
    document = only(tmp_path / "tin.txt", published="2022-04-05", place="Bắc Kạn", publisher="Báo mẫu")
    assert document == Document(
        "tin", "Dòng một\r\nDòng hai", published="2022-04-05", place="Bắc Kạn", publisher="Báo mẫu"
    )


def test_header_lines_give_url_and_date_and_stay_in_the_text(tmp_path: Path) -> None:
    text = "# doc_id = x1\n# url = https://example.org/a\n# date = 20210427\nÔng A họp."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    document = only(tmp_path / "a.txt")
    assert (document.text, document.url, document.published) == (text, "https://example.org/a", "2021-04-27")


def test_a_heading_of_markdown_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Đặng Thí\n\nÔng là …", encoding="utf-8")
    assert only(tmp_path / "a.md").published is None


def test_folders_and_globs_give_their_texts_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.odt"):
        (tmp_path / name).write_text("chữ", encoding="utf-8")
    assert [d.id for d in read(tmp_path) if isinstance(d, Document)] == ["a", "b"]
    assert [d.id for d in read(tmp_path / "*.txt") if isinstance(d, Document)] == ["b"]


def test_a_corpus_is_one_document_a_line(tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "một", "published": "2017", "place": "Huế"}, {"text": "hai", "title": "Hai"}]
    lines = "\n".join(json.dumps(row) for row in rows) + "\n\n"
    (tmp_path / "c.jsonl").write_bytes(b"\xef\xbb\xbf" + lines.encode())
    first, second = read(tmp_path / "c.jsonl", place="Lào Cai")
    assert first == Document("1", "một", published="2017", place="Huế")
    assert isinstance(second, Document)
    assert (second.id.endswith("c.jsonl:2"), second.title, second.place) == (True, "Hai", "Lào Cai")


def test_a_time_stamp_is_read_as_its_day(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(
        '{"id": "1", "text": "x", "published": "2021-04-27T10:00:00+07:00"}', encoding="utf-8"
    )
    assert only(tmp_path / "c.jsonl").published == "2021-04-27"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"id": "1"}',
        '{"text": ""}',
        '{"text": 5}',
        '{"text": "x", "published": "hôm qua"}',
        '{"text": "x", "place": 1}',
    ],
)
def test_one_bad_line_does_not_stop_the_others(tmp_path: Path, line: str) -> None:
    (tmp_path / "c.jsonl").write_text(
        f'{{"id": "a", "text": "một"}}\n{line}\n{{"id": "b", "text": "hai"}}', encoding="utf-8"
    )
    first, bad, last = read(tmp_path / "c.jsonl")
    assert isinstance(bad, BadDocument)
    assert bad.name.endswith("c.jsonl:2")
    assert bad.reason.endswith(".")
    assert [d.id for d in (first, last) if isinstance(d, Document)] == ["a", "b"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02")
    (tmp_path / "b.txt").write_text("chữ", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    bad, good, empty = read(tmp_path)
    assert isinstance(good, Document)
    assert isinstance(bad, BadDocument)
    assert isinstance(empty, BadDocument)
    assert "binary" in bad.reason
    assert "empty" in empty.reason


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json"])
def test_a_table_is_no_text_and_the_sentence_names_the_verb_for_it(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_text("a,b", encoding="utf-8")
    (bad,) = read(tmp_path / f"a{ending}")
    assert isinstance(bad, BadDocument)
    assert "kg import" in bad.reason


def test_other_endings_are_refused_with_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(b"PK")
    (bad,) = read(tmp_path / "a.odt")
    assert isinstance(bad, BadDocument)
    assert ".jsonl" in bad.reason


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(50_000_001)
    (bad,) = read(tmp_path / "big.txt")
    assert isinstance(bad, BadDocument)
    assert "20,000,000" in bad.reason


def test_missing_paths_empty_folders_and_wrong_dates_are_refused_at_once(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "*.txt"):
        with pytest.raises(UnreadableInput):
            read_documents([str(path)])
    with pytest.raises(UnreadableInput, match="YYYY"):
        read_documents(["-"], published="5/4/2022")


@pytest.mark.parametrize(
    ("data", "ids"),
    [("Một bản tin.", ["stdin"]), ('\n {"id": "a", "text": "x"}\n{"id": "b", "text": "y"}', ["a", "b"])],
)
def test_a_stream_is_a_text_or_a_corpus(monkeypatch: pytest.MonkeyPatch, data: str, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert [d.id for d in read("-") if isinstance(d, Document)] == ids


@pytest.mark.parametrize("row", ['{"text": "nửa \\ud800 chữ"}', '{"text": "đủ", "title": "nửa \\udfff"}'])
def test_half_a_character_makes_its_line_a_bad_document_and_no_other(tmp_path: Path, row: str) -> None:
    (tmp_path / "c.jsonl").write_text(row + '\n{"text": "lành"}\n', encoding="utf-8")
    bad, good = read(tmp_path / "c.jsonl")
    assert isinstance(bad, BadDocument)
    assert "half a character" in bad.reason
    assert isinstance(good, Document)


def test_a_name_that_is_no_text_is_shown_on_one_line_of_text(tmp_path: Path) -> None:
    for name in (b"b\xff.txt", b"a\nb.txt"):
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_text("chữ", encoding="utf-8")
    assert [d.id for d in read(tmp_path) if isinstance(d, Document)] == ["a b", "b?"]


def test_a_file_that_may_not_be_looked_at_is_one_bad_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lành.txt", "cấm.txt"):
        (tmp_path / name).write_text("chữ", encoding="utf-8")
    whole = Path.stat

    def guarded(path: Path, **options: bool) -> os.stat_result:
        if path.name == "cấm.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return whole(path, **options)

    monkeypatch.setattr(Path, "stat", guarded)
    bad, good = read(tmp_path)
    assert isinstance(bad, BadDocument)
    assert "Permission denied" in bad.reason
    assert isinstance(good, Document)
