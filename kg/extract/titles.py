"""Posts: rank words with what belongs to them, and the body that the post is in."""

from dataclasses import dataclass, replace
from typing import Final

from kg.extract.lexicon import phrases
from kg.extract.tables import heads, ranks
from kg.extract.view import LOWER, View, word_key


@dataclass(frozen=True, slots=True)
class TitleRead:
    """A rank between two tokens. `status` is what a modifier says (phụ trách → acting), else None."""

    start: int
    end: int
    title: str
    organ: str
    status: str | None = None


_VỤ, _CHỨC = word_key("vụ"), word_key("chức")
_DIRECTLY: Final = word_key("tiếp")
_SHORT: Final = frozenset(map(word_key, ("ct", "uv", "gđ", "tbt", "trưởng", "pct", "tuv", "pbt")))


def title_at(view: View, i: int) -> TitleRead | None:
    """The rank that begins at a token, modifiers taken in, or None."""
    found = ranks().longest(view, i)
    if found is None:
        return None
    end, rank = found
    if rank.organ == "trap" or (view.keys[i] == _VỤ and view.shapes[i] == LOWER and i and view.keys[i - 1] == _CHỨC):
        return None
    if end - i == 1 and view.keys[i] in _SHORT and view.shapes[i] == LOWER:
        return None
    title = TitleRead(i, end, rank.title, rank.organ)
    while end < len(view) and not view.hard[end]:
        modifier = phrases("modifiers.tsv").longest(view, end)
        if modifier is None:
            break
        after, row = modifier
        if (
            row[2] == "acting"
            and after < len(view)
            and view.shapes[after] == LOWER
            and heads().longest(view, after) is None
        ):
            break
        if row[1] == "Thường trực" and title.title == "Thành viên":
            break
        if row[1] == "trực" and view.keys[after : after + 1] == [_DIRECTLY]:
            break  # "đại biểu Quốc hội trực tiếp tham gia"
        end = after
        title = replace(title, end=end, title=f"{title.title} {row[1]}".strip(), status=row[2] or title.status)
    return title
