"""Bytes → text, in the encodings that Vietnamese files come in; what cannot be read for sure is refused."""

import codecs
import re
import unicodedata
from typing import Final

from kg.errors import UnreadableInput

MAX_TEXT: Final = 20_000_000  # bytes of one text

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
# Initial, nucleus and final of a Vietnamese syllable without its tone: the sound check of a guessed encoding.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnptiouy])?"
)


def decode(data: bytes) -> str:
    """The text of UTF-8 (with or without byte-order mark), UTF-16 with one, or windows-1258 bytes.

    Raises UnreadableInput for empty, binary, too long and otherwise encoded input. A byte-order mark is no part of it.
    """
    if len(data) > MAX_TEXT:
        raise UnreadableInput(f"The text has {len(data):,} bytes; one text may have {MAX_TEXT:,}. Split it.")
    text = _decoded(data)
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise UnreadableInput("The text is empty; give a file with words in it.")
    if len(CONTROLS.findall(text[:100_000])) > len(text[:100_000]) / 1000:
        raise UnreadableInput("This is a binary file, not a text; give .txt, .md or .jsonl.")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as fault:
                raise UnreadableInput(
                    f"The text is broken {encoding.removesuffix('-sig').upper()}: {fault}."
                ) from fault
    if b"\x00" in data[:100_000]:
        raise UnreadableInput("This is a binary file, or UTF-16 without a byte-order mark; save it as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _as_windows_1258(data)
    if text is None:
        raise UnreadableInput("The encoding of the text is not UTF-8, UTF-16 or windows-1258; save it as UTF-8.")
    return text


def _as_windows_1258(data: bytes) -> str | None:
    """The text where nearly all its accented words are Vietnamese syllables, else None.

    The code page writes tones as combining marks; they stay, since offsets count the text as received.
    """
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    words = [w for w in _WORD.findall(unicodedata.normalize("NFC", text)) if not w.isascii()][:5000]
    sound = sum(1 for word in words if _SYLLABLE.fullmatch(_toneless(word)))
    return text if words and sound >= 0.9 * len(words) else None


def _toneless(word: str) -> str:
    bare = "".join(ch for ch in unicodedata.normalize("NFD", word.lower()) if ch not in _TONES)
    return unicodedata.normalize("NFC", bare)
