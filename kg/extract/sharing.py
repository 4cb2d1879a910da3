"""Posts that several people hold: lists behind "các", before a parenthesis, on both sides of "và"."""

from typing import Final

from kg.extract.asides import life_end
from kg.extract.groups import Group
from kg.extract.items import Address, Item, Name
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.view import View, word_key

_OF_SEVERAL: Final = ("Phó ", "Thứ trưởng", "Ủy viên", "Đại biểu")
_BOTH: Final = word_key("và")
_AMONG: Final = word_key("gồm")
_NEAR: Final = 9  # tokens
_LIKE: Final = word_key("như")
_FEW: Final = 5  # tokens
_AND: Final = frozenset(map(word_key, (",", "và", "cùng", ";")))
_NAMES_ONLY: Final = frozenset(
    map(word_key, ("gồm", ":", "các", "có", "là", "bao", "ông", "bà", "đồng", "chí", "và", "-", "còn", "lại"))
)


def holders(view: View, items: list[Item], group: Group, sentences: list[int]) -> list[int]:
    """The names behind a post of several: "các Phó Chủ tịch UBND tỉnh: A, B", "các Ủy viên Bộ Chính trị: Thủ tướng A".

    Empty where the post is of one, or nobody follows.
    """
    if not group.is_plural and not _lists(view, items, group):
        return []
    k, at = group.after, group.end
    sentence = sentences[group.start]
    found: list[int] = []
    opened = False
    while k < len(items) and sentences[items[k].start] == sentence:
        if found and (life := life_end(view, at)) is not None:
            at = life
            while k < len(items) and items[k].start < at:
                k += 1
            continue
        item = items[k]
        gap = view.keys[at : item.start]
        if not found and group.is_plural and isinstance(item, PlaceRead) and gap == [","]:
            at, k = item.end, k + 1  # "các cựu Chủ tịch xã A, huyện B, gồm …"
            continue
        if not found and not _opens_list(gap, group):
            break
        opened = opened or ":" in gap or word_key("gồm") in gap
        if found and any(key not in _AND and key not in _NAMES_ONLY for key in gap):
            break
        if found and ";" in gap and not (opened and (isinstance(item, Name) or _heads_name(items, k))):
            break
        if isinstance(item, Name):
            found.append(k)
        elif not isinstance(item, (Address, Post)) or (isinstance(item, Post) and (not opened or item.is_plural)):
            break
        at, k = item.end, k + 1
    if not found or not (opened or len(found) > 1 or items[found[0]].start == group.end):
        return []
    return found


def _opens_list(gap: list[str], group: Group) -> bool:
    """Whether what stands between a post and the first name lets names follow: "gồm:", "qua các thời kỳ, bao gồm"."""
    if group.is_plural and _AMONG in gap[-3:] and len(gap) <= _NEAR and not {".", ";"} & set(gap):
        return True
    if group.is_plural and gap[-1:] == [_LIKE] and len(gap) < _FEW:
        return True  # "các đồng chí nguyên Ủy viên Trung ương mấy khóa như A, B"
    return all(key in _NAMES_ONLY or (key == "," and _AMONG in gap) for key in gap)


def _heads_name(items: list[Item], k: int) -> bool:
    """Whether a rank or form of address stands right before a name: "…; Thượng tướng B"."""
    following = items[k + 1] if k + 1 < len(items) else None
    return isinstance(items[k], Address) and isinstance(following, Name) and following.start == items[k].end


def _lists(view: View, items: list[Item], group: Group) -> bool:
    """Whether a colon and several names follow a post: "nguyên Tổng Bí thư: A, B"."""
    following = items[group.after : group.after + 2]
    if len(following) < 2 or not all(isinstance(item, Name) for item in following):
        return False
    first, second = following
    return view.keys[group.end : first.start] == [":"] and view.keys[first.end : second.start] in ([","], [_BOTH])


def share_before(view: View, items: list[Item], group: Group, last: int) -> list[int]:
    """ "các ông A, B, C (nguyên Chủ tịch UBND xã X)": the other names of a list of which a parenthesis says a post that
    several held one after the other, or hold at once."""
    several = all(s.post.status == "former" or s.post.title.title.startswith(_OF_SEVERAL) for s in group.seats)
    if not several or (view.keys[group.start - 1] != "(" and items[last].end != group.start):
        return []
    k = last
    while k and isinstance(items[k - 1], Name) and view.keys[items[k - 1].end : items[k].start] in ([","], [_BOTH]):
        k -= 1
    opening = items[k - 1] if k else None
    listed = isinstance(opening, Address) and opening.is_plural
    close = listed and view.keys[opening.end : items[k].start] in ([], [":"]) if opening is not None else False
    return list(range(k, last)) if close else []


def share_behind(view: View, items: list[Item], group: Group, n: int) -> list[int]:
    """ "Thứ trưởng A và B": the bare name behind "và" has a post too of which there are several."""
    if n + 1 >= len(items) or not isinstance(items[n + 1], Name) or has_post(view, items, n + 1):
        return []
    several = all(seat.post.title.title.startswith(_OF_SEVERAL) for seat in group.seats)
    joined = view.keys[items[n].end : items[n + 1].start] == [_BOTH]
    return [n + 1] if several and joined else []


def has_post(view: View, items: list[Item], k: int) -> bool:
    """Whether a post of its own follows a name ("… - A, Bí thư …", not "Chủ tịch UBND huyện X - A cho hay")."""
    end = items[k].end
    following = items[k + 1] if k + 1 < len(items) else None
    return isinstance(following, Post) and view.keys[end : following.start] in ([","], ["-"], ["("])
