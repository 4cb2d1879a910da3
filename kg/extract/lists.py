"""People listed together before one verb: "A, Bí thư và B, Phó Bí thư đồng chủ trì", "A, …; B, … dự lễ"."""

from typing import Final

from kg.extract.items import Address, Name
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.view import word_key

_JOINS: Final = frozenset(map(word_key, ("và", "cùng", ";")))
_COUNTS: Final = frozenset(map(word_key, ("các", "hai", "ba", "2", "3")))
_MARKS: Final = frozenset((",", "-", "(", ")", ":"))
_LONGEST: Final = 40  # items: how far back a list is looked over
_FAR: Final = 6  # tokens between two of its items


def companions(state: State, last: int, names: dict[int, str]) -> list[int]:
    """The name items of the list that a name item ends, in order, without it; empty where nothing joins them.

    Only posts, forms of address and marks may stand between them, and "và", "cùng", a semicolon or a plural must say
    that they belong together; all in one sentence.
    """
    items, keys = state.items, state.view.keys
    found: list[int] = []
    joined = False
    at = items[last].start
    for n in range(last - 1, max(-1, last - _LONGEST), -1):
        item = items[n]
        if at - item.end > _FAR or state.sentences[item.start] != state.sentences[items[last].start]:
            break
        gap = keys[item.end : at]
        if not isinstance(item, (Name, Post, Address)) or any(k not in _JOINS | _MARKS | _COUNTS for k in gap):
            break
        joined = joined or any(key in _JOINS for key in gap)
        joined = joined or (isinstance(item, (Post, Address)) and item.is_plural)
        if isinstance(item, Name) and n in names:
            found.append(n)
        at = item.start
    return found[::-1] if joined else []
