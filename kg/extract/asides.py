"""What may stand between a post and its holder: greater units, parentheses, ages, what the post is in charge of."""

from typing import Final

from kg.extract.groups import Group
from kg.extract.items import Address, Item, Name
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.view import MARK, View, word_key


def past_places(view: View, items: list[Item], k: int, at: int) -> tuple[int, int]:
    """The item and token behind the greater units that a post names, where a dash or a comma and a form of address
    follow: "Chủ tịch UBND xã A, huyện B (tỉnh C) - ông D"."""
    first, begin = k, at
    while k < len(items) and isinstance(items[k], PlaceRead) and not any(view.hard[at : items[k].end]):
        gap = view.keys[at : items[k].start]
        if gap not in ([","], ["("], ["-"]):
            break
        at = items[k].end
        if gap == ["("]:
            if view.keys[at : at + 1] != [")"]:
                return first, begin
            at += 1
        k += 1
    addressed = k > first and k < len(items) and isinstance(items[k], Address)
    return (k, at) if addressed and view.keys[at : items[k].start] in ([","], ["-"]) else (first, begin)


def charge_end(view: View, items: list[Item], group: Group) -> int | None:
    """The "là" behind what a post is in charge of: "phó chánh Văn phòng phụ trách Ban Tiếp công dân là ông A"."""
    if view.keys[group.end : group.end + 2] != _IN_CHARGE:
        return None
    for i in range(group.end + 2, min(group.end + _ASIDE, len(view))):
        if view.shapes[i] == MARK or view.hard[i]:
            return None
        if view.keys[i] == _IS:
            inside = (n for n in items[group.after : group.after + _ASIDE] if n.start < i)
            return None if any(isinstance(n, (Name, Post)) for n in inside) else i
    return None


_IN_CHARGE: Final = [word_key("phụ"), word_key("trách")]
_IS: Final = word_key("là")


_ASIDE: Final = 14  # tokens


def aside(view: View, items: list[Item], group: Group) -> int | None:
    """The ")" of a parenthesis right behind a post that names nobody: "Giám đốc Sở Giáo dục và Đào tạo (GD&ĐT) A"."""
    if group.end >= len(view) or view.keys[group.end] != "(" or view.hard[group.end]:
        return None
    closing = next((k for k in range(group.end, min(group.end + _ASIDE, len(view))) if view.keys[k] == ")"), None)
    if closing is None or closing + 1 >= len(view) or any(view.hard[group.end : closing + 2]):
        return None
    inside = [i for i in items[group.after : group.after + _ASIDE] if i.start < closing]
    behind = next((i for i in items[group.after : group.after + _ASIDE] if i.start > closing), None)
    if any(isinstance(i, (Name, Post)) for i in inside) or behind is None or behind.start != closing + 1:
        return None
    return closing if isinstance(behind, Name) else None


def without_birth(gap: list[str]) -> list[str]:
    """The tokens between name and post without "(sinh năm 1964)"; "(82 tuổi, …", "(SN 1973, … - …" open a post."""
    if (
        gap[:1] == [","]
        and gap[-1] in (",", "-")
        and 2 < len(gap) < _LONGEST_LIFE
        and any(k in _BIRTH for k in gap[1:5])
    ):
        return [","]  # "ông A, 52 tuổi, …", "ông A, sinh năm 1970, trú tại …, …"
    if gap[:1] == ["("] and gap[-1] == "," and ")" not in gap and len(gap) <= _SHORT_ASIDE:
        return ["("]  # "ông A (thương binh 2/4, nguyên …"
    if gap[:1] != ["("] or not any(key in _BIRTH for key in gap[1:5]):
        return gap
    if ")" in gap:
        return gap[gap.index(")") + 1 :]
    return ["("] if gap[-1] in (",", "-") and len(gap) < _LONGEST_LIFE else gap


def before_aside(view: View, items: list[Item], k: int, start: int) -> tuple[int, int]:
    """The item and the token before a short parenthesis without names or posts that ends right before a mark and a
    token: "đại biểu A (đoàn Hà Nội) - Phó Chủ tịch …"; or before one that tells of a life: "A (SN 1969) nguyên Trưởng
    phòng …", "A (SN 1973, trú tại X - nguyên Phó Chủ tịch …"; the given item and the token where none stands there."""
    life = view.keys[start - 1] in (")", "-", ",") and view.keys[start - 2 : start] not in _BEHIND_ASIDE
    if not life and view.keys[start - 2 : start] not in _BEHIND_ASIDE:
        return k, start
    opening = next((i for i in range(start - 2, max(0, start - _LONGEST_LIFE), -1) if view.keys[i] == "("), None)
    if opening is None or any(view.hard[opening:start]):
        return k, start
    if (life or start - opening >= _SHORT_ASIDE) and not _tells_life(view, opening):
        return k, start
    if life and view.keys[start - 1] != ")" and ")" in view.keys[opening:start]:
        return k, start
    n = k
    while n >= 0 and items[n].start > opening:
        if isinstance(items[n], (Name, Post)):
            return k, start
        n -= 1
    return n, opening


_BEHIND_ASIDE: Final = ([")", ","], [")", "-"])
_LONGEST_LIFE: Final = 24  # tokens
_SHORT_ASIDE: Final = 9
_BIRTH: Final = frozenset(map(word_key, ("sinh", "sn", "tuổi")))


def life_end(view: View, i: int) -> int | None:
    """The token behind a parenthesis at a token that tells when somebody was born or where they live: "(SN 1958, trú
    tại thôn Hoành)"; None for any other."""
    if view.keys[i : i + 1] != ["("] or view.hard[i]:
        return None
    closing = next((k for k in range(i, min(i + _LONGEST_LIFE, len(view))) if view.keys[k] == ")"), None)
    return closing + 1 if closing is not None and _tells_life(view, i) else None


def _tells_life(view: View, opening: int) -> bool:
    """Whether a parenthesis opens with a birth, an age or a home."""
    return any(key in _BIRTH or key in _HOME for key in view.keys[opening + 1 : opening + 4])


_HOME: Final = frozenset(map(word_key, ("trú", "quê", "ngụ", "thường")))
