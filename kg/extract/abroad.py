"""Offices beyond the borders: those of other countries' parties, and ambassadors sent there."""

from typing import Final

from kg.extract.tables import countries
from kg.extract.view import TITLE, UPPER, View, word_key

_PARTY: Final = word_key("đảng")
_PARTY_WORDS: Final = frozenset(map(word_key, ("sản", "dân", "cách", "mạng", "động", "xã", "hội")))


def posted_to(view: View, i: int) -> int | None:
    """The token behind "tại Lào" right behind an ambassador of this country."""
    at = i + 1
    if view.keys[i : i + 1] != [_AT] or at >= len(view) or view.hard[at]:
        return None
    found = countries().longest(view, at)
    return found[0] if found is not None else None


_AT: Final = word_key("tại")


def foreign_party(view: View, i: int) -> int | None:
    """The token behind "Đảng Cộng sản Cu Ba", "Đảng Nhân dân Campuchia" right behind a post."""
    if i >= len(view) or view.hard[i] or view.keys[i] != _PARTY or view.shapes[i] != TITLE:
        return None
    for k in range(i + 1, min(i + 6, len(view))):
        if view.shapes[k] not in (TITLE, UPPER) and view.keys[k] not in _PARTY_WORDS:
            return None
        found = countries().longest(view, k)
        if found is not None:
            return found[0]
    return None
