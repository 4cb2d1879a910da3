"""Bytes → text in the encodings of Vietnamese files."""

import codecs
import unicodedata

import pytest

from kg.errors import UnreadableInput
from kg.read import decode

TEXT = "Ủy ban nhân dân tỉnh Bắc Kạn họp về giữ rừng.\nĐồng chí Trần Thị Lộc dự."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big"],
)
def test_unicode_files_are_read_without_their_mark(data: bytes) -> None:
    assert decode(data) == TEXT


def windows_1258(text: str) -> bytes:
    """Letters that the code page has, tones as marks of their own."""
    out = []
    for letter in text:
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in "\u0300\u0301\u0303\u0309\u0323"))
            out.append((bare + "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")).encode("cp1258"))
    return b"".join(out)


def test_windows_1258_is_read_rightly() -> None:
    assert unicodedata.normalize("NFC", decode(windows_1258(TEXT))) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"a\x01\x02\x03\x04" * 20, "binary"),
        ("Überraschung für Köln äöü".encode("latin-1"), "encoding"),
        ("Привет, мир и люди".encode("cp1251"), "encoding"),
        (codecs.BOM_UTF16_LE + b"\x00", "UTF-16"),
    ],
)
def test_what_is_no_readable_text_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said):
        decode(data)


def test_too_long_a_text_is_refused_with_the_limit() -> None:
    with pytest.raises(UnreadableInput, match="20,000,000"):
        decode(b"a" * 20_000_001)
