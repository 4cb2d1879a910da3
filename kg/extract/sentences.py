"""Where sentences and parentheses begin and end, by token."""

from itertools import pairwise

from kg.extract.lexicon import phrases
from kg.extract.view import LOWER, MARK, NUMBER, TITLE, View, word_key

_ENDS = frozenset(".!?…")


def read_sentences(view: View) -> list[int]:
    """The number of the sentence that each token is in. A full stop ends one where a capital or a line end follows."""
    keys, shapes = view.keys, view.shapes
    bounds = {i for i, hard in enumerate(view.hard) if hard and i}
    bounds.update(
        i + 1
        for i, key in enumerate(keys)
        if key in _ENDS and shapes[i] == MARK and i + 1 < len(keys) and not _inside(view, i + 1)
    )
    openers = _DAYS.union(phrases("sentence_openers.txt").branches)
    bounds.update(
        i for i, key in enumerate(keys[:-1]) if key in openers and i and shapes[i] == TITLE and opens_unmarked(view, i)
    )
    out: list[int] = []
    for number, (start, end) in enumerate(pairwise([0, *sorted(bounds), len(keys)])):
        out += [number] * (end - start)
    return out


def opens_unmarked(view: View, i: int) -> bool:
    """Whether a capital that follows words without a mark opens a sentence: "Ảnh: Lò Văn An | Phát biểu tại …"."""
    key, following = view.keys[i], view.shapes[i + 1]
    openers = phrases("sentence_openers.txt")
    if following == NUMBER:
        return key in _DAYS and view.shapes[i - 1] != MARK
    if following != LOWER or key not in openers.branches or view.shapes[i - 1] == MARK:
        return False
    return openers.longest(view, i) is not None


_DAYS = frozenset(map(word_key, ("ngày", "sáng", "chiều", "tối")))


def _inside(view: View, i: int) -> bool:
    """Whether the mark before a token only shortens a word or parts digits."""
    shape = view.shapes[i]
    before = i - 2
    if shape == LOWER or (shape == MARK and view.keys[i] not in '"('):
        return True
    if shape == NUMBER and before >= 0 and view.shapes[before] == NUMBER and view.starts[i] == view.ends[i - 1]:
        return True
    return (
        before >= 0
        and len(view.keys[before]) <= 2
        and view.shapes[before] not in (LOWER, NUMBER, MARK)
        and view.keys[before] in _SHORT
    )


_SHORT = frozenset(("tp", "q", "p", "h", "tx", "ts", "gs", "bs", "kt", "tm", "tl", "ls", "tr"))


def read_parentheses(view: View) -> dict[int, int]:
    """Closing token by opening token, for parentheses that close in their own paragraph."""
    out: dict[int, int] = {}
    open_at: list[int] = []
    for i in [i for i, key in enumerate(view.keys) if key in ("(", ")")]:
        if open_at and any(view.hard[open_at[-1] + 1 : i + 1]):
            open_at.clear()
        if view.keys[i] == "(":
            open_at.append(i)
        elif open_at:
            out[open_at.pop()] = i
    return out
