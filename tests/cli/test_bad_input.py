"""Bad input: one clear sentence, the right status, nothing lost."""

import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

TONES = "\u0300\u0301\u0303\u0309\u0323"
TEXT = "Ngày 10/3/2023, đồng chí Lò Văn Mẫu - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị triển khai nhiệm vụ.\n"


def _one_sentence(err: str) -> str:
    lines = err.strip().splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("kg") and "Traceback" not in lines[0]
    return lines[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00" * 50, "binary"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a byte-order mark"),
        (b"\x93\xfa\x96{\x8c\xea" * 60, "not UTF-8, UTF-16 or windows-1258"),
    ],
)
@pytest.mark.parametrize("verb", ["extract", "ingest"])
def test_a_text_that_cannot_be_read_says_why(
    kg: Run, filled: Path, tmp_path: Path, verb: str, content: bytes, words: str
) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    status, out, err = kg(verb, path, *(["--data", filled] if verb == "ingest" else []))
    assert status == 2
    said = err if verb == "extract" else out
    assert "given.txt: " in said and words in said and "Traceback" not in err


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258", "utf-8-sig"])
def test_a_text_in_another_encoding_is_read_rightly(kg: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes((_with_loose_tones(TEXT) if encoding == "cp1258" else TEXT).encode(encoding))
    status, out, _ = kg("extract", path, "--format", "jsonl")
    assert status == 0
    assert "Lò Văn Mẫu" in unicodedata.normalize("NFC", out)


def _with_loose_tones(text: str) -> str:
    """Each letter with its tone as a mark behind it, which is how windows-1258 writes them."""
    parts = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in TONES)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tones)
    return "".join(parts)


def test_a_folder_without_texts_says_which_texts_are_wanted(kg: Run, tmp_path: Path) -> None:
    status, _, err = kg("extract", tmp_path)
    assert status == 2
    assert ".txt" in _one_sentence(err)


def test_fifty_megabytes_of_text_are_refused_with_the_limit(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(TEXT.encode() * (50_000_000 // len(TEXT.encode()) + 1))
    status, _, err = kg("extract", path)
    assert status == 2
    assert "20,000,000" in _one_sentence(err)


def test_broken_turtle_gives_line_and_column(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <http://example.org/> .\na:x a:y .\n")
    status, _, err = kg("validate", path)
    assert status == 2
    assert f"{path}: " in err and "line 2, column " in _one_sentence(err)


def test_shapes_that_cannot_be_read_give_line_and_column(kg: Run, tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text("<http://example.org/a> <http://example.org/b> 1 .\n")
    shapes.write_text("<http://example.org/a> <http://example.org/b>\n\n;; .\n")
    status, _, err = kg("validate", data, "--shapes", shapes)
    assert status == 2
    assert "line 3, column " in _one_sentence(err)


def test_broken_sparql_gives_line_and_column(kg: Run, filled: Path) -> None:
    status, _, err = kg("query", "SELECT ?x\nWHERE { ?x a ; }", "--data", filled)
    assert status == 2
    assert "line 2, column " in _one_sentence(err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["query", "no-such-question"], "kg queries"),
        (["query", "person-posts", "-p", "persn=x"], "no parameter 'persn'; it takes person"),
        (["query", "person-posts"], "needs the parameter 'person'"),
        (["query", "person-posts", "-p", "person=Lan"], "an IRI"),
        (["query", "post-holders-on-day", "-p", "post=post:x", "-p", "day=yesterday"], "'day'"),
        (["query", "conflicts", "-p", "nonsense"], "name=value"),
        (["query", "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE is refused"),
        (["query", "INSERT DATA { <urn:a> <urn:b> 1 }"], "update"),
        (["query", "CONSTRUCT WHERE { ?s a bm:Person }", "--format", "csv"], "Turtle"),
        (["validate", "no-such.ttl"], "no-such.ttl"),
        (["validate", "Makefile"], "no RDF syntax"),
        (["extract", "no-such.txt"], "no file 'no-such.txt'"),
        (["ingest", "x.txt", "--published", "yesterday"], "not a date"),
        (["export", "-o", "no/such/folder/graph.nq"], "no folder no/such/folder"),
    ],
)
def test_a_wrong_argument_is_named(kg: Run, filled: Path, arguments: list[str], words: str) -> None:
    folder = ["--data", filled] if arguments[0] in ("query", "ingest", "export") else []
    status, _, err = kg(*arguments, *folder)
    assert status == 2
    assert words in _one_sentence(err)


def test_a_folder_that_is_there_is_not_made_again(kg: Run, filled: Path) -> None:
    status, _, err = kg("init", "--minimal", "--data", filled)
    assert status == 2
    assert str(filled) in _one_sentence(err)


def test_a_taken_port_is_one_sentence(filled: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--port", str(port), "--data", str(filled)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert str(port) in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
