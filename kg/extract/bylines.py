"""Who wrote a text and who took its pictures: names that are no officials."""

from typing import Final

from kg.extract.lexicon import phrases
from kg.extract.titles import title_at
from kg.extract.view import LOWER, MARK, TITLE, UPPER, View, word_key

_CREDITS: Final = frozenset(
    map(word_key, ("ảnh", "bài", "tin", "nguồn", "clip", "video", "pv", "phóng", "tác", "thực"))
)
_LONGEST: Final = 9


def read_byline(view: View, sentences: list[int]) -> tuple[int, int] | None:
    """Tokens of the last line or sentence where it is nothing but a few short names, an agency in parentheses."""
    end = len(view)
    while end and view.shapes[end - 1] == MARK and view.keys[end - 1] not in ")":
        end -= 1
    if not end:
        return None
    start = end - 1
    while start > 0 and sentences[start - 1] == sentences[end - 1] and not view.hard[start]:
        start -= 1
    if start == 0 or end - start > _LONGEST:
        return None
    while start < end and view.keys[start] in _CREDITS | {",", ":", "-", "&"}:
        start += 1
    if start == end or not _only_names(view, start, end) or title_at(view, start) is not None:
        return None
    if _is_signature(view, start):
        return None
    while end > start and view.shapes[end - 1] == MARK and view.keys[end - 1] != ")":
        end -= 1
    return (start, end) if end > start else None


def _only_names(view: View, start: int, end: int) -> bool:
    inside = False
    words = 0
    for i in range(start, end):
        key, shape = view.keys[i], view.shapes[i]
        if key in "()":
            inside = key == "("
        elif inside or key in (",", "-", "&", "/", ".", word_key("và"), word_key("theo")):
            continue
        elif shape in (TITLE, UPPER):
            words += 1
        else:
            return False
    return 1 <= words <= 6 and view.shapes[start] in (TITLE, UPPER)


_BLOCK: Final = 24  # tokens of a signature block between post and name, lines of "Nơi nhận" beside it among them


def _is_signature(view: View, start: int) -> bool:
    """Whether the line before is a post in a signature block ("CHỦ TỊCH", "(Đã ký)")."""
    if not view.hard[start]:
        return False
    return any(title_at(view, i) is not None and view.shapes[i] == UPPER for i in range(max(0, start - _BLOCK), start))


def is_credit(view: View, i: int) -> bool:
    """Whether a name that begins at a token is a credit: "Ảnh: A", "(Ảnh: A/TTXVN)"."""
    k = i - 1
    if any(
        (found := phrases("honorifics.tsv").longest(view, a)) is not None and found[0] == i
        for a in range(max(0, i - 3), i)
    ):
        return False  # "Ảnh: A Ông B, Chủ tịch UBND xã": a caption without a full stop; credits have no form of address
    while k > 0 and not view.hard[k + 1] and i - k <= 6 and (view.shapes[k] != LOWER or view.keys[k] in ("và", "của")):
        if view.keys[k] == ":" and view.keys[k - 1] in _CREDITS:
            return True
        if view.keys[k] in ".;(":
            return False
        k -= 1
    return False
