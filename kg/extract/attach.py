"""Which posts belong to which name, by how they stand beside each other."""

from dataclasses import dataclass, replace
from typing import Final

from kg.extract.asides import aside, before_aside, charge_end, past_places, without_birth
from kg.extract.context import Whole
from kg.extract.groups import Group, Seat
from kg.extract.items import Address, Item, Name
from kg.extract.lexicon import surnames
from kg.extract.sharing import has_post, holders, share_before, share_behind
from kg.extract.view import TITLE, View, word_key


@dataclass(frozen=True, slots=True)
class Link:
    """A post of a name. `name` is an item's index; `status` overrides what the post's own words say."""

    name: int
    seat: Seat
    rule: str
    confidence: str = "high"
    status: str | None = None
    start: str | None = None
    end: str | None = None


_LEFT: Final = frozenset(
    word_key(word)
    for word in (
        *(",", "-", "(", ":", "là", "hiện", "nay", "đang"),
        *("cũng", "vốn", "khi", "ấy", "đó", "với", "cương", "vị"),
    )
)
_BEING_WORDS: Final = (
    "là",
    "khi đó là",
    "lúc đó là",
    "lúc ấy là",
    "khi ấy là",
    "hiện nay là",
    "hiện là",
    "bấy giờ là",
    "nay là",
)


def attach_neighbours(
    view: View, items: list[Item], groups: list[Group], sentences: list[int]
) -> tuple[list[Link], set[int], dict[int, int]]:
    """Links of posts right before or after a name, the groups (by index) that found none, and the name item that each
    other group follows."""
    links: list[Link] = []
    loose: set[int] = set()
    followed: dict[int, int] = {}
    before: set[int] = set()  # names that have posts before them
    for g, group in enumerate(groups):
        if several := holders(view, items, group, sentences):
            links += [Link(n, seat, "posts-of-several") for n in several for seat in group.seats]
            continue
        right = _right(view, items, group)
        left = _left(view, items, group, before)
        seats = group.seats
        if right is not None and left is not None and _is_doubtful(view, items, group, right[0]):
            seats, right = _honoured(view, items, seats, right[0]), None
        if right is not None and (left is None or right[1]):
            others: list[Seat] = []
            if left is not None and len(group.seats) > 1:
                seats, others = group.seats[-1:], group.seats[:-1]
            links += [Link(right[0], seat, "post-before-name") for seat in seats]
            if left is not None:
                links += [Link(left, seat, "post-after-name", "medium") for seat in others]
            before.add(right[0])
            sharing = share_behind(view, items, group, right[0])
            links += [Link(n, seat, "posts-of-several", "medium") for n in sharing for seat in group.seats]
        elif left is not None:
            links += [Link(left, seat, "post-after-name") for seat in seats]
            sharing = share_before(view, items, group, left)
            links += [Link(n, seat, "posts-of-several", "medium") for n in sharing for seat in seats]
            followed[g] = left
        else:
            loose.add(g)
    return links, loose, followed


def _right(view: View, items: list[Item], group: Group) -> tuple[int, bool] | None:
    """The name right after a group, over forms of address; the flag says that no mark parts them."""
    k, at, direct = group.after, group.end, True
    k, at = past_places(view, items, k, at)
    closing = aside(view, items, group) if at == group.end else None
    if (charge := charge_end(view, items, group)) is not None:
        at = charge
        while k < len(items) and items[k].start < at:
            k += 1
    if closing is not None:
        at = closing + 1
        while k < len(items) and items[k].start < at:
            k += 1
    addressed = False
    while k < len(items) and not view.hard[items[k].start]:
        item = items[k]
        gap = view.keys[at : item.start]
        if isinstance(item, Address):
            if gap == [","] and not addressed and group.start and view.keys[group.start - 1] in _GOVERNING:
                return None
            if gap == ["."] and (not addressed or item.kind != "degree"):
                return None
            if gap == [] and not addressed and view.keys[item.start] in _SIR and view.shapes[item.start] == TITLE:
                return None  # a heading without a full stop: "… trách nhiệm của chủ tịch phường Ông A cho biết"
            if item.is_plural or (gap not in ([], [","], ["-"], [":"], ["."]) and gap not in _BEING):
                return None
            direct = direct and gap in ([], ["."])
            addressed = True
            at, k = item.end, k + 1
            continue
        if isinstance(item, Name) and (gap in ([], ["."]) if addressed else gap == []):
            return (k, direct) if not group.is_plural or direct else None
        if isinstance(item, Name) and gap == [","] and not addressed and view.keys[group.start - 1] == _BY:
            return (k, False) if not has_post(view, items, k) else None  # "do Chủ tịch UBND tỉnh, A ký ngày …"
        if isinstance(item, Name) and gap in _BEING and not addressed and not group.is_plural:
            return k, False
        if isinstance(item, Name) and gap == ["-"] and not addressed and not group.is_plural:
            return (k, False) if not has_post(view, items, k) else None
        return None
    return None


