"""Terms behind posts: "khóa XIV", "các khóa III, IV", "nhiệm kỳ 2016-2021"."""

from typing import Final

from kg.extract.view import NUMBER, View, word_key

_SEVERAL_TERMS: Final = frozenset(map(word_key, ("các", "từ")))
_BETWEEN_TERMS: Final = frozenset((",", "-", *map(word_key, ("và", "đến"))))
_TERM_WORDS: Final = frozenset(map(word_key, ("khóa",)))
_NHIỆM: Final = word_key("nhiệm")
_ROMAN: Final = frozenset("ivxlcm")


def term_at(view: View, end: int) -> tuple[int, str | None]:
    """The words "khóa XIV", "(khóa XV)", "nhiệm kỳ 2016-2021" after a post."""
    i = end
    while i < len(view) and view.keys[i] in (",", "(") and i - end < 1:
        i += 1
    if i >= len(view) or view.hard[i]:
        return end, None
    if view.keys[i] in _SEVERAL_TERMS and i + 1 < len(view) and view.keys[i + 1] in _TERM_WORDS:
        i += 1  # "Ủy viên Trung ương Đảng các khóa III, IV", "đại biểu Quốc hội từ khóa II đến khóa VI"
    if (
        view.keys[i] in _TERM_WORDS
        and i + 1 < len(view)
        and (view.shapes[i + 1] == NUMBER or set(view.keys[i + 1]) <= _ROMAN)
    ):
        k = i + 2
        while k + 1 < len(view) and view.keys[k] in _BETWEEN_TERMS:
            following = k + 2 if view.keys[k + 1] in _TERM_WORDS else k + 1
            if following >= len(view) or not set(view.keys[following]) <= _ROMAN:
                break
            k = following + 1
        words = view.words(i, k)
        if k < len(view) and view.keys[k] == ")":
            k += 1
        return k, words
    if view.keys[i] == _NHIỆM and i + 4 < len(view) and view.shapes[i + 2] == NUMBER and view.keys[i + 3] == "-":
        return i + 5, view.words(i, i + 5)
    return end, None
