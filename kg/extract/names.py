"""Names of people: a family name and what follows it, cut where the name ends."""

import re
from typing import Final

from kg.extract.lexicon import phrases, surnames
from kg.extract.sentences import opens_unmarked
from kg.extract.tables import heads
from kg.extract.titles import title_at
from kg.extract.view import LOWER, NUMBER, TITLE, UPPER, View, word_key
from kg.model.fold import key

LONGEST: Final = 5
LETTER_NAMES: Final = frozenset(map(word_key, ("y", "u", "a", "k", "h", "k'", "h'", "ka")))
_FOREIGN: Final = frozenset("fjwz")


def name_at(view: View, i: int, *, trusted: bool = False) -> int | None:
    """The token after a full name that begins at a token, or None.

    `trusted` says that a post or a form of address stands beside it: then the family name need not be a known one.
    """
    if i >= len(view) or view.shapes[i] not in (TITLE, UPPER):
        return None
    surname = view.keys[i]
    if view.keys[i : i + 2] == _COUNTRY or surname == _PARTY:
        return None
    things = phrases("not_names.txt")
    if surname in things.branches and things.longest(view, i) is not None:
        return None
    known = surname in surnames()
    letter = len(surname) == 1 and surname in LETTER_NAMES
    if not known and not trusted and "'" not in surname and not letter:
        return None
    if (
        not known
        and (head := heads().longest(view, i)) is not None
        and head[0] == i + 1
        and surname not in _HEADS_AND_NAMES
    ):
        return None  # "Thứ trưởng Bộ Kế hoạch …": an unknown body, not somebody of the family "Bộ"
    shape = view.shapes[i]
    if letter:
        shape = TITLE
    end = i + 1
    while end < len(view) and not view.hard[end] and end - i < LONGEST:
        if view.shapes[end] != shape or _breaks(view, end, i):
            break
        if view.starts[end] - view.ends[end - 1] > 2:
            break
        end += 1
    if letter and not trusted and not _introduces_post(view, end):
        return None
    if end < len(view) and view.keys[end] == _CLAN and view.shapes[end] == LOWER:
        return None  # "Hội đồng trị sự Lò Vi tộc"
    if end - i > 2 and view.keys[end - 1] == _CLAN and not trusted:
        return None  # the same in capitals
    if end - i < 2 and not (trusted and len(surname) > 3 and "'" in surname):  # K'Nhiễu
        return None
    if shape == UPPER and not known:
        return None
    if shape == UPPER and i and not view.hard[i] and view.shapes[i - 1] == UPPER and not trusted:
        return None
    if not letter and "'" not in surname and not _is_plausible(view, i, end, known=known):
        return None
    return end


def foreign_name(view: View, i: int) -> int | None:
    """The token after a name of another people right behind a form of address ("bà Helena Nga Vi"): two to four words
    in capitals, one of them no syllable of Vietnamese; post and body end it."""
    end = i
    while end < len(view) and end - i < LONGEST and view.shapes[end] == TITLE:
        if end > i and (view.hard[end] or _breaks(view, end, i) or view.starts[end] - view.ends[end - 1] > 2):
            break
        end += 1
    words = [key(view.word(k)) for k in range(i, end)]
    if not 2 <= len(words) < LONGEST or all(_SYLLABLE.fullmatch(word) for word in words):
        return None
    return None if heads().longest(view, i) is not None or title_at(view, i) is not None else end


_CLAN: Final = word_key("tộc")
_PARTY: Final = word_key("đảng")
_COUNTRY: Final = [word_key("việt"), word_key("nam")]
_HEADS_AND_NAMES: Final = frozenset(("ca",))


def _introduces_post(view: View, end: int) -> bool:
    """Whether a mark and a post stand behind a name: a single letter alone is no sign of one."""
    marked = end + 1 < len(view) and view.keys[end] in (",", "-", "(")
    return marked and not view.hard[end + 1] and title_at(view, end + 1) is not None


def _breaks(view: View, at: int, start: int) -> bool:
    """Whether a capital begins something else: a post, a body, another sentence."""
    key = view.keys[at]
    captions = phrases("captions.txt")
    if key in _OPENERS or (key in captions.branches and captions.longest(view, at) is not None):
        return True
    if at + 1 < len(view) and opens_unmarked(view, at):
        return True
    if key in _TIMES and (at + 1 >= len(view) or view.shapes[at + 1] == NUMBER or view.keys[at + 1] in _DAYS):
        return True
    if at - start < 1 or view.shapes[at] == LOWER:
        return False
    found = title_at(view, at)
    if found is not None and found.end - at >= 2:
        return True
    head = heads().longest(view, at)
    return head is not None and head[0] - at >= 2


_OPENERS: Final = frozenset(
    word_key(word)
    for word in (
        *("ảnh", "theo", "tại", "sau", "trong", "trước", "ông", "các", "những", "nhưng", "để"),
        *("cùng", "đến", "với", "khi"),
    )
)
_TIMES: Final = frozenset(map(word_key, ("sáng", "chiều", "tối", "trưa", "năm", "ngày")))
_DAYS: Final = frozenset(map(word_key, ("ngày", "nay", "qua", "cùng")))


# A syllable of Vietnamese without its marks: initial, nucleus, final. Names of other peoples of the country are longer
# or begin otherwise; they are known by their family names.
_SYLLABLE: Final = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def _is_plausible(view: View, i: int, end: int, *, known: bool) -> bool:
    """Whether the words could be a Vietnamese name; a known family name forgives what follows but foreign letters."""
    words = [key(view.word(k)) for k in range(i, end)]
    if known:
        return not any(_FOREIGN & set(word) for word in words)
    return end - i <= 4 and all(_SYLLABLE.fullmatch(word) for word in words)


def opens_letter_name(view: View, i: int) -> bool:
    """Whether a letter that opens names of the Highlands stands at a token ("Trưởng đoàn Y Hà Lan")."""
    named = i + 1 < len(view) and not view.hard[i + 1] and view.shapes[i + 1] == TITLE
    return named and view.keys[i] in LETTER_NAMES and view.shapes[i] != LOWER
