"""A damaged file of any format gives documents, rows or quads, or the project's own error in one sentence; and soon."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st

from kg.errors import SyntaxFault, UnreadableInput
from kg.extract import read_held
from kg.read import BadDocument, PostRow, Unread, decode, load_rdf, read_bytes, read_documents
from kg.read.formats import take_words
from kg.read.popolo import popolo_table
from kg.read.post_mapping import read_mapping
from kg.read.posts_csv import read_posts, table_document
from tests.fuzz.budget import Budget, budgets
from tests.fuzz.damage import (
    CSV,
    MAPPING,
    OTHERS,
    POPOLO,
    POPOLO_MAPPING,
    ROWS,
    TURTLE,
    WORD_BODY,
    damaged,
    damaged_text,
)
from tests.fuzz.texts import texts
from tests.read import made
from tests.read.made import FILES

SECONDS = 10  # of processor time, for what takes hundredths of one


@contextmanager
def told() -> Iterator[None]:
    """Lets through the project's own errors of one sentence on one line, and nothing that takes long."""
    start = time.process_time()
    try:
        yield
    except (UnreadableInput, SyntaxFault) as fault:
        is_sentence(str(fault))
    assert time.process_time() - start < SECONDS


def is_sentence(words: str) -> None:
    assert words.endswith(".")
    assert len(words.splitlines()) == 1
    assert words.encode("utf-8")


def is_taken(data: bytes, kind: str) -> None:
    with told():
        said = take_words(data, kind)
        for words in (said.text, said.title, said.published, said.publisher, said.url):
            assert words is None or words.encode("utf-8")


@pytest.mark.parametrize("name", sorted(FILES))
@budgets(examples=80, seconds=3)
def test_a_damaged_file_gives_words_or_one_sentence(budget: Budget, name: str) -> None:
    budget.holds(is_taken, damaged(FILES[name]), st.just(name.rpartition(".")[2]))


def is_taken_from_word(body: str, head: str) -> None:
    is_taken(made.word(body, head=head, title=head), "docx")


@budgets(examples=80, seconds=2)
def test_a_word_file_of_damaged_parts_gives_words_or_one_sentence(budget: Budget) -> None:
    budget.holds(is_taken_from_word, damaged_text(WORD_BODY), st.just("") | damaged_text("<?xml version='1.0'?>"))


def is_sniffed(data: bytes) -> None:
    with told():
        document = read_bytes(data, "x")
        assert document.text.encode("utf-8")
        assert document.digest


@budgets(examples=120, seconds=3)
def test_bytes_of_no_told_format_give_a_document_or_one_sentence(budget: Budget) -> None:
    budget.holds(is_sniffed, damaged(*OTHERS) | st.binary(max_size=200))


def is_decoded(text: str, encoding: str, data: bytes) -> None:
    with told():
        said = decode(text.encode(encoding, "replace") + data)
        assert said.encode("utf-8")


@budgets(examples=150, seconds=2)
def test_a_text_of_any_encoding_is_decoded_or_refused_in_one_sentence(budget: Budget) -> None:
    encodings = st.sampled_from(
        ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258", "cp1252", "latin-1", "shift-jis"]
    )
    budget.holds(is_decoded, texts, encodings, st.just(b"") | st.binary(max_size=4))


@budgets(examples=120, seconds=3)
def test_every_line_of_a_damaged_corpus_is_a_document_or_one_sentence(budget: Budget, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"

    def is_read_by_line(data: bytes) -> None:
        file.write_bytes(data)
        with told():
            for read in read_documents([file]):
                if isinstance(read, BadDocument):
                    is_sentence(read.reason)
                else:
                    assert all(
                        words is None or words.encode("utf-8")
                        for words in (read.id, read.text, read.title, read.place, read.publisher, read.url)
                    )

    budget.holds(is_read_by_line, damaged(ROWS.encode()))


def is_listed(rows: list[PostRow | Unread], text: str) -> None:
    """Each row has its cells in the text and can be read on, each fault says where and why."""
    for row in rows:
        if isinstance(row, Unread):
            assert row.where
            assert row.reason
            continue
        spans = (row.name_span, row.title.span, row.body.span if row.body else None, *row.spans)
        assert all(0 <= span.start < span.end <= len(text) for span in spans if span)
        held, _ = read_held(row)
        assert f"{row.name} {row.title.words} {row.other_names} {held}".encode()


def is_a_table(text: str, mapping: str) -> None:
    with told():
        rules = read_mapping(mapping)
        assert table_document("x", text, rules).text == text
        is_listed(list(read_posts(text, rules)), text)


@budgets(examples=200, seconds=3)
def test_a_damaged_table_with_a_damaged_mapping_gives_rows_or_one_sentence(budget: Budget) -> None:
    budget.holds(is_a_table, st.just(CSV) | damaged_text(CSV), st.just(MAPPING) | damaged_text(MAPPING))


def is_popolo(text: str, mapping: str) -> None:
    with told():
        table = popolo_table("x", text, mapping)
        assert f"{table.document.title} {table.document.published} {table.document.place}".encode()
        is_listed([*table.rows, *table.unread], text)


@budgets(examples=200, seconds=3)
def test_a_damaged_popolo_file_gives_rows_or_one_sentence(budget: Budget) -> None:
    mappings = st.just(POPOLO_MAPPING) | damaged_text(POPOLO_MAPPING)
    budget.holds(is_popolo, st.just(POPOLO) | damaged_text(POPOLO), mappings)


def is_rdf(data: bytes, form: str) -> None:
    with told():
        load_rdf(data, form)


@budgets(examples=80, seconds=1)
def test_damaged_rdf_gives_quads_or_one_sentence(budget: Budget) -> None:
    budget.holds(
        is_rdf, damaged(TURTLE.encode(), *OTHERS), st.sampled_from(["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
    )
