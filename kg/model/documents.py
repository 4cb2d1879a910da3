"""A text as it was received, with what is known about it."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Document:
    """One report. `text` is never altered; offsets count its code points.

    `published` is an EDTF date of level 0 (YYYY, YYYY-MM or YYYY-MM-DD); `place` is the context
    that completes "UBND tỉnh" (a province, or a district with its province).
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    place: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the normalised text: the same report with other line ends or Unicode form has the same."""
        return _digest(self.text)


@lru_cache(4)  # a document is asked for its digest at each of its mentions
def _digest(text: str) -> str:
    return hashlib.sha256(normalised(text).encode("utf-8")).hexdigest()


def normalised(text: str) -> str:
    """NFC, LF line ends, no byte-order mark, no blanks at line ends or around the whole."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[ \t\u00a0]+\n", "\n", text).strip()