_BY: Final = word_key("do")
_SIR: Final = frozenset(map(word_key, ("ông", "bà")))
_BEING: Final = [[word_key(w) for w in phrase.split()] for phrase in _BEING_WORDS]


_BEARERS: Final = frozenset(("School", "PublicUnit", "Enterprise", "Institute"))


def _is_doubtful(view: View, items: list[Item], group: Group, n: int) -> bool:
    """Whether what looks like a name behind a post, where one stands before it, is rather the rest of the body's name:
    "ông A, Phó Hạt trưởng Hạt Kiểm lâm Khu Bảo tồn …", "ông B, Giám đốc Công ty Quang Trung"."""
    name, body = items[n], group.seats[-1].post.body
    if body is not None and view.keys[name.start] not in surnames() and "'" not in view.keys[name.start]:
        return True
    last = group.seats[-1].post
    if body is None and last.title.title.endswith("iám đốc") and name.end - name.start == 2:
        return not isinstance(items[n - 1], Address)  # "ông A, Giám đốc Cường Hưng, đã …"
    while body is not None and body.parent is not None:
        body = body.parent
    beside = not (n and isinstance(items[n - 1], Address))
    return body is not None and body.kind in _BEARERS and (beside or name.end - name.start == 2)


def _honoured(view: View, items: list[Item], seats: list[Seat], n: int) -> list[Seat]:
    """The seats of a name before them, the last body with the words behind it, which look like a name: "ông A, Hiệu
    trưởng Trường Đại học Y Phạm Ngọc Thạch"."""
    last = seats[-1]
    if last.post.body is None and last.post.title.title.endswith("iám đốc"):
        company = Whole(view.words(items[n].start, items[n].end), "Enterprise", None, False, True)
        return [*seats[:-1], replace(last, organ=company)]
    if last.organ is None or last.post.body is None or last.post.body.kind not in _HONOURING or last.organ.place:
        return seats
    words = view.words(items[n].start, items[n].end)
    if last.organ.name.endswith(words):
        return seats
    name = f"{last.organ.name} {words}"
    return [*seats[:-1], replace(last, organ=replace(last.organ, name=name))]


_HONOURING: Final = frozenset(("School", "Institute", "PublicUnit"))


_GOVERNING: Final = frozenset(map(word_key, ("cho", "với", "của", "bởi", "gửi", "cùng", "làm")))


def _left(view: View, items: list[Item], group: Group, before: set[int]) -> int | None:
    """The name right before a group, parted by a comma, dash, parenthesis or "là"."""
    k, start = before_aside(view, items, group.first - 1, group.start)
    if k < 0:
        return None
    item = items[k]
    if start < group.start:
        return k if isinstance(item, Name) and item.end == start else None
    if (
        isinstance(item, Address)
        and item.kind != "form"
        and k > 0
        and view.keys[item.end : group.start] in ([], [","], ["-"])
    ):
        k, item = k - 1, items[k - 1]
    if not isinstance(item, Name):
        return None
    gap = view.keys[item.end : group.start] if item is items[group.first - 1] else [","]
    if not gap and _goes_straight_on(view, items, group, k, before):
        return k
    gap = without_birth(gap)
    gap = gap[:1] if gap[1:3] == _ONE_OF and len(gap) <= _TO_ONE_OF else gap  # "ông A, một trong hai đại biểu …"
    if not gap or len(gap) > 5 or any(key not in _LEFT for key in gap) or gap[0] == ":":
        return None
    if any(view.hard[i] for i in range(item.end, group.start + 1)):
        return None
    if k in before and gap[0] == ",":
        return None if _opens_next(view, items, group) else k
    return k


def _goes_straight_on(view: View, items: list[Item], group: Group, k: int, before: set[int]) -> bool:
    """Whether a post belongs to the name right before it, no mark between: "A nguyên Phó Chủ tịch …", "Ông A Chủ tịch
    UBND xã X chia sẻ"."""
    if k in before or view.hard[group.start] or _opens_next(view, items, group):
        return False
    address = items[k - 1] if k else None
    addressed = isinstance(address, Address) and address.end == items[k].start and address.kind == "form"
    return view.keys[group.start] in _FORMER or (
        addressed and view.shapes[group.start] == TITLE and group.seats[0].organ is not None
    )


_ONE_OF: Final = [word_key("một"), word_key("trong")]
_TO_ONE_OF: Final = 5  # tokens: ", một trong số các"
_FORMER: Final = frozenset(map(word_key, ("nguyên", "cựu")))


def _opens_next(view: View, items: list[Item], group: Group) -> bool:
    """Whether a group after "…, Post A, " goes with the next name ("Chủ tịch nước A, Thủ tướng B")."""
    return _right(view, items, group) is not None
