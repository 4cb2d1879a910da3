"""Names and titles that a table writes in capitals, put into the capitals of running text."""

import re
from typing import Final

from kg.model import fold

_PARTS: Final = re.compile(r"([\s\-'.(]+)")  # a new word: H'Yim, Ksor-Phước
_QUOTES: Final = str.maketrans({"`": "'", "´": "'", "\u2018": "'", "\u2019": "'"})


def is_capitals(words: str) -> bool:
    """Whether all letters are capitals, of words that have more than a sign's worth of them."""
    return words.isupper() and sum(ch.isalpha() for ch in words) > 3


def each_word(words: str) -> str:
    """Each word with one capital: "LÊ NGỌC AN" → "Lê Ngọc An", "H'YIM KĐOH" → "H'Yim Kđoh"."""
    return "".join(part[:1].upper() + part[1:].lower() for part in _PARTS.split(words))


def person_name(written: str) -> str:
    """A name as running text has it: single blanks, NFC, one kind of apostrophe; capitals only where all were."""
    name = fold.plain(written).translate(_QUOTES)
    return each_word(name) if name.isupper() else name
