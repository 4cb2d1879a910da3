"""Text made equal for comparing: keys for look-up, slugs for IRIs. Never stored as the words of a source."""

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SPACES = re.compile(r"\s+")
_KEPT = 1 << 15
"""Names whose keys are kept: linking asks for those of one document over and over."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def composed(text: str) -> str:
    """NFC with the Icelandic Ð (U+00D0), which keyboards slip in, as the Vietnamese Đ."""
    return unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")


def plain(text: str) -> str:
    """NFC with Ð as Đ, one kind of dash, single spaces; case and marks kept."""
    return _SPACES.sub(" ", _DASHES.sub("-", composed(text))).strip()


@lru_cache(_KEPT)
def accented_key(text: str) -> str:
    """Equal for hòa/hoà, thủy/thuỷ, Quý/Quí, mỹ/mĩ in any case; still tells Hoa from Hòa. Idempotent."""
    words = []
    for word in unicodedata.normalize("NFD", plain(text).lower()).split(" "):
        marks = "".join(ch for ch in word if ch in _TONES)
        base = "".join(ch for ch in word if ch not in _TONES)
        base = re.sub(r"^qui", "quy", re.sub(r"(?<=[hklmst])y$", "i", base))
        words.append(base + marks)
    return unicodedata.normalize("NFC", " ".join(words))


@lru_cache(_KEPT)
def key(text: str) -> str:
    """Lower-case ASCII letters and digits with single spaces: equal with or without diacritics. Idempotent."""
    bare = unicodedata.normalize("NFD", plain(text).lower()).replace("đ", "d")
    bare = "".join(ch for ch in bare if not unicodedata.combining(ch))
    return _SPACES.sub(" ", re.sub(r"[^a-z0-9]+", " ", bare)).strip()


def slug(text: str) -> str:
    """`key` with hyphens, for the local part of an IRI."""
    return key(text).replace(" ", "-")
